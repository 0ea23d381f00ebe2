"""The log of changes, by which they are undone: each is a changeset of SQLite's session extension.

A changeset holds the old and the new values of the columns that a transaction touched, and nothing else. Inverted, it
undoes that transaction and leaves alone what was changed since, by this reader or by another.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import apsw

from reader.marks.kinds import Change, Kind

_LOGGED = {"article": 0, "bookmark": 1, "highlight": 2, "tag": 0, "saved_search": None}
"""The tables whose changes can be undone, and in which column each tells its article."""

_KEPT = 1_000
"""Changes that one reader can undo."""


@contextmanager
def recorded(connection: apsw.Connection) -> Iterator[list[bytes]]:
    """Record what is changed in the tables of marks; the list holds the changeset behind it."""
    session = apsw.Session(connection, "main")
    try:
        for table in _LOGGED:
            session.attach(table)
        changes: list[bytes] = []
        yield changes
        changes.append(session.changeset())
    finally:
        session.close()


def articles_in(connection: apsw.Connection, changeset: bytes) -> frozenset[str]:
    """The ids of the articles whose marks a changeset changes."""
    found: set[str] = set()
    for change in apsw.Changeset.iter(changeset):
        column = _LOGGED[change.name]
        if column is None:
            continue
        values = change.new if change.op == "INSERT" else change.old
        assert values is not None  # noqa: S101 - updates and deletions have old values
        article = values[column]
        if isinstance(article, str):
            found.add(article)
            continue
        # An update tells of its key and of what it changes, and no mark changes its article.
        rows = connection.execute(f"SELECT article FROM {change.name} WHERE id = ?", (values[0],))
        found.update(str(one) for (one,) in rows)
    return frozenset(found)


class ChangeLog:
    """The changes in a store, as one reader undoes them: its own, and those from before it began."""

    def __init__(self, connection: apsw.Connection, reader: str) -> None:
        self._connection = connection
        self._reader = reader
        self._began = int(self._one("SELECT coalesce(max(id), 0) FROM change") or 0)

    def _one(self, statement: str, *values: Any) -> Any:
        row = self._connection.execute(statement, values).fetchone()
        return None if row is None else row[0]

    @property
    def _mine(self) -> str:
        return f"(reader = ?1 OR id <= {self._began})"

    def add(self, kind: Kind, detail: str, changeset: bytes) -> None:
        """Log a change; what was undone before it can no longer be done again. Stands within a transaction."""
        self._connection.execute(f"DELETE FROM change WHERE undone AND {self._mine}", (self._reader,))
        self._connection.execute(
            "INSERT INTO change (reader, kind, detail, changeset) VALUES (?, ?, ?, ?)",
            (self._reader, kind, detail, changeset),
        )
        # Those of earlier starts too, each of which was a reader of its own: else the log would grow for ever.
        self._connection.execute(
            f"DELETE FROM change WHERE {self._mine} AND id <="
            f" (SELECT id FROM change WHERE {self._mine} ORDER BY id DESC LIMIT 1 OFFSET ?2)",
            (self._reader, _KEPT),
        )

    def undo(self) -> Change | None:
        """Undo the last change that is not undone; None if there is none. Stands within a transaction."""
        return self._turn(f"SELECT max(id) FROM change WHERE NOT undone AND {self._mine}", undone=True)

    def redo(self) -> Change | None:
        """Do again what was undone last; None if there is nothing. Stands within a transaction."""
        return self._turn(f"SELECT min(id) FROM change WHERE undone AND {self._mine}", undone=False)

    def _turn(self, which: str, *, undone: bool) -> Change | None:
        number = self._one(which, self._reader)
        if number is None:
            return None
        row: Any = self._connection.execute(
            "SELECT kind, detail, changeset FROM change WHERE id = ?", (number,)
        ).fetchone()
        kind, detail, changeset = row
        omitted: list[int] = []

        def leave(reason: int, _change: apsw.TableChange) -> int:
            omitted.append(reason)
            return apsw.SQLITE_CHANGESET_OMIT

        applied = apsw.Changeset.invert(changeset) if undone else changeset
        articles = articles_in(self._connection, changeset)
        apsw.Changeset.apply(applied, self._connection, conflict=leave)
        self._connection.execute("UPDATE change SET undone = ? WHERE id = ?", (int(undone), number))
        return Change(Kind(kind), str(detail), articles, not omitted)
