"""Folding: what two texts have in common that people take for the same, whatever their case, accents or width.

Finding in an article and the full-text index fold alike, so that what one finds the other marks. Where OpenCC is
installed, traditional characters fold to simplified ones too, one by one.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

_TOGETHER = (
    # Kana and the mark that voices it, which is a letter of its own in half width.
    "[\u3041-\u30ff\uff66-\uff9d][\u3099\u309a\uff9e\uff9f]"
    # A syllable of Hangul written in its parts.
    "|[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?"
)
_PARTS = re.compile("[\u3099\u309a\uff9e\uff9f\u1100-\u115f]")
"""A text without any of these has nothing to put together, and is folded faster."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, and where its offsets part from those of its source.

    Attributes:
        text: The folded text.
        changes: For each stretch whose length changed: its start in the folded text, its end there, its start in the
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


class _Folds(dict[int, str | int]):
    """What each character folds to, by code point; worked out when a character first comes, and then kept.

    A character that stays one character folds to its code point, so that the longer ones can be told.
    """

    def __missing__(self, code: int) -> str | int:
        folded = fold_piece(chr(code))
        self[code] = found = ord(folded) if len(folded) == 1 else folded
        return found


_folds = _Folds()
_longer: set[str] = set()
_weighed: set[str] = set()
"""Characters whose fold has another length than one, and all that were looked at for it."""


def folds_variants() -> bool:
    """Whether traditional characters fold to simplified ones here: only where OpenCC is installed."""
    return _simplified() is not None


@cache
def _simplified() -> Callable[[str], str] | None:
    try:
        from opencc import OpenCC  # noqa: PLC0415 - an extra, and not for the first paint

        convert = OpenCC("t2s").convert
    except (ImportError, OSError, RuntimeError):
        return None
    return lambda text: str(convert(text))


@cache
def fold_piece(piece: str) -> str:
    """The fold of a few characters that belong together."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", piece).casefold())
    kept = "".join(one for one in decomposed if not unicodedata.combining(one) or "\u3099" <= one <= "\u309a")
    # Composed again: a voiced kana and a syllable of Hangul are one letter each, as they are typed.
    folded = unicodedata.normalize("NFC", kept)
    if len(folded) == 1 and folded >= "\u3400" and folded.isalpha() and (simplified := _simplified()) is not None:
        variant = simplified(folded)
        folded = variant if len(variant) == 1 else folded
    return folded


def fold(text: str) -> Folded:
    """The fold of a clean text, with the way back to its offsets."""
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
    """Whether a text holds what folds together with what stands before it, and so cannot be folded one by one."""
    return _PARTS.search(text) is not None


def folded(text: str) -> str:
    """The fold of a clean text, without the way back: twice as fast."""
    if text.isascii():
        return text.lower()
    if has_parts(text):
        return fold(text).text
    return text.translate(_folds)


def _pattern(text: str) -> re.Pattern[str] | None:
    """What in `text` changes its length when it is folded, or None if nothing does."""
    characters = set(text)
    for character in characters - _weighed:
        if isinstance(_folds[ord(character)], str):
            _longer.add(character)
    _weighed.update(characters)
    longer = "".join(sorted(characters & _longer))
    patterns = [_TOGETHER] if has_parts(text) else []
    if longer:
        patterns.append(f"[{re.escape(longer)}]")
    return re.compile("|".join(patterns)) if patterns else None
