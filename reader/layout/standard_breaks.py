"""The break opportunities of UAX 14, computed by APSW (Unicode 17)."""

from functools import cache

from apsw.unicode import line_break_next_break

from reader.layout.break_characters import WIDE
from reader.regex import regex

_SKIPPED = regex("—[— ]*(?=—)|[\"'“”‘’«»‹›\u275b-\u2760\u2e00-\u2e21]")
"""APSW 3.54 misses a break after these characters; after quotes only before wide characters.

LB17 and LB19 join two characters, and APSW also joins the second to the third. Starting again at the second character
gives the result of UAX 14.
"""

_WINDOW = 256
"""Characters examined for the next break before the whole text is examined; few words are longer."""

_AHEAD = 32
"""Maximum number of characters after a break that can influence it."""


def next_break(text: str, place: int) -> int:
    """The offset of the first UAX 14 break after `place`, which is a break itself."""
    window = text[place : place + _WINDOW]
    near: int = line_break_next_break(window, 0)
    end = place + near
    if near > _WINDOW - _AHEAD:
        end = line_break_next_break(text, place)
    for skipped in _SKIPPED.finditer(text, place, end):
        second = skipped.end()
        if skipped[0][0] != "—" and not is_wide(text, second):
            continue
        missed = second + line_break_next_break(text[second : second + _AHEAD], 0)
        if missed < min(end, second + _AHEAD):
            return missed
    return end


@cache
def may_begin_a_line(mark: str) -> bool:
    """Whether UAX 14 allows a break between a Han character and this one."""
    found: int = line_break_next_break("字" + mark, 0)
    return found == 1


@cache
def may_end_a_line(mark: str) -> bool:
    """Whether UAX 14 allows a break between this character and a Han character."""
    found: int = line_break_next_break(mark + "字", 0)
    return found == 1


@cache
def may_precede_latin(mark: str) -> bool:
    """Whether UAX 14 allows a break between this character and a Latin letter; section 8.1 treats Hangul like Latin."""
    found: int = line_break_next_break(mark + "a", 0)
    return found == 1


def is_wide(text: str, offset: int) -> bool:
    """Whether the character at `offset`, if there is one, is of a wide script."""
    return 0 <= offset < len(text) and text[offset] in WIDE
