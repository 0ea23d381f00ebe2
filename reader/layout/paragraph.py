"""A text as lines: shown, filled, justified, and cut into runs that know where in the document they come from."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from operator import attrgetter

from reader.document.blocks import Inline
from reader.layout.cells import Cells
from reader.layout.fill import Filled, Filler
from reader.layout.justify import spread
from reader.layout.lines import Line, Role, Run, Style
from reader.layout.shown import Segment, show
from reader.settings.options import Typesetting

_NO_BLANKS: Mapping[int, int] = {}
_READING = Style(Role.MUTED)
_start_of = attrgetter("start")


@cache
def _cells(ambiguous_width: int) -> Cells:
    return Cells(ambiguous_width)


def set_paragraph(  # noqa: PLR0913 - the text and how it is set
    inline: Inline,
    width: int,
    typesetting: Typesetting,
    *,
    block: int,
    base: Style,
    first_indent: int = 0,
) -> list[Line]:
    """The lines of a text.

    Args:
        inline: The text; a newline in it is the author's own line break.
        width: Cells that a line may take, at least 2.
        typesetting: How it is set.
        block: The number of the leaf that it is the text of.
        base: How it looks where no span says otherwise.
        first_indent: Cells left free at the beginning of the first line.

    Returns:
        At least one line. No line is wider than `width` cells but for a single cluster that is wider itself.
    """
    if not inline.text:
        return [Line()]
    return _Setter(inline, width, typesetting, block, base).lines(max(0, min(first_indent, width - 2)))


class _Setter:
    def __init__(self, inline: Inline, width: int, typesetting: Typesetting, block: int, base: Style) -> None:
        self._cells = _cells(typesetting.ambiguous_width)
        self._shown = show(inline, typesetting, base, self._cells, width)
        self._width = width
        self._typesetting = typesetting
        self._block = block
        self._base = base
        self._segment = 0
        shown = self._shown
        self._is_plain = len(shown.segments) == 1 and not (shown.gaps or shown.readings or typesetting.justify)

    def lines(self, lead: int) -> list[Line]:
        """All lines, the readings above each where there are any."""
        text = self._shown.text
        found: list[Line] = []
        start = 0
        while start <= len(text):
            end = text.find("\n", start)
            last = end < 0
            end = len(text) if last else end
            # The author's own indent gives way to the one that all paragraphs have.
            swallowed = len(text[start:end]) - len(text[start:end].lstrip(" \u3000")) if lead and not start else 0
            found += self._part(start, swallowed, end, end if last else end + 1, lead)
            lead = 0
            start = end + 1
        return found

    def _part(self, start: int, swallowed: int, end: int, behind: int, lead: int) -> Iterator[Line]:
        """The lines between two newlines; `behind` is where the text after them begins."""
        filled: list[Filled] = []
        if start + swallowed < end:
            filled = Filler(self._shown, start + swallowed, end, self._width, self._typesetting, self._cells).lines(
                lead
            )
        if not filled:
            yield Line(tuple(self._nothing(start, behind)))
            return
        if self._is_plain and not lead:
            yield from self._plain(filled, behind)
            return
        final = len(filled) - 1
        for number, line in enumerate(filled):
            indent = 0 if number else lead
            blanks = self._blanks(line, self._width - indent if number < final else None)
            runs = [Run(" " * indent)] if indent else []
            if swallowed and not number:
                runs += self._nothing(start, line.start)
            runs += self._runs(line, blanks)
            rest = behind if number == final else line.end
            if line.inked < rest:
                runs += self._nothing(line.inked, rest)
            if self._shown.readings and (above := self._above(line, blanks, indent)):
                yield above
            yield Line(tuple(runs))

    def _plain(self, filled: list[Filled], behind: int) -> Iterator[Line]:
        """The same for text in one style to which layout adds nothing: most paragraphs."""
        text, block = self._shown.text, self._block
        style, link = self._shown.segments[0].style, self._shown.segments[0].link
        final = filled[-1]
        for line in filled:
            first, inked = line.start, line.inked
            rest = behind if line is final else line.end
            run = Run(text[first:inked], style, block, first, inked, link)
            yield Line((run,) if inked == rest else (run, Run("", self._base, block, inked, rest)))

    # Blanks that layout adds

    def _blanks(self, line: Filled, room: int | None) -> Mapping[int, int]:
        """Blanks before characters of a line; justified to `room` cells if that is given."""
        shown = self._shown
        blanks: dict[int, int] = {}
        if shown.gaps:
            gaps = shown.gaps
            for place in gaps[bisect_right(gaps, line.start) : bisect_left(gaps, line.inked)]:
                if place not in line.given_up:
                    blanks[place] = blanks.get(place, 0) + 1
        if room is not None and self._typesetting.justify and line.cells < room:
            for place, count in spread(shown, line, room - line.cells).items():
                blanks[place] = blanks.get(place, 0) + count
        if shown.before or shown.after:
            for place in range(line.start, line.inked):
                count = shown.before.get(place, 0) + (shown.after.get(place - 1, 0) if place > line.start else 0)
                if count:
                    blanks[place] = blanks.get(place, 0) + count
        return blanks or _NO_BLANKS

    # Runs

    def _runs(self, line: Filled, blanks: Mapping[int, int]) -> Iterator[Run]:
        places = sorted(blanks)
        for segment in self._segments(line.start, line.inked):
            start, end = max(segment.start, line.start), min(segment.end, line.inked)
            for place in places:
                if start <= place < end:
                    if start < place:
                        yield self._run(segment, start, place)
                    yield Run(" " * blanks[place], segment.style)
                    start = place
            yield self._run(segment, start, end)

    def _segments(self, start: int, end: int) -> Iterator[Segment]:
        """The segments that show some of the text from `start` to `end`; asked for from left to right."""
        segments = self._shown.segments
        while self._segment and segments[self._segment].start > start:
            self._segment -= 1
        while self._segment < len(segments) and segments[self._segment].end <= start:
            self._segment += 1
        number = self._segment
        while number < len(segments) and segments[number].start < end:
            yield segments[number]
            number += 1
        self._segment = max(self._segment, number - 1)

    def _run(self, segment: Segment, start: int, end: int) -> Run:
        text = self._shown.text[start:end]
        if segment.added:
            return Run(text, segment.style, self._block, segment.source, segment.source)
        source = segment.source + start - segment.start
        return Run(text, segment.style, self._block, source, source + end - start, segment.link)

    def _nothing(self, start: int, end: int) -> Iterator[Run]:
        """Runs that show nothing, for characters that a line swallows."""
        for segment in self._segments(start, end):
            if not segment.added:
                first = segment.source + max(start - segment.start, 0)
                last = segment.source + min(end, segment.end) - segment.start
                yield Run("", self._base, self._block, first, last)

    # Readings

    def _above(self, line: Filled, blanks: Mapping[int, int], indent: int) -> Line | None:
        """The readings above a line, or None if it has none."""
        runs: list[Run] = []
        at = 0
        text = self._shown.text
        readings = self._shown.readings
        first = bisect_left(readings, line.start, key=_start_of)
        for reading in readings[first : bisect_left(readings, line.inked, key=_start_of)]:
            cell = indent + self._cells.width(text[line.start : reading.start]) + reading.pad
            cell += sum(count for place, count in blanks.items() if place <= reading.start)
            cell -= self._shown.before.get(reading.start, 0)
            # A base that the line's end parts is shorter than what its reading was centred for.
            cell = max(at, min(cell, self._width - self._cells.width(reading.text)))
            room = self._width - cell
            shown = reading.text[: self._cells.cut(reading.text, room)]
            runs += [Run(" " * (cell - at)), Run(shown, _READING, self._block, reading.source, reading.source)]
            at = cell + self._cells.width(shown)
        return Line(tuple(run for run in runs if run.text)) if runs else None
