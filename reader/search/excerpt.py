"""Excerpts of matching texts, with the matches marked."""

import re
from collections.abc import Sequence
from itertools import islice

from reader.document.text_folding import Folded, fold
from reader.index.symbol_tokens import symbol_pattern
from reader.index.tokens import LEAF_SEPARATOR, pattern
from reader.lean_dataclasses import dataclass
from reader.search.query_tree import Words

_BEFORE = 12
"""Maximum characters before the first match: enough to understand it, and few enough to keep it visible."""

_STOPS = "。！？；!?;\n "
_LONGEST_SEARCHED = 200_000
"""Maximum characters of a text that are searched for matches; only the open article is searched completely."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a text on one line.

    Attributes:
        text: The characters, with … at an end that was cut.
        hits: Start and end offset of each match.
    """

    text: str
    hits: tuple[tuple[int, int], ...] = ()


def hits_pattern(words: Sequence[Words]) -> re.Pattern[str] | None:
    """A pattern that matches any of the words in folded text; None if no word can match."""
    found = [piece for one in words if (piece := _pattern_of(one))]
    # Longest first, so that of several words that start at one place the longest matches.
    return re.compile("|".join(sorted(dict.fromkeys(found), key=len, reverse=True))) if found else None


def _pattern_of(words: Words) -> str:
    return symbol_pattern(words.text) or pattern(words.text, exact=words.exact, begun=words.begun)


def hit_positions(text: str, hits: re.Pattern[str] | None, most: int) -> list[tuple[int, int, int]]:
    """The first `most` matches in a text (leaves separated by NUL): leaf, start and end offset in the leaf."""
    if hits is None:
        return []
    searched = text[:_LONGEST_SEARCHED]
    found = []
    for start, end in islice(_hits(fold(searched), hits), most):
        first = searched.rfind(LEAF_SEPARATOR, 0, start) + 1
        found.append((searched.count(LEAF_SEPARATOR, 0, start), start - first, end - first))
    return found


def excerpt(text: str, hits: re.Pattern[str] | None, most: int) -> Excerpt:
    """`most` characters of a text (leaves separated by NUL) around the first match, or from its start."""
    searched = text[:_LONGEST_SEARCHED]
    line = searched.replace(LEAF_SEPARATOR, " ").replace("\n", " ")
    folded = fold(searched)
    first = None if hits is None else hits.search(folded.text)
    if hits is None or first is None:
        return Excerpt(line[:most].rstrip() + ("…" if len(line) > most else ""))
    start = _begin(line, folded.source(first.start(), ends=False))
    shown = line[start : start + most]
    before, after = "…" if start else "", "…" if start + most < len(line) else ""
    marked = [
        (begin - start + len(before), min(end - start, most) + len(before))
        for begin, end in _hits(folded, hits, first.start(), start + most)
    ]
    return Excerpt(f"{before}{shown}{after}", tuple(marked))


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
    """The start of an excerpt, a little before the match: if possible, after the end of a sentence."""
    start = max(0, hit - _BEFORE)
    stop = max(line.rfind(mark, start, hit) for mark in _STOPS)
    return stop + 1 if stop >= start and stop + 1 < hit else start
