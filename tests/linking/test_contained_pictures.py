"""Links to pictures inside books, saved pages, ZIP files and the text itself: they lead to files, and say to which."""

from base64 import b64encode
from pathlib import Path

import pytest

from reader.linking.destination import Destination, DestinationKind
from reader.parse.document_links import document_links
from reader.reading.opened_article import open_article
from tests.archive.epub_files import write_book, zipped
from tests.archive.test_web_archives import mhtml
from tests.linking.archives import linked
from tests.reading.test_picture_headers import png

PICTURE = png()


def led(folder: Path, name: str, target: str = "") -> Destination:
    with linked(folder, {}) as archive:
        article = archive.article(name)
        links = document_links(open_article(article).document)
        (only,) = [target] if target else {link.target for link in links}
        return archive.links.destination(article, only)


def test_a_picture_of_a_book_is_a_file_in_the_book(tmp_path: Path) -> None:
    item = '<item id="map" href="map.png" media-type="image/png"/>'
    body = '<p>正文很多。</p><p><img src="map.png" alt="地图"/></p>'
    write_book(tmp_path / "book.epub", {"a.xhtml": body}, items=item, files={"OEBPS/map.png": PICTURE})
    found = led(tmp_path, "book.epub")
    assert (found.kind, found.path, found.part) == (DestinationKind.FILE, tmp_path / "book.epub", "OEBPS/map.png")
    assert found.address == "OEBPS/map.png"


def test_a_picture_that_the_book_lacks_is_missing(tmp_path: Path) -> None:
    write_book(tmp_path / "book.epub", {"a.xhtml": '<p>正文很多。</p><p><img src="map.png" alt="地图"/></p>'})
    assert led(tmp_path, "book.epub").kind is DestinationKind.MISSING


def test_an_embedded_picture_has_no_name(tmp_path: Path) -> None:
    address = f"data:image/png;base64,{b64encode(PICTURE * 9).decode()}"
    (tmp_path / "note.md").write_text(f"文字\n\n![灯]({address})\n", encoding="utf-8")
    found = led(tmp_path, "note.md")
    assert (found.kind, found.path, found.address) == (DestinationKind.FILE, tmp_path / "note.md", "")
    assert found.part.startswith("data:image/")


def test_a_picture_of_a_zip_file_is_a_file_in_it(tmp_path: Path) -> None:
    content: dict[str, str | bytes] = {"a/note.md": "# 灯塔\n\n![灯](lamp.png)\n", "a/lamp.png": PICTURE}
    (tmp_path / "notes.zip").write_bytes(zipped(content))
    found = led(tmp_path, "notes.zip/a/note.md")
    assert (found.kind, found.path, found.part) == (DestinationKind.FILE, tmp_path / "notes.zip", "a/lamp.png")


@pytest.mark.parametrize("name", ["lamp.svg", "lamp.exe"])
def test_only_pictures_are_found_inside_files(tmp_path: Path, name: str) -> None:
    content: dict[str, str | bytes] = {"a/note.md": f"# 灯塔\n\n[灯]({name})\n", f"a/{name}": PICTURE}
    (tmp_path / "notes.zip").write_bytes(zipped(content))
    assert led(tmp_path, "notes.zip/a/note.md").kind is DestinationKind.MISSING


def test_a_picture_of_a_saved_page_is_in_its_file_and_on_the_web(tmp_path: Path) -> None:
    page = mhtml(b"<p>text</p>", encoding="quoted-printable", charset="utf-8")
    boundary = page.split(b'boundary="')[1].split(b'"')[0]
    address = "https://example.com/lamp.png"
    part = b"Content-Type: image/png\r\nContent-Location: %s\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n" % (
        address.encode(),
        b64encode(PICTURE),
    )
    end = b"--" + boundary + b"--"
    assert end in page
    (tmp_path / "page.mhtml").write_bytes(page.replace(end, b"--" + boundary + b"\r\n" + part + end))
    found = led(tmp_path, "page.mhtml", address)
    assert (found.kind, found.part, found.url) == (DestinationKind.FILE, address, address)
