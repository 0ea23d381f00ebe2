"""Conversion of layout lines to coloured segments with overlays, for Textual's strips and for the first frame."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style as Paint

from reader.document.document import Document, Range
from reader.layout.lines import NO_BLOCK, Line, Role, Run
from reader.lean_dataclasses import dataclass
from reader.syntax.token_roles import TokenRole
from reader.ui.colours import Colours


@dataclass(frozen=True, slots=True)
class Overlay:
    """A style for the characters from `start` to `end` of a leaf."""

    start: int
    end: int
    paint: Paint


Overlays = Mapping[int, Sequence[Overlay]]
"""The overlays by leaf, in painting order."""

CodeTokensBetween = Callable[[int, int, int], Iterable[tuple[int, int, TokenRole]]]
"""Returns the tokens of a leaf between two offsets, in order, as far as they are known."""


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


def segments_of(
    line: Line, colours: Colours, overlays: Overlays, tokens: CodeTokensBetween | None = None
) -> list[Segment]:
    """Return the segments of a line; `tokens` returns the tokens of its code, which are painted below the overlays."""
    found: list[Segment] = []
    replaced: Run | None = None
    for run in line.runs:
        if not run.text:
            replaced = run
            continue
        paint = colours.paint(run.style, line.background)
        if replaced is not None and run.block == replaced.block and run.start == run.end == replaced.start:
            found.append(Segment(run.text, _covering(replaced, paint, overlays.get(run.block, ()))))
            continue
        over = overlays.get(run.block) if run.block != NO_BLOCK else None
        if over and run.start == run.end:
            found.append(Segment(run.text, _around(run.start, paint, over)))
            continue
        if tokens is not None and line.background is run.style.role is Role.CODE and run.start < run.end:
            for start, end, own in _in_tokens(run, line.background, tokens(run.block, run.start, run.end), colours):
                if over:
                    found += _painted(_part(run, start, end), own, over)
                else:
                    found.append(Segment(run.text[start - run.start : end - run.start], own))
        elif over:
            found += _painted(run, paint, over)
        else:
            found.append(Segment(run.text, paint))
    return found


def _covering(replaced: Run, paint: Paint, overlays: Sequence[Overlay]) -> Paint:
    """Return the style of a replacement: `paint` with all overlays on any part of the replaced text."""
    for one in overlays:
        if one.start < replaced.end and one.end > replaced.start:
            paint += one.paint
    return paint


def _around(place: int, paint: Paint, overlays: Sequence[Overlay]) -> Paint:
    """Return the style of a text that the layout added: `paint` with all overlays that continue after it."""
    for one in overlays:
        if one.start < place < one.end:
            paint += one.paint
    return paint


def _in_tokens(
    run: Run, background: Role, tokens: Iterable[tuple[int, int, TokenRole]], colours: Colours
) -> Iterable[tuple[int, int, Paint]]:
    """Yield the parts of a run of code by their offsets, each with its style."""
    at, plain = run.start, colours.paint(run.style, background)
    for start, end, role in tokens:
        if at < start:
            yield at, start, plain
        yield start, end, colours.token_paint(run.style, background, role)
        at = end
    if at < run.end:
        yield at, run.end, plain


def _part(run: Run, start: int, end: int) -> Run:
    return Run(run.text[start - run.start : end - run.start], run.style, run.block, start, end, run.link)


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
    code, page = colours.backgrounds
    cells = sum(segment.cell_length for segment in segments)
    if not outer:
        return Segment.adjust_line_length([*segments], column, style=code) if cells != column else [*segments]
    around, inside = Segment.divide(segments, [outer, max(outer, cells)])
    return [
        *(Segment(text, (style or Paint()) + page) for text, style, _control in around),
        *Segment.adjust_line_length(inside, column - outer, style=code),
    ]
