"""Conversion of collected marks to the nested spans of an Inline."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

from reader.document.blocks import Inline, Span, SpanKind
from reader.document.sanitizing import clean

BLANKS = " \t\n\u00a0\u2002\u2003\u3000"
"""White space that is stripped from the ends of text."""


class RawSpan(NamedTuple):
    """A span before nesting; `order` is the order of the start tags, so that outer elements stay outside."""

    start: int
    stop: int
    order: int
    kind: SpanKind
    value: str = ""


def inline(text: str, marks: Sequence[RawSpan]) -> Inline:
    """Strip `text`, drop empty marks, and nest the others."""
    if not marks:
        return Inline(clean(text.strip(BLANKS)))
    settled = _strip_marks(text, marks)
    left = len(text) - len(text.lstrip(BLANKS))
    body = text.strip(BLANKS)
    if left and settled:
        settled = [mark._replace(start=mark.start - left, stop=mark.stop - left) for mark in settled]
    if (sound := clean(body)) != body:
        body, settled = _cleaned(body, sound, settled)
    return Inline(body, nested(settled)) if settled else Inline(body)


def raw(text: str, marks: Iterable[RawSpan]) -> Inline:
    """Nest the marks of `text` without stripping it."""
    found = [mark for mark in marks if mark.start < mark.stop]
    if (sound := clean(text)) != text:
        text, found = _cleaned(text, sound, found)
    return Inline(text, nested(found))


def cut(marks: Sequence[RawSpan], ends: list[int]) -> list[list[RawSpan]]:
    """Split marks at the offsets in `ends`; return the marks of each piece, relative to its start."""
    own: list[list[RawSpan]] = [[] for _ in range(len(ends) - 1)]
    for mark in marks:
        number = max(0, bisect_right(ends, mark.start) - 1)
        while number < len(own) and ends[number] < mark.stop:
            start, stop = ends[number], ends[number + 1]
            own[number].append(mark._replace(start=max(mark.start, start) - start, stop=min(mark.stop, stop) - start))
            number += 1
    return own


def joined(parts: Sequence[Inline], separator: str = "\n") -> Inline:
    """Join several texts with a separator."""
    if len(parts) == 1:
        return parts[0]
    spans: list[Span] = []
    start = 0
    for part in parts:
        spans += (Span(span.start + start, span.end + start, span.kind, span.value) for span in part.spans)
        start += len(part.text) + len(separator)
    return Inline(separator.join(part.text for part in parts), tuple(spans))


def _strip_marks(text: str, marks: Iterable[RawSpan]) -> list[RawSpan]:
    """Strip white space at the ends of marks, and drop marks that contain nothing else."""
    kept = []
    for mark in marks:
        start, stop = mark.start, min(mark.stop, len(text))
        while start < stop and text[start] in BLANKS:
            start += 1
        while start < stop and text[stop - 1] in BLANKS:
            stop -= 1
        if start == mark.start and stop == mark.stop and start < stop:
            kept.append(mark)
        elif start < stop:
            kept.append(mark._replace(start=start, stop=stop))
    return kept


def nested(marks: list[RawSpan]) -> tuple[Span, ...]:
    """Convert marks to spans that are nested or disjoint, splitting marks that overlap the end of another."""
    if len(marks) == 1:
        start, stop, _, kind, value = marks[0]
        return (Span(start, stop, kind, value),)
    ordered = sorted([(start, -stop, order, kind, value) for start, stop, order, kind, value in marks])
    spans: list[Span] = []
    ends: list[int] = []
    last: tuple[int, int, SpanKind, str] | None = None
    for start, negated, _, kind, value in ordered:
        end = -negated
        while ends and ends[-1] <= start:
            ends.pop()
        if ends and ends[-1] < end:
            return _split(ordered)
        if (span := (start, end, kind, value)) != last:
            spans.append(Span(*span))
            ends.append(end)
            last = span
    return tuple(spans)


def _split(heap: list[tuple[int, int, int, SpanKind, str]]) -> tuple[Span, ...]:
    """Convert sorted marks; a mark that overlaps the end of another one is split there."""
    spans: list[Span] = []
    around: list[int] = []
    while heap:
        start, end, order, kind, value = heappop(heap)
        stop = -end
        while around and around[-1] <= start:
            around.pop()
        if around and around[-1] < stop:
            heappush(heap, (around[-1], -stop, order, kind, value))
            stop = around[-1]
            if heap and heap[0][:2] < (start, -stop):
                # The shortened part is no longer the longest one that starts here.
                heappush(heap, (start, -stop, order, kind, value))
                continue
        span = Span(start, stop, kind, value)
        if not spans or spans[-1] != span:
            spans.append(span)
            around.append(stop)
    return tuple(spans)


def _cleaned(text: str, sound: str, marks: list[RawSpan]) -> tuple[str, list[RawSpan]]:
    """Return `sound`, which is `text` without some characters, and the adjusted marks."""
    places = []
    place = 0
    for character in text:
        places.append(place)
        if place < len(sound) and sound[place] == character:
            place += 1
    places.append(place)
    moved = (mark._replace(start=places[mark.start], stop=places[mark.stop]) for mark in marks)
    return sound, [mark for mark in moved if mark.start < mark.stop]
