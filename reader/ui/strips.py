"""Cropping, scrolling and padding of strips (rows of segments) and texts."""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.layout.lines import Line
from reader.ui.colours import Colours

if TYPE_CHECKING:
    from reader.layout.arrangement import RowPart


_PARTS = Style.from_meta({"part": 0}), Style.from_meta({"part": 1})
"""Styles without a visible effect, for alternate segments."""


def kept_apart(strip: Strip) -> Strip:
    """Give neighbouring segments different styles that look the same.

    Screenshots join neighbouring segments of one style and stretch the result, so that the margin would shift the text.
    """
    parts = [Segment(text, _in_part(style, number % 2)) for number, (text, style, _control) in enumerate(strip)]
    return Strip(parts, strip.cell_length)


@lru_cache(maxsize=4_096)
def _in_part(style: Style | None, number: int) -> Style:
    return style + _PARTS[number] if style else _PARTS[number]


def moved_sideways(strip: Strip, line: Line, column: int, offset: int, colours: Colours) -> Strip:
    """Scroll a row that is wider than the column to the left by `offset` cells; end it with `›` if it continues."""
    start = min(offset, overhang(line, strip.cell_length, column))
    end = start + column
    continues = strip.cell_length > end
    parts = [*strip.crop(0, line.indent), *strip.crop(line.indent + start, end - 1 if continues else end)]
    if continues:
        parts.append(Segment("›", colours.paint(line.runs[-1].style, line.background)))
    return Strip(parts)


def overhang(line: Line, cells: int, column: int) -> int:
    """How many cells do not fit in the column: of a row of `cells` cells or the widest one scrolled with it."""
    return max(0, max(cells, line.scrolled_cells) - column)


def joined_parts(parts: Iterable[tuple["RowPart", Strip]], width: int, base: Style) -> Strip:
    """Join the painted parts of a row at their cells, up to `width` cells; a part loses cells that are taken."""
    segments: list[Segment] = []
    at = 0
    for part, strip in parts:
        cut = max(at - part.x, 0)
        if part.x > at:
            segments.append(Segment(" " * (part.x - at), base))
        segments += strip.crop(cut, strip.cell_length) if cut else strip
        at = max(at, part.x + strip.cell_length)
    return Strip(segments).adjust_cell_length(width, base)


def written_over(strip: Strip, cell: int, text: str, paint: Style) -> Strip:
    """Replace the cells of a strip from `cell` on with a text, without moving the rest."""
    end = cell + cell_len(text)
    return Strip([*strip.crop(0, cell), Segment(text, paint), *strip.crop(end, max(end, strip.cell_length))])


def painted_over(strip: Strip, cell: int, cells: int, paint: Style) -> Strip:
    """Add a style to `cells` cells of a strip from `cell` on."""
    end = min(cell + cells, strip.cell_length)
    middle = [Segment(text, (style or Style()) + paint, control) for text, style, control in strip.crop(cell, end)]
    return Strip([*strip.crop(0, cell), *middle, *strip.crop(end, max(end, strip.cell_length))])
