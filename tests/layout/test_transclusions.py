"""Embedded notes in the layout: folded, opened, and folded again."""

from hypothesis import given
from hypothesis import strategies as st

from reader.document.blocks import Heading, Inline, ListBlock, ListItem, Paragraph, Span, SpanKind
from reader.document.document import Document, Position
from reader.layout.embedded_notes import embeds, show_titles, transclude
from reader.layout.layout import Layout
from reader.layout.lines import NO_BLOCK
from reader.layout.links import link_of_transclusion
from reader.layout.transclusions import Transclusion, embedded_note
from reader.settings.options import Typesetting


def embed(name: str) -> Paragraph:
    return Paragraph(Inline(name, (Span(0, len(name), SpanKind.LINK, f"embed:{name}"),)))


LINKED = Paragraph(Inline("看灯", (Span(1, 2, SpanKind.LINK, "wiki:灯"),)))
NOTED = Paragraph(Inline("注[1]", (Span(1, 4, SpanKind.FOOTNOTE, "1"),)))
WEB = Paragraph(Inline("网", (Span(0, 1, SpanKind.LINK, "https://example.org/"),)))
TRANSCLUDED = Transclusion((Heading(Inline("标题"), 2), LINKED, NOTED, WEB), "id", "→ 打开", "wiki:甲")
DOCUMENT = Document(
    (Paragraph(Inline("开头")), embed("甲"), Paragraph(Inline("中间")), ListBlock((ListItem((embed("乙"),)),)))
)


def texts(layout: Layout) -> list[str]:
    return [line.text for line in layout.lines(0, layout.height)]


def test_embedded_notes_are_paragraphs_of_one_link() -> None:
    assert embedded_note(embed("甲")) == "embed:甲"
    assert not embedded_note(Paragraph(Inline("甲")))
    assert not embedded_note(Paragraph(Inline("甲乙", (Span(0, 1, SpanKind.LINK, "embed:甲"),))))
    assert not embedded_note(LINKED)


def test_a_transclusion_is_opened_and_folded() -> None:
    layout = Layout(DOCUMENT, 30, Typesetting())
    folded = texts(layout)
    assert folded == ["开头", "", "▸ 甲", "", "中间", "", "• ▸ 乙"]
    assert embeds(layout, 1)
    assert not embeds(layout, 0)
    assert transclude(layout, 1, TRANSCLUDED) == len(texts(layout)) - len(folded) + 2
    assert texts(layout)[2:] == [
        *("▾ 甲", "▏ 标题", "▏", "▏ 看灯", "▏", "▏ 注[1]", "▏", "▏ 网", "▏ → 打开", "", "中间", "", "• ▸ 乙")
    ]
    assert 1 in layout.expansion.opened
    narrow = layout.resized(20)
    assert "▏ 看灯" in texts(narrow)
    transclude(layout, 3, Transclusion((LINKED,), "id"))
    assert texts(layout)[-2:] == ["• ▾ 乙", "  ▏ 看灯"]
    transclude(layout, 1, None)
    transclude(layout, 3, None)
    assert texts(layout) == folded


def test_titles_are_shown_where_they_fit() -> None:
    layout = Layout(DOCUMENT, 30, Typesetting())
    show_titles(layout, {1: "港口的灯塔", 3: "一个比这一行的余地还要长得多的标题"})
    assert texts(layout)[2] == "▸ 甲  港口的灯塔"
    assert texts(layout)[-1] == "• ▸ 乙  一个比这一行的余地还…"
    narrow = layout.resized(11)
    assert texts(narrow)[2] == "▸ 甲"


def test_links_of_a_transclusion_are_relative_to_its_article() -> None:
    layout = Layout(DOCUMENT, 30, Typesetting())
    transclude(layout, 1, TRANSCLUDED)
    added = [run for line in layout.lines(3, 11) for run in line.runs]
    assert {run.block for run in added} == {NO_BLOCK}
    links = [link_of_transclusion(run.link) for run in added if run.link]
    assert links == [("id", "wiki:灯"), ("", "https://example.org/"), ("", "wiki:甲")]


@given(st.lists(st.sampled_from([1, 3]), max_size=4), st.integers(6, 40))
def test_positions_do_not_depend_on_transclusions(toggled: list[int], width: int) -> None:
    plain, layout = Layout(DOCUMENT, width, Typesetting()), Layout(DOCUMENT, width, Typesetting())
    for leaf in toggled:
        transclude(layout, leaf, None if leaf in layout.expansion.opened else TRANSCLUDED)
    blocks = [layout.position_at(row).block for row in range(layout.height)]
    assert list(dict.fromkeys(blocks)) == [0, 1, 2, 3]
    assert blocks == sorted(blocks)
    for leaf in range(len(DOCUMENT.leaves)):
        row, cell = layout.cell_of(Position(leaf))
        assert layout.position_at(row, cell) == Position(leaf)
        assert cell == plain.cell_of(Position(leaf))[1]
