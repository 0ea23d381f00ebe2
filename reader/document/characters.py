"""Characters as a person counts them: grapheme clusters (UAX 29), and texts cut where none is torn."""

from apsw.unicode import grapheme_next_break, word_next_break

Stretch = tuple[int, int]
"""Offsets into a text: the first character, and the one behind the last."""


def characters(text: str) -> list[Stretch]:
    """Every grapheme cluster of a text, in order; they lie edge to edge."""
    found: list[Stretch] = []
    start = 0
    while start < len(text):
        end = int(grapheme_next_break(text, start))
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
