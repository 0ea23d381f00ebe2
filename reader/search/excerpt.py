"""Excerpts: what is shown of a text that was found, with the hits marked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reader.document.folding import Folded, fold
from reader.index.tokens import PARTED, pattern
from reader.search.nodes import Words

_BEFORE = 12
"""Characters in front of the first hit: enough to see what it is said of, few enough that it stays in sight."""

_STOPS = "。！？；!?;\n "
_LONGEST_SEARCHED = 200_000
"""Characters of a text in which hits are looked for; whoever opens the article finds them all."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of text on one line.

    Attributes:
        text: The characters, an … at an end where it was cut.
        hits: The start and the end of each hit in it, in characters.
    """

    text: str
    hits: tuple[tuple[int, int], ...] = ()


def hits_pattern(words: Sequence[Words]) -> re.Pattern[str] | None:
    """What finds every place in a folded text where one of the words stands; None if none can stand anywhere."""
    found = [piece for one in words if (piece := pattern(one.text, exact=one.exact))]
    # The longest first: where two begin at one place, the hit is whole.
    return re.compile("|".join(sorted(dict.fromkeys(found), key=len, reverse=True))) if found else None


def excerpt(text: str, hits: re.Pattern[str] | None, most: int) -> Excerpt:
    """`most` characters of a text whose leaves are parted by NUL: those around its first hit, else its beginning."""
    searched = text[:_LONGEST_SEARCHED]
    line = searched.replace(PARTED, " ").replace("\n", " ")
    folded = fold(searched)
    first = None if hits is None else hits.search(folded.text)
    if hits is None or first is None:
        return Excerpt(line[:most].rstrip() + ("…" if len(line) > most else ""))
    start = _begin(line, folded.source(first.start(), ends=False))
    shown = line[start : start + most]
    before, behind = "…" if start else "", "…" if start + most < len(line) else ""
    marked = [
        (begin - start + len(before), min(end - start, most) + len(before))
        for begin, end in _hits(folded, hits, first.start(), start + most)
    ]
    return Excerpt(f"{before}{shown}{behind}", tuple(marked))


def _hits(folded: Folded, hits: re.Pattern[str], start: int = 0, end: int | None = None) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    last = 0
    for hit in hits.finditer(folded.text, start):
        begin, stop = folded.source(hit.start(), ends=False), folded.source(hit.end(), ends=True)
        if end is not None and begin >= end:
            break
        if begin >= last:
            found.append((begin, stop))
            last = stop
    return tuple(found)


def _begin(line: str, hit: int) -> int:
    """Where an excerpt begins: a little before the hit, behind a stop if there is one there."""
    start = max(0, hit - _BEFORE)
    stop = max(line.rfind(mark, start, hit) for mark in _STOPS)
    return stop + 1 if stop >= start and stop + 1 < hit else start
