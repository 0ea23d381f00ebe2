"""Tables wider than the text column: records, or a grid that is scrolled."""

from hypothesis import given
from hypothesis import strategies as st

from reader.document.document import Document, Position
from reader.export.text_lines import text_lines
from reader.layout.head import Head
from reader.layout.layout import Layout
from reader.parse.markdown import parse_markdown
from reader.settings.options import TableStyle, Typesetting
from tests.layout.laws import cells_of, rejoined

SCROLL = Typesetting(tables=TableStyle.SCROLL)
NAMES = "|".join(f"列名{number}" for number in range(12))
WIDE = f"|{NAMES}|\n|{'-|' * 12}\n|{'|'.join(f'内容{number}' for number in range(12))}|\n"


def document(source: str = WIDE) -> Document:
    return Document(tuple(parse_markdown(source)))


def test_a_wide_table_stays_a_grid() -> None:
    lines = Layout(document(), 40, SCROLL).lines(0, 99)
    assert all(line.overflows for line in lines)
    # Rules extend beyond the text of the last column.
    widths = {cells_of(line, SCROLL) for line in lines}
    assert max(widths) - min(widths) <= 1
    assert "列名0" in lines[1].text
    assert "列名11" in lines[1].text
    assert not any(line.overflows for line in Layout(document(), 40, Typesetting()).lines(0, 99))


def test_a_table_that_fits_is_not_scrolled() -> None:
    lines = Layout(document("|甲|乙|\n|-|-|\n|一|二|\n"), 40, SCROLL).lines(0, 99)
    assert not any(line.overflows for line in lines)


def test_an_endless_table_becomes_records() -> None:
    columns = 400
    source = f"|{'甲|' * columns}\n|{'-|' * columns}\n|{'一|' * columns}\n"
    assert not any(line.overflows for line in Layout(document(source), 40, SCROLL).lines(0, 99))


def test_a_grid_too_wide_to_scroll_becomes_records() -> None:
    columns = 60
    source = f"|{'甲|' * columns}\n|{'-|' * columns}\n|{'灯塔照海，' * 5}{('|' + '灯塔照海，' * 5) * (columns - 1)}|\n"
    assert not any(line.overflows for line in Layout(document(source), 40, SCROLL).lines(0, 99))


def test_files_have_records() -> None:
    scrolled, usual = (list(text_lines(Head(""), document(), 40, options)) for options in (SCROLL, Typesetting()))
    assert scrolled == usual


@given(st.integers(2, 14), st.integers(1, 30), st.integers(20, 60))
def test_every_character_is_in_the_grid_and_has_its_place(columns: int, length: int, width: int) -> None:
    row = "|".join("灯" * length + str(number) for number in range(columns))
    found = document(f"|{row}|\n|{'-|' * columns}\n|{row}|\n")
    layout = Layout(found, width, SCROLL)
    assert rejoined(layout.lines(0, 999), found) == {number: leaf.text.text for number, leaf in enumerate(found.leaves)}
    for number in range(len(found.leaves)):
        row_of, cell = layout.cell_of(Position(number, 1))
        assert layout.position_at(row_of, cell) == Position(number, 1)


def test_all_rows_of_a_wide_table_are_scrolled_by_the_widest() -> None:
    for source in (WIDE, "- 项目\n\n" + "".join(f"  {line}\n" for line in WIDE.splitlines())):
        lines = [line for line in Layout(document(source), 40, SCROLL).lines(0, 99) if line.overflows]
        widest = max(cells_of(line, SCROLL) for line in lines)
        assert {line.scrolled_cells for line in lines} == {widest}
