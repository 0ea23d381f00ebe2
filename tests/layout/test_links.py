"""Links between references and footnotes have the right targets."""

from reader.document.blocks import (
    Footnote,
    Footnotes,
    Image,
    Inline,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Span,
    SpanKind,
)
from reader.document.document import Document, Position
from reader.layout.layout import Layout
from reader.layout.links import leaf_links, link_target, linked_note, note_link, reference_link
from reader.settings.options import Typesetting


def para(text: str, *spans: Span) -> Paragraph:
    return Paragraph(Inline(text, spans))


DOCUMENT = Document(
    (
        para("开头。"),
        para("雾[1]与雾号[甲]，又是雾[1]。", Span(1, 4, SpanKind.FOOTNOTE, "1"), Span(7, 10, SpanKind.FOOTNOTE, "甲")),
        Footnotes((Footnote("1", (para("白墙。"), para("又一段。"))), Footnote("甲", (para("号角。"),)))),
    )
)


def test_a_link_leads_to_its_note_and_back() -> None:
    assert link_target(DOCUMENT, note_link("1")) == Position(2)
    assert link_target(DOCUMENT, note_link("甲")) == Position(4)
    assert link_target(DOCUMENT, reference_link("1")) == Position(1, 1)
    assert link_target(DOCUMENT, reference_link("甲")) == Position(1, 7)


def test_other_links_have_no_target_in_the_document() -> None:
    for link in ("", "#", "#top", note_link("2"), reference_link(""), "https://example.org/#fn-1"):
        assert link_target(DOCUMENT, link) is None


def test_every_internal_link_on_the_page_has_a_target() -> None:
    runs = [run for line in Layout(DOCUMENT, 40, Typesetting()).lines(0, 100) for run in line.runs if run.link]
    assert {run.link for run in runs} == {note_link("1"), note_link("甲"), reference_link("1"), reference_link("甲")}
    assert all(link_target(DOCUMENT, run.link) for run in runs)


def test_links_of_a_leaf_are_in_reading_order_and_a_linked_picture_is_one_link() -> None:
    leaf = para(
        "甲图[1]乙",
        Span(0, 2, SpanKind.LINK, "a"),
        Span(1, 2, SpanKind.IMAGE, "picture.png"),
        Span(2, 5, SpanKind.FOOTNOTE, "1"),
        Span(5, 6, SpanKind.IMAGE, "other.png"),
    )
    document = Document((leaf, Image(Inline(), "whole.png"), Image(Inline("无"), "")))
    links = [(link.target, link.span.start.offset, link.span.end.offset) for link in leaf_links(document, 0)]
    assert links == [("a", 0, 2), (note_link("1"), 2, 5), ("other.png", 5, 6)]
    assert [link.target for link in leaf_links(document, 1)] == ["whole.png"]
    assert leaf_links(document, 2) == []
    layout = Layout(document, 20, Typesetting())
    shown = [run.link for line in layout.lines(0, 1) for run in line.runs if run.link]
    assert set(shown) == {"a", note_link("1"), "other.png"}


def test_the_note_of_a_reference_is_found() -> None:
    assert DOCUMENT.blocks[2].notes[1] is linked_note(DOCUMENT, note_link("甲"))  # type: ignore[union-attr]
    assert linked_note(DOCUMENT, note_link("2")) is None
    assert linked_note(DOCUMENT, reference_link("1")) is None


def test_bare_addresses_are_links_that_end_where_the_sentence_goes_on() -> None:
    text = "见https://example.org/a，（www.example.com/b）和`https://example.org/c`。"
    code = Span(text.index("https://example.org/c"), text.index("https://example.org/c") + 21, SpanKind.CODE)
    document = Document((para(text, code),))
    assert [link.target for link in leaf_links(document, 0)] == ["https://example.org/a", "http://www.example.com/b"]
    runs = [run for line in Layout(document, 200, Typesetting()).lines(0, 1) for run in line.runs if run.link]
    assert {run.link: run.text for run in runs} == {
        "https://example.org/a": "https://example.org/a",
        "http://www.example.com/b": "www.example.com/b",
    }


def test_notes_in_quotations_and_items_are_found() -> None:
    inner = Footnotes((Footnote("2", (para("号角。"),)),))
    notes = Footnotes(
        (Footnote("1", (para("白墙。"), Quote((inner,)), para("又一段。"))), Footnote("3", (para("塔。"),)))
    )
    document = Document((para("雾[1]", Span(1, 4, SpanKind.FOOTNOTE, "1")), Quote((para("甲"), notes)), para("尾")))
    places = [link_target(document, note_link(label)) for label in "123"]
    assert places == [Position(2), Position(3), Position(5)]
    assert linked_note(document, note_link("3")) is notes.notes[1]
    listed = Document((ListBlock((ListItem((para("甲"), notes)),)),))
    assert [link_target(listed, note_link(label)) for label in "13"] == [Position(1), Position(4)]
