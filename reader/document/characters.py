"""User-perceived characters: grapheme clusters (UAX 29), and safe places to cut a text.

UAX 29 sets no limit to the length of a cluster: a megabyte of U+1100 is one cluster. All code that needs clusters, here
and in layout, uses `cluster_end`, which cuts them at a length that no writing system exceeds.
"""

from unicodedata import category, east_asian_width

from apsw.unicode import grapheme_next_break, word_next_break

LONGEST_CLUSTER = 64
"""Maximum length in code points: twice the limit of the Stream-Safe Text Format (UAX 15); emoji need up to 20."""

WIDEST_CLUSTER = 8
"""Maximum width of a cluster in cells, because a line cannot divide it. Conjuncts of Indic scripts and four joined
wide characters fit."""

_ZWJ = "\u200d"
_SIGNS_BEFORE = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
"""Visible format characters (Prepended_Concatenation_Mark)."""

TextSlice = tuple[int, int]
"""A slice of a text as two offsets: its first character, and the one after its last."""


def cluster_end(text: str, start: int) -> int:
    """End of the grapheme cluster that starts at `start`: at most 64 code points or 8 cells further."""
    end = start + int(grapheme_next_break(text[start : start + LONGEST_CLUSTER + 1], 0))
    if end - start <= WIDEST_CLUSTER // 2:
        return end
    cells = 0
    joined_before = False
    for place in range(start, min(end, start + LONGEST_CLUSTER)):
        cells += 0 if joined_before else _cells(text[place])
        if cells > WIDEST_CLUSTER:
            return place
        joined_before = text[place] == _ZWJ
    return min(end, start + LONGEST_CLUSTER)


def _cells(character: str) -> int:
    """The maximum number of cells that a character adds to its cluster."""
    if east_asian_width(character) in "WF":
        return 2
    return 0 if category(character) in ("Mn", "Me", "Cf") and character not in _SIGNS_BEFORE else 1


def characters(text: str) -> list[TextSlice]:
    """All grapheme clusters of a text, in order and without gaps."""
    found: list[TextSlice] = []
    start = 0
    while start < len(text):
        end = cluster_end(text, start)
        found.append((start, end))
        start = end
    return found


def edges(text: str) -> frozenset[int]:
    """The offsets at which a text can be cut without splitting a cluster, including both of its ends."""
    return frozenset(end for _, end in characters(text)) | {0}


def word_edges(text: str) -> frozenset[int]:
    """The `edges` that do not split a word (UAX 29)."""
    found = [0]
    while found[-1] < len(text):
        found.append(int(word_next_break(text, found[-1])))
    return edges(text).intersection(found)


def joined(text: str, offset: int) -> bool:
    """Whether the code points on both sides of an offset always belong to one cluster, in any context."""
    return 0 < offset < len(text) and int(grapheme_next_break(text[offset - 1 : offset + 1], 0)) > 1


def trimmed(text: str, start: int, end: int) -> TextSlice:
    """The slice without white space at its ends; a space with a combining mark does not count as white space."""
    piece = text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    last = max(start + len(piece.rstrip()), first)
    return (
        first - 1 if first > start and joined(text, first) else first,
        last + 1 if last < end and joined(text, last) else last,
    )
