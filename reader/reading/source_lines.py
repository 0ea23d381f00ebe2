"""The line of an article's file that a position of its document comes from."""

from bisect import bisect_right
from itertools import accumulate
from pathlib import Path

from reader.archive.bundles.entry_paths import file_of
from reader.archive.decoding import decode
from reader.archive.files import read_start
from reader.document.document import Document, Position
from reader.document.letters_and_digits import letters
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_LONGEST = 2**26
"""The maximum number of bytes of a file that are searched."""

_SAMPLES = (48, 24, 12, 6)
"""The lengths in letters of the samples that are searched for, the longest first."""

_STEP = 24
"""The number of letters that are skipped if no sample is found, such as where the source has entities or ruby."""

_TRIES = 40

_MARKUP = regex(r"</?[a-zA-Z][^<>]{0,2000}>|&#?\w{1,10};|\]\([^()\s]{0,2000}\)")
"""Tags, character references and the targets of links: letters of a source that are not shown."""

_BINARY = (b"PK\x03\x04", b"bplist00", b"%PDF")
"""The beginnings of files that no text editor can edit."""


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """A line of an article's file.

    Attributes:
        path: The file; for an article in a container, the container.
        line: The 1-based line, or None if the file is not text.
        is_container: Whether the file holds other articles, too.
    """

    path: Path
    line: int | None
    is_container: bool = False


def source_line(path: Path, document: Document, place: Position) -> SourcePlace:
    """The line of the file at `path` that a position of its article comes from.

    Raises:
        ArchiveError: The file is gone or cannot be read.
    """
    file = file_of(path)
    data, _size = read_start(file, _LONGEST)
    line = None if data.startswith(_BINARY) else line_of(decode(data).text, document, place)
    return SourcePlace(file, line, is_container=file != path)


def line_of(source: str, document: Document, place: Position) -> int:
    """The 1-based line of a source that a position comes from, found by the letters that follow it.

    Letters are compared without the markup and white space between them. If a passage occurs as often in the source as
    in the document, the same occurrence is chosen; otherwise the occurrence at the nearest distance from the end, or
    at the nearest fraction of the text.
    """
    if not document.leaves or place <= Position(0):
        return _first_line(source, document)
    written, where = _letters(source)
    texts = [letters(leaf.text.text) for leaf in document.leaves]
    starts = [0, *accumulate(map(len, texts))]
    block = min(place.block, len(texts) - 1)
    shown = "".join(texts)
    start = starts[block] + len(letters(document.text(block)[: place.offset]))
    offset = _found(written, shown, start)
    return 1 if offset is None else _line(source, where[offset])


def _first_line(source: str, document: Document) -> int:
    """The line of the first text, below the front matter."""
    return line_of(source, document, Position(0, 1)) if document.leaves and document.text(0) else 1


def _found(source: str, shown: str, start: int) -> int | None:
    for begin in range(start, min(start + _STEP * _TRIES, len(shown)), _STEP):
        for length in _SAMPLES:
            sample = shown[begin : begin + length]
            if sample and (found := _occurrences(source, sample)):
                before = _occurrences(shown, sample)
                if len(before) == len(found):
                    return found[bisect_right(before, begin) - 1]
                # What precedes the text, such as front matter, makes the source longer.
                wanted = len(source) - (len(shown) - begin)
                share = begin * len(source) // max(len(shown), 1)
                return min(found, key=lambda one: min(abs(one - wanted), abs(one - share)))
    return None


def _occurrences(text: str, sample: str) -> list[int]:
    found: list[int] = []
    place = text.find(sample)
    while place >= 0:
        found.append(place)
        place = text.find(sample, place + 1)
    return found


def _letters(source: str) -> tuple[str, list[int]]:
    """The letters of a source, without markup, and the offset of each."""
    source = _MARKUP.sub(lambda found: " " * len(found[0]), source)
    where = [number for number, character in enumerate(source) if character.isalnum()]
    return "".join(source[number] for number in where), where


def _line(source: str, offset: int) -> int:
    return source.count("\n", 0, offset) + 1
