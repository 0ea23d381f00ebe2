"""Bulk queries of article states, notes, tags and ids, for shelves, search and index."""

import os
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path
from typing import Any

import apsw

from reader.lean_dataclasses import dataclass, field
from reader.marks.store import Store

STATES: Mapping[str, str] = {
    "read": "read_at IS NOT NULL",
    "starred": "starred_at IS NOT NULL",
    "later": "later_at IS NOT NULL",
    "bookmarked": "EXISTS (SELECT 1 FROM bookmark WHERE article = a.id)",
    "highlighted": "EXISTS (SELECT 1 FROM highlight WHERE article = a.id)",
    "noted": "EXISTS (SELECT 1 FROM highlight WHERE article = a.id AND note <> '')",
}
"""The states of an article, with the SQL condition on its row `a`."""

_IDS = {
    "bookmarked": "SELECT DISTINCT article FROM bookmark",
    "highlighted": "SELECT DISTINCT article FROM highlight",
    "noted": "SELECT DISTINCT article FROM highlight WHERE note <> ''",
}
"""Queries that are faster for all articles than the condition on each row."""

_MARKED = (
    "SELECT id FROM article WHERE read_at IS NOT NULL",
    "SELECT id FROM article WHERE starred_at IS NOT NULL OR later_at IS NOT NULL",
    "SELECT DISTINCT article FROM bookmark",
    "SELECT DISTINCT article FROM highlight",
    "SELECT DISTINCT article FROM tag",
)
_PATIENCE = 5_000
"""Milliseconds to wait for another process."""


class Overview:
    """The states, notes and tags of all articles in a marks database.

    Each method raises StoreError if the database cannot be read.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def in_state(self, state: str) -> frozenset[str]:
        """Return the ids of the articles in one of `STATES`."""
        return frozenset(self._store.ids(_IDS.get(state, f"SELECT id FROM article a WHERE {STATES[state]}")))

    def states_of(self, article_id: str) -> frozenset[str]:
        """Return the states of an article."""
        statement = f"SELECT {', '.join(STATES.values())} FROM article a WHERE id = ?"
        rows = self._store.rows(statement, (article_id,))
        return frozenset(state for flags in rows for state, there in zip(STATES, flags, strict=True) if there)

    def notes(self, article_id: str | None = None) -> list[tuple[str, str]]:
        """Return the non-empty notes of one or all articles, each with its article id."""
        return self._texts("SELECT article, note FROM highlight WHERE note <> ''", article_id)

    def tags(self, article_id: str | None = None) -> list[tuple[str, str]]:
        """Return the user's tags of one or all articles, each with its article id."""
        return self._texts("SELECT article, name FROM tag WHERE true", article_id)

    def _texts(self, statement: str, article_id: str | None) -> list[tuple[str, str]]:
        where, values = ("", ()) if article_id is None else (" AND article = ?", (article_id,))
        return self._store.records(lambda article, text: (str(article), str(text)), statement + where, values)

    def knows_any(self) -> bool:
        """Whether the database contains any article."""
        return bool(self._store.rows("SELECT 1 FROM article LIMIT 1"))


@dataclass(frozen=True, slots=True)
class KnownArticles:
    """The articles in a marks database.

    Attributes:
        articles: The id, path and fingerprint (or None) of each article.
        marked: The ids of the articles with marks.
    """

    articles: list[tuple[str, str, int | None]] = field(default_factory=list)
    marked: AbstractSet[str] = frozenset()


def known_articles(path: Path) -> KnownArticles:
    """Return the articles in the marks database at `path`, opened read-only.

    The result is empty if the database does not exist or cannot be read.
    """
    # Opening a pipe for reading would block.
    if not path.is_file():
        return KnownArticles()
    try:
        connection = apsw.Connection(os.fspath(path), flags=apsw.SQLITE_OPEN_READONLY)
        try:
            connection.set_busy_timeout(_PATIENCE)
            rows: list[Any] = connection.execute("SELECT id, path, fingerprint FROM article").fetchall()
            marked = _marked(connection)
        finally:
            connection.close()
    except (apsw.Error, UnicodeDecodeError):
        return KnownArticles()
    return KnownArticles([(article, os.fsdecode(place), fingerprint) for article, place, fingerprint in rows], marked)


def _marked(connection: apsw.Connection) -> frozenset[str]:
    found: set[str] = set()
    for statement in _MARKED:
        # A database of an older version lacks some of these columns and tables.
        with suppress(apsw.SQLError):
            found.update(row[0] for row in connection.execute(statement))
    return frozenset(found)
