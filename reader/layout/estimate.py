"""Estimated heights of units, from the length of their text, without layout."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from reader.document.blocks import CodeBlock, Heading, Image, Leaf, leaves
from reader.layout.flow_unit import FlowUnit
from reader.layout.margins import narrowest
from reader.layout.picture_rooms import PictureRooms
from reader.layout.table import RowGroup

_CELLS_ASCII = 1.04
_CELLS_OTHER = 1.93
"""Cells per character in ASCII text and in other text, including the unused cells at line ends."""

_SAMPLE = 4_000
"""The number of leaves from which the height of a whole document is estimated."""


def estimate(unit: FlowUnit, width: int, rooms: PictureRooms | None = None) -> int:
    """The estimated rows of a unit at `width` cells, including the gap above; nearly exact for plain paragraphs."""
    content = unit.own_content
    picture = rooms.room(unit.start.block, width) if rooms is not None and isinstance(content, Image) else None
    if picture is not None:
        return unit.gap + picture[1]
    room = max(width - unit.container.indent, narrowest(width))
    if isinstance(content, tuple):
        return unit.gap + 1
    if isinstance(content, RowGroup):
        return unit.gap + _table_rows(content, room)
    return unit.gap + _leaf_rows(content, room)


class RestEstimate:
    """Estimates the rows of leaves that have no units yet, from a sample of them and from the known rows above."""

    def __init__(self, leaves: Sequence[Leaf], width: int) -> None:
        """Sample the leaves of a document."""
        step = -(-len(leaves) // _SAMPLE) or 1
        self._numbers = range(0, len(leaves), step)
        self._rows = list(accumulate((_leaf_rows(leaves[number], width) for number in self._numbers), initial=0))

    def below(self, leaf: int, rows_above: int) -> int:
        """The estimated rows from leaf number `leaf` on; there are `rows_above` rows above it."""
        looked_at = bisect_left(self._numbers, leaf)
        above = self._rows[looked_at]
        rest = self._rows[-1] - above
        return rest * rows_above // above if above else rest


def _leaf_rows(leaf: Leaf, room: int) -> int:
    text = leaf.text.text
    cells = len(text) * (_CELLS_ASCII if text.isascii() else _CELLS_OTHER)
    rows = -int(-cells // room)
    if isinstance(leaf, CodeBlock):
        return rows // 2 + text.count("\n") + 1
    if isinstance(leaf, Heading):
        return rows + (leaf.level == 1)
    return max(rows, 1) + (2 if isinstance(leaf, Image) else 0)


def _table_rows(rows: RowGroup, room: int) -> int:
    cells = 0.0
    fields = 0
    for row in range(rows.start, rows.stop):
        for placed in rows.starting(row):
            fields += 1
            for block in placed.cell.blocks:
                for leaf in leaves(block):
                    text = leaf.text.text
                    cells += len(text) * (_CELLS_ASCII if text.isascii() else _CELLS_OTHER)
    # The rows of an endless table are always set as fields, one below the other.
    return (fields if rows.shape.is_endless else rows.stop - rows.start) + int(1.5 * cells / room)
