"""Filling lines: which of the places at which a line may break each line takes (CLREQ 6.1 and 6.2; JLREQ 3.8)."""

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import NamedTuple

from reader.layout.cells import Cells
from reader.layout.linebreak import LineBreaks, is_between_han
from reader.layout.shown import ShownText
from reader.settings.options import Fill, Typesetting

_BLANKS = re.compile("[ \u3000]*")
_HANGING = frozenset("、。，．")
"""The marks that may hang (CLREQ 6.1.3)."""

_MARKS = frozenset("、。，．：；！？）》〉」』】〕”’")
_ADDRESS_BREAKS = frozenset("/?&=#.-_%,;:+")
_HANG_CELLS = 2
_RAGGED = 2
"""Cells that a line of Han may be short at its end before the lines above are asked to give way."""

_LOOK_BACK = 16
"""Lines above a short one that may give way to it."""


class Filled(NamedTuple):
    """One line. A tuple, for a long text has a hundred thousand of them, and a frozen dataclass takes thrice the time.

    Attributes:
        start: Its first character in the shown text.
        end: The one behind its last.
        inked: Where the blanks at its end begin, which it swallows.
        cells: The cells it takes without them.
        given_up: The gaps that it closes so that a mark fits in.
    """

    start: int
    end: int
    inked: int
    cells: int
    given_up: frozenset[int] = frozenset()


