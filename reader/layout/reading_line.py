"""The line of ruby readings above a line of text, or to the right of a vertical column."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reader.layout.cells import COLUMN_WIDTH, Cells, clusters
from reader.layout.lines import Line, Role, Run, Style
from reader.layout.margins import blank

_READING = Style(Role.MUTED)


class PlacedReading(NamedTuple):
    """A reading in its place.

    Attributes:
        text: The reading as it is drawn.
        cell: The cell of the line at which it begins.
        source: The offset of its base in the text of the leaf.
        is_beside: Whether it is set horizontally beside a vertical column, in the row of its base.
    """

    text: str
    cell: int
    source: int
    is_beside: bool


def reading_line(readings: Sequence[PlacedReading], block: int, cells: Cells) -> Line | None:
    """Lay out sorted and disjoint readings on one line.

    Args:
        readings: The readings of the leaf `block`.
        block: The number of the leaf.
        cells: The measure of text width.

    Returns:
        The line; None if there are no readings.
    """
    widest = max((cells.width(one.text) for one in readings if one.is_beside), default=0)
    runs: list[Run] = []
    at = 0
    for text, cell, source in _in_rows(readings, cells) if widest else (one[:3] for one in readings):
        if cell > at:
            runs.append(blank(cell - at))
        if text:
            runs.append(Run(text, _READING, block, source, source))
        at = cell + (COLUMN_WIDTH if widest else cells.width(text))
    if not runs:
        return None
    # A cell separates a horizontal reading from its base.
    return Line(tuple(runs), reading_cells=max(COLUMN_WIDTH, widest + 1) if widest else 0, is_reading=True)


def _in_rows(readings: Sequence[PlacedReading], cells: Cells) -> Iterator[tuple[str, int, int]]:
    """The text, cell and source of each reading; a vertical reading is split into its rows."""
    for one in readings:
        if one.is_beside:
            yield f" {one.text}", one.cell, one.source
            continue
        row, cell = "", one.cell
        for cluster in clusters(one.text):
            row += cluster
            if cells.width(row) >= COLUMN_WIDTH:
                yield row, cell, one.source
                row, cell = "", cell + COLUMN_WIDTH
        if row:
            yield row, cell, one.source
