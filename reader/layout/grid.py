"""A table drawn as a grid: thin borders between columns, above and below the table, and where needed between rows."""

from collections.abc import Callable, Iterator, Sequence

from reader.document.blocks import Alignment, Heading, Paragraph
from reader.layout.cell_placement import PlacedCell
from reader.layout.glyphs import DOWN, LEFT, RIGHT, UP, Glyphs
from reader.layout.lines import Line, Role, Run, Style
from reader.layout.margins import blank
from reader.layout.table import EDGE, SEPARATOR, RowGroup
from reader.lean_dataclasses import dataclass

_RULE = Style(Role.RULE)

SetCell = Callable[[PlacedCell, int, bool], list[Line]]
"""Lays out a cell's blocks at a width in cells; the flag is true in the table's header."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a grid: their widths in cells, and whether rules separate the rows."""

    widths: tuple[int, ...]
    ruled: bool


@dataclass(frozen=True, slots=True)
class _CellLines:
    """The lines of a cell and their widths in cells."""

    lines: list[Line]
    cells: list[int]
    width: int
    alignment: Alignment

    def row(self, number: int) -> tuple[Run, ...]:
        """The runs of row `number` of the cell, padded to its width."""
        if number >= len(self.lines):
            return (blank(self.width),)
        spare = self.width - self.cells[number]
        left = {Alignment.RIGHT: spare, Alignment.CENTRE: spare // 2}.get(self.alignment, 0)
        runs = self.lines[number].runs
        before = (blank(left),) if left else ()
        after = (blank(spare - left),) if spare > left else ()
        return (*before, *runs, *after)


def draw_grid(
    rows: RowGroup, columns: Columns, set_cell: SetCell, measure: Callable[[str], int], signs: Glyphs
) -> list[Line]:
    """The lines of some rows of a table; borders are never interrupted, whatever the cells contain."""
    return list(_Grid(rows, columns, set_cell, measure, signs).lines())


class _Grid:
    def __init__(
        self, rows: RowGroup, columns: Columns, set_cell: SetCell, measure: Callable[[str], int], signs: Glyphs
    ) -> None:
        self._rows = rows
        self._owners = rows.shape.owners
        self._columns = columns
        self._signs = signs
        self._filled = {
            id(placed): self._fill(placed, set_cell, measure)
            for row in range(rows.start, rows.stop)
            for placed in rows.shape.starting(row)
        }
        self._heights = self._row_heights()

    def lines(self) -> Iterator[Line]:
        """All lines from top to bottom."""
        rows = self._rows
        for row in range(rows.start, rows.stop):
            if self._has_rule(row):
                yield self._rule(row)
            for number in range(self._heights[row]):
                yield self._line(row, number)
        if rows.stop == len(self._owners):
            yield self._rule(rows.stop)

    def _fill(self, placed: PlacedCell, set_cell: SetCell, measure: Callable[[str], int]) -> _CellLines:
        width = self._width(placed)
        lines = set_cell(placed, width, placed.row < self._rows.shape.header_rows)
        cells = [sum(measure(run.text) for run in line.runs) for line in lines]
        # Code, lists and tables depend on their alignment to each other; only running text is right-aligned.
        running = all(isinstance(block, Paragraph | Heading) for block in placed.cell.blocks)
        return _CellLines(lines, cells, width, self._rows.shape.alignment(placed) if running else Alignment.LEFT)

    def _width(self, placed: PlacedCell) -> int:
        widths = self._columns.widths[placed.column : placed.column + placed.columns]
        return sum(widths) + SEPARATOR * (placed.columns - 1)

    def _row_heights(self) -> dict[int, int]:
        heights: dict[int, int] = {}
        for row in range(self._rows.start, self._rows.stop):
            ending = [placed for placed in self._ending(row) if id(placed) in self._filled]
            heights[row] = 1
            for placed in ending:
                above = sum(heights[one] for one in range(placed.row, row))
                above += sum(self._has_rule(one) for one in range(placed.row + 1, row + 1))
                heights[row] = max(heights[row], len(self._filled[id(placed)].lines) - above)
        return heights

    def _ending(self, row: int) -> Iterator[PlacedCell]:
        """The cells whose last row is `row`."""
        seen: PlacedCell | None = None
        for placed in self._owners[row]:
            if placed and placed is not seen and placed.row + placed.rows - 1 == row:
                yield placed
            seen = placed

    def _has_rule(self, row: int) -> bool:
        """Whether there is a rule above a row."""
        return self._columns.ruled or row in {0, self._rows.shape.header_rows}

    def _line(self, row: int, number: int) -> Line:
        """Line `number` of a row."""
        runs: list[Run] = []
        for column, placed in self._parts(row):
            runs.append(Run(f" {self._signs.vertical} ", _RULE) if column else blank(EDGE))
            if placed is None:
                runs.append(blank(self._columns.widths[column]))
            else:
                runs.extend(self._filled[id(placed)].row(self._rows_above(placed, row) + number))
        return Line(tuple(_without_trailing_spaces(runs)))

    def _rows_above(self, placed: PlacedCell, row: int) -> int:
        """The number of screen rows that a cell has above a table row."""
        rows = range(placed.row, row)
        return sum(self._heights[one] + self._has_rule(one + 1) for one in rows)

    def _parts(self, row: int) -> Iterator[tuple[int, PlacedCell | None]]:
        """The cells of a row with their first columns; None where there is no cell."""
        column = 0
        while column < len(self._columns.widths):
            placed = self._owners[row][column]
            yield column, placed
            column += placed.columns if placed else 1

    def _rule(self, row: int) -> Line:
        """The rule above a row, interrupted by cells that span both sides of it."""
        runs: list[Run] = []
        column = 0
        while column < len(self._columns.widths):
            through = self._through(row, column)
            runs.append(Run(self._joint(row, column) if column else self._edge(through), _RULE))
            if through:
                runs.extend(self._filled[id(through)].row(self._rows_above(through, row) - 1))
                column += through.columns
            else:
                runs.append(Run(self._signs.horizontal * self._columns.widths[column], _RULE))
                column += 1
        runs.append(Run(self._edge(self._through(row, column - 1)), _RULE))
        return Line(tuple(_without_trailing_spaces(runs)))

    def _edge(self, through: PlacedCell | None) -> str:
        """The end of a rule at the edge of the table; blank if a cell interrupts it there."""
        return (" " if through else self._signs.horizontal) * EDGE

    def _owner(self, row: int, column: int) -> PlacedCell | None:
        inside = 0 <= row < len(self._owners) and 0 <= column < len(self._columns.widths)
        return self._owners[row][column] if inside else None

    def _through(self, row: int, column: int) -> PlacedCell | None:
        """The cell that spans both sides of the rule above `row`."""
        placed = self._owner(row, column)
        return placed if placed and placed is self._owner(row - 1, column) else None

    def _joint(self, row: int, column: int) -> str:
        """The joint left of `column` in the rule above `row`."""
        arms = 0
        for arm, side in ((UP, row - 1), (DOWN, row)):
            if 0 <= side < len(self._owners):
                left, right = self._owner(side, column - 1), self._owner(side, column)
                arms |= arm if left is None or left is not right else 0
        arms |= 0 if self._through(row, column - 1) else LEFT
        arms |= 0 if self._through(row, column) else RIGHT
        before = self._signs.horizontal if arms & LEFT else " "
        after = self._signs.horizontal if arms & RIGHT else " "
        return before + self._signs.joints[arms] + after


def _without_trailing_spaces(runs: Sequence[Run]) -> Sequence[Run]:
    """Runs without trailing spaces, which are invisible but would be copied."""
    stop = len(runs)
    while stop and runs[stop - 1].start == runs[stop - 1].end and not runs[stop - 1].text.strip(" "):
        stop -= 1
    return runs[:stop]
