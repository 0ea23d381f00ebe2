"""Justification: distributing free cells over the places where a line may be stretched (CLREQ 6.2; JLREQ 3.8.4)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeVar

from reader.document.alphabets import LETTER
from reader.document.blocks import Inline, SpanKind
from reader.layout.filled_line import Filled
from reader.layout.prepared_text import Segment, ShownText
from reader.regex import regex

_Place = TypeVar("_Place")

LEAST_JUSTIFIED = 30
"""Minimum cells of a column whose lines are justified: a narrower one has too few places for the free cells."""

_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HIRAGANA = "\u3041-\u3096"
_CLOSING = "、。，．：；！？）》〉」』】〕"
_OPENING = "（《〈「『【〔"
_LATIN = f"0-9{LETTER}"

_PUNCTUATION = regex(
    f"[{_CLOSING}](?=[^{_CLOSING}”’ \u3000—…])|[^{_OPENING}“‘ \u3000](?=[{_OPENING}])"
    # Quotes are wide only among wide characters; ’ is also an apostrophe.
    f"|[”’](?=[{_HAN}{_OPENING}])|(?<=[{_HAN}{_CLOSING}])[”’](?=[^{_CLOSING}”’ \u3000—…])"
    f"|[{_HAN}](?=[“‘])|[^{_OPENING}“‘ \u3000](?=[“‘][{_HAN}{_OPENING}])"
)
"""The character before a place at which a line may be stretched because of a punctuation mark."""

_SPACES = regex(r"(?<=([^ \u3000]))[ \u3000]++(?=([^ \u3000]))")
_IS_WIDE = regex(f"[{_HAN}{_CLOSING}{_OPENING}]")
_IS_HAN = regex(f"[{_HAN}]")
_MEASURE = regex(r"(?<=\d) (?:[kcmµ]?m|[kmµ]?[gs]|[kKMGT]?i?B|[kMG]?Hz|[kM]?W|min|h|t|V|px|pt|%|°[CF]?)(?![0-9A-Za-z])")
"""The space between a number and its unit, and the unit."""

_WORD_AMONG_HAN = regex(f"(?<=[{_HAN}])( ?)([{_LATIN}](?:[!-~{LETTER}]| (?=[!-~{LETTER}]))*+)( ?)(?=[{_HAN}])")
"""Latin words between Han or kana, with the spaces around them."""
_NUMBER_END = regex(r"[0-9][%+]?$")

_HAN_PAIR = regex(f"[{_HAN}](?=[{_HAN}])")
_IS_JAPANESE = regex(f"[{_HIRAGANA}]")
_WORD_START = regex(f"[{_HIRAGANA}](?=[{_HAN}])(?![{_HIRAGANA}])")
"""A hiragana before a kanji or katakana. Most Japanese words begin at such a place, and few contain one."""

_WIDEST_SPACE = 3
"""Maximum cells of a space between two words that is widened."""

_PAIRS_FOR_EACH_GAP = 7
"""Pairs of Han or kana in a line for each pair that may be separated by a cell."""

_PAIRS_OF_BRACKETS = 3
"""The two brackets of a reading count as this many pairs."""

_CELLS_FOR_EACH_ADDED = 10
"""Cells of a line of Han or kana for each cell that may be added to it."""
_LEAST_ADDED = 3
"""The number of cells that may be added to any line. They fill the gap left by a mark that moves down with its
character."""

_CODE = frozenset({SpanKind.CODE, SpanKind.KEYBOARD, SpanKind.MATH})


class Justification:
    """Stretches the lines of a paragraph.

    Args:
        inline: The text of the paragraph.
        shown: The same text as it is shown.
    """

    def __init__(self, inline: Inline, shown: ShownText) -> None:
        self._shown = shown
        kept = [(each.start, each.end) for each in shown.unbreakable if not each.is_stretched]
        self._fixed = _joined(chain(kept, _fixed_segments(inline, shown.segments)))
        self._reading_ends = [one.end for one in shown.segments if one.added and shown.text.startswith("(", one.start)]

    def spread(self, line: Filled, free: int) -> dict[int, int]:
        """The number of spaces to add before each offset to make a line `free` cells wider.

        Returns:
            The numbers by offset; empty if the gaps would be too wide or too many, so that the line stays ragged.
        """
        text, start, end = self._shown.text, line.start, line.visible_end
        pairs = [found.end() for found in _HAN_PAIR.finditer(text, start, end)]
        is_wide = 4 * len(pairs) >= line.cells
        if is_wide and free > max(_LEAST_ADDED, (line.cells + free) // _CELLS_FOR_EACH_ADDED):
            return {}
        first, wider = self._first_places(line)
        words = list(self._words(line))
        parted = pairs
        if _IS_JAPANESE.search(text, start, end):
            parted = [found.end() for found in _WORD_START.finditer(text, start, end)]
        parted = self._open(parted, line)
        after_readings = self._after_readings(line)
        # A Chinese name in an English line has too few pairs, and stays whole. Brackets of readings count as pairs.
        count = len(pairs) + _PAIRS_OF_BRACKETS * len(after_readings)
        most = -(-count // _PAIRS_FOR_EACH_GAP) if is_wide else count // _PAIRS_FOR_EACH_GAP
        once = min(free, len(first))
        widened = min((free - once) // 2, len(words))
        rest = free - once - 2 * widened
        between = min(rest, most, len(parted))
        rest -= between
        behind = min(rest, most - between, len(after_readings))
        rest -= behind
        if rest == 1 and once and widened < len(words):
            once, widened, rest = once - 1, widened + 1, 0
        if rest > len(wider):
            return {}
        added = dict.fromkeys(_evenly(first, once), 1)
        added |= dict.fromkeys(chain.from_iterable(_evenly(words, widened)), 1)
        added |= dict.fromkeys((*_evenly(parted, between), *_evenly(after_readings, behind)), 1)
        return added | dict.fromkeys(_evenly(wider, rest), 2)

    def spares_words(self, line: Filled, free: int) -> bool:
        """Whether a line can be made `free` cells wider without gaps between the characters of Chinese text."""
        text, added = self._shown.text, self.spread(line, free)
        between = (place - 1 for place in added if _HAN_PAIR.match(text, place - 1))
        return bool(added) and all(_WORD_START.match(text, place) for place in between)

    def _after_readings(self, line: Filled) -> list[int]:
        """The places after readings in brackets, before Han or kana."""
        ends = self._reading_ends
        places = ends[bisect_right(ends, line.start) : bisect_left(ends, line.visible_end)]
        return self._open((place for place in places if _IS_HAN.match(self._shown.text, place)), line)

    def _first_places(self, line: Filled) -> tuple[list[int], list[int]]:
        """The places stretched first, at spaces and punctuation marks, and those that may get a second cell.

        A space between Han and Latin is not among them, because both sides of a Latin word have to be equal.
        """
        text, start, end = self._shown.text, line.start, line.visible_end
        units = {found.start() + 1 for found in _MEASURE.finditer(text, start, end)}
        places = {found.end() for found in _PUNCTUATION.finditer(text, start, end)}
        wider: list[int] = []
        for found in _SPACES.finditer(text, start, end):
            length, place = found.end() - found.start(), found.end()
            sides = [bool(_IS_HAN.match(side)) for side in found.groups()]
            is_beside_word = sides[0] != sides[1] and not all(map(_IS_WIDE.match, found.groups()))
            if place in units or length >= _WIDEST_SPACE or is_beside_word:
                continue
            places.add(place)
            if length == 1 and not any(map(_IS_WIDE.match, found.groups())):
                wider.append(place)
        return self._open(sorted(places), line), self._open(wider, line)

    def _words(self, line: Filled) -> Iterator[list[int]]:
        """The places before and after each Latin word between Han, of which both or none are stretched."""
        for found in _WORD_AMONG_HAN.finditer(self._shown.text, line.start, line.visible_end):
            # The Han after a number is its unit.
            if found[1] == found[3] and not _NUMBER_END.search(found[2]):
                sides = self._open((found.end(1), found.end(3)), line)
                if len(sides) > 1:
                    yield sides

    def _open(self, places: Iterable[int], line: Filled) -> list[int]:
        """The places inside a line at which a gap is permitted and does not exist yet."""
        before, after = self._shown.before, self._shown.after
        return [
            place
            for place in places
            if line.start < place < line.visible_end
            and not before.get(place)
            and not after.get(place - 1)
            and not self._is_fixed(place)
        ]

    def _is_fixed(self, place: int) -> bool:
        number = bisect_left(self._fixed, (place,)) - 1
        return number >= 0 and place < self._fixed[number][1]


def _fixed_segments(inline: Inline, segments: Sequence[Segment]) -> Iterator[tuple[int, int]]:
    """The ranges that are not stretched: code, keys, formulas, URLs, and text that layout adds."""
    spans = [span for span in inline.spans if span.kind in _CODE and span.start < span.end]
    number = 0
    for segment in segments:
        while number < len(spans) and spans[number].end <= segment.source:
            number += 1
        is_code = number < len(spans) and spans[number].start <= segment.source
        is_address = bool(segment.link) and inline.text.startswith(("http", "www."), segment.source)
        if segment.added or is_code or is_address:
            yield segment.start, segment.end


def _joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges in order, with overlapping ranges merged."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _evenly(places: Sequence[_Place], count: int) -> list[_Place]:
    """`count` of the places, evenly distributed."""
    return [places[(2 * number + 1) * len(places) // (2 * count)] for number in range(count)]
