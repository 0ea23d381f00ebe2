"""The notes of EPUB books, which open beside their references and lead back."""

from pathlib import Path

import pytest

from reader.archive.epub import read_book
from reader.archive.epub_notes import find_notes
from reader.document.blocks import Footnote, SpanKind
from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.document.footnotes import placed_footnotes
from reader.linking.fragments import Fragments
from reader.parse.document_links import document_links
from reader.parse.parser import parse
from tests.archive.epub_files import write_book
from tests.growth import assert_linear

TEXT = "<p>守塔人点亮了灯，海上的船便知道，岸就在那里。</p>"


def book(tmp_path: Path, *chapters: str) -> Document:
    """The document of a book with the chapters c1.xhtml, c2.xhtml …"""
    bodies = {f"c{number}.xhtml": f"<h1>章{number}</h1>{body}" for number, body in enumerate(chapters, 1)}
    data, warnings = read_book(write_book(tmp_path / "b.epub", bodies))
    assert not warnings
    return parse(Body(data.decode().partition("\n")[2], BodyFormat.HTML))


def notes(document: Document) -> dict[str, str]:
    """The texts of the notes by the texts of their references."""
    by_label: dict[str, Footnote] = {note.label: note for _leaf, note in placed_footnotes(document)}
    return {
        leaf.text.text[span.start : span.end]: by_label[span.value].blocks[0].text.text  # type: ignore[union-attr]
        for leaf in document.leaves
        for span in leaf.text.spans
        if span.kind is SpanKind.FOOTNOTE
    }


@pytest.mark.parametrize(
    ("reference", "note"),
    [
        ('<a epub:type="noteref" href="#n">1</a>', '<aside epub:type="footnote" id="n"><p>注文。</p></aside>'),
        ('<a role="doc-noteref" href="#n">1</a>', '<p id="n">注文。</p>'),
        ('<a epub:type="noteref" href="#n">1</a>', '<ol><li id="n"><p>注文。</p></li></ol>'),
        ('<a id="r" href="#n"><sup>1</sup></a>', '<p id="n"><a href="#r">1</a> 注文。</p>'),
        ('<sup><a id="r" href="#n">1</a></sup>', '<p><a id="n" href="#r">1</a> 注文。</p>'),
        ('<sup id="r"><a href="#n">1</a></sup>', '<div id="n">注文。<a href="#r">↩</a></div>'),
    ],
)
def test_note_in_the_same_chapter(tmp_path: Path, reference: str, note: str) -> None:
    assert notes(book(tmp_path, f"{TEXT}<p>甲{reference}乙。</p>{TEXT}{note}{TEXT}")) == {"1": "注文。"}


def test_notes_in_a_chapter_of_notes(tmp_path: Path) -> None:
    document = book(
        tmp_path,
        f'{TEXT}<p>甲<sup><a id="a" href="c3.xhtml#n1">1</a></sup>乙。</p>',
        f'{TEXT}<p>丙<sup><a id="b" href="c3.xhtml#n2">[1]</a></sup>丁。</p>',
        '<p id="n1"><a href="c1.xhtml#a">1.</a> 前注。</p><p id="n2"><a href="c2.xhtml#b">[1]</a> 后注。</p>',
    )
    assert notes(document) == {"1": "前注。", "[1]": "后注。"}
    assert [note.label for _leaf, note in placed_footnotes(document)] == ["1.1", "2.1"]


@pytest.mark.parametrize(
    "body",
    [
        '<p>见<a href="#s">2</a>。</p><p id="s">第二节从这里开始。</p>',
        '<p id="a"><a href="#b">1</a></p><h2 id="b"><a href="#a">1</a>节</h2>',
        (
            '<p><sup><a id="r" href="#n">1</a></sup><sup><a id="q" href="#m">2</a></sup></p>'
            '<p><a id="n" href="#r">1</a> 一。<br/><a id="m" href="#q">2</a> 二。</p>'
        ),
        '<p><a epub:type="noteref" href="#gone">1</a></p>',
    ],
)
def test_other_links_stay_links(tmp_path: Path, body: str) -> None:
    document = book(tmp_path, TEXT + body)
    assert not list(placed_footnotes(document))


def test_line_number_that_leads_back_is_kept(tmp_path: Path) -> None:
    body = '<p>甲<a epub:type="noteref" id="r" href="#n">*</a></p><p id="n"><a href="#r">20</a> 行注。</p>'
    assert notes(book(tmp_path, body)) == {"*": "20 行注。"}


def test_link_in_words_leads_back_to_the_reference(tmp_path: Path) -> None:
    reference = '<a epub:type="noteref" id="r" href="#n">1</a>'
    document = book(tmp_path, f'{TEXT}<p>甲{reference}乙。</p>{TEXT}<p id="n">注文。<a href="#r">回到正文</a></p>')
    assert notes(document) == {"1": "注文。回到正文"}
    (link,) = document_links(document)
    place = Fragments(document).place(link.target.removeprefix("#"))
    assert place is not None
    assert document.leaves[place.block].text.text.startswith("甲")


def test_time_is_linear() -> None:
    def find(size: int) -> object:
        refs = "".join(f'<p><sup><a id="r{n}" href="#n{n}">1</a></sup></p>' for n in range(size))
        back = "".join(f'<p id="n{n}"><a href="#r{n}">1</a> x</p>' for n in range(size))
        return find_notes([("a", refs + back)], lambda name: name)

    assert_linear(find, 300)
