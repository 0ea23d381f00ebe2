"""The units of a document, created on demand and shared by the layouts of all widths."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from reader.document.blocks import Block
from reader.document.document import Position
from reader.layout.flow import flow
from reader.layout.flow_unit import FlowUnit
from reader.layout.table import RowGroup
from reader.memory import collection_paused, exempt_from_collection
from reader.settings.options import Typesetting

if TYPE_CHECKING:
    from reader.layout.vertical_text import UprightForms

_AT_ONCE = 256
"""Number of units created at once, which takes a few milliseconds."""

_EXEMPT = 16_384
"""Number of new units after which all are exempted from garbage collection, which would take ever longer."""


class Units:
    """A sequence of units that grows when one beyond its end is requested.

    Attributes:
        complete: Whether all units have been created.
    """

    def __init__(
        self, blocks: Iterable[Block], typesetting: Typesetting, upright: "UprightForms | None" = None
    ) -> None:
        """Start without any unit; `upright` are the forms of characters in vertical text."""
        self._source = flow(blocks, typesetting, upright=upright)
        self._made: list[FlowUnit] = []
        self._starts: list[Position] = []
        self.complete = False
        self._next_leaf = 0

    @property
    def made(self) -> Sequence[FlowUnit]:
        """The units made so far."""
        return self._made

    def upto(self, number: int) -> Sequence[FlowUnit]:
        """All units created so far; those up to number `number` are created first, as far as the document has them."""
        while number >= len(self._made) and not self.complete:
            self._make()
        return self._made

    def at(self, position: Position) -> int:
        """The number of the last unit that begins at a position or before it; 0 if there is none."""
        while not self.complete and (not self._starts or self._starts[-1] <= position):
            self._make()
        return max(bisect_right(self._starts, position) - 1, 0)

    def leaf_at(self, number: int) -> int:
        """The number of the leaf at which a unit begins; before it is made, the first leaf without a unit."""
        return self._made[number].start.block if number < len(self._made) else self._next_leaf

    def _make(self) -> None:
        with collection_paused():
            made = list(islice(self._source, _AT_ONCE))
        if len(self._made) // _EXEMPT != (len(self._made) + len(made)) // _EXEMPT:
            exempt_from_collection()
        self._made += made
        self._starts += (unit.start for unit in made)
        self.complete = len(made) < _AT_ONCE
        if made:
            content = made[-1].content
            self._next_leaf = content.stop_leaf if isinstance(content, RowGroup) else made[-1].start.block + 1
