"""The layout of a document at one width; lines are computed on demand."""

from time import perf_counter
from typing import TYPE_CHECKING

from reader.document.blocks import Leaf
from reader.document.document import Document, Position
from reader.layout.cells import Cells
from reader.layout.estimate import RestEstimate, estimate
from reader.layout.flow_unit import FlowUnit
from reader.layout.hyphenation import Hyphenator
from reader.layout.line_cache import LineCache, UnitLines
from reader.layout.lines import Line
from reader.layout.picture_rooms import PictureRooms
from reader.layout.pictures import number_pictures
from reader.layout.places import Places
from reader.layout.transclusions import Expansion
from reader.layout.unit_heights import UnitHeights
from reader.layout.unit_lines import UnitSetter
from reader.layout.units import Units
from reader.lean_dataclasses import replace
from reader.settings.options import ChineseScript, ShownReadings, Typesetting

if TYPE_CHECKING:
    from reader.layout.vertical_setter import VerticalSetter

WHOLE = 65_536
"""Maximum length in characters of a document that is laid out completely at once, so that its rows never shift."""

AT_ONCE = 2_500
"""Maximum number of units that are laid out at once, about a tenth of a second of work. A short document has more units
only if they are list items or table cells."""

_SPAN_WORK = 4
"""The layout cost of a span, in characters."""

_ESTIMATED_AT_ONCE = 256
"""The number of units whose heights are estimated at once."""


