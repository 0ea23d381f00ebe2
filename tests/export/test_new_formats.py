"""HTML, EPUB, JSON and citations: well-formed, complete, harmless."""

import io
import json
import posixpath
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from itertools import accumulate
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from reader.archive.article import Article
from reader.document.annotation import Annotation
from reader.document.blocks import (
    Footnote,
    Footnotes,
    Heading,
    Image,
    Inline,
    ListBlock,
    ListItem,
    Paragraph,
    Span,
    SpanKind,
)
from reader.document.body import BodyFormat
from reader.document.document import Document, Position, Range
from reader.document.language_guess import language_of
from reader.export.citation_exporters import BibtexExporter, CslExporter, RisExporter
from reader.export.epub_exporter import BookArticle, book
from reader.export.export_formats import FORMATS
from reader.export.exporter import ExportOptions
from reader.export.html_exporter import HtmlExporter
from reader.layout.head import Head
from tests.document.test_parts import DOCUMENTS

XHTML = "{http://www.w3.org/1999/xhtml}"


def article(root: Path, **changes: object) -> Article:
    values: dict[str, object] = {
        "id": "0123456789abcdef",
        "path": root / "a.md",
        "root": root,
        "title": "灯塔 & <Lights>",
        "date": datetime(2021, 11, 10, 8, 0, tzinfo=UTC),
        "author": "港口 100% {周报}",
        "categories": (),
        "tags": ("海", "灯"),
        "url": "https://example.org/a?b=c&d=e",
        "format": BodyFormat.MARKDOWN,
        "size": 1,
    }
    return Article(**(values | changes))  # type: ignore[arg-type]


def rich() -> Document:
    spans = (Span(0, 4, SpanKind.LINK, "javascript:alert(1)"), Span(5, 9, SpanKind.LINK, "https://example.org/?a&b"))
    noted = Inline("note[1]", (Span(4, 7, SpanKind.FOOTNOTE, "x"),))
    return Document(
        (
            Heading(Inline("灯塔 & <Lights>"), 0),
            Heading(Inline("One <b>"), 1),
            Paragraph(Inline("evil good <script>alert(1)</script> & \n次行", spans)),
            Heading(Inline("Two"), 2),
            ListBlock(
                (ListItem((Paragraph(noted),)), ListItem((Paragraph(Inline("done")),), checked=True)), ordered=True
            ),
            Paragraph(Inline("漢字", (Span(0, 2, SpanKind.RUBY, "かんじ"),))),
            Image(Inline("a lamp"), "pics/lamp.png"),
            Footnotes((Footnote("x", (Paragraph(Inline("At the buoy.")),)),)),
        )
    )


def tree_of_page(page: bytes) -> ET.Element:
    return ET.fromstring(page.decode().replace("<!DOCTYPE html>", "").strip())  # noqa: S314 - our own page


def text_of(element: ET.Element) -> str:
    return "".join(element.itertext())


@given(DOCUMENTS)
def test_html_is_well_formed_and_has_every_word(document: Document) -> None:
    tree = tree_of_page(b"".join(HtmlExporter().render(Head("T"), document)))
    shown = "".join(text_of(tree).split())
    assert all("".join(leaf.text.text.split()) in shown for leaf in document.leaves)


def test_html_shows_everything_and_runs_nothing(tmp_path: Path) -> None:
    (tmp_path / "pics").mkdir()
    (tmp_path / "pics" / "lamp.png").write_bytes(b"\x89PNG picture")
    page = b"".join(HtmlExporter(article=article(tmp_path)).render(Head("灯塔 & <Lights>", "by"), rich()))
    tree = tree_of_page(page)
    assert not [one for one in tree.iter() if one.tag in {"script", "iframe", "object"}]
    links = [one.get("href", "") for one in tree.iter("a")]
    assert all(link.startswith(("https://", "#")) for link in links), links
    assert "https://example.org/?a&b" in links
    (picture,) = tree.iter("img")
    assert picture.get("src", "").startswith("data:image/png;base64,")
    assert [text_of(one) for one in tree.iter("h1")] == ["灯塔 & <Lights>"], "the title is not repeated"
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)


def test_a_picture_outside_the_archive_is_not_embedded(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"\x89PNG secret")
    inside = tmp_path / "archive"
    inside.mkdir()
    document = Document((Image(Inline("alt"), "../secret.png"),))
    page = b"".join(HtmlExporter(article=article(inside)).render(Head("T"), document))
    assert b"data:" not in page
    assert b"alt" in page


