"""Pictures in HTML and EPUB: each is embedded once, and only up to a limit, with a warning."""

import io
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest

from reader.document.blocks import Image, Inline
from reader.document.document import Document
from reader.export import embedded_pictures
from reader.export.epub_exporter import BookArticle, book
from reader.export.html_exporter import HtmlExporter
from reader.layout.head import Head
from tests.export.test_new_formats import article, checked_epub

PNG = b"\x89PNG picture"


def pictures(*sources: str) -> Document:
    return Document(tuple(Image(Inline("alt"), source) for source in sources))


def html(root: Path, *sources: str) -> tuple[str, list[str]]:
    """The page of an article with these pictures, and the warnings."""
    warnings: list[str] = []
    exporter = HtmlExporter((), article(root), warnings.append)
    return b"".join(exporter.render(Head("T"), pictures(*sources))).decode(), warnings


def epub(root: Path, *sources: str) -> tuple[list[str], list[str]]:
    """The names of the pictures of a book, and the warnings."""
    warnings: list[str] = []
    data = book("T", [BookArticle(Head("T"), pictures(*sources), article(root))], warnings.append)
    checked_epub(data)
    return [name for name in ZipFile(io.BytesIO(data)).namelist() if "picture" in name], warnings


@pytest.mark.parametrize("source", ["a.png?v=2", "a.png#top", "a.png?v=2#top", "a.png#x?y", "%61.png?name=x.svg"])
def test_queries_and_fragments_are_no_part_of_the_name(tmp_path: Path, source: str) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    assert "data:image/png" in html(tmp_path, source)[0]
    assert len(epub(tmp_path, source)[0]) == 1


@pytest.mark.parametrize(
    ("written", "encoded"),
    [
        ("p^q.png", "p%5Eq.png"),
        ("a|b`c{d}.png?x=^", "a%7Cb%60c%7Bd%7D.png?x=%5E"),
        ("a b\\c.png", "a%20b%5Cc.png"),
        ("a%5Eb&c.png", "a%5Eb&amp;c.png"),
        ("海.png", "%E6%B5%B7.png"),
    ],
)
def test_addresses_of_pictures_on_the_web_are_encoded_as_browsers_do(
    tmp_path: Path, written: str, encoded: str
) -> None:
    assert f'src="https://example.org/{encoded}"' in html(tmp_path, f"https://example.org/{written}")[0]


def test_an_endless_address_of_a_picture_is_kept(tmp_path: Path) -> None:
    address = "https://example.org/" + "a" * 3_000
    assert f'src="{address}"' in html(tmp_path, address)[0]


def test_a_picture_that_occurs_often_is_embedded_once(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    page, _warnings = html(tmp_path, "a.png", "./a.png?v=1", *["a.png"] * 50)
    assert page.count("data:image/png") == 1
    tree = ET.fromstring(page.replace("<!DOCTYPE html>", "").strip())  # noqa: S314 - our own page
    assert {one.get("class") for one in tree.iter("img")} == {"picture1"}
    assert '.picture1 { content: url("data:image/png;base64,' in page
    (tmp_path / "b.png").write_bytes(PNG)
    assert len(epub(tmp_path, "a.png", "./a.png?v=1", "b.png", "a.png")[0]) == 1


def test_pictures_above_a_limit_are_left_out_with_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_pictures, "LARGEST", 2**20)
    monkeypatch.setattr(embedded_pictures, "LARGEST_TOTAL", 2 * 2**20)
    for name, size in {"a": 2**20, "large": 2**20 + 1, "b": 2**19, "c": 2**19 + 1, "d": 2**19}.items():
        (tmp_path / f"{name}.png").write_bytes(name.encode() * (size // len(name)) + b"x" * (size % len(name)))
    sources = ["a.png", "large.png", "b.png", "c.png", "d.png", "missing.png"]
    message = "2 pictures left out: the limit is 1 MiB for each and 2 MiB for all"
    page, warnings = html(tmp_path, *sources)
    assert (page.count("data:image/png"), warnings) == (3, [message])
    names, warnings = epub(tmp_path, *sources)
    assert (len(names), warnings) == (3, [message])
    assert html(tmp_path, "a.png", "missing.png")[1] == []


@pytest.mark.parametrize("source", ["../pics/灯.png", "/pics/灯.png?v=1", "..%2Fpics%2F灯.png"])
def test_pictures_beside_an_article_in_a_zip_file(tmp_path: Path, source: str) -> None:
    (tmp_path / "secret.png").write_bytes(b"\x89PNG secret")
    inside = tmp_path / "archive"
    inside.mkdir()
    with ZipFile(inside / "b.zip", "w") as file:
        file.writestr("notes/a.md", "# a\n\ntext\n")
        file.writestr("pics/灯.png", PNG)
    exporter = HtmlExporter(article=article(inside, path=inside / "b.zip" / "notes" / "a.md"))
    page = b"".join(exporter.render(Head("T"), pictures(source, "../../../secret.png", "none.png"))).decode()
    assert page.count("data:image/png") == 1
