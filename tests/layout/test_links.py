"""Links between references and footnotes lead where they should."""

from reader.document.blocks import Footnote, Footnotes, Inline, Paragraph, Span, SpanKind
from reader.document.document import Document, Position
from reader.layout.layout import Layout
from reader.layout.links import link_target, note_link, reference_link
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


def test_other_links_lead_nowhere_in_the_document() -> None:
    for link in ("", "#", "#top", note_link("2"), reference_link(""), "https://example.org/#fn-1"):
        assert link_target(DOCUMENT, link) is None


def test_every_internal_link_on_the_page_has_a_target() -> None:
    runs = [run for line in Layout(DOCUMENT, 40, Typesetting()).lines(0, 100) for run in line.runs if run.link]
    assert {run.link for run in runs} == {note_link("1"), note_link("甲"), reference_link("1"), reference_link("甲")}
    assert all(link_target(DOCUMENT, run.link) for run in runs)
