"""Folding: mapping texts that differ only in case, accents or character width to the same text.

Search within an article and the full-text index use the same folding, so that both find the same matches. Where OpenCC
is installed, traditional characters also fold to simplified ones, one by one.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import cache

from reader.lean_dataclasses import dataclass
from reader.regex import regex

_COMPOSED = (
    # Kana with a voicing mark; in half width the mark is a separate character.
    "[\u3041-\u30ff\uff66-\uff9d][\u3099\u309a\uff9e\uff9f]"
    # A Hangul syllable written as conjoining jamo.
    "|[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?"
)
_PARTS = regex("[\u3099\u309a\uff9e\uff9f\u1100-\u115f]")
"""Characters that need composition; a text without them is folded faster."""


_VARIANTS = (
    dict.fromkeys([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)], "")
    | dict.fromkeys(map(ord, "’‘ʼ′"), "'")
    | dict.fromkeys(map(ord, "“”„″"), '"')
    | dict.fromkeys(map(ord, "‐‑‒−"), "-")
)
"""Folds of variation selectors, which only choose the shape of a character, and of marks that share a key."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the mapping of its offsets to those of the source.

    Attributes:
        text: The folded text.
        changes: For each run whose length changed, four offsets: its start and end in the folded text, then its start
            and end in the source.
    """

    text: str
    changes: list[tuple[int, int, int, int]]

    def source(self, offset: int, *, ends: bool) -> int:
        """Map an offset to the source.

        An offset inside a run whose length changed is mapped to the start of the run or, with `ends`, to its end.
        """
        place = bisect_right(self.changes, offset, key=lambda change: change[0]) - 1
        if place < 0:
            return offset
        start, end, source_start, source_end = self.changes[place]
        if offset >= end:
            return source_end + offset - end
        return source_end if ends and offset > start else source_start


class _Folds(dict[int, str | int]):
    """The fold of each character by code point, computed on first use and cached.

    If the fold is one character, the value is its code point, so that other folds can be recognized by their type.
    """

    def __missing__(self, code: int) -> str | int:
        folded = fold_piece(chr(code))
        self[code] = found = ord(folded) if len(folded) == 1 else folded
        return found


_folds = _Folds()
_longer: set[str] = set()
_checked: set[str] = set()
"""`_longer` has the characters whose fold is not exactly one character, among those checked so far."""


def folds_variants() -> bool:
    """Whether traditional characters fold to simplified ones: only if OpenCC is installed."""
    return _simplified() is not None


def _simplified() -> Callable[[str], str] | None:
    from reader.document.script_converters import script_converter  # noqa: PLC0415 - not needed for the first paint

    return script_converter("t2s")


@cache
def fold_piece(piece: str) -> str:
    """The fold of a short sequence of characters that belong together."""
    piece = piece.translate(_VARIANTS)
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", piece).casefold())
    kept = "".join(one for one in decomposed if not unicodedata.combining(one) or "\u3099" <= one <= "\u309a")
    # Compose again, so that a voiced kana or a Hangul syllable is one letter, as people type it.
    folded = unicodedata.normalize("NFC", kept)
    if len(folded) == 1 and folded >= "\u3400" and folded.isalpha() and (simplified := _simplified()) is not None:
        variant = simplified(folded)
        folded = variant if len(variant) == 1 else folded
    return folded


def fold(text: str) -> Folded:
    """The fold of a sanitized text, with the mapping to its offsets."""
    if text.isascii():
        return Folded(text.lower(), [])
    pattern = _pattern(text)
    if pattern is None:
        return Folded(text.translate(_folds), [])
    parts: list[str] = []
    changes: list[tuple[int, int, int, int]] = []
    last = length = 0
    for found in pattern.finditer(text):
        plain, piece = text[last : found.start()].translate(_folds), fold_piece(found[0])
        length += len(plain)
        last = found.end()
        changes.append((length, length + len(piece), found.start(), last))
        length += len(piece)
        parts += [plain, piece]
    parts.append(text[last:].translate(_folds))
    return Folded("".join(parts), changes)


def has_parts(text: str) -> bool:
    """Whether a text contains characters that combine with the previous one and cannot be folded separately."""
    return _PARTS.search(text) is not None


def folded(text: str) -> str:
    """The fold of a sanitized text, without offsets: twice as fast."""
    if text.isascii():
        return text.lower()
    if has_parts(text):
        return fold(text).text
    return text.translate(_folds)


def _pattern(text: str) -> re.Pattern[str] | None:
    """A pattern for the parts of `text` whose length changes when folded, None if there are none."""
    characters = set(text)
    for character in characters - _checked:
        if isinstance(_folds[ord(character)], str):
            _longer.add(character)
    _checked.update(characters)
    longer = "".join(sorted(characters & _longer))
    patterns = [_COMPOSED] if has_parts(text) else []
    if longer:
        patterns.append(f"[{re.escape(longer)}]")
    return re.compile("|".join(patterns)) if patterns else None