class Filler:
    """Fills the lines of one text without newlines.

    Args:
        shown: The text.
        start: Where it begins in `shown.text`.
        end: Where it ends.
        width: Cells of a line.
        typesetting: How it is set.
        cells: What measures it.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - the text and how it is set
        self, shown: ShownText, start: int, end: int, width: int, typesetting: Typesetting, cells: Cells
    ) -> None:
        self._offset = start
        self._text = shown.text[start:end]
        self._width = width
        self._fill = typesetting.fill
        self._hangs = self._fill is Fill.HANG and width > 4 * _HANG_CELLS
        self._room = width - _HANG_CELLS if self._hangs else width
        # In an odd number of cells Han leave one free wherever a line ends.
        self._ragged = _RAGGED + self._room % 2
        self._breaks = LineBreaks(self._text, typesetting.strictness, typesetting.korean)
        each = cells.each(self._text)
        for extra in (shown.before, shown.after):
            for place, blanks in extra.items():
                if start <= place < end:
                    each[place - start] += blanks
        self._gap_places = [place - start for place in shown.gaps if start < place < end]
        self._gaps = frozenset(self._gap_places)
        for place in self._gaps:
            each[place] += 1
        self._taken = [0, *accumulate(each)]
        self._wholes = [
            (whole.start - start, whole.end - start)
            for whole in shown.wholes
            if start <= whole.start < end and self._keeps(whole.start - start, whole.end - start, title=whole.title)
        ]

        self._plain = not self._wholes

    def lines(self, lead: int) -> list[Filled]:
        """All lines; the first has `lead` cells less."""
        length = len(self._text)
        found: list[Filled] = []
        start = 0
        while start < length:
            line = self._line(start, self._room if found else self._room - lead)
            short = self._room - line.cells
            if short > self._ragged and line.end < length and found:
                better = self._given_way(found, line, lead)
                if better:
                    found, line = better[:-1], better[-1]
            found.append(line)
            start = line.end
        offset = self._offset
        if not offset:
            return found
        return [
            Filled(
                line.start + offset,
                line.end + offset,
                line.inked + offset,
                line.cells,
                frozenset(place + offset for place in line.given_up),
            )
            for line in found
        ]

    def _line(self, start: int, room: int, before: int | None = None) -> Filled:
        """The line from `start` on in `room` cells, ending before the place `before` if one is given."""
        text, taken = self._text, self._taken
        base = taken[start] + (start in self._gaps)
        limit = bisect_right(taken, base + room, start) - 1
        given_up: frozenset[int] = frozenset()
        if limit < len(text):
            mark = text[limit]
            if self._plain and before is None and limit > start and is_between_han(text, limit):
                return Filled(start, limit, limit, taken[limit] - base)
            if mark in _MARKS:
                if self._hangs and mark in _HANGING:
                    limit += 1
                elif self._fill is Fill.PUSH_IN and self._gaps:
                    given_up = self._give_up(start, limit, taken[limit + 1] - base - room)
                    limit += bool(given_up)
            # Blanks at its end take no room.
            blanks = _BLANKS.match(text, limit)
            limit = blanks.end() if blanks else limit
        if before is not None:
            limit = min(limit, before - 1)
        end = self._place(start, limit)
        if given_up and end != limit:
            given_up = frozenset()
            end = self._place(start, limit - 1)
        inked = start + len(text[start:end].rstrip(" \u3000"))
        return Filled(start, end, inked, taken[inked] - base - len(given_up), given_up)

    def _place(self, start: int, limit: int) -> int:
        """The place at which a line ends that may reach up to `limit`."""
        breaks = self._breaks
        place = breaks.last(start, limit)
        if self._wholes:
            while place is not None and (whole := self._whole_around(place)):
                place = breaks.last(start, whole[0])
            if place is None:
                place = self._in_address(start, limit) or breaks.last(start, limit)
        return place if place is not None else breaks.forced(start, limit)

    def _whole_around(self, place: int) -> tuple[int, int] | None:
        """What should stay whole and has `place` within."""
        found = bisect_right(self._wholes, (place, -1)) - 1
        if found < 0:
            return None
        start, end = self._wholes[found]
        return (start, end) if start < place < end else None

    def _in_address(self, start: int, limit: int) -> int | None:
        """Where a web address that fits no line breaks: behind a mark that parts it, if one is far enough."""
        text = self._text
        for place in range(limit, start + (limit - start) // 2, -1):
            if text[place - 1] in _ADDRESS_BREAKS and text[place : place + 1] not in _ADDRESS_BREAKS:
                inside = self._whole_around(place)
                if inside and text.startswith(("http", "www."), inside[0]):
                    return place
        return None

    def _keeps(self, start: int, end: int, *, title: bool) -> bool:
        """Whether a stretch is to stay whole: it fits a line, and a title leaves no more than half of one empty."""
        cells = self._taken[min(end, len(self._text))] - self._taken[start]
        if title:
            return cells <= max(self._room // 2, min(self._room, 20))
        return cells <= self._room or self._text.startswith(("http", "www."), start)

    def _give_up(self, start: int, limit: int, lacking: int) -> frozenset[int]:
        """The last gaps of a line that make room for `lacking` cells, or none if there are not enough."""
        gaps = self._gap_places[bisect_right(self._gap_places, start) : bisect_left(self._gap_places, limit)]
        return frozenset(gaps[-lacking:]) if len(gaps) >= lacking else frozenset()

    def _given_way(self, lines: list[Filled], short: Filled, lead: int) -> list[Filled] | None:
        """The last lines and `short` set again so that none of them is very short; None if that cannot be.

        Two marks in a row that begin no line, 。”, take two Han down with them and leave four cells free. A line above
        that ends one Han earlier brings the marks a place forward.
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
        """Lines from `start` to `goal` or behind it of which none is very short; `failed` are starts without any."""
        if start in failed:
            return None
        line = self._line(start, self._room)
        for choice in range(2):
            if choice:
                line = self._line(start, self._room, line.end)
            if line.end == len(self._text):
                return [line]
            if self._room - line.cells > self._ragged:
                break
            if line.end >= goal:
                return [line]
            if rest := self._even(line.end, goal, failed):
                return [line, *rest]
        failed.add(start)
        return None

    def _is_han(self, place: int) -> bool:
        """Whether what a line ends with and what the next begins with is all wide, so that two cells are its grain."""
        return all(
            self._taken[at + 1] - self._taken[at] == 2
            for at in range(max(place - 3, 0), min(place + 3, len(self._text)))
        )
