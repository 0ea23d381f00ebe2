"""The line of an article's file that a position of its document comes from, and the reverse."""

from bisect import bisect_left, bisect_right
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
    source = _text(file)
    line = None if source is None else line_of(source, document, place)
    return SourcePlace(file, line, is_container=file != path)


def place_of_line(path: Path, document: Document, line: int) -> Position | None:
    """The position in the article at `path` that a 1-based line of its file is shown at; None if it is not text.

    Raises:
        ArchiveError: The file is gone or cannot be read.
    """
    source = _text(file_of(path))
    return None if source is None else SourceMap(source, document).place(line)


def _text(file: Path) -> str | None:
    """The text of a file; None if no text editor can edit it."""
    data, _size = read_start(file, _LONGEST)
    return None if data.startswith(_BINARY) else decode(data).text


def line_of(source: str, document: Document, place: Position) -> int:
    """The 1-based line of a source that a position comes from, as `SourceMap.line` finds it."""
    return SourceMap(source, document).line(place)


class SourceMap:
    """Which letters of a source are those of a document.

    Letters are compared without the markup and white space between them. If a passage occurs as often in the source as
    in the document, the same occurrence is chosen; otherwise the occurrence at the nearest distance from the end, or
    at the nearest fraction of the text.
    """

    def __init__(self, source: str, document: Document) -> None:
        self._source = source
        self._document = document
        self._written, self._where = _letters(source)
        texts = [letters(leaf.text.text) for leaf in document.leaves]
        self._starts = [0, *accumulate(map(len, texts))]
        self._shown = "".join(texts)

    def line(self, place: Position) -> int:
        """The 1-based line that a position comes from."""
        document = self._document
        if not document.leaves:
            return 1
        if place <= Position(0):
            # That of the first text, below the front matter.
            return self.line(Position(0, 1)) if document.text(0) else 1
        block = min(place.block, len(document.leaves) - 1)
        return self._line(self._starts[block] + len(letters(document.text(block)[: place.offset]))) or 1

    def place(self, line: int) -> Position:
        """The position of the first text that comes from a 1-based line or those below it.

        Of a line that is not shown, such as one of the front matter, it is the text below; behind the last, the last
        leaf.
        """
        start = bisect_left(self._where, _line_start(self._source, line))
        if start >= len(self._where) or not self._shown:
            return Position(max(len(self._document.leaves) - 1, 0))
        number = self._same(start)
        if number is None:
            number = bisect_left(range(len(self._shown)), line, key=lambda one: self._line(one) or 0)
        return self._position(number)

    def _line(self, start: int) -> int | None:
        offset = _found(self._written, self._shown, start)
        return None if offset is None else self._source.count("\n", 0, self._where[offset]) + 1

    def _same(self, start: int) -> int | None:
        """The number of the letter of the document that is the letter `start` of the source; None if uncertain."""
        for length in _SAMPLES[:-1]:
            sample = self._written[start : start + length]
            shown, written = _occurrences(self._shown, sample), _occurrences(self._written, sample)
            if shown and len(shown) == len(written):
                return shown[bisect_left(written, start)]
        return None

    def _position(self, number: int) -> Position:
        """The position of a letter of the document; at the start of a leaf, that of the leaf."""
        block = min(bisect_right(self._starts, number), len(self._document.leaves)) - 1
        within = number - self._starts[block]
        if not within:
            return Position(block)
        places = [at for at, character in enumerate(self._document.text(block)) if character.isalnum()]
        return Position(block, places[within] if within < len(places) else len(self._document.text(block)))


def _found(source: str, shown: str, start: int) -> int | None:
    """Where the letters of `shown` from `start` on, or those that follow them, are in the letters of the source."""
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


def _line_start(source: str, line: int) -> int:
    """The offset at which a 1-based line begins; the length of the source if it has fewer lines."""
    offset = 0
    for _number in range(line - 1):
        offset = source.find("\n", offset) + 1
        if not offset:
            return len(source)
    return offset
