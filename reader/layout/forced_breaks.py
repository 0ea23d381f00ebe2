"""Breaking what is longer than a line and has no permitted break."""

from collections.abc import Callable, Sequence
from enum import IntEnum

from reader.layout.break_characters import BLANKS, HANGUL_LETTERS
from reader.layout.break_rule_names import DATE, HANGUL, NEVER_FIRST, NEVER_LAST, UNIT, BreakRule

_NOT_FIRST = frozenset(",.:;!?)]}%”’")
_SEPARATORS = frozenset(",;、，；")
_NOT_LAST = frozenset("([{“‘$")


class Harm(IntEnum):
    """How much a reader is disturbed by a break where none is permitted."""

    SPACE = 0
    MARK = 1
    UNIT = 2
    SYLLABLE = 3
    WORD = 4
    MISPLACED = 5
    FORBIDDEN = 6
    BLANK_LINE_START = 7


def harm(text: str, place: int, decide: Callable[[int], BreakRule | None]) -> Harm:  # noqa: PLR0911 - one per kind
    """The harm of a break at `place`; `decide` returns the rule that applies to a place inside the text."""
    if place == len(text):
        return Harm.SPACE
    before, after = text[place - 1], text[place]
    if after in BLANKS:
        return Harm.BLANK_LINE_START
    rule = decide(place)
    if rule in {NEVER_FIRST, NEVER_LAST}:
        return Harm.FORBIDDEN
    if before in BLANKS and after not in _NOT_FIRST:
        return Harm.SPACE
    if after == "." and before in _SEPARATORS:
        return Harm.MARK
    # In ",.gt" the dot belongs to what follows it, in "example.org" to what precedes it.
    leads = before == "." and text[place - 2 : place - 1] in _SEPARATORS
    if after in _NOT_FIRST or before in _NOT_LAST or leads:
        return Harm.MISPLACED
    if rule in {UNIT, DATE}:
        return Harm.UNIT
    if not (before.isalnum() and after.isalnum()):
        return Harm.MARK
    return Harm.SYLLABLE if rule is HANGUL and before in HANGUL_LETTERS and after in HANGUL_LETTERS else Harm.WORD


def best_forced_break(text: str, start: int, places: Sequence[tuple[int, Harm]]) -> int:
    """The place that does the least harm as the end of a line that begins at `start`.

    `places` are in descending order. The first is where the line is full, which may be inside a word:

    - If that word fits on one line, any place that tears no word is better than tearing it, and one in the second half
      of the line is best.
    - If it is longer than a line, it is torn anyway, so only places in the second half of the line are better.
    """
    limit = places[0][0]
    half = start + (limit - start) // 2
    last_word = _word_length(text, limit, limit - start)
    earliest = start if last_word <= limit - start else half
    gentle = [(place, does) for place, does in places if does < Harm.SYLLABLE and place > earliest]
    in_second_half = [(place, does) for place, does in gentle if place > half]
    if in_second_half or gentle:
        return min(in_second_half or gentle, key=lambda found: (found[1] is Harm.UNIT, -found[0]))[0]
    torn = [(place, does) for place, does in places if place > half and does <= Harm.WORD]
    return min(torn or places, key=lambda found: (found[1], -found[0]))[0]


def _word_length(text: str, place: int, most: int) -> int:
    """The length of the word around `place`; more than `most` if it is longer."""
    first, last = place, place
    while first and place - first <= most and text[first - 1].isalnum():
        first -= 1
    while last < len(text) and last - place <= most and text[last].isalnum():
        last += 1
    return last - first
