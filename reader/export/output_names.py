"""File names from titles: valid on every system, and recognizable."""

import unicodedata
from collections.abc import Container
from itertools import count

from reader.language import _
from reader.layout.cells import clusters

LONGEST = 200
"""Maximum length in UTF-8 bytes including the suffix: file systems allow 255, and sync tools append a suffix of their
own."""

_FORBIDDEN = str.maketrans({mark: chr(ord(mark) + 0xFEE0) for mark in '<>:"/\\|?*'})
"""Characters that Windows forbids in names are replaced by their full-width forms, which look alike."""

_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}
"""Windows device names, reserved with any suffix (Win32 naming conventions)."""

_ZERO_WIDTH_JOINER = "\u200d"


def file_name(title: str, suffix: str = "", taken: Container[str] = ()) -> str:
    """A file name for `title`: no separators, control characters or device names, at most `LONGEST` bytes, not empty.

    Args:
        title: Any text.
        suffix: The file name suffix, including the dot.
        taken: Folded names (`folded`) that are in use; a number is added to avoid them.
    """
    stem = _stem(title)
    for number in count(1):
        tail = suffix if number == 1 else f" ({number}){suffix}"
        name = _cut(stem, LONGEST - len(tail.encode())) + tail
        if folded(name) not in taken:
            return name
    raise AssertionError  # pragma: no cover - count() does not end


def folded(name: str) -> str:
    """A key that is equal for names of the same file on case- or normalization-insensitive systems (macOS, Windows)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _stem(title: str) -> str:
    kept = (
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", title).translate(_FORBIDDEN)
        if character.isspace() or character == _ZERO_WIDTH_JOINER or unicodedata.category(character)[0] != "C"
    )
    stem = _trim(" ".join("".join(kept).split()))
    if not stem.strip(_ZERO_WIDTH_JOINER):
        return _("Untitled")
    return f"_{stem}" if stem.split(".")[0].strip().casefold() in _RESERVED else stem


def _trim(name: str) -> str:
    """Remove leading dots, which hide a file, and trailing dots and spaces, which Windows drops."""
    return name.strip(". ")


def _cut(stem: str, size: int) -> str:
    """The longest prefix of `stem` of whole grapheme clusters that fits into `size` bytes."""
    if len(stem.encode()) <= size:
        return stem
    kept = ""
    for grapheme in clusters(stem):
        size -= len(grapheme.encode())
        if size < 0:
            break
        kept += grapheme
    return _trim(kept) or _("Untitled")
