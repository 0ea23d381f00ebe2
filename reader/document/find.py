"""Finding a text in a document, as people mean it: blind to case, accents, width of forms and runs of white space."""

import re
from bisect import bisect_right
from itertools import accumulate

from reader.document.blocks import Heading
from reader.document.document import Document, Position, Range
from reader.document.folding import fold, folded

_BETWEEN = "\x00"
"""Stands between two leaves while they are searched as one text: a clean text holds none, so no hit can span it."""


def find(document: Document, needle: str) -> tuple[Range, ...]:
    """All places where `needle` stands, in reading order, none overlapping another.

    A hit lies within one leaf. The repeated title is passed over, because the page does not show it. A needle of
    nothing but white space or accents is found nowhere.
    """
    words = folded(needle).split()
    if not words or _BETWEEN in needle:
        return ()
    return find_pattern(document, re.compile(r"\s+".join(map(re.escape, words))))


def find_pattern(document: Document, pattern: re.Pattern[str]) -> tuple[Range, ...]:
    """All places in the folded text that `pattern` fits, as `find` gives them. It must not fit an empty text."""
    numbers = [
        number
        for number, leaf in enumerate(document.leaves)
        if leaf.text.text and not (isinstance(leaf, Heading) and leaf.level == 0)
    ]
    texts = [document.text(number) for number in numbers]
    text = fold(_BETWEEN.join(texts))
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    found: list[Range] = []
    last = 0
    for hit in pattern.finditer(text.text):
        start, end = text.source(hit.start(), ends=False), text.source(hit.end(), ends=True)
        if start < last:  # Two hits in one ligature are one place.
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
