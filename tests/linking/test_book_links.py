"""Links of books to chapters that they lack."""

from pathlib import Path

import pytest

from reader.linking.destination import DestinationKind
from reader.linking.stored_links import stored_links
from reader.parse.document_links import document_links
from reader.reading.opened_article import open_article
from tests.archive.epub_files import METADATA, write_book
from tests.linking.archives import linked


@pytest.mark.parametrize(
    ("href", "looked_for"),
    [
        ("gone.xhtml", "book.epub/OEBPS/gone.xhtml"),
        ("text/gone%20far.xhtml#part", "book.epub/OEBPS/text/gone far.xhtml"),
        ("../gone.xhtml", "book.epub/gone.xhtml"),
        ("../../start.md", "book.epub/start.md"),
        ("/start.md", "book.epub/start.md"),
    ],
)
@pytest.mark.parametrize("metadata", [METADATA, f"{METADATA}<dc:source>https://example.org/book/</dc:source>"])
def test_a_chapter_that_does_not_exist_is_a_broken_link(
    tmp_path: Path, href: str, looked_for: str, metadata: str
) -> None:
    body = f'<h1>一</h1><p>正文很多，见<a href="{href}">那一章</a>。</p>'
    with linked(tmp_path, {"start.md": ""}) as before:
        del before
        write_book(tmp_path / "book.epub", {"a.xhtml": body}, metadata=metadata)
    with linked(tmp_path, {}) as archive:
        book = archive.article("book.epub")
        (link,) = document_links(open_article(book).document)
        destination = archive.links.destination(book, link.target)
        assert (link.text, destination.kind, destination.looked_for) == (
            "那一章",
            DestinationKind.MISSING,
            looked_for,
        )
        # Also among the links of the archive.
        ((article, links, _pictures),) = stored_links(archive.index)
        assert (article.id, [one.text for one in links]) == (book.id, ["那一章"])


@pytest.mark.parametrize("address", ["javascript:alert(1)", "kindle:pos:fid:0001", "file:///etc/passwd"])
def test_other_addresses_are_shown_and_not_followed(tmp_path: Path, address: str) -> None:
    write_book(tmp_path / "book.epub", {"a.xhtml": f'<p>正文，见<a href="{address}">别处</a>。</p>'})
    with linked(tmp_path, {}) as archive:
        book = archive.article("book.epub")
        (link,) = document_links(open_article(book).document)
        destination = archive.links.destination(book, link.target)
        assert (destination.kind, destination.address) == (DestinationKind.UNSAFE, address)


def test_a_picture_of_the_book_is_no_broken_link(tmp_path: Path) -> None:
    body = '<p>正文，见<a href="map.png">地图</a>。</p>'
    item = '<item id="map" href="map.png" media-type="image/png"/>'
    write_book(tmp_path / "book.epub", {"a.xhtml": body}, items=item, files={"OEBPS/map.png": b"x"})
    with linked(tmp_path, {}) as archive:
        assert document_links(open_article(archive.article("book.epub")).document) == []