def checked_epub(data: bytes) -> dict[str, ET.Element]:
    """The XML files of a book, after a check of its structure by the rules of OCF 3.3 and EPUB 3.3."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert archive.read("mimetype") == b"application/epub+zip"
    names = set(archive.namelist())
    trees = {name: ET.fromstring(archive.read(name)) for name in names if name.endswith((".xml", ".xhtml", ".opf"))}  # noqa: S314
    opf = "{http://www.idpf.org/2007/opf}"
    package = trees["EPUB/package.opf"]
    items = {one.get("id"): one for one in package.iter(f"{opf}item")}
    hrefs = {posixpath.join("EPUB", one.get("href", "")) for one in items.values()}
    assert hrefs == names - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}
    assert [one.get("idref") for one in package.iter(f"{opf}itemref")] == [
        key for key in items if key and key[0] == "c"
    ]
    assert len([one for one in items.values() if one.get("properties") == "nav"]) == 1
    ids = {
        (name, str(one.get("id"))) for name, tree in trees.items() for one in tree.iter() if one.get("id") is not None
    }
    for name, tree in trees.items():
        for one in tree.iter():
            for target in (one.get("src"), one.get("href")):
                if target and one.tag.startswith(XHTML) and not target.startswith("https://"):
                    file, _sign, fragment = target.partition("#")
                    place = posixpath.join("EPUB", file) if file else name
                    assert place in names
                    assert not fragment or (place, fragment) in ids
    for one in trees["EPUB/nav.xhtml"].iter():
        # EPUB 3.3, 5.4.1: a list has items, and an item has a label and at most one list.
        if one.tag == f"{XHTML}ol":
            assert {child.tag for child in one} == {f"{XHTML}li"}
        if one.tag == f"{XHTML}li":
            assert [child.tag for child in one] in ([f"{XHTML}a"], [f"{XHTML}a", f"{XHTML}ol"])
    modified = [one for one in package.iter(f"{opf}meta") if one.get("property") == "dcterms:modified"]
    assert len(modified) == 1
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", modified[0].text or "")
    return trees


def test_a_book_of_several_articles(tmp_path: Path) -> None:
    (tmp_path / "pics").mkdir()
    (tmp_path / "pics" / "lamp.png").write_bytes(b"\x89PNG picture")
    note = Annotation(Range(Position(2), Position(2, 4)), note="mind")
    chapters = [
        BookArticle(Head("One", "by"), rich(), article(tmp_path), (note,)),
        BookArticle(Head("Two"), rich(), article(tmp_path, id="f" * 16)),
    ]
    data = book("灯塔 & <Lights>", chapters)
    trees = checked_epub(data)
    entries = [text_of(one) for one in trees["EPUB/nav.xhtml"].iter(f"{XHTML}a")]
    assert entries == ["One", "One <b>", "Two", "Two", "One <b>", "Two"]
    assert "mind" in text_of(trees["EPUB/chapter1.xhtml"])
    assert data == book("灯塔 & <Lights>", chapters), "the same book has the same bytes"
    assert sum(one.filename.endswith(".png") for one in zipfile.ZipFile(io.BytesIO(data)).infolist()) == 1


@given(DOCUMENTS)
def test_any_document_is_a_valid_book(document: Document) -> None:
    checked_epub(book("T", [BookArticle(Head("T"), document)]))


def test_citations(tmp_path: Path) -> None:
    head, known = Head("灯塔 & 100%"), article(tmp_path)
    bibtex = b"".join(BibtexExporter(known).render(head, Document(()))).decode()
    assert "title = {{灯塔 \\& 100\\%}}" in bibtex
    assert "author = {{港口 100\\% \\textbraceleft{}周报\\textbraceright{}}}" in bibtex
    assert "date = {2021-11-10}" in bibtex
    ris = b"".join(RisExporter(known).render(head, Document(()))).decode()
    assert ris.splitlines()[:2] == ["TY  - ELEC", "TI  - 灯塔 & 100%"]
    assert "DA  - 2021/11/10" in ris.splitlines()
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in ris.splitlines() if line)
    (item,) = json.loads(b"".join(CslExporter(known).render(head, Document(()))))
    assert item["issued"] == {"date-parts": [[2021, 11, 10]]}
    assert item["author"] == [{"literal": known.author}]


def test_urls_of_sources_are_valid(tmp_path: Path) -> None:
    known = article(tmp_path, url="https://example.org/tea|x?q={1}^2")
    for exporter in (BibtexExporter, RisExporter, CslExporter):
        written = b"".join(exporter(known).render(Head("Tea"), Document(()))).decode()
        assert "https://example.org/tea%7Cx?q=%7B1%7D%5E2" in written


@pytest.mark.parametrize("title", ["a{b", "a}b", "}{", "\\{"])
def test_braces_in_a_bibtex_entry_are_balanced(title: str) -> None:
    """BibTeX counts every brace, also one after a backslash."""
    bibtex = b"".join(BibtexExporter().render(Head(title), Document(()))).decode()
    depths = list(accumulate({"{": 1, "}": -1}.get(sign, 0) for sign in bibtex.rstrip()))
    assert depths[-1] == 0
    assert 0 not in depths[bibtex.index("{") : -1]


@pytest.mark.parametrize("hours", [14, -12])
def test_days_are_those_of_the_author(tmp_path: Path, hours: int) -> None:
    """Few other time zones have the same day at these moments."""
    at = datetime(2021, 11, 10, 0 if hours > 0 else 23, 30, tzinfo=timezone(timedelta(hours=hours)))
    known, day = article(tmp_path, date=at), "2021-11-10"
    assert known.local_day == day
    assert f"date = {{{day}}}" in b"".join(BibtexExporter(known).render(Head("T"), Document(()))).decode()
    package = checked_epub(book("T", [BookArticle(Head("T"), rich(), known)]))["EPUB/package.opf"]
    assert [one.text for one in package.iter("{http://purl.org/dc/elements/1.1/}date")] == [day]


@pytest.mark.parametrize("levels", [(1, 3, 2), (2, 1), (3, 2, 1, 2, 3), (1, 2, 1, 3, 3)])
def test_contents_of_irregular_headings(levels: Sequence[int]) -> None:
    document = Document(tuple(Heading(Inline(f"{level}"), level) for level in levels))
    trees = checked_epub(book("T", [BookArticle(Head("T"), document)]))
    entries = [text_of(one) for one in trees["EPUB/nav.xhtml"].iter(f"{XHTML}a")]
    assert entries == ["T", *map(str, levels)]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_works_without_metadata(name: str) -> None:
    assert b"".join(FORMATS[name].exporter(ExportOptions()).render(Head("T"), rich()))


@pytest.mark.parametrize(
    ("text", "language"),
    [("灯塔守着海岸", "zh"), ("灯台の光はやさしい", "ja"), ("등대의 빛", "ko"), ("A light", "en"), ("1 2", "und")],
)
def test_language(text: str, language: str) -> None:
    assert language_of(Document((Paragraph(Inline(text)),))) == language
