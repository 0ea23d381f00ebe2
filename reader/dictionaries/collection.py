"""All available dictionaries, and the look-up in all of them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event

from reader.dictionaries import cedict, mdict
from reader.dictionaries.command_dictionary import CommandDictionary
from reader.dictionaries.dictionary_entry import Dictionary, DictionaryEntry
from reader.dictionaries.stardict import StarDict
from reader.document.words import words
from reader.errors import DictionaryError
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_LONGEST_WORD = 60
"""Maximum length in characters of a text that is looked up as one word."""

_LONGEST_HAN = 8
"""Maximum length in characters of a word of Han characters that is looked up in parts."""

_HAN = regex("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_MOST_WORDS = 12
"""The maximum number of words of a longer text that are looked up."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """The result of a look-up.

    Attributes:
        entries: The entries, by word and dictionary.
        errors: The errors of dictionaries that cannot be read.
        is_whole: Whether the entries are those of the whole text, not of the words in it.
        has_dictionaries: Whether there is any dictionary.
    """

    entries: tuple[DictionaryEntry, ...]
    errors: tuple[DictionaryError, ...]
    is_whole: bool = False
    has_dictionaries: bool = True


class Dictionaries:
    """The dictionaries of the user: a command, files in a folder, and CC-CEDICT."""

    def __init__(self, folder: Path, command: Sequence[str] = ()) -> None:
        """Use the `.ifo` and `.mdx` files in `folder` and below, and a command of the user."""
        self._folder = folder
        self._command = command
        self._cedict = cedict.Cedict()

    def look_up(self, text: str, stop: Event | None = None, *, is_japanese: bool = False) -> LookUp:
        """The entries of the whole text, or else of its words; a Chinese word without entries is looked up in parts.

        Each look-up searches the folder again. Once `stop` is set, it ends early, with the entries found so far. A
        Japanese word is not looked up in CC-CEDICT.
        """
        search = _LookUpState(stop or Event())
        search.dictionaries += (one for one in self._there(search) if not (is_japanese and one is self._cedict))
        text = " ".join(text.split())
        found = search.find(text, search.dictionaries) if 0 < len(text) <= _LONGEST_WORD else []
        is_whole = bool(found)
        if not found:
            parts = dict.fromkeys(text[start:end] for start, end in words(text))
            for word in list(parts)[:_MOST_WORDS]:
                entries = search.find(word, search.dictionaries) if word != text else []
                found += entries or self._parts_of(word, search)
        errors = {error.message: error for error in search.errors}
        return LookUp(tuple(found), tuple(errors.values()), is_whole, has_dictionaries=bool(search.dictionaries))

    def _there(self, search: "_LookUpState") -> Iterator[Dictionary]:
        """The available dictionaries, in the order in which their entries are shown."""
        if self._command:
            yield CommandDictionary(self._command)
        for path in sorted(self._folder.rglob("*.ifo")):
            try:
                yield StarDict(path)
            except DictionaryError as error:
                search.errors.append(error)
        if mdict.is_installed():
            yield from (mdict.MDict(path) for path in sorted(self._folder.rglob("*.mdx")))
        if cedict.is_installed():
            yield self._cedict

    def _parts_of(self, word: str, search: "_LookUpState") -> list[DictionaryEntry]:
        """The entries in CC-CEDICT, which is fast, of the longest words of which a word in Han characters consists."""
        fast = [one for one in search.dictionaries if one is self._cedict]
        found: list[DictionaryEntry] = []
        start = 0
        while start < len(word) <= _LONGEST_HAN and _HAN.fullmatch(word):
            ends = range(len(word) if start else len(word) - 1, start, -1)
            for end in ends:
                if entries := search.find(word[start:end], fast):
                    found += (one for one in entries if one not in found)
                    break
            start = end if ends else start + 1
        return found


class _LookUpState:
    """The state of a look-up: its dictionaries, and the errors so far."""

    def __init__(self, stop: Event) -> None:
        self._stop = stop
        self.dictionaries: list[Dictionary] = []
        self.errors: list[DictionaryError] = []

    def find(self, word: str, dictionaries: Sequence[Dictionary]) -> list[DictionaryEntry]:
        """The entries of a word; a dictionary that has failed is not searched again."""
        found: list[DictionaryEntry] = []
        for dictionary in [*dictionaries]:
            if self._stop.is_set():
                break
            try:
                found += dictionary.find(word)
            except DictionaryError as error:
                self.errors.append(error)
                self.dictionaries.remove(dictionary)
        return found
