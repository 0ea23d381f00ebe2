"""All dictionaries that are there, and a look-up in all of them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from reader.dictionaries import cedict, mdict
from reader.dictionaries.command_dictionary import CommandDictionary
from reader.dictionaries.dictionary_entry import Dictionary, DictionaryEntry
from reader.dictionaries.stardict import StarDict
from reader.document.words import words
from reader.errors import DictionaryError
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_LONGEST_WORD = 60
"""Maximum characters of a text that is looked up as one word."""

_LONGEST_HAN = 8
"""Maximum characters of a word in Han that is looked up in parts."""

_HAN = regex("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_MOST_WORDS = 12
"""The maximum number of words of a longer text that are looked up."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """The result of a look-up: entries by dictionary and word, and the errors of dictionaries that cannot be read."""

    entries: tuple[DictionaryEntry, ...]
    errors: tuple[DictionaryError, ...]


class Dictionaries:
    """The dictionaries of the user: a command, files in a folder, and CC-CEDICT."""

    def __init__(self, folder: Path, command: Sequence[str] = ()) -> None:
        """Use the `.ifo` and `.mdx` files in `folder` and below, and a command of the user."""
        self._folder = folder
        self._command = command
        self._opened: tuple[Dictionary, ...] | None = None
        self._broken: list[DictionaryError] = []

    @property
    def all(self) -> tuple[Dictionary, ...]:
        """The dictionaries in the order of their entries."""
        if self._opened is None:
            self._opened = tuple(self._open())
        return self._opened

    def _open(self) -> Iterator[Dictionary]:
        if self._command:
            yield CommandDictionary(self._command)
        for path in sorted(self._folder.rglob("*.ifo")):
            try:
                yield StarDict(path)
            except DictionaryError as error:
                self._broken.append(error)
        if mdict.is_installed():
            yield from (mdict.MDict(path) for path in sorted(self._folder.rglob("*.mdx")))
        if cedict.is_installed():
            yield cedict.Cedict()

    def look_up(self, text: str) -> LookUp:
        """The entries of a text, or, if it has none as a whole, of the words in it, or of the parts of those."""
        text = " ".join(text.split())
        errors: list[DictionaryError] = []
        found = self._find(text, errors) if 0 < len(text) <= _LONGEST_WORD else []
        if not found:
            parts = dict.fromkeys(text[start:end] for start, end in words(text))
            for word in list(parts)[:_MOST_WORDS]:
                entries = self._find(word, errors) if word != text else []
                found += entries or self._parts_of(word, errors)
        unique = {error.message: error for error in (*self._broken, *errors)}
        return LookUp(tuple(found), tuple(unique.values()))

    def _parts_of(self, word: str, errors: list[DictionaryError]) -> list[DictionaryEntry]:
        """The entries in CC-CEDICT, which is fast, of the longest words that a word in Han consists of."""
        fast = [one for one in self.all if isinstance(one, cedict.Cedict)]
        found: list[DictionaryEntry] = []
        start = 0
        while start < len(word) <= _LONGEST_HAN and _HAN.fullmatch(word):
            ends = range(len(word) if start else len(word) - 1, start, -1)
            for end in ends:
                if entries := self._find(word[start:end], errors, fast):
                    found += (one for one in entries if one not in found)
                    break
            start = end if ends else start + 1
        return found

    def _find(
        self, word: str, errors: list[DictionaryError], dictionaries: Sequence[Dictionary] | None = None
    ) -> list[DictionaryEntry]:
        found: list[DictionaryEntry] = []
        for dictionary in self.all if dictionaries is None else dictionaries:
            try:
                found += dictionary.find(word)
            except DictionaryError as error:
                errors.append(error)
        return found
