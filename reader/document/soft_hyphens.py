"""Soft hyphens (U+00AD), with which authors mark where a word may be divided.

The text of a document has none, so that search, marks and copies see whole words; they are stored beside the text.
"""

from itertools import accumulate

from reader.document.alphabets import LETTER
from reader.regex import regex

_REFERENCE = "&(?:shy|#173|#[xX][aA][dD]);"
_HYPHEN = f"(?:\u00ad|{_REFERENCE})"
_REFERRED = regex(_REFERENCE)
_SPLIT = regex(_HYPHEN)
_WORD = regex(rf"[{LETTER}]+(?:{_HYPHEN}[{LETTER}]+)+")
_MOST = 20_000
"""The maximum number of words whose soft hyphens are kept."""


def soft_hyphens(source: str) -> dict[str, tuple[int, ...]]:
    """The words of a source that have soft hyphens, each with the offsets at which it may be divided.

    The words are in lower case and without the hyphens; the offsets count characters of the word as it was written.
    """
    found: dict[str, tuple[int, ...]] = {}
    if "\u00ad" not in source and not _REFERRED.search(source):
        return found
    for hit in _WORD.finditer(source):
        # Measure before `lower`, which makes two characters of İ.
        parts = _SPLIT.split(hit[0])
        offsets = tuple(accumulate(map(len, parts[:-1])))
        found.setdefault("".join(parts).lower(), offsets)
        if len(found) >= _MOST:
            break
    return found
