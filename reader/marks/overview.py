"""Bulk queries of article states, notes and tags, for shelves and search."""

from collections.abc import Mapping

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
