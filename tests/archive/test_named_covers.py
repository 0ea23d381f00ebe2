"""The covers that headers, pages and books name."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from reader.archive.named_covers import cover_source


def named(folder: Path, text: str, name: str = "a.md") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return cover_source(folder / name)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("cover: a.png", "a.png"),
        ("封面: 图/灯.png", "图/灯.png"),
        ("cover_image: /img/a.png", "/img/a.png"),
        ("cover:\n  image: a.png\n  alt: 灯", "a.png"),
        ("image:\n  path: /a.png", "/a.png"),
        ("images: [x]\nimage: [a.png, b.png]", "a.png"),
        ('banner: "[[灯.png|300]]"', "灯.png"),
        ("banner: '![灯](img/a.png)'", "img/a.png"),
        ("thumbnail: ''\nheadimg: b.png", "b.png"),
        ("title: cover", ""),
        ("cover: []", ""),
        ("cover: {}", ""),
    ],
)
def test_of_headers(tmp_path: Path, header: str, expected: str) -> None:
    assert named(tmp_path, f"---\ntitle: T\n{header}\n---\n\n正文。\n") == expected


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ('<meta property="og:image" content="a_files/1.png">', "a_files/1.png"),
        ("<meta content='1.png' name='twitter:image'>", "1.png"),
        ('<meta property="og:title" content="image">', ""),
        (
            '<meta property="og:image" content="spacer.gif"><meta name="twitter:image" content="1.png">',
            "1.png",
        ),
        ('<meta property="og:image">', ""),
    ],
)
def test_of_pages(tmp_path: Path, meta: str, expected: str) -> None:
    assert named(tmp_path, f"<html><head>{meta}<title>T</title></head><p>正文</p>", "a.html") == expected


PACKAGE = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>书</dc:title></metadata><manifest>
<item id="t" href="t.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="img/{name}" media-type="image/png" {properties}/></manifest><spine><itemref idref="t"/></spine>
</package>"""
CONTAINER = """<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="O/c.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""


@pytest.mark.parametrize(
    ("name", "properties", "expected"),
    [
        ("x.png", 'properties="cover-image"', "O/img/x.png"),
        ("Cover1.png", "", "O/img/Cover1.png"),
        ("x.png", "", ""),
    ],
)
def test_of_books(tmp_path: Path, name: str, properties: str, expected: str) -> None:
    with ZipFile(tmp_path / "a.epub", "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("META-INF/container.xml", CONTAINER)
        book.writestr("O/c.opf", PACKAGE.format(name=name, properties=properties))
        book.writestr("O/t.xhtml", "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>文</p></body></html>")
        book.writestr(f"O/img/{name}", b"")
    assert cover_source(tmp_path / "a.epub") == expected
