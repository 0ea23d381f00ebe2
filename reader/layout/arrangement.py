"""Arrangements: which lines of a layout are in sight, and where, in two columns or in columns of vertical text.

Lines are counted from 0 at the header of the article. An arrangement knows nothing of the screen but its size, so it
serves the page, the first frame and the commands alike.
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Protocol

from reader.layout.cells import COLUMN_WIDTH, Cells
from reader.layout.column_rows import column_rows
from reader.layout.lines import Line
from reader.lean_dataclasses import dataclass

LineAt = Callable[[int], Line | None]
"""Returns the line with a number; None if there is none."""


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line in sight.

    Attributes:
        number: Its number.
        line: The line.
        x: The cell of the viewport at which it begins.
        y: The row at which it begins.
        cells: The width of its column.
        is_turned: Whether it is a column that runs downwards, in which each row of the screen shows two of its cells.
    """

    number: int
    line: Line
    x: int
    y: int
    cells: int
    is_turned: bool = False


@dataclass(frozen=True, slots=True)
class RowPart:
    """A part of a row of the viewport: a line, or one row of a line that runs downwards.

    Attributes:
        x: The cell at which it begins.
        cells: The width of its column.
        line: The line to paint.
        number: The number of the line that it belongs to.
        cell: The cell of that line at which it begins.
    """

    x: int
    cells: int
    line: Line
    number: int
    cell: int


class Screenful:
    """The lines in sight.

    Attributes:
        placed: The lines in reading order.
        start: The number of the first line in sight.
        stop: The number of the first line after those in sight.
        is_last: Whether there is no line after them.
    """

    def __init__(self, placed: tuple[PlacedLine, ...], start: int, stop: int, *, is_last: bool, cells: Cells) -> None:
        self.placed, self.start, self.stop, self.is_last = placed, start, stop, is_last
        self._cells = cells

    @property
    def count(self) -> int:
        """The number of lines from the first to the last in sight, at least 1."""
        return max(1, self.stop - self.start)

    @cached_property
    def _rows(self) -> dict[int, list[RowPart]]:
        rows: dict[int, list[RowPart]] = {}
        for one in self.placed:
            lines = column_rows(one.line, self._cells) if one.is_turned else [one.line]
            for row, line in enumerate(lines):
                part = RowPart(one.x, one.cells, line, one.number, COLUMN_WIDTH * row)
                rows.setdefault(one.y + row, []).append(part)
        for parts in rows.values():
            parts.sort(key=lambda part: part.x)
        return rows

    def row(self, y: int) -> list[RowPart]:
        """The parts of a row of the viewport, from left to right."""
        return self._rows.get(y, [])

    def at(self, x: int, y: int) -> tuple[int, int]:
        """The line nearest to a cell of the viewport, and the cell in it.

        The cell is negative if the place is left of the text.
        """
        if not self.placed:
            return self.start, 0

        def distance(one: PlacedLine) -> tuple[int, int]:
            beside = max(one.x - x, x - (one.x + one.cells - 1), 0)
            above = 0 if one.is_turned else abs(one.y - y)
            return beside, above

        nearest = min(self.placed, key=distance)
        if nearest.is_turned:
            inside = min(max(x - nearest.x, 0), COLUMN_WIDTH - 1)
            return nearest.number, max(COLUMN_WIDTH * (y - nearest.y) + inside, -1)
        return nearest.number, x - nearest.x

    def place_of(self, number: int, cell: int) -> tuple[int, int] | None:
        """Where the viewport shows a cell of a line: column of cells and row; None if the line is not in sight."""
        for one in self.placed:
            if one.number == number:
                if not one.is_turned:
                    return one.x + cell, one.y
                return one.x + cell % COLUMN_WIDTH, one.y + cell // COLUMN_WIDTH
        return None

    def has_text(self) -> bool:
        """Whether any line in sight is not blank."""
        return any(one.line.runs for one in self.placed)


class Arrangement(Protocol):
    """Where lines are placed in the viewport."""

    @property
    def measure(self) -> int:
        """The width in cells at which the text is laid out."""

    @property
    def across(self) -> int:
        """The width in cells of horizontal blocks in vertical text; 0 if all text is horizontal."""

    @property
    def most(self) -> int:
        """The maximum number of columns of vertical text, or else of lines, in sight."""

    def view(self, top: int, line_at: LineAt) -> Screenful:
        """The lines in sight if line `top` is the first."""

    def before(self, stop: int, line_at: LineAt) -> int:
        """The number of the first line in sight if the lines up to `stop` (exclusive) just fit."""

    def step(self, top: int, lines: int, line_at: LineAt) -> int:
        """The number of the first line in sight after scrolling by some lines from `top`; may be out of range."""


def is_blank(line: Line | None) -> bool:
    """Whether a line shows nothing."""
    return line is None or not any(run.text.strip(" \u3000") for run in line.runs)


def without_orphans(placed: list[PlacedLine]) -> list[PlacedLine]:
    """Remove headings from the end of the lines, with their readings: they are shown with the text after them.

    If the lines are nothing but headings, they stay.
    """
    kept = len(placed)
    while kept and (
        (one := placed[kept - 1].line).is_heading or one.is_reading or (is_blank(one) and one.in_block is None)
    ):
        kept -= 1
    has_heading = any(one.line.is_heading for one in placed[kept:])
    return placed[:kept] if kept and has_heading else placed


def following(view: Screenful, line_at: LineAt) -> int:
    """The first line of the next screenful: the first line after those in sight that is not blank."""
    top = view.stop
    while (line := line_at(top)) is not None and is_blank(line):
        top += 1
    return top if line is not None else view.stop


def numbered(start: int, line_at: LineAt) -> Iterator[tuple[int, Line]]:
    """The lines from number `start` on, with their numbers."""
    number = max(start, 0)
    while (line := line_at(number)) is not None:
        yield number, line
        number += 1
