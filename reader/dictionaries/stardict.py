"""Dictionaries in StarDict's format: `name.ifo`, `name.idx` (or `.idx.gz`), `name.dict` (or `.dict.dz`), `name.syn`.

The format: https://github.com/huzheng001/stardict-3/blob/master/dict/doc/StarDictFileFormat
"""

import gzip
import struct
import zlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from reader.dictionaries.dictionary_entry import DictionaryEntry
from reader.dictionaries.marked_up import plain
from reader.document.sanitizing import clean, clean_line
from reader.errors import DictionaryError
from reader.language import _

_LARGEST = 512 * 2**20
"""Maximum size in bytes of a file of a dictionary, uncompressed."""

_LARGEST_HEAD = 65_536
"""Maximum size in bytes of the file that describes a dictionary."""

_LONGEST = 1 << 20
"""Maximum size in bytes of an entry."""

_MOST = 20
"""The maximum number of entries that are shown for a word."""

_IN_TEXT = frozenset("mtylgxhkwn")
"""The types of text: plain, phonetic, kana, encoding of the locale, Pango, XDXF, HTML, KingSoft, MediaWiki, WordNet."""

_MARKED_UP = frozenset("gxhkn")


class StarDict:
    """A dictionary in StarDict's format. A search reads the whole index: half a second for a million words."""

    def __init__(self, ifo: Path) -> None:
        """Use the dictionary of an `.ifo` file.

        Raises:
            DictionaryError: The file cannot be read, or is not of this format.
        """
        self._ifo = ifo
        text = _read(ifo, _LARGEST_HEAD).decode("utf-8", "replace")
        fields = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
        if "bookname" not in fields:
            raise DictionaryError(_("{path} is not a StarDict dictionary").format(path=ifo))
        self._name = clean_line(fields["bookname"]) or ifo.stem
        self._types = fields.get("sametypesequence", "")
        self._offset_size = 8 if fields.get("idxoffsetbits") == "64" else 4

    @property
    def name(self) -> str:
        """The name shown above its entries."""
        return self._name

    def find(self, word: str) -> list[DictionaryEntry]:
        """The entries of a word or of a synonym; case does not matter.

        Raises:
            DictionaryError: A file of the dictionary is missing or corrupt.
        """
        wanted = word.casefold().encode()
        synonyms = set(self._synonyms(wanted))
        found = [
            (offset, min(size, _LONGEST), own)
            for number, (own, offset, size) in enumerate(self._index())
            if (number in synonyms or _folds_to(own, wanted)) and offset <= _LARGEST
        ]
        return [
            DictionaryEntry(clean_line(own.decode("utf-8", "replace")), "", (text,), self._name)
            for own, text in self._entries(sorted(found[:_MOST]))
            if text
        ]

    @cached_property
    def _index_content(self) -> bytes:
        return self._file(".idx", ".idx.gz")

    def _index(self) -> Iterator[tuple[bytes, int, int]]:
        """The words with the offset and size in bytes of their entries."""
        numbers = struct.Struct(">QI" if self._offset_size == 8 else ">II")
        content, at = self._index_content, 0
        while (end := content.find(b"\0", at)) >= 0 and end + 1 + numbers.size <= len(content):
            offset, size = numbers.unpack_from(content, end + 1)
            yield content[at:end], offset, size
            at = end + 1 + numbers.size

    def _synonyms(self, wanted: bytes) -> Iterator[int]:
        """The index numbers of the words that have `wanted` as a synonym."""
        path = self._beside(".syn")
        if not path.is_file():
            return
        content, at = _read(path), 0
        while (end := content.find(b"\0", at)) >= 0 and end + 5 <= len(content):
            if _folds_to(content[at:end], wanted):
                yield struct.unpack_from(">I", content, end + 1)[0]
            at = end + 5

    def _entries(self, places: list[tuple[int, int, bytes]]) -> Iterator[tuple[bytes, str]]:
        """The word and text of each entry, in order of offsets, because a compressed file is read from its start."""
        if not places:
            return
        compressed = self._beside(".dict.dz")
        path = compressed if compressed.is_file() else self._beside(".dict")
        if not path.is_file():
            raise DictionaryError(_("{path} is missing").format(path=path))
        try:
            with gzip.open(path) if path == compressed else path.open("rb") as file:
                for offset, size, word in places:
                    file.seek(offset)
                    parts = (_plain(kind, text) for kind, text in self._parts(file.read(size)))
                    yield word, "\n".join(part for part in parts if part)
        except (OSError, EOFError, ValueError, zlib.error) as error:
            raise DictionaryError(_("{path} cannot be read: {reason}").format(path=path, reason=error)) from error

    def _parts(self, content: bytes) -> Iterator[tuple[str, str]]:
        """The texts of an entry with their types; other parts, such as sounds, are left out."""
        types, at = self._types, 0
        for number in range(len(types) if types else _MOST):
            if at >= len(content):
                return
            kind = types[number] if types else chr(content[at])
            at += not types
            is_last = bool(types) and number == len(types) - 1
            if kind.isupper():
                size = len(content) - at if is_last else int.from_bytes(content[at : at + 4]) + 4
                at += size
                continue
            end = len(content) if is_last else content.find(b"\0", at)
            end = len(content) if end < 0 else end
            if kind in _IN_TEXT:
                yield kind, content[at:end].decode("utf-8", "replace")
            at = end + 1

    def _beside(self, suffix: str) -> Path:
        # A name may contain dots, as in eng-deu-0.3.ifo.
        return self._ifo.with_name(self._ifo.name.removesuffix(".ifo") + suffix)

    def _file(self, *suffixes: str) -> bytes:
        path = next((path for suffix in suffixes if (path := self._beside(suffix)).is_file()), None)
        if path is None:
            raise DictionaryError(_("{path} is missing").format(path=self._beside(suffixes[0])))
        return _read(path)


def _folds_to(own: bytes, wanted: bytes) -> bool:
    if own.isascii():
        return own.lower() == wanted
    return own.decode("utf-8", "replace").casefold().encode() == wanted


def _plain(kind: str, text: str) -> str:
    return plain(text) if kind in _MARKED_UP else clean(text).strip()


def _read(path: Path, most: int = _LARGEST) -> bytes:
    if not path.is_file():
        # Opening a named pipe would wait for a writer.
        raise DictionaryError(_("{path} is missing").format(path=path))
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            content = file.read(most + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DictionaryError(_("{path} cannot be read: {reason}").format(path=path, reason=error)) from error
    if len(content) > most:
        raise DictionaryError(_("{path} is larger than {count} bytes").format(path=path, count=most))
    return content
