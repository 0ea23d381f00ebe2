"""An entry of a dictionary, and the interface of all dictionaries."""

from typing import Protocol

from reader.lean_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DictionaryEntry:
    """What a dictionary says about a word.

    Attributes:
        word: The word as the dictionary writes it.
        reading: Its pronunciation, or empty.
        meanings: Its meanings, each without line breaks at its ends.
        source: The name of the dictionary.
    """

    word: str
    reading: str
    meanings: tuple[str, ...]
    source: str


class Dictionary(Protocol):
    """A dictionary."""

    @property
    def name(self) -> str:
        """The name shown above its entries."""

    def find(self, word: str) -> list[DictionaryEntry]:
        """The entries of a word; none if it has none.

        Raises:
            DictionaryError: The dictionary cannot be read.
        """
