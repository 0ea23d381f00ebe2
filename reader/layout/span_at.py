"""The positions around a cell, for a selection whose first or last cell it is."""

from typing import TYPE_CHECKING

from reader.document.document import Position

if TYPE_CHECKING:
    from reader.layout.layout import Layout


def span_at(layout: "Layout", row: int, cell: int) -> tuple[Position, Position]:
    """Where a selection starts if its first cell is this one, and where it ends if its last cell is this one.

    These are the positions before and after the character at the cell; they are equal outside the text of a row. In
    a row without text, a selection starts at the following text, or ends at the preceding text.
    """
    first = layout.position_at(0)
    if row < 0:
        return first, first
    places, inside = layout.places_at(row)
    found = places.span_at(inside, cell) if places is not None else None
    if found is not None:
        return found
    after = before = layout.position_at(row)
    if after.offset == 0 and after.block > 0:
        # Use the preceding leaf, not the row above: the last cell of a table may end above the others.
        before = Position(after.block - 1, len(layout.document.text(after.block - 1)))
    return after, max(before, first)
