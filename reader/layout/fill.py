"""Line filling: choosing the break of each line from the permitted ones (CLREQ 6.1 and 6.2; JLREQ 3.8)."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable
from itertools import accumulate

from reader.layout.cells import Cells
from reader.layout.filled_line import Filled
from reader.layout.hyphenation import Hyphenator, WordDivider
from reader.layout.justify import Justification
from reader.layout.linebreak import LineBreaks
from reader.layout.paragraph_ends import is_widow
from reader.layout.prepared_text import ShownText
from reader.layout.unbreakable_ranges import Unbreakable, UnbreakableRanges, starting
from reader.lean_dataclasses import dataclass
from reader.settings.options import Fill, Typesetting

BLANKS = (" ", "\u3000")
_HANGING = frozenset("、。，．")
"""The punctuation marks that may hang in the margin (CLREQ 6.1.3)."""

_MARKS = frozenset("、。，．：；！？）》〉」』】〕”’")
_ADDRESS_BREAKS = frozenset("/?&=#.-_%,;:+")
HANG_CELLS = 2
_RAGGED = 2
"""Cells that may stay free at the end of a line of Han before the lines above are broken differently."""

_TITLE_GAP = 4
"""Cells that may stay free at the end of a line so that a title in 《》, or a base with its reading, stays whole."""

_PART = 8
"""A line may be shorter by one in this number of its cells so that the last line is longer."""

_HYPHENS_IN_A_ROW = 2
"""The maximum number of successive lines that end with a hyphen."""

_LOOK_BACK = 16
"""Number of lines above a short line that may be broken differently."""


@dataclass(frozen=True, slots=True)
class FillOptions:
    """How the lines of a paragraph are filled.

    Attributes:
        width: The width of a line in cells.
        typesetting: The typesetting options.
        cells: The measure of text width.
        hyphenator: Divides words; None if none are divided.
        justification: Widens the lines to the width; None if they stay ragged.
    """

    width: int
    typesetting: Typesetting
    cells: Cells
    hyphenator: Hyphenator | None
    justification: Justification | None = None


class Filler:
    """Breaks a text without newlines into lines: the text from `start` to before `end` in `shown.text`."""

    def __init__(self, shown: ShownText, start: int, end: int, options: FillOptions) -> None:
        self._offset = start
        self._justification = options.justification
        self._text = shown.text[start:end]
        self._fill = options.typesetting.fill
        self._hangs = self._fill is Fill.HANG and options.width > 4 * HANG_CELLS
        self._room = options.width - HANG_CELLS if self._hangs else options.width
        # With an odd width, lines of Han always leave one cell free.
        self._ragged = _RAGGED + self._room % 2
        joined = frozenset(place - start for place in _places(shown.joined, start + 1, end))
        self._breaks = LineBreaks(self._text, options.typesetting.strictness, options.typesetting.korean, joined)
        widths = options.cells.each(shown.drawn[start:end] if shown.drawn else self._text)
        for extra in (shown.before, shown.after):
            for place in _places(extra, start, end):
                widths[place - start] += extra[place]
        gaps = shown.gaps[bisect_right(shown.gaps, start) : bisect_left(shown.gaps, end)]
        self._gap_places = [place - start for place in gaps]
        self._gaps = frozenset(self._gap_places)
        self._at_start = shown.at_start
        for place in self._gaps:
            widths[place] += 1
        self._taken = [0, *accumulate(widths)]
        kept_whole = [
            Unbreakable(each.start - start, each.end - start, each.yields)
            for each in starting(shown.unbreakable, start, end)
            if self._is_unbreakable(each.start - start, each.end - start)
        ]
        self._unbreakable_around = UnbreakableRanges(kept_whole).around
        self._plain = not kept_whole
        hyphenator = options.hyphenator
        self._divider = WordDivider(self._text, start, shown, hyphenator) if hyphenator is not None else None

    def lines(self, lead: int) -> list[Filled]:
        """All lines; the first is `lead` cells shorter."""
        length = len(self._text)
        found: list[Filled] = []
        start = 0
        while start < length:
            line = self._line(start, self._room if found else self._room - lead)
            short = self._room - line.cells
            if short > self._ragged and line.end < length and found:
                better = self._rebreak_above(found, line, lead)
                if better:
                    found, line = better[:-1], better[-1]
            if self._divider is not None and line.end < length:
                line = self._divided(self._divider, line, found, lead)
            found.append(line)
            start = line.end
        if len(found) > 1 and is_widow(self._text, found[-1].start, length):
            self._lengthen_last(found, lead)
        return [self._moved(line) for line in found] if self._offset else found

    def _can_widen(self, line: Filled, cells: int) -> bool:
        """Whether a line can be made a number of cells wider."""
        return self._justification is not None and bool(self._justification.spread(self._moved(line), cells))

    def _moved(self, line: Filled) -> Filled:
        """A line with offsets in the shown text."""
        offset = self._offset
        return Filled(
            line.start + offset,
            line.end + offset,
            line.visible_end + offset,
            line.cells,
            frozenset(place + offset for place in line.closed_gaps),
            line.is_divided,
        )

    def _line(self, start: int, room: int, before: int | None = None) -> Filled:
        """The line from `start` on in `room` cells; it ends before the offset `before` if one is given."""
        text, taken = self._text, self._taken
        base = self._before(start)
        limit = bisect_right(taken, base + room, start) - 1
        closed_gaps: frozenset[int] = frozenset()
        if limit < len(text):
            mark = text[limit]
            if self._plain and before is None and limit > start and self._breaks.is_sure_between_han(limit):
                return Filled(start, limit, limit, taken[limit] - base)
            if mark in _MARKS:
                if self._hangs and mark in _HANGING:
                    limit += 1
                elif self._fill is Fill.PUSH_IN and self._gaps:
                    closed_gaps = self._closed_gaps(start, limit, taken[limit + 1] - base - room)
                    limit += bool(closed_gaps)
            # Trailing white space takes no room.
            while text.startswith(BLANKS, limit):
                limit += 1
        if before is not None:
            limit = min(limit, before - 1)
        end = self._place(start, limit, base + room)
        if closed_gaps and end != limit:
            closed_gaps = frozenset()
            end = self._place(start, limit - 1, base + room)
        visible_end = start + len(text[start:end].rstrip(" \u3000"))
        return Filled(start, end, visible_end, taken[visible_end] - base - len(closed_gaps), closed_gaps)

    def _before(self, start: int) -> int:
        """The cells before the line that begins at `start`.

        They include a gap before `start`, but not the room that a character gets only at the start of a line.
        """
        at_start = self._at_start.get(start + self._offset, 0) if self._at_start else 0
        return self._taken[start] + (start in self._gaps) - at_start

    def _divided(self, divider: WordDivider, line: Filled, above: list[Filled], lead: int) -> Filled:
        """The line, with the beginning of the next word and a hyphen if its spaces would otherwise become wide.

        A word longer than a line is always hyphenated. A word is never hyphenated if its second part would be alone
        on the last line.
        """
        text, room = self._text, self._room if above else self._room - lead
        is_torn = divider.tears(line.end)
        free = room - line.cells
        is_even = free <= text.count(" ", line.start, line.visible_end) // 2 and not is_torn
        hyphens = [one.is_divided for one in above[-_HYPHENS_IN_A_ROW:]]
        if is_even or line.closed_gaps or (len(hyphens) == _HYPHENS_IN_A_ROW and all(hyphens)):
            return line
        places = divider.places(line.start, line.end)
        # Lines of Han and kana are widened between their characters, but not between all of them.
        is_wide = line.cells > line.visible_end - line.start
        if not places or (is_wide and not is_torn and self._can_widen(line, free)):
            return line
        base = self._before(line.start)
        for place in reversed(places):
            cells = self._taken[place] - base + 1
            is_last = not is_torn and " " not in text[place:].rstrip(" ")
            if line.start < place and cells <= room and not is_last and not self._unbreakable_around(place):
                return Filled(line.start, place, place, cells, is_divided=True)
        return line

    def _place(self, start: int, limit: int, reach: int) -> int:
        """The break of a line that may extend to `limit`; a mark beyond `reach` cells of the text hangs."""
        breaks = self._breaks
        place = breaks.last(start, limit)
        if not self._plain:
            while place is not None and (whole := self._unbreakable_around(place)):
                kept = breaks.last(start, whole.start)
                # A range that the line above has broken cannot be kept whole any more.
                is_broken = whole.start < start
                if whole.yields and (is_broken or self._leaves_gap(start, kept, min(self._taken[limit], reach))):
                    break
                place = kept
            if place is None:
                place = self._break_in_url(start, limit) or breaks.last(start, limit)
        return place if place is not None else breaks.forced(start, limit)

    def _leaves_gap(self, start: int, place: int | None, reach: int) -> bool:
        """Whether a line that ends at `place` is too short, although it could extend to `reach` cells of the text."""
        if place is None:
            return False
        visible_end = start + len(self._text[start:place].rstrip(" \u3000"))
        return reach - self._taken[visible_end] > _TITLE_GAP

    def _break_in_url(self, start: int, limit: int) -> int | None:
        """The break in a URL that is too long for a line: after a delimiter in the second half of the line, if any."""
        text = self._text
        for place in range(limit, start + (limit - start) // 2, -1):
            if text[place - 1] in _ADDRESS_BREAKS and text[place : place + 1] not in _ADDRESS_BREAKS:
                inside = self._unbreakable_around(place)
                if inside and text.startswith(("http", "www."), inside.start):
                    return place
        return None

    def _is_unbreakable(self, start: int, end: int) -> bool:
        """Whether a range stays unbroken: it fits on a line, or is a URL, which has breaks of its own."""
        cells = self._taken[min(end, len(self._text))] - self._taken[start]
        return cells <= self._room or self._text.startswith(("http", "www."), start)

    def _closed_gaps(self, start: int, limit: int, lacking: int) -> frozenset[int]:
        """The last gaps of a line, to be closed to save `lacking` cells; empty if there are not enough."""
        gaps = self._gap_places[bisect_right(self._gap_places, start) : bisect_left(self._gap_places, limit)]
        return frozenset(gaps[-lacking:]) if len(gaps) >= lacking else frozenset()

    def _rebreak_above(self, lines: list[Filled], short: Filled, lead: int) -> list[Filled] | None:
        """Break the last lines and `short` again so that none of them is very short; None if impossible.

        Two successive marks that may not start a line, 。”, pull two Han down with them and leave four cells free. If a
        line above ends one Han earlier, the marks move forward by one place.
        """
        if not self._is_han(short.end):
            return None
        failed: set[int] = set()
        for number in range(len(lines) - 1, max(-1, len(lines) - 1 - _LOOK_BACK), -1):
            room = self._room if number else self._room - lead
            line = self._line(lines[number].start, room, lines[number].end)
            if room - line.cells <= self._ragged and (rest := self._even(line.end, short.end, failed)):
                return [*lines[:number], line, *rest]
        return None

    def _even(self, start: int, goal: int, failed: set[int]) -> list[Filled] | None:
        """Lines from `start` to at least `goal`, none of them very short; `failed` collects starts without solution."""
        if start in failed:
            return None
        line = self._line(start, self._room)
        for choice in range(2):
            if choice:
                line = self._line(start, self._room, line.end)
            if line.end == len(self._text):
                return None if line.end == goal and is_widow(self._text, line.start, goal) else [line]
            if self._room - line.cells > self._ragged:
                break
            if line.end >= goal:
                return [line]
            if rest := self._even(line.end, goal, failed):
                return [line, *rest]
        failed.add(start)
        return None

    def _lengthen_last(self, lines: list[Filled], lead: int) -> None:
        """Break lines above the last one earlier so that it has more than one character, unless one gets a hole."""
        failed: set[int] = set()
        last = len(lines) - 2
        # A line with half-width characters may leave one cell more.
        tried = [(number, self._ragged + 1) for number in range(last, max(-1, last - _LOOK_BACK), -1)]
        if not self._is_han(lines[last].end):
            tried.append((last, _TITLE_GAP))
        for number, most in tried:
            room = self._room if number else self._room - lead
            line = self._line(lines[number].start, room, lines[number].end)
            if room - line.cells > min(most, room // _PART + room % 2) or lines[number].is_divided:
                continue
            rest = self._even(line.end, len(self._text), failed)
            torn = self._unbreakable_around(lines[number].end)
            if rest and all(self._is_even(one, self._room if one.start else room, torn) for one in (line, *rest[:-1])):
                lines[number:] = [line, *rest]
                return

    def _is_even(self, line: Filled, room: int, torn: Unbreakable | None) -> bool:
        """Whether a line tears only `torn`, and fills `room` cells without gaps in words if lines are justified."""
        if self._unbreakable_around(line.end) not in {None, torn} or not self._breaks.allowed(line.end):
            return False
        free, justification = room - line.cells, self._justification
        return justification is None or free <= 0 or justification.spares_words(self._moved(line), free)

    def _is_han(self, place: int) -> bool:
        """Whether the text around a break is all wide, so that widths change in steps of two cells."""
        return all(
            self._taken[at + 1] - self._taken[at] == 2
            for at in range(max(place - 3, 0), min(place + 3, len(self._text)))
        )


def _places(places: Collection[int], start: int, end: int) -> Iterable[int]:
    """The places from `start` to `end` (exclusive).

    The time is linear in the number of places or of offsets, whichever is smaller.
    """
    if len(places) > end - start:
        return (place for place in range(start, end) if place in places)
    return (place for place in places if start <= place < end)
