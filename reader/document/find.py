"""Finding text in a document, ignoring case, accents, character width and the amount of white space."""

import re
from bisect import bisect_right
from itertools import accumulate

from reader.document.blocks import Heading
from reader.document.document import Document, Position, Range
from reader.document.folding import fold, folded

_SEPARATOR = "\x00"
"""Separates leaves that are searched as one text: sanitised text cannot contain it, so no match crosses leaves."""


def find(document: Document, needle: str) -> tuple[Range, ...]:
    """All matches of `needle` in reading order, not overlapping.

    A match lies within one leaf. The repeated title is skipped, because the page does not show it. A needle of only
    white space or accents has no matches.
    """
    words = folded(needle).split()
    if not words or _SEPARATOR in needle:
        return ()
    return find_pattern(document, re.compile(r"\s+".join(map(re.escape, words))))


def find_pattern(document: Document, pattern: re.Pattern[str]) -> tuple[Range, ...]:
    """All matches of `pattern` in the folded text, like `find`. The pattern must not match an empty text."""
    numbers = [
        number
        for number, leaf in enumerate(document.leaves)
        if leaf.text.text and not (isinstance(leaf, Heading) and leaf.level == 0)
    ]
    texts = [document.text(number) for number in numbers]
    text = fold(_SEPARATOR.join(texts))
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    found: list[Range] = []
    last = 0
    for match in pattern.finditer(text.text):
        start, end = text.source(match.start(), ends=False), text.source(match.end(), ends=True)
        if start < last:  # Two matches in one ligature map to the same range.
            continue
        last = end
        place = bisect_right(starts, start) - 1
        found.append(
            Range(
                Position(numbers[place], start - starts[place]),
                Position(numbers[place], end - starts[place]),
            )
        )
    return tuple(found)
