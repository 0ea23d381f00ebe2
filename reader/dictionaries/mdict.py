"""Dictionaries in MDict's format (`.mdx`), read by the package mdict-utils if it is installed."""

from importlib.util import find_spec
from pathlib import Path

from reader.dictionaries.dictionary_entry import DictionaryEntry
from reader.dictionaries.marked_up import plain
from reader.document.sanitizing import clean_line
from reader.errors import DictionaryError
from reader.language import _

_SEPARATOR = "\n---\n"
"""The separator that the package puts between the entries of a word."""

_REFERENCE = "@@@LINK="
"""The beginning of an entry that only refers to another entry."""


def is_installed() -> bool:
    """Whether the package that reads the format is installed."""
    return find_spec("mdict_utils") is not None


class MDict:
    """A dictionary in MDict's format."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def name(self) -> str:
        """The name of the file."""
        return self._path.stem

    def find(self, word: str) -> list[DictionaryEntry]:
        """The entries of a word; a reference to another entry is followed once.

        Raises:
            DictionaryError: The file cannot be read.
        """
        texts = self._texts(word)
        for text in list(texts):
            if text.startswith(_REFERENCE):
                texts.remove(text)
                texts += self._texts(text.removeprefix(_REFERENCE).strip("\r\n\0 "))
        shown = (plain(text) for text in texts if not text.startswith(_REFERENCE))
        return [DictionaryEntry(word, "", (text,), self.name) for text in shown if text]

    def _texts(self, word: str) -> list[str]:
        from mdict_utils.reader import query  # noqa: PLC0415 - optional

        reason = found = ""
        try:
            found = str(query(str(self._path), word))
        except Exception as error:  # noqa: BLE001 - a corrupt file makes the package raise anything
            reason = clean_line(str(error)) or type(error).__name__
        if reason:
            # Raise it outside the handler: the original error, as its context, would keep the file open.
            raise DictionaryError(_("{path} cannot be read: {reason}").format(path=self._path, reason=reason))
        return [text for text in found.split(_SEPARATOR) if text.strip()]