class Layout:
    """The rows of a document at one width.

    Rows are counted from 0. Rows that were never requested have estimated heights; laying them out may shift the rows
    below. A view keeps a `Position` and requests its row again when `generation` has changed.

    Attributes:
        document: The document.
        width: The line width in cells; in vertical text the length of a column, of which each row takes two cells.
        across: The width in cells of horizontal blocks in vertical text; 0 if all text is horizontal.
        typesetting: The typesetting options; `chinese` is that of this document, SOURCE if it needs no conversion.
        units: The units of the document.
        rooms: The rooms of the pictures; without rooms, each picture is a small frame.
        expansion: The state of its embedded notes; change it by the functions of `embedded_notes`.
        generation: Incremented whenever rows that were already requested have shifted.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what a layout depends on
        self,
        document: Document,
        width: int,
        typesetting: Typesetting,
        units: Units | None = None,
        expansion: Expansion | None = None,
        rooms: PictureRooms | None = None,
        *,
        across: int = 0,
        is_whole: bool = True,
    ) -> None:
        """Lay out `document`, completely if it is short; pass its `units` and `expansion` if they exist already.

        Without `is_whole`, nothing is laid out until it is requested, or until `finish_if_short` is called.
        """
        typesetting = typesetting if units else _for_document(document, typesetting, is_vertical=across > 0)
        self.typesetting, self.generation, self.expansion = typesetting, 0, expansion or Expansion()
        self.document, self.width, self.rooms, self.across = document, width, rooms, across
        self._setter = _setter_of(document, typesetting, self.expansion, rooms, across)
        self.units = units or Units(document.blocks, typesetting, self._setter.upright)
        self._heights, self._rest = UnitHeights(), RestEstimate(document.leaves, width)
        self._cache = LineCache(Cells(typesetting.ambiguous_width))
        self._is_short = not self._has(AT_ONCE) and sum(map(_work, document.leaves)) <= WHOLE
        if is_whole:
            self.finish_if_short()

    def resized(self, width: int, rooms: PictureRooms | None = None, across: int = 0) -> "Layout":
        """The same document at another width, or with other rooms of pictures; faster than a new layout."""
        return Layout(self.document, width, self.typesetting, self.units, self.expansion, rooms, across=across)

    def relayout(self, number: int) -> int:
        """Lay a unit out again after a change of `expansion`; return the number of its rows. Rows below may shift."""
        self._has(number)
        self._cache.drop(number, number + 1)
        self._heights.estimate(number, self._heights.rows[number])
        return len(self._cached(number).lines)

    def relayout_below(self, number: int, stop: int | None) -> None:
        """Discard the rows of the units from `number` to `stop` (exclusive), after a change of `expansion`.

        A short document is laid out again at once, any other on demand. Without `stop`, all units from `number` on
        are discarded. This takes no time, but positions in them have to be reached again as in a new layout.
        """
        known = len(self._heights)
        self._cache.drop(number, known if stop is None else stop)
        if stop is None:
            self._heights.truncate(number)
            self._has(number + AT_ONCE)
        else:
            for index in range(number, min(stop, known)):
                height, is_hidden = self._estimated(self.units.made[index])
                self._heights.estimate(index, height, is_exact=is_hidden)
        self.generation += 1
        self.finish_if_short()

    def finish_if_short(self) -> None:
        """Lay out all of a short document, so that its rows never shift afterwards; do nothing for any other."""
        for number in range(len(self._heights) if self._is_short else 0):
            self._cached(number)

    # Rows

    @property
    def height(self) -> int:
        """The total number of rows; an estimate until `complete`."""
        known = self.known_rows
        return known if self._knows_all else known + self._rest.below(self.units.leaf_at(len(self._heights)), known)

    @property
    def known_rows(self) -> int:
        """The number of rows from the top that can be shown at once; all of them after enough calls of `advance`."""
        return self._heights.rows.total

    @property
    def complete(self) -> bool:
        """Whether every height has been measured."""
        return self._knows_all and not self._heights.unmeasured

    @property
    def is_end_known(self) -> bool:
        """Whether the rows at the end have been measured, so that what is below them has its place."""
        return self._knows_all and (not self.units.made or self._heights.is_measured(len(self._heights) - 1))

    def reach(self, position: Position | None, seconds: float) -> bool:
        """Extend `known_rows` to a position, or to the end if None, for about `seconds`; return whether it was reached.

        Queries about a reached position take some milliseconds. Queries about any other position take as long as
        reaching it, which has no bound.
        """
        until = perf_counter() + seconds
        while not (reached := self._is_reached(position)):
            self._has(len(self._heights))
            if perf_counter() >= until:
                return self._is_reached(position)
        return reached

    def _is_reached(self, position: Position | None) -> bool:
        if self._knows_all:
            return True
        known = len(self._heights)
        return position is not None and known > 0 and self.units.made[known - 1].start > position

    @property
    def _knows_all(self) -> bool:
        return self.units.complete and len(self._heights) == len(self.units.made)

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

        The distance between the position and any of these rows does not change afterwards. Unknown rows
        below a long closed fold are not measured.
        """
        first = last = self._unit_at(position)
        row = self.row_of(position)
        while first > 0 and row - self._heights.rows.before(first) < above:
            first -= 1
            if not self._heights.is_measured(first):
                self._lay_out(first)
                row = self.row_of(position)
        most = last + AT_ONCE + below
        while last < most and self._heights.rows.before(last + 1) - row < below and self._has(last + 1):
            last += 1
            self._cached(last)
        return row

    def advance(self, seconds: float) -> bool:
        """Measure further units, from the top, for about `seconds`; return whether the layout is complete."""
        until = perf_counter() + seconds
        while not self.complete and perf_counter() < until:
            if not self._knows_all:
                # Do this first, because it improves the estimates, and allows going to the end immediately.
                self._has(len(self._heights))
            else:
                self._lay_out(self._heights.first_unmeasured())
        return self.complete

    # Positions

    def row_of(self, position: Position) -> int:
        """The row of a position; if its leaf has no rows, that of the following leaf."""
        return self.cell_of(position)[0]

    def cell_of(self, position: Position) -> tuple[int, int]:
        """The row of a position, and the cell in that row."""
        number = self._unit_at(position)
        while self._has(number):
            found = self._cached(number).places.cell_of(position)
            if found is not None:
                row, cell = found
                return self._heights.rows.before(number) + row, cell
            number += 1
        return max(self.height - 1, 0), 0

    def position_at(self, row: int, cell: int = 0) -> Position:
        """The position at a cell or nearest to it in its row; in a row without text, the next position.

        Cells after the last character of a row map to the position after that character.
        """
        number, inside = self._settled(max(row, 0))
        while self._has(number):
            found = self._cached(number).places.position_at(inside, cell)
            if found is not None:
                return found
            number += 1
            inside = cell = 0
        last = len(self.document.leaves) - 1
        return Position(last, len(self.document.text(last))) if last >= 0 else Position(0)

    def places_at(self, row: int) -> tuple[Places | None, int]:
        """The positions in the unit that covers a row, and the row inside it; None below the layout."""
        number, inside = self._settled(row)
        return (self._cached(number).places if self._has(number) else None), inside

    # Units

    def _has(self, number: int) -> bool:
        """Whether there is a unit with this number; creates the units up to it."""
        made = self.units.upto(number)
        while len(self._heights) <= number and len(self._heights) < len(made):
            known = len(self._heights)
            for unit in made[known : known + _ESTIMATED_AT_ONCE]:
                height, is_hidden = self._estimated(unit)
                self._heights.append(height, is_exact=is_hidden)
        return number < len(made)

    def _estimated(self, unit: FlowUnit) -> tuple[int, bool]:
        """The estimated height of a unit, and whether it is hidden: then its height of 0 is exact."""
        is_hidden = self.expansion.hides(unit)
        return (0 if is_hidden else estimate(unit, self._setter.width_of(unit, self.width), self.rooms)), is_hidden

    def _unit_at(self, position: Position) -> int:
        number = self.units.at(position)
        self._has(number)
        return number

    def _settled(self, row: int) -> tuple[int, int]:
        """The unit that covers a row, after measuring it, and the row inside it; the unit count if below all units."""
        while True:
            number = self._heights.rows.find(row)
            if not self._has(number):
                return number, 0
            if self._heights.is_measured(number):
                return number, row - self._heights.rows.before(number)
            # Measuring may move the row to another unit, but never changes the rows above.
            self._cached(number)

    def _cached(self, number: int) -> UnitLines:
        """The lines of a unit, from the cache."""
        return self._cache.get(number, self._lay_out)

    def _lay_out(self, number: int) -> list[Line]:
        lines = self._setter.unit(self.units.upto(number)[number], self.width)
        self.generation += self._heights.measure(number, len(lines))
        return lines


