"""The text of a document without white space, for searches that ignore line and paragraph breaks."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from reader.document.document import Document, Position, Range
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_RUN = regex(r"\S+")


def without_spaces(text: str) -> str:
    """`text` without white space."""
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class SpacelessText:
    """All leaves of a document as one text without white space, with the mapping to its positions.

    Attributes:
        text: The text; there is no separator between leaves.
        reverse: The reversed text, for searching backwards: `str.rfind` may take quadratic time, `str.find` does not.
        runs: For each run of characters without white space, its offset in the text.
        places: For each run, the number of its leaf and its offset in that leaf.
    """

    text: str
    reverse: str
    runs: list[int]
    places: list[tuple[int, int]]

    def leaf(self, offset: int) -> int:
        """The number of the leaf that contains the character at `offset`. The text must not be empty."""
        return self.places[max(bisect_right(self.runs, offset) - 1, 0)][0]

    def offset(self, position: Position) -> int:
        """The number of characters before a position of the document."""
        run = bisect_right(self.places, (position.block, position.offset)) - 1
        if run < 0:
            return 0
        end = self.runs[run + 1] if run + 1 < len(self.runs) else len(self.text)
        block, offset = self.places[run]
        return end if block < position.block else min(self.runs[run] + position.offset - offset, end)

    def range(self, start: int, end: int) -> Range:
        """The range in the document of the characters from `start` up to `end` (exclusive), which must be greater."""
        first, last = bisect_right(self.runs, start) - 1, bisect_left(self.runs, end) - 1
        block, offset = self.places[first]
        end_block, end_offset = self.places[last]
        return Range(
            Position(block, offset + start - self.runs[first]),
            Position(end_block, end_offset + end - self.runs[last]),
        )

    def near(self, needle: str, offset: int, most: int) -> list[int]:
        """Occurrences of `needle`: up to `most` from `offset` on, then as many before it, nearest first."""
        found: list[int] = []
        place = self.text.find(needle, max(offset, 0))
        while place >= 0 and len(found) < most:
            found.append(place)
            place = self.text.find(needle, place + 1)
        last = len(self.text) - len(needle)
        backwards = needle[::-1]
        before: list[int] = []
        place = self.reverse.find(backwards, max(last - offset + 1, 0))
        while place >= 0 and len(before) < most:
            before.append(last - place)
            place = self.reverse.find(backwards, place + 1)
        return found + before

    def before(self, offset: int, words: str) -> int:
        """The number of characters at the end of `words` that directly precede `offset`."""
        length = min(len(words), offset)
        return _common(reversed(words), reversed(self.text[offset - length : offset]))

    def behind(self, offset: int, words: str) -> int:
        """The number of characters at the start of `words` that the text has from `offset` on."""
        return _common(words, self.text[offset : offset + len(words)])


def spaceless(document: Document) -> SpacelessText:
    """Build the text of `document` without white space, in linear time."""
    parts: list[str] = []
    runs: list[int] = []
    places: list[tuple[int, int]] = []
    length = 0
    for number, leaf in enumerate(document.leaves):
        for run in _RUN.finditer(leaf.text.text):
            parts.append(run[0])
            runs.append(length)
            places.append((number, run.start()))
            length += len(run[0])
    text = "".join(parts)
    return SpacelessText(text, text[::-1], runs, places)


def _common(one: Iterable[str], other: Iterable[str]) -> int:
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length
