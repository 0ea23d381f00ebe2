"""Estimated heights of units, from the length of their text, without layout."""

from reader.document.blocks import CodeBlock, Heading, Image, Leaf, leaves
from reader.layout.containers import narrowest
from reader.layout.flow import FlowUnit
from reader.layout.table import Rows

_CELLS_ASCII = 1.04
_CELLS_OTHER = 1.93
"""Cells per character in ASCII text and in any other, including the unused cells at line ends."""


def estimate(unit: FlowUnit, width: int) -> int:
    """The estimated rows of a unit at `width` cells, including the gap above; nearly exact for plain paragraphs."""
    content = unit.content
    room = max(width - unit.container.indent, narrowest(width))
    if isinstance(content, tuple):
        return unit.gap + 1
    if isinstance(content, Rows):
        return unit.gap + _table_rows(content, room)
    return unit.gap + _leaf_rows(content, room)


def _leaf_rows(leaf: Leaf, room: int) -> int:
    text = leaf.text.text
    cells = len(text) * (_CELLS_ASCII if text.isascii() else _CELLS_OTHER)
    rows = -int(-cells // room)
    if isinstance(leaf, CodeBlock):
        return rows // 2 + text.count("\n") + 1
    if isinstance(leaf, Heading):
        return rows + (leaf.level == 1)
    return max(rows, 1) + (2 if isinstance(leaf, Image) else 0)


def _table_rows(rows: Rows, room: int) -> int:
    cells = 0.0
    for row in range(rows.start, rows.stop):
        for placed in rows.shape.starting(row):
            for block in placed.cell.blocks:
                for leaf in leaves(block):
                    text = leaf.text.text
                    cells += len(text) * (_CELLS_ASCII if text.isascii() else _CELLS_OTHER)
    return rows.stop - rows.start + int(1.5 * cells / room)
