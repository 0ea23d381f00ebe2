"""The layout of a document at one width; lines are computed on demand."""

from collections import OrderedDict
from collections.abc import Callable
from time import perf_counter

from reader.document.blocks import Leaf
from reader.document.document import Document, Position
from reader.layout.cells import Cells
from reader.layout.estimate import RestEstimate, estimate
from reader.layout.heights import Heights
from reader.layout.lines import Line
from reader.layout.pictures import number_pictures
from reader.layout.places import Places
from reader.layout.quotations import Quotations
from reader.layout.unit_lines import UnitSetter
from reader.layout.units import Units
from reader.lean_dataclasses import dataclass, field
from reader.settings.options import Typesetting

WHOLE = 65_536
"""Maximum length in characters of a document that is laid out completely at once, so that its rows never shift."""

_WHOLE_UNITS = 2_500
"""Maximum number of units for the same, about a tenth of a second of work. More units than that in a short document are
list items or table cells."""

_SPAN_WORK = 4
"""The layout cost of a span, in characters."""

_ESTIMATED_AT_ONCE = 256
"""The number of units whose heights are estimated at once."""

_CACHE_ROWS = 12_000
"""Rows cached in addition to the visible ones, about 6 MB; other rows are laid out again on demand."""


@dataclass(slots=True)
class _Lines:
    """The lines of a unit, and their positions, computed on first use."""

    lines: list[Line]
    places: Places | None = field(default=None)