def _in_script_of(document: Document, typesetting: Typesetting) -> Typesetting:
    if typesetting.chinese is ChineseScript.SOURCE:
        return typesetting
    from reader.document.chinese_script import script_for  # noqa: PLC0415 - most people read Chinese as it is written

    return replace(typesetting, chinese=script_for(document, typesetting.chinese))


def _setter_of(
    document: Document, typesetting: Typesetting, expansion: Expansion, rooms: PictureRooms | None, across: int
) -> "UnitSetter | VerticalSetter":
    images, language = number_pictures(document.leaves, document.title), _reading_language(document, typesetting)
    if not across:
        hyphenator = Hyphenator(document) if typesetting.justify and typesetting.hyphenation else None
        return UnitSetter(
            typesetting, images, expansion=expansion, language=language, rooms=rooms, hyphenator=hyphenator
        )
    from reader.layout.vertical_setter import VerticalSetter  # noqa: PLC0415 - wanted by few

    return VerticalSetter(document, typesetting, images, expansion, across, rooms, language)


def _for_document(document: Document, typesetting: Typesetting, *, is_vertical: bool) -> Typesetting:
    typesetting = _in_script_of(document, typesetting)
    if not is_vertical:
        return typesetting
    from reader.layout.vertical_setter import vertical_typesetting  # noqa: PLC0415 - wanted by few

    return vertical_typesetting(document, typesetting)


def _reading_language(document: Document, typesetting: Typesetting) -> str:
    if typesetting.readings is ShownReadings.NONE:
        return ""
    from reader.document.readings import reading_language  # noqa: PLC0415 - wanted by few

    return reading_language(document, typesetting.readings)


def _work(leaf: Leaf) -> int:
    """The layout cost of a leaf, in characters."""
    return len(leaf.text.text) + _SPAN_WORK * len(leaf.text.spans)
