"""Whose the line breaks in a paragraph are: the author's, as in a poem, or an editor's, which wraps at a margin."""

import re
from collections.abc import Sequence

from reader.parse.inline import WIDE

_WIDE = re.compile(f"[{WIDE}\u1100-\u11ff\uac00-\ud7a3]")
_NARROWEST, _WIDEST = 50, 130
"""Cells of lines that an editor has wrapped."""

_POEM = 50
"""Cells; lines of Latin that are all shorter are a poem or an address."""

_ENDED = re.compile("[。！？!?；;：:…”」』）)】》~～、，—.]\\s*$")
_SENTENCE = re.compile("[。！？!?…”」』）)】》]\\s*$")
_KEY = re.compile(r"\s*[^\s:：=]{1,20}\s*[:：=]\s*\S|\s*https?://\S+\s*$")
_CONTINUED = re.compile("[a-z,]$")


def cells(line: str) -> int:
    """The width of a line: a wide character counts two."""
    body = line.strip()
    return len(body) + (0 if body.isascii() else len(_WIDE.findall(body)))


def is_wrapped(widths: Sequence[int]) -> bool:
    """Whether lines end where an editor's margin was: all but the last of about one width, which no poem has."""
    widest = max(widths)
    if not _NARROWEST <= widest <= _WIDEST or len(widths) < 2:
        return False
    return all(width >= 0.75 * widest for width in widths[:-1])


def keeps_breaks(lines: Sequence[str]) -> bool:
    """Whether each of these lines of a paragraph is a line to its author."""
    lines = [line for line in lines if line.strip()]
    if len(lines) < 2:
        return False
    widths = [cells(line) for line in lines]
    if sum(_KEY.match(line) is not None for line in lines) == len(lines):
        return True
    wide = sum(map(len, map(_WIDE.findall, lines))) * 4 >= sum(map(len, lines))
    if is_wrapped(widths):
        # Margins fall in the middle of sentences.
        return wide and all(_SENTENCE.search(line) for line in lines[:-1])
    if wide:
        return True
    return max(widths) <= _POEM
