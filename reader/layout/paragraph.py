"""Layout of a paragraph: a text is prepared, broken into lines, justified, and split into runs."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING

from reader.document.blocks import Inline
from reader.layout.cells import COLUMN_WIDTH, Cells
from reader.layout.fill import BLANKS, HANG_CELLS, Filler, FillOptions
from reader.layout.filled_line import Filled
from reader.layout.hyphenation import Hyphenator
from reader.layout.justify import LEAST_JUSTIFIED, Justification
from reader.layout.lines import Line, Run, Style
from reader.layout.prepared_text import Segment, is_shown_as_written, show
from reader.layout.reading_line import PlacedReading, reading_line
from reader.settings.options import Fill, Typesetting

if TYPE_CHECKING:
    from reader.layout.vertical_text import UprightForms

_NO_SPACES: Mapping[int, int] = {}
_start_of = attrgetter("start")


@cache
def _cells(ambiguous_width: int) -> Cells:
    return Cells(ambiguous_width)


def lay_out_paragraph(  # noqa: PLR0913 - the text and its options
    inline: Inline,
    width: int,
    typesetting: Typesetting,
    *,
    block: int,
    base: Style,
    first_indent: int = 0,
    language: str = "",
    upright: "UprightForms | None" = None,
    hyphenator: Hyphenator | None = None,
) -> list[Line]:
    """Lay out a text.

    Args:
        inline: The text; a newline in it is a hard line break.
        width: The line width in cells, at least 2.
        typesetting: The typesetting options.
        block: The number of the leaf that contains the text.
        base: The style of text without spans.
        first_indent: Indent of the first line in cells.
        language: The language of the readings to generate (BCP 47); empty for none.
        upright: The forms of its characters if the lines are columns of vertical text; each row takes two cells.
        hyphenator: Divides words at the ends of lines; None if none are divided.

    Returns:
        At least one line. No line is wider than `width` cells, except for a single cluster that is wider.
    """
    if not inline.text:
        return [Line()]
    lead = max(0, min(first_indent, width - 2))
    if not language and upright is None and _is_one_line(inline, width - lead, typesetting):
        run = Run(inline.text, base, block, 0, len(inline.text))
        return [Line((Run(" " * lead), run) if lead else (run,))]
    setter = _ParagraphSetter(
        inline, width, typesetting, block, base, language=language, upright=upright, hyphenator=hyphenator
    )
    return setter.lines(lead)


def _is_one_line(inline: Inline, width: int, typesetting: Typesetting) -> bool:
    """Whether a text fits on a line of a width and is drawn as it is written there, as most items of lists are."""
    text = inline.text
    room = width - HANG_CELLS if typesetting.fill is Fill.HANG else width
    return (
        len(text) <= room
        and text[0] not in BLANKS
        and text[-1] not in BLANKS
        and "\n" not in text
        and is_shown_as_written(inline, typesetting)
        and _cells(typesetting.ambiguous_width).width(text) <= room
    )


class _ParagraphSetter:
    def __init__(  # noqa: PLR0913 - the options of `lay_out_paragraph`
        self,
        inline: Inline,
        width: int,
        typesetting: Typesetting,
        block: int,
        base: Style,
        *,
        language: str,
        upright: "UprightForms | None",
        hyphenator: Hyphenator | None,
    ) -> None:
        self._cells = _cells(typesetting.ambiguous_width)
        self._upright = upright
        measured = upright.cells if upright is not None else self._cells
        self._shown = show(inline, typesetting, base, measured, width, language=language)
        if upright is not None:
            upright.apply(self._shown)
        self._drawn = self._shown.drawn or self._shown.text
        self._width = width
        self._block = block
        self._base = base
        self._segment = 0
        self._torn: PlacedReading | None = None
        """The rest of a reading whose base is continued on the next line."""
        shown = self._shown
        is_one = len(shown.segments) == 1 and not shown.segments[0].added
        is_justified = typesetting.justify and width >= LEAST_JUSTIFIED
        self._justification = Justification(inline, shown) if is_justified else None
        is_spaced = bool(shown.gaps or shown.readings or shown.after or typesetting.justify)
        self._is_plain = is_one and not is_spaced and upright is None
        divides = hyphenator if upright is None else None
        self._options = FillOptions(width, typesetting, self._cells, divides, self._justification)

    def lines(self, lead: int) -> list[Line]:
        """All lines, each preceded by the line of its ruby readings, if any."""
        text = self._shown.text
        found: list[Line] = []
        start = 0
        while start <= len(text):
            end = text.find("\n", start)
            last = end < 0
            end = len(text) if last else end
            # The first-line indent replaces an indent in the source.
            skipped_indent = len(text[start:end]) - len(text[start:end].lstrip(" \u3000")) if lead and not start else 0
            found += self._part(start, skipped_indent, end, end if last else end + 1, lead)
            lead = 0
            start = end + 1
        return found

    def _part(self, start: int, skipped_indent: int, end: int, next_start: int, lead: int) -> Iterator[Line]:
        """The lines between two newlines; `next_start` is the offset of the text after them."""
        filled: list[Filled] = []
        if start + skipped_indent < end:
            filler = Filler(self._shown, start + skipped_indent, end, self._options)
            filled = filler.lines(lead)
        if not filled:
            yield Line(tuple(self._invisible_runs(start, next_start)))
            return
        if self._is_plain and not lead:
            yield from self._plain(filled, next_start)
            return
        final = len(filled) - 1
        for number, line in enumerate(filled):
            indent = 0 if number else lead
            blanks = self._added_spaces(line, self._width - indent if number < final else None)
            runs = [Run(" " * indent)] if indent else []
            if skipped_indent and not number:
                runs += self._invisible_runs(start, line.start)
            runs += self._runs(line, blanks)
            rest = next_start if number == final else line.end
            if line.visible_end < rest:
                runs += self._invisible_runs(line.visible_end, rest)
            if self._shown.readings and (above := self._above(line, blanks, indent)):
                yield above
            yield Line(tuple(runs if self._upright is None else self._upright.visible(runs)))

    def _plain(self, filled: list[Filled], next_start: int) -> Iterator[Line]:
        """The fast path for text in one style without added spaces: most paragraphs."""
        text, block = self._drawn, self._block
        style, link = self._shown.segments[0].style, self._shown.segments[0].link
        final = filled[-1]
        for line in filled:
            first, visible_end = line.start, line.visible_end
            rest = next_start if line is final else line.end
            run = Run(text[first:visible_end], style, block, first, visible_end, link)
            yield Line((run,) if visible_end == rest else (run, Run("", self._base, block, visible_end, rest)))

    # Added spaces

    def _added_spaces(self, line: Filled, room: int | None) -> Mapping[int, int]:
        """The spaces to add before characters of a line; justified to `room` cells if given."""
        shown = self._shown
        blanks: dict[int, int] = {}
        if shown.gaps:
            gaps = shown.gaps
            for place in gaps[bisect_right(gaps, line.start) : bisect_left(gaps, line.visible_end)]:
                if place not in line.closed_gaps:
                    blanks[place] = blanks.get(place, 0) + 1
        if room is not None and self._justification is not None and line.cells < room:
            for place, count in self._justification.spread(line, room - line.cells).items():
                blanks[place] = blanks.get(place, 0) + count
        if shown.before or shown.after:
            for place in range(line.start, line.visible_end):
                count = shown.before.get(place, 0) + (shown.after.get(place - 1, 0) if place > line.start else 0)
                if place == line.start:
                    count += shown.at_start.get(place, 0)
                if count:
                    blanks[place] = blanks.get(place, 0) + count
        return blanks or _NO_SPACES

    # Runs

    def _runs(self, line: Filled, blanks: Mapping[int, int]) -> Iterator[Run]:
        places = sorted(blanks)
        for segment in self._segments(line.start, line.visible_end):
            start, end = max(segment.start, line.start), min(segment.end, line.visible_end)
            if segment.replaces and start == segment.start:
                yield Run("", segment.style, self._block, segment.source, segment.source + segment.replaces)
            for place in places:
                if start <= place < end:
                    if start < place:
                        yield self._run(segment, start, place)
                    # The spaces have this position, so that a highlight that continues behind them covers them.
                    yield self._added(" " * blanks[place], segment, place)
                    start = place
            yield self._run(segment, start, end)
            if line.is_divided and end == line.end:
                yield self._added("-", segment, end)

    def _segments(self, start: int, end: int) -> Iterator[Segment]:
        """The segments that overlap the text from `start` to `end`; fastest when called from left to right."""
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
        text = self._drawn[start:end]
        if segment.added:
            return Run(text, segment.style, self._block, segment.source, segment.source)
        source = segment.source + start - segment.start
        return Run(text, segment.style, self._block, source, source + end - start, segment.link)

    def _added(self, text: str, segment: Segment, place: int) -> Run:
        """A text that is not in the document, before the character at a place."""
        source = segment.source if segment.added else segment.source + place - segment.start
        return Run(text, segment.style, self._block, source, source)

    def _invisible_runs(self, start: int, end: int) -> Iterator[Run]:
        """Runs with empty text, for characters that are not drawn at the end of a line."""
        for segment in self._segments(start, end):
            if not segment.added:
                first = segment.source + max(start - segment.start, 0)
                last = segment.source + min(end, segment.end) - segment.start
                yield Run("", self._base, self._block, first, last)

    # Readings

    def _above(self, line: Filled, blanks: Mapping[int, int], indent: int) -> Line | None:
        """The ruby readings above a line, or None if it has none."""
        placed: list[PlacedReading] = []
        at = 0
        if (torn := self._torn) is not None:
            self._torn = None
            at = indent + self._cells.width(torn.text)
            placed.append(torn._replace(cell=indent))
        text = self._drawn
        readings = self._shown.readings
        first = bisect_left(readings, line.start, key=_start_of)
        for reading in readings[first : bisect_left(readings, line.visible_end, key=_start_of)]:
            cell = indent + self._cells.width(text[line.start : reading.start]) + reading.pad
            cell += sum(count for place, count in blanks.items() if place <= reading.start)
            cell -= self._shown.before.get(reading.start, 0)
            drawn = reading.text
            if not reading.is_beside:
                drawn = self._upright.whole_rows(drawn) if self._upright is not None else drawn
                # The reading was centred over the whole base, which may be split by the line end.
                cell = max(at, min(cell, self._width - self._cells.width(drawn)))
                cut = self._cells.cut(drawn, self._width - cell)
                if cut < len(drawn):
                    self._torn = PlacedReading(drawn[cut:], 0, reading.source, is_beside=False)
                drawn = drawn[:cut]
            at = cell + (COLUMN_WIDTH if reading.is_beside else self._cells.width(drawn))
            placed.append(PlacedReading(drawn, cell, reading.source, reading.is_beside))
        return reading_line(placed, self._block, self._cells)
