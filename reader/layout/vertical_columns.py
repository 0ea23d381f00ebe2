"""Vertical text in the viewport: columns from right to left, with room for readings at their right."""

from reader.layout.arrangement import LineAt, PlacedLine, Screenful, numbered, without_orphans
from reader.layout.cells import COLUMN_WIDTH, Cells
from reader.layout.lines import Line
from reader.lean_dataclasses import dataclass

_BLOCK_GAP = 2
"""The minimum gap in cells beside a block that is set horizontally."""


@dataclass(frozen=True, slots=True)
class VerticalColumns:
    """Columns of vertical text.

    Attributes:
        left: The first cell of the viewport that may be used.
        width: The number of cells that may be used.
        top: The row of the viewport at which the columns begin.
        rows: The length of a column in rows.
        gap: The cells between two columns.
        ambiguous_width: The cells of a character of ambiguous width (UAX 11).
    """

    left: int
    width: int
    top: int
    rows: int
    gap: int
    ambiguous_width: int = 1

    @property
    def measure(self) -> int:
        """The length of a column in cells, two per row."""
        return COLUMN_WIDTH * self.rows

    @property
    def across(self) -> int:
        """The width in cells of horizontal blocks: that of the usable part of the viewport."""
        return self.width

    @property
    def most(self) -> int:
        """The maximum number of columns in sight."""
        return max(1, (self.width + self.gap) // (COLUMN_WIDTH + self.gap))

    @property
    def _spare(self) -> int:
        """The cells that full columns leave free."""
        return max(0, self.width - self.most * (COLUMN_WIDTH + self.gap) + self.gap)

    def view(self, top: int, line_at: LineAt) -> Screenful:
        """The columns in sight if line `top` is the first."""
        start = _item_start(top, line_at)
        placed: list[PlacedLine] = []
        # The columns are centred between the margins.
        left, right = self.left + self._spare // 2, self.left + self.width - (self._spare + 1) // 2
        free = right
        """The right edge (exclusive) of the next column."""
        stop = start
        for number, line in numbered(start, line_at):
            if (block := line.in_block) is not None:
                x = free - block.cells
                if block.row == 0 and x < self.left and placed:
                    break
                placed.append(PlacedLine(number, line, max(x, self.left), self.top + block.row, block.cells))
                if block.row == block.rows - 1:
                    free = x - max(self.gap, _BLOCK_GAP)
            else:
                reading = line.is_reading
                cells = line.reading_cells or COLUMN_WIDTH
                # A reading lies to the right of its column, which is the next line. At the right edge of the
                # viewport there is no other column that it could touch.
                lacking = self._lacking(line) if reading and placed else 0
                x = min(free - lacking, right - cells) if reading else free - cells
                if x - (COLUMN_WIDTH if reading else 0) < left and placed:
                    break
                placed.append(PlacedLine(number, line, x, self.top, cells, is_turned=True))
                free = x if reading else x - self.gap
            stop = number + 1
        is_last = line_at(stop) is None
        shown = placed if is_last else without_orphans(placed)
        return Screenful(
            tuple(shown), start, shown[-1].number + 1 if shown else stop, is_last=is_last, cells=self._cells
        )

    def before(self, stop: int, line_at: LineAt) -> int:
        """The first line in sight if the columns up to line `stop` (exclusive) just fit."""
        first, used, room = stop, 0, self.width - self._spare
        while first > 0:
            start = _item_start(first - 1, line_at)
            cells, gap = self._item(start, line_at)
            used += cells + (gap if first < stop else 0)
            line = line_at(start)
            reading = line is not None and line.is_reading
            # A reading of the first column is beside it, not in a gap.
            at_edge = (line.reading_cells or COLUMN_WIDTH) if line is not None and reading else 0
            if used + at_edge > room and first < stop:
                break
            used += self._lacking(line) if line is not None and reading else 0
            first = start
        # A heading is not shown as the last column: begin later until the column before `stop` is in sight.
        while first < stop - 1 and self.view(first, line_at).stop < stop:
            first = self.step(first, 1, line_at)
        return first

    def step(self, top: int, lines: int, line_at: LineAt) -> int:
        """The first line in sight after scrolling by a number of columns from line `top`; a block is one step."""
        number, step = _item_start(top, line_at), 1 if lines > 0 else -1
        for _column in range(abs(lines)):
            number += step
            while _is_inside(number, line_at):
                number += step
        return number

    @property
    def _cells(self) -> Cells:
        return Cells(self.ambiguous_width)

    def _item(self, start: int, line_at: LineAt) -> tuple[int, int]:
        """The widths in cells of the column or block that begins with line `start` and of the gap to its left."""
        line = line_at(start)
        if line is not None and line.in_block is not None:
            return line.in_block.cells, max(self.gap, _BLOCK_GAP)
        return COLUMN_WIDTH, self.gap

    def _lacking(self, reading: Line) -> int:
        """How many cells wider a gap must be so that a reading does not touch the column to its right."""
        return max(0, (reading.reading_cells or COLUMN_WIDTH) + 1 - self.gap)


def _is_inside(number: int, line_at: LineAt) -> bool:
    """Whether the item that the line belongs to begins on an earlier line."""
    line = line_at(number)
    if line is not None and line.in_block is not None:
        return line.in_block.row > 0
    above = line_at(number - 1) if line is not None else None
    return above is not None and above.is_reading


def _item_start(number: int, line_at: LineAt) -> int:
    """The first line of the item that line `number` belongs to."""
    while _is_inside(number, line_at):
        number -= 1
    return number
