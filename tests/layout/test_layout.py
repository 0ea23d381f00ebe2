"""Whole layouts: no text is lost, no line is too wide, and positions map both ways."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.blocks import (
    Cell,
    CodeBlock,
    Heading,
    Inline,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Span,
    SpanKind,
    Table,
)
from reader.document.document import Document, Position
from reader.layout.layout import Layout
from reader.layout.lines import Line
from reader.settings.options import CodeStyle, Typesetting
from tests.growth import assert_linear
from tests.layout.laws import cells_of, is_complete_and_fits, maps_both_ways, rejoined
from tests.layout.strategies import documents, typesettings

PLAIN = Typesetting()


@settings(max_examples=150, deadline=None)
@given(documents(), st.integers(10, 200) | st.integers(10, 24), typesettings())
def test_every_document_is_complete_and_fits_at_every_width(
    document: Document, width: int, typesetting: Typesetting
) -> None:
    is_complete_and_fits(document, width, typesetting)


@settings(max_examples=60, deadline=None)
@given(documents(), st.integers(10, 60), typesettings(code=st.just(CodeStyle.SCROLL)))
def test_only_scrolling_code_exceeds_the_width(document: Document, width: int, typesetting: Typesetting) -> None:
    for line in Layout(document, width, typesetting).lines(0, 10**9):
        assert line.overflows or cells_of(line, typesetting) <= width


@settings(max_examples=120, deadline=None)
@given(documents(), st.integers(10, 100), typesettings())
def test_positions_map_both_ways(document: Document, width: int, typesetting: Typesetting) -> None:
    maps_both_ways(document, width, typesetting)


def test_adjacent_cells_that_start_with_a_blank_row_are_distinguished() -> None:
    cell = Cell((Paragraph(Inline("\n灯")),))
    layout = Layout(Document((Table(((cell, cell),)),)), 40, Typesetting())
    for number in (0, 1):
        assert layout.position_at(*layout.cell_of(Position(number))) == Position(number)


# Layout of long documents on demand.


def long_document(paragraphs: int = 3000) -> Document:
    """Paragraphs of one to seven rows, with a heading before every tenth."""
    blocks: list[Heading | Paragraph] = []
    for number in range(paragraphs):
        if number % 10 == 0:
            blocks.append(Heading(Inline(f"第{number}节"), 1))
        blocks.append(Paragraph(Inline("灯塔在夜里亮着，船从远处来。" * (1 + number % 20))))
    return Document(tuple(blocks))


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


def test_layout_on_demand_equals_a_complete_layout() -> None:
    document = long_document()
    whole = Layout(document, 60, PLAIN)
    while not whole.advance(1):
        pass
    expected = texts(whole.lines(0, whole.height))
    piecemeal = Layout(document, 60, PLAIN)
    for leaf in (3000, 10, 1500, 3299, 700):
        row = piecemeal.settle(Position(leaf), 30, 30)
        found = texts(piecemeal.lines(row - 20, row + 20))
        start = whole.row_of(Position(leaf))
        assert found == expected[max(start - 20, 0) : start + 20]
        assert not piecemeal.complete


def test_an_estimated_height_becomes_exact() -> None:
    document = long_document()
    layout = Layout(document, 60, PLAIN)
    estimated = layout.height
    assert not layout.complete
    assert not layout.advance(0)
    while not layout.advance(0.2):
        pass
    assert layout.complete
    assert len(layout.lines(0, 10**9)) == layout.height
    assert abs(estimated - layout.height) < layout.height / 20


def test_distant_position_is_reached_step_by_step() -> None:
    document = Document((ListBlock(tuple(ListItem((Paragraph(Inline(f"灯{number}")),)) for number in range(20_000))),))
    layout = Layout(document, 40, PLAIN)
    steps, known = 0, [layout.known_rows]
    while not layout.reach(Position(15_000), 0):
        steps += 1
        known.append(layout.known_rows)
        assert layout.height >= layout.known_rows
    # Each step creates some hundred units, however far the target is.
    assert steps > 20
    assert max(after - before for before, after in pairwise(known)) < 1_000
    row = layout.row_of(Position(15_000))
    assert row < layout.known_rows < 20_000
    assert layout.line(row).text.endswith("灯15000")
    # All positions above are reached already; the end is not.
    assert layout.reach(Position(7_000), 0)
    assert not layout.reach(None, 0)
    while not layout.reach(None, 0):
        pass
    assert layout.known_rows == layout.height
    assert layout.lines(0, 10**9)[-1].text.endswith("灯19999")
    # At another width the units exist, but their heights have to be estimated again, also step by step.
    other = layout.resized(30)
    assert other.known_rows < 20_000
    assert not other.reach(None, 0)
    assert other.reach(None, 60.0)
    assert other.height == 20_000


def test_a_short_paragraph_of_very_many_spans_is_not_laid_out_at_once() -> None:
    one = "灯" * 15_000
    spans = tuple(Span(place, place + 1, SpanKind.RUBY, "とう") for place in range(len(one)))
    layout = Layout(Document((Paragraph(Inline(one, spans)), Paragraph(Inline(one, spans)))), 40, PLAIN)
    assert not layout.complete
    assert Layout(Document((Paragraph(Inline(one)), Paragraph(Inline(one)))), 40, PLAIN).complete


def test_shifting_rows_bump_the_generation_and_positions_find_their_rows_again() -> None:
    document = Document(tuple(Paragraph(Inline("一 " * 200)) for _ in range(1000)))
    layout = Layout(document, 40, PLAIN)
    place = Position(900, 100)
    row = layout.row_of(place)
    before = layout.generation
    shown = layout.lines(row, row + 10)
    layout.advance(60)
    assert layout.complete
    assert layout.generation > before
    assert layout.row_of(place) != row
    assert layout.lines(layout.row_of(place), layout.row_of(place) + 10) == shown


def test_a_document_of_very_many_short_lines_shows_its_first_page_alone() -> None:
    layout = Layout(
        Document((ListBlock(tuple(ListItem((Paragraph(Inline("灯")),)) for _ in range(5_000))),)), 40, Typesetting()
    )
    assert not layout.complete
    assert sum("灯" in line.text for line in layout.lines(0, 50)) == 50
    assert not layout.complete


def test_a_short_document_is_complete_at_once_and_never_shifts() -> None:
    layout = Layout(long_document(100), 60, PLAIN)
    assert layout.complete
    assert layout.generation == 0
    assert len(layout.lines(0, layout.height + 5)) == layout.height


def test_rows_outside_the_layout_are_empty() -> None:
    for document in (Document(()), long_document(3)):
        layout = Layout(document, 40, PLAIN)
        assert layout.line(layout.height) == layout.line(-1) == Line()
        assert layout.lines(layout.height, layout.height + 3) == []
        assert layout.position_at(layout.height + 3) >= layout.position_at(0)
    empty = Layout(Document(()), 40, PLAIN)
    assert (empty.height, empty.complete) == (0, True)
    assert (empty.cell_of(Position(0)), empty.position_at(0)) == ((0, 0), Position(0))


def test_another_width_keeps_the_position() -> None:
    document = long_document()
    layout = Layout(document, 80, PLAIN)
    place = layout.position_at(layout.row_of(Position(2000, 30)))
    for width in (40, 77, 20, 80):
        layout = layout.resized(width)
        row = layout.row_of(place)
        assert layout.position_at(row) <= place < layout.position_at(row + 1)


def test_repeated_title_has_no_rows_and_maps_to_the_next_position() -> None:
    title, text = Heading(Inline("灯塔"), 0), Paragraph(Inline("正文。"))
    layout = Layout(Document((title, text, Heading(Inline("尾"), 0))), 40, PLAIN)
    assert texts(layout.lines(0, 9)) == ["正文。"]
    assert layout.cell_of(Position(0, 1)) == (0, 0)
    assert layout.cell_of(Position(2)) == (0, 0)


# One giant leaf, and depth


def test_giant_paragraph_is_laid_out_in_pieces_without_loss() -> None:
    text = "灯塔在夜里亮着，船从远处来。" * 20_000
    document = Document((Paragraph(Inline(text)),))
    layout = Layout(document, 80, PLAIN)
    assert layout.line(0).text.startswith("灯塔")
    assert not layout.complete
    place = Position(0, len(text) - 3)
    row, cell = layout.cell_of(place)
    assert layout.position_at(row, cell) == place
    assert rejoined(layout.lines(0, 10**9), document) == {0: text}


def test_giant_code_block_is_laid_out_in_pieces_at_line_ends() -> None:
    text = "\n".join(f"{number:06}: light()" for number in range(20_000))
    document = Document((CodeBlock(Inline(text)),))
    layout = Layout(document, 80, PLAIN)
    assert texts(layout.lines(0, 2)) == ["  000000: light()", "  000001: light()"]
    assert not layout.complete
    assert layout.row_of(Position(0, len(text))) == layout.height - 1
    assert texts(layout.lines(0, 10**9)) == [f"  {line}" for line in text.split("\n")]


def nested(depth: int, width: int, kind: str) -> list[Line]:
    block: Quote | Paragraph | ListBlock = Paragraph(Inline("灯塔在夜里亮着。"))
    for _ in range(depth):
        block = Quote((block,)) if kind == "quote" else ListBlock((ListItem((block,)),), ordered=True)
    document = Document((block,))
    lines = Layout(document, width, PLAIN).lines(0, 10**9)
    assert rejoined(lines, document) == {0: "灯塔在夜里亮着。"}
    assert all(cells_of(line, PLAIN) <= width for line in lines)
    return lines


def test_deep_quotes_leave_room_for_text() -> None:
    assert texts(nested(256, 20, "quote")) == ["▏ ▏ ▏ ▏ ▏ 灯塔在夜里", "▏ ▏ ▏ ▏ ▏ 亮着。"]
    assert len(nested(3000, 80, "quote")) == 2


def test_deep_lists_keep_their_markers() -> None:
    shown = "".join(texts(nested(40, 12, "list")))
    assert shown.count("1.") == 40


@pytest.mark.parametrize("width", [20, 30])
def test_folded_code_keeps_its_indentation_and_marks_the_fold(width: int) -> None:
    text = "a:\n    " + "b" * 40
    rows = [line.text for line in Layout(Document((CodeBlock(Inline(text)),)), width, Typesetting()).lines(0, 99)]
    assert rows[:2] == ["  a:", "      " + "b" * (width - 6)]
    assert all(row.startswith("↪     b") and len(row) <= width for row in rows[2:])
    assert "".join(row[6:] for row in rows[1:]) == "b" * 40


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("size = 1 + other_name", ["  size = 1 +", "↪ other_name"]),
        ("size = 1 + größter", ["  size = 1 +", "↪ größter"]),
        ("a.b(first, second, 中文字)", ["  a.b(first, ", "↪ second, 中文字)"]),
        ("b = 0123456789abcdef", ["  b = 0123456789a", "↪ bcdef"]),
    ],
)
def test_folding_divides_no_name_of_code(text: str, rows: list[str]) -> None:
    lines = Layout(Document((CodeBlock(Inline(text)),)), 17, Typesetting()).lines(0, 9)
    assert [line.text.rstrip() for line in lines] == [row.rstrip() for row in rows]
    shown = "".join(text[run.start : run.end] for line in lines for run in line.runs if run.start < run.end)
    assert shown == text


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("s = 1 # 灯塔亮。好", ["  s = 1 # 灯塔", "↪ 亮。好"]),
        ("s = 1 # 灯塔「亮」", ["  s = 1 # 灯塔", "↪ 「亮」"]),
        ("s = 1 # 塔lamp）。好", ["  s = 1 # 塔", "↪ lamp）。好"]),
        ("s = 1 # ーーーーーーーーーー", ["  s = 1 # ーーー", "↪ ーーーーーーー"]),
    ],
)
def test_folded_comments_begin_no_row_with_a_closing_mark(text: str, rows: list[str]) -> None:
    lines = Layout(Document((CodeBlock(Inline(text)),)), 17, Typesetting()).lines(0, 9)
    assert [line.text.rstrip() for line in lines] == rows


def test_code_has_the_line_numbers_of_its_source() -> None:
    text = "a\n" + "b" * 30 + "\nc"
    document = Document((CodeBlock(Inline(text), "", 9),))
    layout = Layout(document, 24, Typesetting())
    rows = [line.text for line in layout.lines(0, 99)]
    assert rows == ["  9  a", " 10  " + "b" * 19, "  ↪  " + "b" * 11, " 11  c"]
    assert [layout.cell_of(Position(0, offset)) for offset in (0, 2, 21, 33)] == [(0, 5), (1, 5), (2, 5), (3, 5)]
    assert layout.line(0).runs[0].start == layout.line(0).runs[0].end
    narrow = [line.text for line in Layout(document, 12, Typesetting()).lines(0, 99)]
    assert narrow[0] == "  a"


def test_the_pieces_of_long_code_go_on_counting() -> None:
    text = "\n".join(f"line {number}" for number in range(1, 5001))
    layout = Layout(Document((CodeBlock(Inline(text), "", 1),)), 40, Typesetting())
    layout.reach(None, 60)
    for row in (0, 2500, 4999):
        assert layout.line(row).text == f"{row + 1:>5}  line {row + 1}"


def test_marked_lines_of_code_have_signs() -> None:
    text = "a\n" + "b" * 30 + "\n\nc\nd"
    spans = (Span(2, 32, SpanKind.INSERTED), Span(34, 35, SpanKind.DELETED), Span(36, 37, SpanKind.MARKED))
    for number, plain in ((0, ["  ", "+ ", "↪ ", "↪ ", "  ", "- ", "▌ "]), (9, ["  9  ", " 10+ ", "  ↪  "])):
        layout = Layout(
            Document((CodeBlock(Inline(text, spans), "", number),)), 16 if not number else 32, Typesetting()
        )
        lines = layout.lines(0, 99)
        rows = [line.text.ljust(line.indent)[: line.indent] for line in lines]
        assert rows[: len(plain)] == plain
        # A mark changes what is beside the code, not the code.
        assert "".join(run.text for line in lines for run in line.runs if run.start < run.end) == text.replace("\n", "")
    marked = {run.text: run.style.bold for line in layout.lines(0, 99) for run in line.runs if run.start < run.end}
    assert [marked[letter] for letter in "acd"] == [False, False, True]


def test_many_marked_lines_of_code_take_linear_time() -> None:
    def work(lines: int) -> None:
        spans = tuple(Span(start, start + 1, SpanKind.MARKED) for start in range(0, 2 * lines, 4))
        Layout(Document((CodeBlock(Inline("x\n" * lines, spans)),)), 40, Typesetting()).lines(0, lines)

    assert_linear(work, 800)
