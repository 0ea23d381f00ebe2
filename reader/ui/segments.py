"""Conversion of layout lines to coloured segments with overlays, for Textual's strips and for the first frame."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style as Paint

from reader.document.document import Document, Range
from reader.layout.lines import NO_BLOCK, Line, Run
from reader.lean_dataclasses import dataclass
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
        paint = colours.paint(run.style, line.background)
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


def with_code_background(segments: Sequence[Segment], line: Line, column: int, colours: Colours) -> list[Segment]:
    """Apply the background of code to a row, up to the width of the column."""
    if colours.plain:
        return list(segments)
    # The indent of enclosing quotations and lists keeps the background of the page.
    outer = max(0, line.indent - 2)
    code, page = Paint(bgcolor=colours.theme.code_paper), Paint(bgcolor=colours.theme.paper)
    around, inside = Segment.divide(segments, [outer, max(outer, Segment.get_line_length(list(segments)))])
    return [
        *(Segment(text, (style or Paint()) + page) for text, style, _control in around),
        *Segment.adjust_line_length(inside, column - outer, style=code),
    ]
