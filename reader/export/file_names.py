"""File names from titles: safe on every system, and still what a person would look for."""

import unicodedata
from collections.abc import Container
from itertools import count

from reader.language import _
from reader.layout.cells import clusters

LONGEST = 200
"""Bytes of UTF-8 a name may have with its suffix: file systems take 255, and what syncs them adds a tail of its own."""

_FORBIDDEN = str.maketrans({mark: chr(ord(mark) + 0xFEE0) for mark in '<>:"/\\|?*'})
"""What Windows forbids in a name, separators among them, becomes its full-width twin, which reads the same."""

_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}
"""Devices of Windows, which it takes for files of any suffix (Win32 naming conventions)."""

_ZERO_WIDTH_JOINER = "\u200d"


def file_name(title: str, suffix: str = "", taken: Container[str] = ()) -> str:
    """A file name for `title`: no separator, control character or device, at most `LONGEST` bytes, never empty.

    Args:
        title: Any text.
        suffix: What the name ends with, its dot included.
        taken: Folded names (`folded`) that it may not have; a number is added until it has none of them.
    """
    stem = _stem(title)
    for number in count(1):
        tail = suffix if number == 1 else f" ({number}){suffix}"
        name = _cut(stem, LONGEST - len(tail.encode())) + tail
        if folded(name) not in taken:
            return name
    raise AssertionError  # pragma: no cover - count() does not end


def folded(name: str) -> str:
    """What two names have in common that are one file where case or normalisation does not count (macOS, Windows)."""
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
    """Without what hides a file (a dot in front) or what Windows drops (a dot or blank at the end)."""
    return name.strip(". ")


def _cut(stem: str, size: int) -> str:
    """As many whole graphemes of `stem` as `size` bytes hold."""
    if len(stem.encode()) <= size:
        return stem
    kept = ""
    for grapheme in clusters(stem):
        size -= len(grapheme.encode())
        if size < 0:
            break
        kept += grapheme
    return _trim(kept) or _("Untitled")
