"""Soft hyphens (U+00AD), by which authors say where a word may be divided.

The text of a document has none, so that search, marks and copies see whole words; they are kept beside it.
"""

from reader.regex import regex

LETTER = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u052f"
"""The letters of words that are divided with a hyphen, for a class of a regular expression."""

_WRITTEN = ("\u00ad", "&shy;", "&#173;", "&#xad;", "&#xAD;", "&#XAD;")
_HYPHEN = "(?:\u00ad|&shy;|&#173;|&#[xX][aA][dD];)"
_SPLIT = regex(_HYPHEN)
_WORD = regex(rf"[{LETTER}]+(?:{_HYPHEN}[{LETTER}]+)+")
_MOST = 20_000
"""The maximum number of words that are kept."""


def soft_hyphens(source: str) -> dict[str, tuple[int, ...]]:
    """The words with soft hyphens in a source, in lower case and without them, with the offsets of the hyphens."""
    found: dict[str, tuple[int, ...]] = {}
    if not any(written in source for written in _WRITTEN):
        return found
    for hit in _WORD.finditer(source):
        parts = _SPLIT.split(hit[0].lower())
        offsets = [len("".join(parts[:number])) for number in range(1, len(parts))]
        found.setdefault("".join(parts), tuple(offsets))
        if len(found) >= _MOST:
            break
    return found
