"""Tables: column widths, unbroken borders, and records if there is no room for a grid."""

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.blocks import Alignment, Block, Cell, CodeBlock, Inline, ListBlock, ListItem, Paragraph, Table
from reader.document.document import Document, Position
from reader.layout.cell_placement import place
from reader.layout.cells import Cells
from reader.layout.layout import Layout
from reader.layout.lines import NO_BLOCK, Line
from reader.layout.table import row_groups
from reader.settings.options import Typesetting
from tests.growth import assert_linear
from tests.layout.strategies import blocks

PLAIN = Typesetting()


def para(text: str) -> Paragraph:
    return Paragraph(Inline(text))


def cell(
    content: str | Block,
    columns: int = 1,
    rows: int = 1,
    alignment: Alignment = Alignment.NONE,
) -> Cell:
    return Cell(
        (para(content) if isinstance(content, str) else content,),
        alignment=alignment,
        column_span=columns,
        row_span=rows,
    )


def table(*rows: str, header_rows: int = 1) -> Table:
    """A table from rows of text with | between the cells."""
    return Table(tuple(tuple(cell(text.strip()) for text in row.split("|")) for row in rows), header_rows)


def lines(block: Table, width: int, typesetting: Typesetting = PLAIN) -> list[Line]:
    return Layout(Document((block,)), width, typesetting).lines(0, 10**9)


def page(block: Table, width: int, typesetting: Typesetting = PLAIN) -> str:
    return "\n".join(line.text for line in lines(block, width, typesetting))


def test_columns_fit_and_numbers_are_right_aligned() -> None:
    assert (
        page(table("港口 | Port | 船次", "上海 | Shanghai | 1,204", "海参崴 | Vladivostok | 87"), 60)
        == """\
────────┬─────────────┬───────
 港口   │ Port        │  船次
────────┼─────────────┼───────
 上海   │ Shanghai    │ 1,204
 海参崴 │ Vladivostok │    87
────────┴─────────────┴───────"""
    )


def test_wrapped_cells_cause_rules_between_rows() -> None:
    found = page(table("名称 | 说明", "雾号 | 压缩空气，每分钟鸣响两次，晴天可在五海里外听见", "灯 | 亮"), 36)
    assert (
        found
        == """\
──────┬─────────────────────────────
 名称 │ 说明
──────┼─────────────────────────────
 雾号 │ 压缩空气，每分钟鸣响两次，
      │ 晴天可在五海里外听见
──────┼─────────────────────────────
 灯   │ 亮
──────┴─────────────────────────────"""
    )


def test_ascii_borders() -> None:
    assert (
        page(table("a | b", "1 | x"), 40, Typesetting(ascii_borders=True))
        == """\
---+---
 a | b
---+---
 1 | x
---+---"""
    )
    wide = lines(table("a | “b”", "1 | ①"), 40, Typesetting(ambiguous_width=2))
    assert [line.text for line in wide] == ["---+-------", " a | “b”", "---+-------", " 1 | ①", "---+-------"]


def test_spans_join_columns_and_rows() -> None:
    block = Table(
        (
            (cell("海区", rows=2), cell("船次", columns=2, alignment=Alignment.CENTRE), cell("备注", rows=2)),
            (cell("进港"), cell("出港")),
            (cell("东海", rows=2), cell("12,300"), cell("9,870"), cell("含渡轮")),
            (cell("8,000"), cell("7,654"), cell("另计")),
            (cell("合计", columns=3), cell("见下页")),
        ),
        2,
    )
    assert (
        page(block, 60)
        == """\
──────┬────────────────┬────────
 海区 │      船次      │ 备注
      ├────────┬───────┤
      │   进港 │  出港 │
──────┼────────┼───────┼────────
 东海 │ 12,300 │ 9,870 │ 含渡轮
      ├────────┼───────┼────────
      │  8,000 │ 7,654 │ 另计
──────┴────────┴───────┼────────
 合计                  │ 见下页
───────────────────────┴────────"""
    )
    assert (
        page(block, 30)
        == """\
海区：东海
船次 / 进港：12,300
船次 / 出港：9,870
备注：含渡轮

海区：东海
船次 / 进港：8,000
船次 / 出港：7,654
备注：另计

海区：合计
备注：见下页"""
    )


