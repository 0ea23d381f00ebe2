"""Two columns side by side, as in an open book: the text flows from the left one into the right one."""

from itertools import islice

from reader.layout.arrangement import LineAt, PlacedLine, Screenful, is_blank, numbered, without_orphans
from reader.layout.cells import Cells
from reader.lean_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TwoColumns:
    """Two columns of horizontal text.

    Attributes:
        left: The cell of the viewport at which the left column begins.
        measure: The width of a column in cells.
        between: The cells between the columns.
        top: The row of the viewport at which the columns begin.
        rows: The height of a column in rows.
    """

    left: int
    measure: int
    between: int
    top: int
    rows: int

    @property
    def across(self) -> int:
        """0, because no text is vertical."""
        return 0

    @property
    def most(self) -> int:
        """The maximum number of lines in sight."""
        return 2 * self.rows

    def view(self, top: int, line_at: LineAt) -> Screenful:
        """The lines in sight if line `top` is the first."""
        first = self._column(top, self.left, line_at)
        if first and line_at(first[-1].number + 1) is not None:
            first = without_orphans(first)
        start = first[-1].number + 1 if first else top
        while is_blank(line := line_at(start)) and line is not None:
            start += 1
        second = self._column(start, self.left + self.measure + self.between, line_at)
        is_last = line_at(second[-1].number + 1 if second else start) is None
        if second and not is_last:
            second = without_orphans(second)
        placed = (*first, *second)
        stop = second[-1].number + 1 if second else start
        return Screenful(placed, top, stop, is_last=is_last, cells=Cells())

    def _column(self, start: int, x: int, line_at: LineAt) -> list[PlacedLine]:
        return [
            PlacedLine(number, line, x, self.top + row, self.measure)
            for row, (number, line) in enumerate(islice(numbered(start, line_at), self.rows))
        ]

    def before(self, stop: int, line_at: LineAt) -> int:
        """The first line in sight if the lines up to `stop` (exclusive) just fit."""
        first = max(0, stop - self.most)
        # A heading may have moved to the next column, and its lines with it.
        while first < stop - 1 and self.view(first, line_at).stop < stop:
            first += 1
        return first

    def step(self, top: int, lines: int, line_at: LineAt) -> int:
        """The first line in sight after scrolling by some lines."""
        del line_at
        return top + lines
