"""Finding a text in a document, as people mean it: blind to case, accents, width of forms and runs of white space."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from reader.document.blocks import Heading
from reader.document.document import Document, Position, Range

_BETWEEN = "\x00"
"""Stands between two leaves while they are searched as one text: a clean text holds none, so no hit can span it."""

_TOGETHER = (
    # Kana and the mark that voices it, which is a letter of its own in half width.
    "[\u3041-\u30ff\uff66-\uff9d][\u3099\u309a\uff9e\uff9f]"
    # A syllable of Hangul written in its parts.
    "|[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?"
)
_PARTS = frozenset(map(chr, (0x3099, 0x309A, 0xFF9E, 0xFF9F, *range(0x1100, 0x1160))))
"""A text without any of these has nothing to put together, and is searched faster."""


def find(document: Document, needle: str) -> tuple[Range, ...]:
    """All places where `needle` stands, in reading order, none overlapping another.

    A hit lies within one leaf. The repeated title is passed over, because the page does not show it. A needle of
    nothing but white space or accents is found nowhere.
    """
    words = _fold(needle).text.split()
    if not words or _BETWEEN in needle:
        return ()
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    numbers = [
        number
        for number, leaf in enumerate(document.leaves)
        if leaf.text.text and not (isinstance(leaf, Heading) and leaf.level == 0)
    ]
    texts = [document.text(number) for number in numbers]
    folded = _fold(_BETWEEN.join(texts))
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    found: list[Range] = []
    last = 0
    for hit in pattern.finditer(folded.text):
        start, end = folded.source(hit.start(), ends=False), folded.source(hit.end(), ends=True)
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


@dataclass(frozen=True, slots=True)
class _Folded:
    """A folded text, and where its offsets part from those of its source.

    `changes` has for each stretch whose length changed: its start in the folded text, its end there, its start in the
    source, its end there.
    """

    text: str
    changes: list[tuple[int, int, int, int]]

    def source(self, offset: int, *, ends: bool) -> int:
        """The offset in the source; one inside a changed stretch goes to its start, or to its end if a hit `ends`."""
        place = bisect_right(self.changes, offset, key=lambda change: change[0]) - 1
        if place < 0:
            return offset
        start, end, source_start, source_end = self.changes[place]
        if offset >= end:
            return source_end + offset - end
        return source_end if ends and offset > start else source_start


@lru_cache(maxsize=16384)
def _fold_piece(piece: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", piece).casefold())
    kept = "".join(one for one in decomposed if not unicodedata.combining(one) or "\u3099" <= one <= "\u309a")
    # Composed again: a voiced kana and a syllable of Hangul are one letter each, as they are typed.
    return unicodedata.normalize("NFC", kept)


def _fold(text: str) -> _Folded:
    if text.isascii():
        return _Folded(text.lower(), [])
    folds = {character: _fold_piece(character) for character in set(text)}
    table = {ord(character): fold for character, fold in folds.items() if fold != character}
    longer = "".join(character for character, fold in folds.items() if len(fold) != 1)
    patterns = [_TOGETHER] if _PARTS & folds.keys() else []
    if longer:
        patterns.append(f"[{re.escape(longer)}]")
    if not patterns:
        return _Folded(text.translate(table), [])
    parts: list[str] = []
    changes: list[tuple[int, int, int, int]] = []
    last = length = 0
    for found in re.finditer("|".join(patterns), text):
        plain, fold = text[last : found.start()].translate(table), _fold_piece(found[0])
        length += len(plain)
        last = found.end()
        changes.append((length, length + len(fold), found.start(), last))
        length += len(fold)
        parts += [plain, fold]
    parts.append(text[last:].translate(table))
    return _Folded("".join(parts), changes)