def test_cells_hold_blocks() -> None:
    things = ListBlock((ListItem((para("塔身"),)), ListItem((para("灯"),))))
    block = Table(((cell("物"), cell("法")), (cell(things), cell(CodeBlock(Inline("turn(\n  20)"))))), 1)
    assert (
        page(block, 60)
        == """\
────────────┬─────────
 物         │ 法
────────────┼─────────
 • 塔身     │   turn(
 • 灯       │     20)
────────────┴─────────"""
    )


def test_a_table_in_a_cell_and_one_that_only_wraps_blocks() -> None:
    inner = table("里 | 外", "甲 | 乙")
    outer = Table(((cell(inner), cell("旁边")),))
    assert "里：甲" in page(outer, 60)
    assert page(Table(((cell("一"),), (cell("二"),))), 60) == "一\n\n二"
    deep: Block = para("底")
    for _ in range(300):
        deep = Table(((cell(deep), cell("边")),))
    assert isinstance(deep, Table)
    assert page(deep, 60).count("边") == 300


def test_too_wide_table_becomes_records_labelled_by_the_header() -> None:
    block = table(
        "甲列 | 乙列 | 丙列 | 丁列", "一号灯塔 | 二号灯塔 | 三号灯塔 | 四号灯塔", "五号灯塔 | | 七号灯塔 | 八号灯塔"
    )
    found = lines(block, 24)
    assert [line.text for line in found] == [
        "甲列：一号灯塔",
        "乙列：二号灯塔",
        "丙列：三号灯塔",
        "丁列：四号灯塔",
        "",
        "甲列：五号灯塔",
        "乙列：",
        "丙列：七号灯塔",
        "丁列：八号灯塔",
    ]
    # The first labels are text of the header row, the others are copies without a position.
    owners = [line.runs[0].block if line.runs else None for line in found]
    assert owners == [0, 1, 2, 3, None, NO_BLOCK, NO_BLOCK, NO_BLOCK, NO_BLOCK]


def test_long_table_is_laid_out_in_groups_that_look_like_one() -> None:
    rows = [f"{number} | 灯塔{number}" for number in range(3000)]
    block = table("号 | 名", *rows)
    layout = Layout(Document((block,)), 60, PLAIN)
    assert [line.text for line in layout.lines(2, 5)] == ["──────┼──────────", "    0 │ 灯塔0", "    1 │ 灯塔1"]
    found = [line.text for line in layout.lines(0, 10**9)]
    assert len(found) == 3000 + 4
    assert len({re.sub("[^│┼┬┴]", "", line) for line in found}) == 4
    long = Layout(Document((table("号 | 名", *["灯塔的名字" * 20 + " | 灯"] * 3000),)), 60, PLAIN)
    assert not long.complete
    assert long.line(long.row_of(Position(6000))).text.startswith(" 灯塔")


def test_cell_is_found_at_its_position() -> None:
    layout = Layout(Document((table("港口 | 船次", "上海 | 1,204"),)), 60, PLAIN)
    assert layout.cell_of(Position(2, 1)) == (3, 3)
    assert layout.cell_of(Position(3)) == (3, 8)
    assert layout.position_at(3, 3) == Position(2, 1)
    assert layout.position_at(3, 6) == Position(2, 2)
    assert layout.position_at(0, 5) == Position(0)


CELLS = st.builds(
    Cell,
    st.lists(blocks(), max_size=2).map(tuple),
    st.booleans(),
    st.sampled_from(list(Alignment)),
    st.integers(1, 3),
    st.integers(1, 3),
)
TABLES = st.builds(
    Table, st.lists(st.lists(CELLS, max_size=5).map(tuple), min_size=1, max_size=5).map(tuple), st.integers(0, 3)
)


def borders(block: Table, width: int) -> list[list[str]]:
    """For each screen row the border characters by cell."""
    cells = Cells(1)
    grid: list[list[str]] = []
    for line in lines(block, width):
        row = [""] * (width + 2)
        at = 0
        for run in line.runs:
            if run.style.role == "rule" and run.block == NO_BLOCK:
                for offset, character in enumerate(run.text):
                    row[at + offset] = character
            at += cells.width(run.text)
        grid.append(row)
    return grid


