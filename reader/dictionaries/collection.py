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

_LONGEST_WORD = 60
"""Maximum characters of a text that is looked up as one word."""

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
        """The entries of a text, or, if it has none as a whole, of the words in it."""
        text = " ".join(text.split())
        errors: list[DictionaryError] = []
        found = self._find(text, errors) if 0 < len(text) <= _LONGEST_WORD else []
        if not found:
            parts = dict.fromkeys(text[start:end] for start, end in words(text))
            for word in list(parts)[:_MOST_WORDS]:
                if word != text:
                    found += self._find(word, errors)
        unique = {error.message: error for error in (*self._broken, *errors)}
        return LookUp(tuple(found), tuple(unique.values()))

    def _find(self, word: str, errors: list[DictionaryError]) -> list[DictionaryEntry]:
        found: list[DictionaryEntry] = []
        for dictionary in self.all:
            try:
                found += dictionary.find(word)
            except DictionaryError as error:
                errors.append(error)
        return found
