"""The words that were looked up, each with the sentence in which it stood."""

import uuid

from reader.document.sanitizing import clean
from reader.lean_dataclasses import dataclass
from reader.marks.change_kinds import ChangeKind
from reader.marks.store import Store
from reader.marks.stored_values import now


@dataclass(frozen=True, slots=True)
class VocabularyWord:
    """A word that was looked up.

    Attributes:
        uid: Its identity in all databases.
        text: The word.
        reading: Its reading, or empty.
        meaning: Its meaning, from a dictionary.
        sentence: The sentence in which it stood, or empty.
        title: The title of the article, or empty.
        created_at: The time of the first look-up in seconds since 1970.
    """

    uid: str
    text: str
    reading: str
    meaning: str
    sentence: str
    title: str
    created_at: float


class Vocabulary:
    """The vocabulary in a marks database."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> tuple[VocabularyWord, ...]:
        """Return all words, newest first."""
        return tuple(
            self._store.records(
                _word,
                "SELECT uid, text, reading, meaning, sentence, title, created_at FROM word"
                " ORDER BY created_at DESC, id DESC",
            )
        )

    def add(self, text: str, reading: str, meaning: str, sentence: str, title: str) -> None:
        """Add a word, unless it exists with the same sentence. This is not logged for undo.

        Raises:
            StoreError: The database could not be written.
        """
        with self._store.change(None) as connection:
            known = connection.execute("SELECT 1 FROM word WHERE text = ? AND sentence = ?", (text, sentence))
            if known.fetchone() is None:
                connection.execute(
                    "INSERT INTO word (uid, text, reading, meaning, sentence, title, created_at)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (uuid.uuid4().hex, text, reading, meaning, sentence, title, now()),
                )

    def delete(self, word: VocabularyWord) -> None:
        """Delete a word; do nothing if it no longer exists.

        Raises:
            StoreError: The database could not be written.
        """
        with self._store.change(ChangeKind.WORD_DELETED, word.text) as connection:
            connection.execute("DELETE FROM word WHERE uid = ?", (word.uid,))


def _word(  # noqa: PLR0913, PLR0917 - one argument per column
    uid: str, text: str, reading: str, meaning: str, sentence: str, title: str, created: float
) -> VocabularyWord:
    return VocabularyWord(
        uid, clean(text), clean(reading), clean(meaning), clean(sentence), clean(title), float(created)
    )
