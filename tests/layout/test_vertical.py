"""Vertical text: no character is lost, no column is too long, marks keep their rules, positions map both ways."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.blocks import (
    Cell,
    CodeBlock,
    Details,
    Footnote,
    Footnotes,
    Heading,
    Image,
    Inline,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Span,
    SpanKind,
    Table,
)
from reader.document.document import Document, Position
from reader.layout.arrangement import LineAt, Screenful, following, is_blank
from reader.layout.cells import Cells
from reader.layout.column_rows import column_rows
from reader.layout.flow import is_shown
from reader.layout.head import Head, set_head
from reader.layout.layout import Layout
from reader.layout.lines import NO_BLOCK, Line, Style
from reader.layout.paragraph import lay_out_paragraph
from reader.layout.picture_rooms import PictureProblem, PictureRooms
from reader.layout.vertical_columns import VerticalColumns
from reader.layout.vertical_text import upright_forms
from reader.lean_dataclasses import replace
from reader.settings.options import RubyStyle, Typesetting
from tests.layout.checker import HARD, SetLine, Source
from tests.layout.laws import cells_of, rejoined
from tests.layout.strategies import documents, texts, typesettings

PLAIN = Typesetting()
CELLS = Cells()


def layout_of(document: Document, rows: int, typesetting: Typesetting = PLAIN, across: int = 60) -> Layout:
    return Layout(document, 2 * rows, typesetting, across=across)


def columns(text: str, rows: int, *spans: Span, typesetting: Typesetting = PLAIN) -> list[str]:
    """The columns of a text."""
    inline, forms = Inline(text, spans), upright_forms(Document((Paragraph(Inline(text)),)), typesetting)
    ruby = replace(typesetting, ruby=RubyStyle.ABOVE)
    lines = lay_out_paragraph(inline, 2 * rows, ruby, block=0, base=Style(), upright=forms)
    return [line.text for line in lines]


def reader_of(layout: Layout, above: list[Line]) -> LineAt:
    def line_at(number: int) -> Line | None:
        if number < len(above):
            return above[number] if number >= 0 else None
        return next(iter(layout.lines(number - len(above), number - len(above) + 1)), None)

    return line_at


def views(arrangement: VerticalColumns, line_at: LineAt) -> Iterator[Screenful]:
    top = 0
    while True:
        view = arrangement.view(top, line_at)
        yield view
        if view.is_last:
            return
        assert following(view, line_at) > top
        top = following(view, line_at)


# Text


@settings(max_examples=80, deadline=None)
@given(documents(), st.integers(5, 40), typesettings())
def test_every_document_is_complete_and_fits(document: Document, rows: int, typesetting: Typesetting) -> None:
    lines = layout_of(document, rows, typesetting).lines(0, 10**9)
    for line in lines:
        most = 60 if line.in_block is not None else 2 * rows
        assert cells_of(line, typesetting) <= most
    expected = {number: leaf.text.text for number, leaf in enumerate(document.leaves) if is_shown(leaf) and leaf.text}
    assert rejoined(lines, document) == expected


@settings(max_examples=80, deadline=None)
@given(documents(), st.integers(5, 40), typesettings())
def test_no_character_crosses_the_border_of_two_rows(document: Document, rows: int, typesetting: Typesetting) -> None:
    cells = Cells(typesetting.ambiguous_width)
    for line in layout_of(document, rows, typesetting).lines(0, 10**9):
        if line.in_block is None:
            cut = column_rows(line, cells)
            assert len(cut) <= rows
            assert "".join(run.text for row in cut for run in row.runs) == "".join(run.text for run in line.runs)
            # Only the last row may be half empty: any other would shift the rows below.
            # Indic conjuncts are wider than a row, and followed by a space.
            assert all(cells_of(row, typesetting) in {2, 3} or not row.text for row in cut[:-1])


@settings(max_examples=60, deadline=None)
@given(documents(), st.integers(5, 40), typesettings())
def test_positions_map_both_ways(document: Document, rows: int, typesetting: Typesetting) -> None:
    layout = layout_of(document, rows, typesetting)
    for number, leaf in enumerate(document.leaves):
        for offset in range(len(leaf.text.text) + 1):
            row, cell = layout.cell_of(Position(number, offset))
            assert 0 <= row < max(layout.height, 1)
            if is_shown(leaf) and leaf.text:
                found = layout.position_at(row, cell)
                assert found.block == number
                assert found.offset == offset or layout.cell_of(found) == (row, cell)


@settings(max_examples=80, deadline=None)
@given(texts(40), st.integers(5, 24), typesettings())
def test_marks_keep_their_rules(text: str, rows: int, typesetting: Typesetting) -> None:
    lines = layout_of(Document((Paragraph(Inline(text)),)), rows, typesetting).lines(0, 10**9)
    set_lines = []
    for line in lines:
        own = [run for run in line.runs if run.block != NO_BLOCK and run.start < run.end]
        painted = "".join(run.text for run in line.runs)
        set_lines.append(SetLine(painted, own[0].start, own[-1].end) if own else SetLine("", 0, 0))
    found = [fault for fault in Source(text, typesetting).faults(set_lines, 2 * rows) if fault.kind in HARD]
    assert found == []


def test_marks_have_their_vertical_forms() -> None:
    text = "他说：“看（灯）……”——《塔》、【港】。"
    assert columns(text, 40) == ["他说︓﹃看︵灯︶︙︙﹄︱︱︽塔︾︑︻港︼︒"]


def test_japanese_has_its_own_quotation_marks_and_its_long_vowels_turn() -> None:
    assert columns("“カッター”と「いう」", 40) == ["〝カッタ｜〟と﹁いう﹂"]


def test_latin_letters_are_upright_and_two_digits_share_a_row() -> None:
    assert columns("第12届于2024年，见 Lamp 3", 40) == ["第12届于２０２４年︐见Ｌａｍｐ\u3000３"]


def test_the_sign_of_a_number_stays_level_and_a_dash_between_numbers_turns() -> None:
    assert columns("气温－３度、-5度、−12度", 40) == ["气温－３度︑－５度︑－12度"]
    assert columns("气温 -3 度", 40) == ["气温－３度"]
    assert columns("２－３月、10-20页、A－1", 40) == ["２｜３月︑10︲20页︑Ａ｜１"]


@pytest.mark.parametrize("text", ["3.14", "1,234", "B12", "123", "2"])
def test_only_a_number_of_two_digits_shares_a_row(text: str) -> None:
    drawn = upright_forms(Document(()), PLAIN).drawn(f"约{text}个")
    assert CELLS.width(drawn) == 2 * len(drawn)


def test_two_digits_are_never_separated() -> None:
    pairs = "、".join(["12"] * 9)
    for rows in range(5, 12):
        assert "".join(columns(pairs, rows)).count("12") == 9
        assert not any(column.endswith("1") for column in columns(pairs, rows))


def test_a_formula_that_hides_blanks_covers_its_source_once() -> None:
    text = r"灯\{0,1,2, 3\} + a，塔"
    formula = Span(1, len(text) - 2, SpanKind.MATH)
    forms = upright_forms(Document(()), PLAIN)
    lines = lay_out_paragraph(Inline(text, (formula,)), 20, PLAIN, block=0, base=Style(), upright=forms)
    ranges = [(run.start, run.end) for line in lines for run in line.runs if run.start < run.end]
    assert ranges == [(0, 1), (1, len(text) - 2), (len(text) - 2, len(text))]


def test_readings_are_at_the_right_of_their_base() -> None:
    ruby = Span(1, 3, SpanKind.RUBY, "とうだい")
    assert columns("の灯台は", 12, ruby) == ["とうだい", "の灯台は"]
    assert columns("新灯台家", 12, ruby) == ["  とうだい", "新  灯台  家"]
    assert columns("新灯台に", 12, ruby) == ["  とうだい", "新灯台  に"]
    assert columns("灯台守", 12, Span(0, 2, SpanKind.RUBY, "と")) == ["と", "灯台守"]


def test_narrow_characters_take_a_whole_row() -> None:
    assert columns("甲é乙①丙", 12) == ["甲é 乙① 丙"]


def test_headings_are_indented_and_have_room_before_them() -> None:
    document = Document((Paragraph(Inline("甲")), Heading(Inline("乙"), 2), Paragraph(Inline("丙"))))
    lines = layout_of(document, 12).lines(0, 99)
    assert [line.text for line in lines] == ["    甲", "", "    乙", "", "    丙"]
    assert [line.is_heading for line in lines] == [False, False, True, False, False]


def test_lists_and_quotations_hang_below_their_marks() -> None:
    items = tuple(ListItem((Paragraph(Inline(text)),)) for text in ("甲甲甲", "乙"))
    document = Document((ListBlock(items, ordered=True), ListBlock(items), Quote((Paragraph(Inline("丙")),)), Rule()))
    lines = layout_of(document, 5).lines(0, 99)
    assert [line.text for line in lines if line.text] == [
        *("１︑甲甲甲", "２︑乙", "・甲甲甲", "・乙", "──    丙", "︱︱︱︱︱")
    ]


def test_code_is_a_block_among_the_columns() -> None:
    code = CodeBlock(Inline("for lamp in lamps:\n    print(lamp)\n" * 4))
    document = Document((Paragraph(Inline("甲")), code, Paragraph(Inline("乙"))))
    lines = layout_of(document, 5).lines(0, 99)
    blocks = [line.in_block for line in lines if line.in_block is not None]
    assert [(block.row, block.rows) for block in blocks] == [(row, 5) for row in range(5)] + [(0, 3), (1, 3), (2, 3)]
    assert {block.cells for block in blocks} == {len("  for lamp in lamps:") + 2}


def test_the_rules_of_narrow_columns_of_tables_are_no_bars() -> None:
    cells = tuple(Cell((Paragraph(Inline(text)),)) for text in "甲乙")
    document = Document((Quote((Table((cells, cells), 1),)),))
    rows = [line.text for line in layout_of(document, 12).lines(0, 99) if line.in_block is not None]
    assert any("───┬───" in row for row in rows)
    assert [row[0] for row in rows] == ["▏"] * len(rows)
    assert not any("▏" in row[1:] for row in rows)


def test_pictures_that_are_not_shown_have_short_labels() -> None:
    images = [Image(Inline(alt), f"https://example.org/{'lamp' * 9}.png") for alt in ("", "图片", "灯塔的照片")]
    document = Document((Paragraph(Inline("甲")), *images))
    rooms = PictureRooms(dict.fromkeys((1, 2, 3), PictureProblem.WEB))
    lines = Layout(document, 24, PLAIN, across=60, rooms=rooms).lines(0, 99)
    shown = [line.text for line in lines if line.in_block is not None]
    assert shown[:2] == ["Image 1", "Image 2"]
    assert "Image 3 · on the web" in shown[2]


def test_heading_after_the_number_of_a_note_fits() -> None:
    note = Footnote("12", (Heading(Inline("一盏灯塔的光"), 3),))
    shown = [line.text for line in layout_of(Document((Footnotes((note,)),)), 6).lines(0, 99)]
    assert shown[2:4] == ["﹇12﹈\u3000一盏", "灯塔的光"]


def test_formula_that_fills_a_line_of_a_heading_is_no_reading() -> None:
    formula = "a+b+c+d+e+f"
    heading = Heading(Inline(formula, (Span(0, len(formula), SpanKind.MATH, formula),)), 5)
    lines = layout_of(Document((heading, Paragraph(Inline("灯塔")))), 3).lines(0, 99)
    assert len(lines) > 3
    assert not any(line.is_reading for line in lines)


def test_title_of_a_fold_with_a_reading_fits_behind_the_marker_of_a_list() -> None:
    title = Paragraph(Inline("灯", (Span(0, 1, SpanKind.RUBY, "ひ"),)))
    item = ListItem((Details(title, (), is_open=False),), checked=True)
    lines = layout_of(Document((ListBlock((item,), ordered=True, start=135, style="a"),)), 7).lines(0, 99)
    assert [line.text.strip() for line in lines] == ["ひ", "ｅｅ．\u3000☑ ▾ 灯"]


def test_header_is_vertical() -> None:
    forms = upright_forms(Document(()), PLAIN)
    lines = set_head(Head("灯塔（一）", "2024年"), 20, PLAIN, forms)
    assert [line.text for line in lines] == ["灯塔︵一︶", "", "２０２４年", ""]


# Columns in the viewport


@settings(max_examples=60, deadline=None)
@given(documents(), st.integers(5, 20), st.integers(24, 100), st.integers(0, 4))
def test_screenfuls_show_every_line_once_and_never_overlap(document: Document, rows: int, width: int, gap: int) -> None:
    arrangement = VerticalColumns(3, width, 1, rows, gap)
    layout = Layout(document, arrangement.measure, PLAIN, across=arrangement.across)
    line_at = reader_of(layout, [])
    shown: list[int] = []
    for view in views(arrangement, line_at):
        taken: set[tuple[int, int]] = set()
        for y in range(rows + 2):
            for part in view.row(y):
                used = {(x, y) for x in range(part.x, part.x + min(part.cells, cells_of(part.line, PLAIN) or 1))}
                assert not used & taken
                assert all(3 <= x < 3 + width and 1 <= y <= rows for x, y in used)
                taken |= used
        shown += [one.number for one in view.placed]
        assert arrangement.view(arrangement.before(view.stop, line_at), line_at).stop >= view.stop
    lines = layout.lines(0, 10**6)
    assert [number for number in shown if not is_blank(lines[number])] == [
        number for number, line in enumerate(lines) if not is_blank(line)
    ]


@settings(max_examples=40, deadline=None)
@given(documents(), st.integers(5, 20), st.integers(24, 80), st.integers(0, 4))
def test_cells_of_the_viewport_map_both_ways(document: Document, rows: int, width: int, gap: int) -> None:
    arrangement = VerticalColumns(2, width, 1, rows, gap)
    layout = Layout(document, arrangement.measure, PLAIN, across=arrangement.across)
    for view in views(arrangement, reader_of(layout, [])):
        for one in view.placed:
            for cell in range(cells_of(one.line, PLAIN)):
                place = view.place_of(one.number, cell)
                assert place is not None
                assert view.at(*place) == (one.number, cell)
    assert arrangement.view(0, lambda _number: None).at(5, 5) == (0, 0)


def test_columns_run_from_right_to_left_with_readings_in_the_gap() -> None:
    text = "灯塔" * 6
    document = Document((Paragraph(Inline(text, (Span(8, 10, SpanKind.RUBY, "とう"),))),))
    arrangement = VerticalColumns(0, 22, 0, 5, 2)
    layout = Layout(document, arrangement.measure, PLAIN, across=22)
    view = arrangement.view(0, reader_of(layout, []))
    assert [(one.x, CELLS.width(one.line.text)) for one in view.placed] == [(20, 10), (16, 10), (13, 4), (11, 8)]
    rows = ["".join(f"{part.line.text}" for part in view.row(y)) for y in range(5)]
    assert rows[2] == "灯塔灯"


def test_heading_goes_with_the_text_after_it() -> None:
    text = Paragraph(Inline("灯" * 4))
    document = Document((text, text, text, Heading(Inline("乙"), 2), Paragraph(Inline("丙"))))
    arrangement = VerticalColumns(0, 18, 0, 8, 2)
    line_at = reader_of(Layout(document, 16, PLAIN, across=18), [])
    first, second = views(arrangement, line_at)
    assert [one.line.is_heading for one in first.placed] == [False] * 3
    assert second.placed[0].line.is_heading


def test_heading_above_a_block_is_in_sight_when_going_back() -> None:
    text = Paragraph(Inline("灯" * 4))
    document = Document((text, text, Heading(Inline("乙"), 2), CodeBlock(Inline("lamp " * 6))))
    arrangement = VerticalColumns(0, 24, 0, 8, 2)
    line_at = reader_of(Layout(document, 16, PLAIN, across=24), [])
    code = next(number for number in range(9) if (line := line_at(number)) is not None and line.in_block is not None)
    view = arrangement.view(arrangement.before(code, line_at), line_at)
    assert any(one.line.is_heading for one in view.placed)


def test_readings_go_with_their_heading() -> None:
    heading = Heading(Inline("乙", (Span(0, 1, SpanKind.RUBY, "おつ"),)), 2)
    document = Document((Paragraph(Inline("甲")), heading, CodeBlock(Inline("a" * 17)), Paragraph(Inline("丙"))))
    arrangement = VerticalColumns(0, 20, 0, 8, 2)
    line_at = reader_of(Layout(document, 16, PLAIN, across=20), [])
    first, second, *_others = views(arrangement, line_at)
    assert not any(one.line.is_reading or one.line.is_heading for one in first.placed)
    assert second.placed[0].line.is_reading
    assert second.placed[1].line.is_heading


def test_steps_pass_over_blocks() -> None:
    code = CodeBlock(Inline("a\nb\nc"))
    document = Document((Paragraph(Inline("甲")), code, Paragraph(Inline("乙"))))
    arrangement = VerticalColumns(0, 40, 0, 8, 2)
    line_at = reader_of(Layout(document, 16, PLAIN, across=40), [])
    assert [arrangement.step(top, 1, line_at) for top in (0, 1, 2, 3, 4)] == [1, 2, 5, 5, 5]
    assert [arrangement.step(top, -1, line_at) for top in (5, 4, 2)] == [2, 1, 1]
