"""Saved searches."""

from reader.document.sanitizing import clean_line
from reader.lean_dataclasses import dataclass
from reader.marks.change_kinds import ChangeKind
from reader.marks.store import Store
from reader.marks.stored_values import now


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A named search."""

    id: int
    name: str
    query: str


class SavedSearches:
    """The saved searches in a marks database."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> tuple[SavedSearch, ...]:
        """Return all saved searches, oldest first."""
        return tuple(self._store.records(_search, "SELECT id, name, query FROM saved_search ORDER BY id"))

    def save(self, name: str, query: str) -> int:
        """Save a search, replacing one of the same name; return its row id.

        Raises:
            StoreError: The database could not be written.
        """
        name, query = clean_line(name), clean_line(query)
        with self._store.change(ChangeKind.SEARCH, name) as connection:
            connection.execute("DELETE FROM saved_search WHERE name = ?", (name,))
            connection.execute(
                "INSERT INTO saved_search (name, query, created_at) VALUES (?, ?, ?)", (name, query, now())
            )
            return connection.last_insert_rowid()

    def delete(self, search: SavedSearch) -> None:
        """Delete a saved search; do nothing if it no longer exists.

        Raises:
            StoreError: The database could not be written.
        """
        with self._store.change(ChangeKind.SEARCH_DELETED, search.name) as connection:
            # Do not use the row id, which may belong to another search in a replaced database.
            connection.execute("DELETE FROM saved_search WHERE name = ? AND query = ?", (search.name, search.query))


def _search(number: int, name: str, query: str) -> SavedSearch:
    return SavedSearch(number, clean_line(name), clean_line(query))
