"""Strips: rows of segments, cut, moved and padded."""

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from reader.layout.lines import Line
from reader.ui.colours import Colours


def moved_sideways(strip: Strip, line: Line, column: int, by: int, colours: Colours) -> Strip:
    """Scroll a row of overlong code to the left by `by` cells, with a `›` if it continues."""
    moved = moved_by(strip.cell_length, column, by)
    right = moved + column
    more = strip.cell_length > right
    parts = [*strip.crop(0, line.indent), *strip.crop(line.indent + moved, right - 1 if more else right)]
    if more:
        parts.append(Segment("›", colours.paint(line.runs[-1].style, line.paper)))
    return Strip(parts)


def moved_by(cells: int, column: int, by: int) -> int:
    """Limit the scroll offset of a row of `cells` cells to what makes its end visible."""
    return min(by, max(0, cells - column))


def fitted(text: str, cells: int) -> str:
    """Truncate `text` to `cells` cells (by Textual's measure) with an ellipsis."""
    if cell_len(text) <= cells:
        return text
    if cells <= 0:
        return ""
    taken = 0
    for number, character in enumerate(text):
        taken += cell_len(character)
        if taken > cells - 1:
            return text[:number].rstrip() + "…"
    return text


def padded(text: str, cells: int) -> str:
    """Truncate or pad `text` to exactly `cells` cells."""
    shown = fitted(text, cells)
    return shown + " " * (cells - cell_len(shown))