class _LineCache:
    """The lines of the units that were used last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, _Lines] = OrderedDict()
        self._rows = 0

    def get(self, number: int, make: Callable[[int], list[Line]]) -> _Lines:
        """The lines of a unit, made if they are not cached."""
        kept = self._kept.get(number)
        if kept is not None:
            self._kept.move_to_end(number)
            return kept
        kept = self._kept[number] = _Lines(make(number))
        self._rows += len(kept.lines)
        while self._rows > _CACHE_ROWS and len(self._kept) > 1:
            self._rows -= len(self._kept.popitem(last=False)[1].lines)
        return kept

    def drop(self, number: int) -> None:
        """Forget the lines of a unit."""
        kept = self._kept.pop(number, None)
        self._rows -= len(kept.lines) if kept is not None else 0


class Layout:
    """The rows of a document at one width.

    Rows are counted from 0. Rows that were never requested have estimated heights; laying them out may shift the rows
    below. A view keeps a `Position` and requests its row again when `generation` has changed.

    Attributes:
        document: The document.
        width: The line width in cells.
        typesetting: The typesetting options.
        units: The units of the document.
        quotations: The state of its embedded notes; change it by the functions of `embedded_notes`.
        generation: Incremented whenever rows that were already requested have shifted.
    """

    def __init__(
        self,
        document: Document,
        width: int,
        typesetting: Typesetting,
        units: Units | None = None,
        quotations: Quotations | None = None,
    ) -> None:
        """Lay out `document`, completely if it is short; `units` and `quotations` are its own if already known."""
        self.units = units or Units(document.blocks, typesetting)
        self.quotations = quotations or Quotations()
        self.document = document
        self.width = width
        self.typesetting = typesetting
        self.generation = 0
        self._cells = Cells(typesetting.ambiguous_width)
        self._setter = UnitSetter(typesetting, number_pictures(document.leaves), quotations=self.quotations)
        self._heights = Heights()
        self._rest = RestEstimate(document.leaves, width)
        self._measured = bytearray()
        self._unmeasured = 0
        self._last_measured = -1
        self._next = 0
        self._cache = _LineCache()
        if not self._has(_WHOLE_UNITS) and sum(map(_work, document.leaves)) <= WHOLE:
            for number in range(len(self._measured)):
                self._cached(number)

    def resized(self, width: int) -> "Layout":
        """The same document at another width; faster than a new layout."""
        return Layout(self.document, width, self.typesetting, self.units, self.quotations)

    def set_again(self, number: int) -> int:
        """Lay a unit out again, because of `quotations`, and return its rows; those below may shift."""
        self._has(number)
        self._cache.drop(number)
        if self._measured[number]:
            self._measured[number] = False
            self._unmeasured += 1
        return len(self._cached(number).lines)

    # Rows

    @property
    def height(self) -> int:
        """The total number of rows; an estimate until `complete`."""
        known = self.known_rows
        return known if self._knows_all else known + self._rest.below(self._first_unknown_leaf, known)

    @property
    def known_rows(self) -> int:
        """The number of rows from the top that can be shown at once; all of them after enough calls of `advance`."""
        return self._heights.total

    @property
    def complete(self) -> bool:
        """Whether every height has been measured."""
        return self._knows_all and not self._unmeasured

    def reach(self, position: Position | None, seconds: float) -> bool:
        """Extend `known_rows` to a position, or to the end if None, for about `seconds`; return whether it was reached.

        Queries about a reached position take some milliseconds. Queries about any other take as long as reaching it,
        which has no bound.
        """
        until = perf_counter() + seconds
        while not (reached := self._is_reached(position)):
            self._has(len(self._measured))
            if perf_counter() >= until:
                return self._is_reached(position)
        return reached

    def _is_reached(self, position: Position | None) -> bool:
        if self._knows_all:
            return True
        known = len(self._measured)
        return position is not None and known > 0 and self.units.made[known - 1].start > position

    @property
    def _knows_all(self) -> bool:
        return self.units.complete and len(self._measured) == len(self.units.made)

    @property
    def _first_unknown_leaf(self) -> int:
        known, made = len(self._measured), self.units.made
        return made[known].start.block if known < len(made) else self.units.next_leaf

    def line(self, row: int) -> Line:
        """The line at a row; an empty one outside the layout."""
        lines = self.lines(row, row + 1) if row >= 0 else []
        return lines[0] if lines else Line()

    def lines(self, start: int, stop: int) -> list[Line]:
        """The lines from row `start` to `stop` (exclusive); fewer if the layout ends before."""
        number, inside = self._settled(max(start, 0))
        lines: list[Line] = []
        wanted = stop - max(start, 0)
        while len(lines) < wanted and self._has(number):
            lines += self._cached(number).lines[inside : inside + wanted - len(lines)]
            number, inside = number + 1, 0
        return lines

    def settle(self, position: Position, above: int, below: int) -> int:
        """Measure at least `above` rows before a position and `below` from it on, and return its row.

        The distance between the position and any of these rows does not change afterwards.
        """
        first = last = self._unit_at(position)
        row = self.row_of(position)
        while first > 0 and row - self._heights.before(first) < above:
            first -= 1
            self._measure(first)
            row = self.row_of(position)
        while self._heights.before(last + 1) - row < below and self._has(last + 1):
            last += 1
            self._measure(last)
        return row

    def advance(self, seconds: float) -> bool:
        """Measure further units, from the top, for about `seconds`; return whether the layout is complete."""
        until = perf_counter() + seconds
        while not self.complete and perf_counter() < until:
            if not self._knows_all:
                # Do this first, because it improves the estimates, and allows going to the end immediately.
                self._has(len(self._measured))
                continue
            self._next = self._measured.index(0, self._next)
            self._measure(self._next)
        return self.complete

    # Positions

    def row_of(self, position: Position) -> int:
        """The row of a position; if its leaf has no rows, that of the following leaf."""
        return self.cell_of(position)[0]

    def cell_of(self, position: Position) -> tuple[int, int]:
        """The row of a position, and the cell in that row."""
        number = self._unit_at(position)
        while self._has(number):
            found = self._places(number).cell_of(position)
            if found is not None:
                row, cell = found
                return self._heights.before(number) + row, cell
            number += 1
        return max(self.height - 1, 0), 0

    def position_at(self, row: int, cell: int = 0) -> Position:
        """The position at a cell or nearest to it in its row; in a row without text, the next position.

        Cells after the last character of a row map to the position after that character.
        """
        number, inside = self._settled(max(row, 0))
        while self._has(number):
            found = self._places(number).position_at(inside, cell)
            if found is not None:
                return found
            number += 1
            inside = cell = 0
        last = len(self.document.leaves) - 1
        return Position(last, len(self.document.text(last))) if last >= 0 else Position(0)

    def span_at(self, row: int, cell: int) -> tuple[Position, Position]:
        """The start of a selection that starts at a cell, and the end of one that ends there.

        These are the positions before and after the character at the cell; they are equal outside the text of a row. In
        a row without text, a selection starts at the following text, or ends at the preceding text.
        """
        first = self.position_at(0)
        if row < 0:
            return first, first
        number, inside = self._settled(row)
        found = self._places(number).span_at(inside, cell) if self._has(number) else None
        if found is not None:
            return found
        after = before = self.position_at(row)
        if after.offset == 0 and after.block > 0:
            # Use the preceding leaf, not the row above: the last cell of a table may end above the others.
            before = Position(after.block - 1, len(self.document.text(after.block - 1)))
        return after, max(before, first)

    # Units

    def _has(self, number: int) -> bool:
        """Whether there is a unit with that number; creates it if so."""
        made = self.units.upto(number)
        while len(self._measured) <= number and len(self._measured) < len(made):
            known = len(self._measured)
            for unit in made[known : known + _ESTIMATED_AT_ONCE]:
                self._heights.append(0 if self.quotations.hides(unit) else estimate(unit, self.width))
                self._measured.append(0)
                self._unmeasured += 1
        return number < len(made)

    def _unit_at(self, position: Position) -> int:
        number = self.units.at(position)
        self._has(number)
        return number

    def _settled(self, row: int) -> tuple[int, int]:
        """The unit that covers a row, after measuring it, and the row inside it; the unit count if below all units."""
        while True:
            number = self._heights.find(row)
            if not self._has(number):
                return number, 0
            if self._measured[number]:
                return number, row - self._heights.before(number)
            # Measuring may move the row to another unit, but never changes the rows above.
            self._cached(number)

    def _cached(self, number: int) -> _Lines:
        """The lines of a unit, from the cache."""
        return self._cache.get(number, self._set)

    def _places(self, number: int) -> Places:
        kept = self._cached(number)
        if kept.places is None:
            kept.places = Places(kept.lines, self._cells)
        return kept.places

    def _measure(self, number: int) -> None:
        """Measure a unit without caching its lines."""
        if not self._measured[number]:
            self._set(number)

    def _set(self, number: int) -> list[Line]:
        lines = self._setter.unit(self.units.upto(number)[number], self.width)
        if not self._measured[number]:
            self._measured[number] = True
            self._unmeasured -= 1
            if len(lines) != self._heights[number] and number < self._last_measured:
                self.generation += 1
            self._heights[number] = len(lines)
            self._last_measured = max(self._last_measured, number)
        return lines


def _work(leaf: Leaf) -> int:
    """The layout cost of a leaf, in characters."""
    return len(leaf.text.text) + _SPAN_WORK * len(leaf.text.spans)
