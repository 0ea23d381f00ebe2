"""Conversion of layout lines to coloured segments with overlays."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as Paint
from textual.strip import Strip

from reader.document.document import Document, Range
from reader.layout.lines import NO_BLOCK, Line, Run
from reader.ui.colours import Colours


@dataclass(frozen=True, slots=True)
class Overlay:
    """A style for the characters from `start` to `end` of a leaf."""

    start: int
    end: int
    paint: Paint


Overlays = Mapping[int, Sequence[Overlay]]
"""The overlays by leaf, in painting order."""


def overlays_of(ranges: Iterable[tuple[Range, Paint]], document: Document) -> dict[int, list[Overlay]]:
    """Split ranges of a document into overlays by leaf."""
    found: dict[int, list[Overlay]] = {}
    for span, paint in ranges:
        for block in range(span.start.block, span.end.block + 1):
            start = span.start.offset if block == span.start.block else 0
            end = span.end.offset if block == span.end.block else len(document.text(block))
            if start < end:
                found.setdefault(block, []).append(Overlay(start, end, paint))
    return found


def segments_of(line: Line, colours: Colours, overlays: Overlays) -> list[Segment]:
    """Return the segments of a line."""
    found: list[Segment] = []
    for run in line.runs:
        if not run.text:
            continue
        paint = colours.paint(run.style, line.paper)
        over = overlays.get(run.block) if run.block != NO_BLOCK and run.start < run.end else None
        if over:
            found += _painted(run, paint, over)
        else:
            found.append(Segment(run.text, paint))
    return found


def _painted(run: Run, paint: Paint, overlays: Sequence[Overlay]) -> Iterable[Segment]:
    touching = [one for one in overlays if one.start < run.end and one.end > run.start]
    if not touching:
        return [Segment(run.text, paint)]
    ends = {run.start, run.end}
    for one in touching:
        ends |= {max(one.start, run.start), min(one.end, run.end)}
    found: list[Segment] = []
    for start, end in pairwise(sorted(ends)):
        over = paint
        for one in touching:
            if one.start <= start and end <= one.end:
                over += one.paint
        found.append(Segment(run.text[start - run.start : end - run.start], over))
    return found


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


def on_code_paper(strip: Strip, line: Line, column: int, colours: Colours) -> Strip:
    """Apply the background of code to a row, up to the width of the column."""
    if colours.plain:
        return strip
    # The indent of enclosing quotations and lists keeps the background of the page.
    outer = max(0, line.indent - 2)
    code, page = Paint(bgcolor=colours.theme.code_paper), Paint(bgcolor=colours.theme.paper)
    around = [Segment(text, (style or Paint()) + page) for text, style, _control in strip.crop(0, outer)]
    return Strip([*around, *strip.crop(outer).adjust_cell_length(column - outer, code)])


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
