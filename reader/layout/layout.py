"""A document as rows of lines at one width, each set when it is asked for."""

from bisect import bisect_right
from collections import OrderedDict
from dataclasses import dataclass, field
from time import perf_counter

from reader.document.document import Document, Position
from reader.layout.cells import Cells
from reader.layout.estimate import estimate
from reader.layout.flow import FlowUnit, flow
from reader.layout.heights import Heights
from reader.layout.lines import Line
from reader.layout.places import Places
from reader.layout.unit_lines import UnitSetter, number_images
from reader.settings.options import Typesetting

WHOLE = 65_536
"""Characters up to which a document is laid out wholly at once, so that nothing of it ever shifts."""

_WHOLE_UNITS = 2_500
"""Units up to which it is, a tenth of a second's work: as many as that are list items or cells and no long article."""

_KEPT_ROWS = 12_000
"""Rows kept beside those in sight, some 6 MB; the others are set again when they are asked for."""


@dataclass(slots=True)
class _Lines:
    """A unit's lines, and their places once someone asks."""

    lines: list[Line]
    places: Places | None = field(default=None)


class Layout:
    """Where a document falls at one width.

    Rows are counted from 0. Units whose rows were never asked for have estimated heights; setting one may shift the
    rows below it. Whoever shows the layout keeps a `Position` and asks for its row again when `generation` has grown.

    Attributes:
        document: What is laid out.
        width: Cells a line may be wide.
        typesetting: How it is set.
        generation: Grows whenever rows that were already asked for have shifted.
    """

    def __init__(
        self, document: Document, width: int, typesetting: Typesetting, units: list[FlowUnit] | None = None
    ) -> None:
        """Lay out `document`, wholly if it is short; `units` are its units where they are known (`resized`)."""
        self._units = flow(document.blocks, typesetting) if units is None else units
        self.document = document
        self.width = width
        self.typesetting = typesetting
        self.generation = 0
        self._starts = [unit.start for unit in self._units]
        self._cells = Cells(typesetting.ambiguous_width)
        self._setter = UnitSetter(typesetting, number_images(document.leaves))
        self._heights = Heights([estimate(unit, width) for unit in self._units])
        self._measured = bytearray(len(self._units))
        self._unmeasured = len(self._units)
        self._last_measured = -1
        self._next = 0
        self._kept: OrderedDict[int, _Lines] = OrderedDict()
        self._kept_rows = 0
        if len(self._units) <= _WHOLE_UNITS and sum(len(leaf.text.text) for leaf in document.leaves) <= WHOLE:
            for number in range(len(self._units)):
                self._keep(number)

    def resized(self, width: int) -> "Layout":
        """The same document at another width; quicker than a new layout."""
        return Layout(self.document, width, self.typesetting, self._units)

    # Rows

    @property
    def height(self) -> int:
        """All rows; an estimate until `complete`."""
        return self._heights.total

    @property
    def complete(self) -> bool:
        """Whether every height is measured."""
        return not self._unmeasured

    def line(self, row: int) -> Line:
        """The line at a row; an empty one outside the layout."""
        lines = self.lines(row, row + 1) if row >= 0 else []
        return lines[0] if lines else Line()

    def lines(self, start: int, stop: int) -> list[Line]:
        """The lines from row `start` up to `stop` (exclusive); fewer where the layout ends before."""
        number, inside = self._settled(max(start, 0))
        lines: list[Line] = []
        wanted = stop - max(start, 0)
        while number < len(self._units) and len(lines) < wanted:
            lines += self._keep(number).lines[inside : inside + wanted - len(lines)]
            number, inside = number + 1, 0
        return lines

    def settle(self, position: Position, above: int, below: int) -> int:
        """Measure at least `above` rows before a position and `below` from it on; the row it is in then.

        What is within these rows does not shift any more against the position.
        """
        first = last = self._unit_at(position)
        row = self.row_of(position)
        while first > 0 and row - self._heights.before(first) < above:
            first -= 1
            self._measure(first)
            row = self.row_of(position)
        while last < len(self._units) - 1 and self._heights.before(last + 1) - row < below:
            last += 1
            self._measure(last)
        return row

    def advance(self, seconds: float) -> bool:
        """Measure from the top what is not measured yet, for about `seconds`; whether the layout is complete now."""
        until = perf_counter() + seconds
        while self._unmeasured and perf_counter() < until:
            self._next = self._measured.index(0, self._next)
            self._measure(self._next)
        return self.complete

    # Positions

    def row_of(self, position: Position) -> int:
        """The row in which a position is; that of what follows it, where its leaf has no rows."""
        return self.cell_of(position)[0]

    def cell_of(self, position: Position) -> tuple[int, int]:
        """The row and the cell in it at which a position is."""
        for number in range(self._unit_at(position), len(self._units)):
            found = self._places(number).cell_of(position)
            if found is not None:
                row, cell = found
                return self._heights.before(number) + row, cell
        return max(self.height - 1, 0), 0

    def position_at(self, row: int, cell: int = 0) -> Position:
        """What is at a cell, or next to it in its row; in a row without text, what follows.

        The cells behind a row's last character are the place behind that character.
        """
        number, inside = self._settled(max(row, 0))
        for later in range(number, len(self._units)):
            found = self._places(later).position_at(inside, cell)
            if found is not None:
                return found
            inside = cell = 0
        last = len(self.document.leaves) - 1
        return Position(last, len(self.document.text(last))) if last >= 0 else Position(0)

    def span_at(self, row: int, cell: int) -> tuple[Position, Position]:
        """Where what is selected begins if it begins at a cell, and where it ends if it ends there.

        These are the places before and behind the cell's character, both the same beside the characters of a row. In a
        row without text, one selects from what follows, and up to what stands above.
        """
        first = self.position_at(0)
        if row < 0:
            return first, first
        number, inside = self._settled(row)
        found = self._places(number).span_at(inside, cell) if number < len(self._units) else None
        if found is not None:
            return found
        after = before = self.position_at(row)
        if after.offset == 0 and after.block > 0:
            # By leaf, not by row: the last cell of a table may end above the others.
            before = Position(after.block - 1, len(self.document.text(after.block - 1)))
        return after, max(before, first)

    # Units

    def _unit_at(self, position: Position) -> int:
        return max(bisect_right(self._starts, position) - 1, 0)

    def _settled(self, row: int) -> tuple[int, int]:
        """The unit that covers a row, measured, and the row in it; the number of units if the row is below all."""
        while True:
            number = self._heights.find(row)
            if number == len(self._units):
                return number, 0
            if self._measured[number]:
                return number, row - self._heights.before(number)
            # Setting it may leave the row to the next unit, but never moves what is above.
            self._keep(number)

    def _keep(self, number: int) -> _Lines:
        """A unit's lines, kept until those of many others were asked for."""
        kept = self._kept.get(number)
        if kept is not None:
            self._kept.move_to_end(number)
            return kept
        kept = self._kept[number] = _Lines(self._set(number))
        self._kept_rows += len(kept.lines)
        while self._kept_rows > _KEPT_ROWS and len(self._kept) > 1:
            self._kept_rows -= len(self._kept.popitem(last=False)[1].lines)
        return kept

    def _places(self, number: int) -> Places:
        kept = self._keep(number)
        if kept.places is None:
            kept.places = Places(kept.lines, self._cells)
        return kept.places

    def _measure(self, number: int) -> None:
        """Measure a unit, without keeping its lines."""
        if not self._measured[number]:
            self._set(number)

    def _set(self, number: int) -> list[Line]:
        lines = self._setter.unit(self._units[number], self.width)
        if not self._measured[number]:
            self._measured[number] = True
            self._unmeasured -= 1
            if len(lines) != self._heights[number] and number < self._last_measured:
                self.generation += 1
            self._heights[number] = len(lines)
            self._last_measured = max(self._last_measured, number)
        return lines
