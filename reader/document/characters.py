"""Characters as a person counts them: grapheme clusters (UAX 29), and texts cut where none is torn.

UAX 29 sets no bound to a cluster: a megabyte of U+1100 is one. Everything here, and whoever sets lines, takes clusters
from `cluster_end`, which cuts them where no writing needs more.
"""

from unicodedata import category, east_asian_width

from apsw.unicode import grapheme_next_break, word_next_break

LONGEST_CLUSTER = 64
"""Code points: twice what the Stream-Safe Text Format (UAX 15) lets stand on one base, and emoji take up to 20."""

WIDEST_CLUSTER = 8
"""Cells. Four wide letters that join are the most that a line must take undivided; conjuncts of Indic scripts fit."""

_ZWJ = "\u200d"
_SIGNS_BEFORE = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
"""Format characters that are seen: Prepended_Concatenation_Mark."""

Stretch = tuple[int, int]
"""Offsets into a text: the first character, and the one behind the last."""


def cluster_end(text: str, start: int) -> int:
    """Where the grapheme cluster that begins at `start` ends: after 64 code points or 8 cells at the latest."""
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
    """The cells that a character adds to its cluster, rather too many than too few."""
    if east_asian_width(character) in "WF":
        return 2
    return 0 if category(character) in ("Mn", "Me", "Cf") and character not in _SIGNS_BEFORE else 1


def characters(text: str) -> list[Stretch]:
    """Every grapheme cluster of a text, in order; they lie edge to edge."""
    found: list[Stretch] = []
    start = 0
    while start < len(text):
        end = cluster_end(text, start)
        found.append((start, end))
        start = end
    return found


def edges(text: str) -> frozenset[int]:
    """The offsets at which a text can be cut without tearing a character; its own two ends are among them."""
    return frozenset(end for _, end in characters(text)) | {0}


def word_edges(text: str) -> frozenset[int]:
    """Those of the `edges` at which no word in the sense of UAX 29 is torn."""
    found = [0]
    while found[-1] < len(text):
        found.append(int(word_next_break(text, found[-1])))
    return edges(text).intersection(found)


def joined(text: str, offset: int) -> bool:
    """Whether the two code points around an offset belong to one character whatever else stands around them."""
    return 0 < offset < len(text) and int(grapheme_next_break(text[offset - 1 : offset + 1], 0)) > 1


def trimmed(text: str, start: int, end: int) -> Stretch:
    """The stretch without the white space at its ends; a blank that carries an accent is none."""
    piece = text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    last = max(start + len(piece.rstrip()), first)
    return (
        first - 1 if first > start and joined(text, first) else first,
        last + 1 if last < end and joined(text, last) else last,
    )
