"""The lines of the units that were used last."""

from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property

from reader.layout.cells import Cells
from reader.layout.lines import Line
from reader.layout.places import Places

_CACHE_ROWS = 12_000
"""The maximum number of cached rows, about 6 MB; other rows are laid out again on demand."""


class UnitLines:
    """The lines of a unit, and their positions, computed on first use."""

    def __init__(self, lines: list[Line], cells: Cells) -> None:
        self.lines = lines
        self._cells = cells

    @cached_property
    def places(self) -> Places:
        """The positions in the lines."""
        return Places(self.lines, self._cells)


class LineCache:
    """The lines of units by the numbers of the units."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._kept: OrderedDict[int, UnitLines] = OrderedDict()
        self._rows = 0

    def get(self, number: int, make: Callable[[int], list[Line]]) -> UnitLines:
        """The lines of a unit, made if they are not cached."""
        kept = self._kept.get(number)
        if kept is not None:
            self._kept.move_to_end(number)
            return kept
        kept = self._kept[number] = UnitLines(make(number), self._cells)
        self._rows += len(kept.lines)
        while self._rows > _CACHE_ROWS and len(self._kept) > 1:
            self._rows -= len(self._kept.popitem(last=False)[1].lines)
        return kept

    def drop(self, start: int, stop: int) -> None:
        """Forget the lines of the units from number `start` to `stop` (exclusive)."""
        for number in [number for number in self._kept if start <= number < stop]:
            self._rows -= len(self._kept.pop(number).lines)
