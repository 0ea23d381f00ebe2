"""Splitting of long leaves, so that any place of a paragraph of ten megabytes can be shown immediately."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from reader.document.blocks import CodeBlock, Inline, Leaf, Paragraph, Span
from reader.document.characters import cluster_end
from reader.lean_dataclasses import dataclass, replace

LONGEST = 16_384
"""Maximum characters laid out at once: a few milliseconds of work, about 400 rows of 40 Han."""

_LOOK_BACK = 2_048
"""The number of characters that are searched backwards for the end of a piece."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a long leaf; its text is copied only when it is laid out.

    Attributes:
        start: The offset of its first character in the leaf.
        stop: The offset after its last.
        spans: Its spans, relative to `start`.
    """

    start: int
    stop: int
    spans: tuple[Span, ...]

    def of(self, leaf: Paragraph | CodeBlock) -> Leaf:
        """The piece as a leaf of its own."""
        text = Inline(leaf.text.text[self.start : self.stop], self.spans)
        if isinstance(leaf, CodeBlock) and leaf.first_line:
            return replace(leaf, text=text, first_line=leaf.first_line + leaf.text.text.count("\n", 0, self.start))
        return replace(leaf, text=text)


def pieces(leaf: Leaf) -> Iterator[Piece]:
    """The pieces of a long leaf; none if it is laid out as a whole.

    A piece ends at a newline, where the line ends anyway. Only if there is none does it end after a sentence, which
    leaves its last row short, as if the author had put a line break there.
    """
    text = leaf.text.text
    if len(text) <= LONGEST or not isinstance(leaf, Paragraph | CodeBlock):
        return
    ends = [0, *_ends(text)]
    for (start, end), own in zip(pairwise(ends), _spans_of(leaf.text.spans, ends), strict=True):
        yield Piece(start, end, tuple(own))


def _ends(text: str) -> Iterator[int]:
    start = 0
    while len(text) - start > LONGEST:
        start = _end(text, start + LONGEST)
        yield start
    if start < len(text):
        yield len(text)


def _end(text: str, limit: int) -> int:
    """The end of the piece that may extend to `limit`."""
    newline = text.rfind("\n", limit - _LOOK_BACK, limit)
    if newline >= 0:
        return newline + 1
    for stops in ("。！？", " \u3000"):
        for end in range(limit, limit - _LOOK_BACK, -1):
            # Require a letter to follow, to keep closing quotes and brackets with the full stop.
            if text[end - 1] in stops and text[end].isalpha():
                return end
    return cluster_end(text, limit - 1)


def _spans_of(spans: tuple[Span, ...], ends: list[int]) -> list[list[Span]]:
    """The spans of each piece, clipped to the piece."""
    own: list[list[Span]] = [[] for _ in range(len(ends) - 1)]
    for span in spans:
        number = bisect_right(ends, span.start) - 1
        while number < len(own) and ends[number] < span.end:
            start, end = ends[number], ends[number + 1]
            own[number].append(Span(max(span.start, start) - start, min(span.end, end) - start, span.kind, span.value))
            number += 1
    return own