@settings(max_examples=60, deadline=None)
@given(TABLES, st.integers(10, 120))
def test_borders_never_break(block: Table, width: int) -> None:
    """A joint has an arm exactly in the directions in which the border continues."""
    cells = Cells(1)
    for rows in row_groups(block, 0):
        if not rows.shape.widths(width, cells):
            return
    for upper, lower in pairwise(borders(block, width)):
        for column in range(width):
            if upper[column] and upper[column] in "┬┼├┤":
                assert lower[column], (upper[column], column)
            if lower[column] and lower[column] in "┴┼├┤":
                assert upper[column], (lower[column], column)


def wide(columns: int, rows: int, header_rows: int = 0) -> Table:
    return Table(
        tuple(tuple(cell(f"{row}:{column}") for column in range(columns)) for row in range(rows)),
        header_rows=header_rows,
    )


def test_row_with_more_columns_than_a_page_is_laid_out_in_parts() -> None:
    parts = list(row_groups(wide(1_000, 2), 0))
    assert len(parts) > 6
    assert max(len(part.starting(part.start)) for part in parts) < 300
    layout = Layout(Document((wide(1_000, 2),)), 5_000, PLAIN)
    lines = layout.lines(0, 10**9)
    expected = [f"0:{column}" for column in range(1_000)] + [""] + [f"1:{column}" for column in range(1_000)]
    assert [line.text for line in lines] == expected


def test_header_of_an_endless_table_precedes_its_records_and_labels_their_fields() -> None:
    block = Table((*wide(600, 1).rows, tuple(cell("灯") for _ in range(600))), header_rows=1)
    document = Document((block,))
    layout = Layout(document, 40, PLAIN)
    lines = [line.text for line in layout.lines(0, 10**9)]
    assert lines == [*(f"0:{column}" for column in range(600)), *(f"0:{column}: 灯" for column in range(600))]
    for leaf in range(0, 1_200, 37):
        place = Position(leaf, 0)
        assert layout.position_at(*layout.cell_of(place)) == place


def test_cell_spanning_two_endless_rows_is_shown_in_both() -> None:
    rows = wide(600, 2).rows
    block = Table(((cell("灯塔", rows=2), *rows[0][1:]), rows[1][1:]))
    lines = [line.text for line in Layout(Document((block,)), 40, PLAIN).lines(0, 10**9)]
    assert lines.count("灯塔") == 2
    assert lines[600:603] == ["", "灯塔", "1:1"]


def test_empty_fields_of_an_endless_row_take_no_rows() -> None:
    block = Table((tuple(cell("灯") if column == 500 else Cell(()) for column in range(700)),))
    assert [line.text for line in Layout(Document((block,)), 40, PLAIN).lines(0, 10**9)] == ["灯"]


def test_layout_of_an_endless_row_is_linear_in_its_columns() -> None:
    documents = {size: Document((wide(size, 1),)) for size in (2_000, 20_000)}
    assert_linear(lambda size: Layout(documents[size], 80, PLAIN).lines(0, 10**9), 2_000)


def test_a_word_keeps_its_marks_in_a_narrow_column() -> None:
    one = table("键|说明|时间（Modified）", "灯塔的名称|夜里一直亮着的航标的说明文字|最后一次（Modified）的时间")
    for width in range(40, 60):
        lines = [line.text for line in Layout(Document((one,)), width, PLAIN).lines(0, 99)]
        assert not [line for line in lines if "Modifie" in line and "Modified）" not in line], width


def test_cell_spanning_three_columns_gets_the_width_of_its_text() -> None:
    title = cell("一个横跨三列的标题，比三列的内容宽得多", columns=3)
    spanning = Table(((title,), (cell("甲"), cell("乙"), cell("丙"))))
    single = Table(((cell("一个横跨三列的标题，比三列的内容宽得多"), cell("丁")), (cell("甲"), cell("丁"))))
    widths = [max(Cells(1).width(line.text) for line in lines(one, 100)) for one in (spanning, single)]
    # The other table has one more column, of two cells and a separator of three.
    assert widths[0] + 5 == widths[1]


def test_every_row_of_a_grid_with_spans_has_all_columns() -> None:
    ragged = Table(
        ((cell("甲", columns=2, rows=2), cell("乙")), (), (cell("丙"),), (cell("丁"), cell("戊"), cell("己")))
    )
    owners, starts, columns = place(ragged, 7)
    texts = [[one and one.leaf for one in row] for row in owners]
    assert columns == 3
    assert texts == [[7, 7, 8], [7, 7, None], [9, None, None], [10, 11, 12]]
    assert starts == [7, 9, 9, 10, 13]
