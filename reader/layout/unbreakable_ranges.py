"""Ranges of a text that stay on one line: URLs, formulas, bases with their readings, titles in 《》."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from reader.document.blocks import Inline, Span, SpanKind
from reader.layout.offset_map import OffsetMap
from reader.layout.superscripts import RaisedText
from reader.lean_dataclasses import dataclass

_START = attrgetter("start")

_KEPT_OF_READING = 2
"""The number of characters of a reading that stay with its base: the bracket and one more."""


@dataclass(frozen=True, slots=True)
class Unbreakable:
    """A range that stays on one line if it fits.

    Attributes:
        start: The offset of its first character.
        end: The offset after its last character.
        yields: Whether it is broken if keeping it whole would leave more than four cells empty.
        is_stretched: Whether it may have gaps in a justified line.
    """

    start: int
    end: int
    yields: bool = False
    is_stretched: bool = False


class UnbreakableRanges:
    """The ranges of a text, which are in order, and disjoint except for those inside a range that yields."""

    def __init__(self, ranges: Sequence[Unbreakable]) -> None:
        self._firm = [each for each in ranges if not each.yields]
        self._yielding = [each for each in ranges if each.yields]

    def around(self, place: int) -> Unbreakable | None:
        """The range that contains `place` in its interior; one inside a range that yields takes precedence."""
        for ranges in (self._firm, self._yielding):
            found = bisect_left(ranges, place, key=_START) - 1
            if found >= 0 and place < ranges[found].end:
                return ranges[found]
        return None


def starting(ranges: Sequence[Unbreakable], start: int, end: int) -> Sequence[Unbreakable]:
    """The ranges that start at `start` or behind it, and before `end`; `ranges` are in order."""
    first = bisect_left(ranges, start, key=_START)
    return ranges[first : bisect_left(ranges, end, lo=first, key=_START)]


def merged(unbreakable: Iterable[Unbreakable]) -> list[Unbreakable]:
    """Sort ranges and merge those that overlap; one that yields is never merged with one that does not."""
    last: dict[bool, int] = {}
    found: list[Unbreakable] = []
    for each in sorted(unbreakable, key=lambda each: (each.start, -each.end)):
        number = last.get(each.yields)
        if number is not None and each.start < found[number].end:
            before = found[number]
            stretched = before.is_stretched and each.is_stretched
            found[number] = Unbreakable(before.start, max(before.end, each.end), each.yields, stretched)
        else:
            last[each.yields] = len(found)
            found.append(each)
    return found


def kept_together(
    inline: Inline,
    inserted: Mapping[int, Sequence[str]],
    raised_texts: Mapping[Span, RaisedText],
    places: OffsetMap,
    *,
    yields: bool,
) -> Iterator[Unbreakable]:
    """The ranges in which no line breaks because of a reference mark, a superscript or a reading.

    With `yields`, a base and its reading may be separated where a justified line would have too many free cells.
    """
    for span in inline.spans:
        if span.kind is SpanKind.FOOTNOTE and span.start < span.end:
            # A reference mark stays with the character before it, so it never starts a line.
            yield Unbreakable(max(places.of(span.start) - 1, 0), places.of(span.end))
        elif span in raised_texts and raised_texts[span].before:
            yield Unbreakable(max(places.of(span.start) - 1, 0), places.after_insertions(span.end))
        elif span.kind is SpanKind.RUBY and span.end in inserted:
            # The previous base's reading is inserted where this base starts, so the range begins after that reading.
            start, end = places.after_insertions(span.start), places.after_insertions(span.end)
            yield Unbreakable(start, end, yields=yields)
            if yields:
                yield Unbreakable(start, min(places.of(span.end) + _KEPT_OF_READING, end))
