"""The log of changes, by which they are undone: each is a changeset of SQLite's session extension.

A changeset holds the old and the new values of the columns that a transaction touched, and nothing else. Inverted, it
undoes that transaction and leaves alone what was changed since, by this reader or by another: column by column, so that
a name is undone though the letter beside it was changed.
"""

import contextlib
import os
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import apsw

from reader.document.cleaning import clean_line
from reader.marks.kinds import Change, Kind

_LOGGED = {"article": 0, "bookmark": 1, "highlight": 2, "tag": 0, "saved_search": None}
"""The tables whose changes can be undone, and in which column each tells its article."""

_PLACE = frozenset({"place_block", "place_offset", "place_quotation", "progress", "opened_at"})
"""Columns that mean something only together."""

_WHEN = "changed_at"
"""The column that every change of a mark changes, whatever else it changes."""

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


def reader_token() -> str:
    """A name for this reader that no other has, and that tells whether it is still at work."""
    return f"{_machine()}-{os.getpid()}-{uuid.uuid4().hex}"


def is_at_work(token: str) -> bool:
    """Whether the reader of a token runs on this machine, in another process; False where that cannot be told."""
    found = _TOKEN.fullmatch(token)
    return found is not None and found[1] == _machine() and runs(int(found[2]))


def runs(process: int) -> bool:
    """Whether another process of this number runs on this machine; False where that cannot be told."""
    if process == os.getpid() or os.name == "nt":
        return False
    try:
        # Signal 0 only asks. A number may be another process's by now: then what that reader did stays done.
        os.kill(process, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True


def _machine() -> str:
    return f"{uuid.getnode():012x}"


_TOKEN = re.compile("([0-9a-f]{12})-([0-9]{1,10})-[0-9a-f]{32}")


class ChangeLog:
    """The changes in a store, as one reader undoes them: its own, and those from before it began."""

    def __init__(self, connection: apsw.Connection, reader: str, before: "ChangeLog | None" = None) -> None:
        """Read the log in a store.

        Where it holds what that of another file held `before`, it goes on from it; else nothing that is in it can be
        undone: that was done in a store that took the place of the one that a person marked in.
        """
        self._connection = connection
        self._reader = reader
        newest = before.newest() if before is not None else None
        self.continued = (
            newest is not None and self._one("SELECT 1 FROM change WHERE id = ? AND reader = ?", *newest) == 1
        )
        self._began: int
        if before is not None:
            self._began = before._began if self.continued else 0  # noqa: SLF001 - of the same class
        else:
            self._began = int(self._one("SELECT coalesce(max(id), 0) FROM change") or 0)

    def newest(self) -> tuple[int, str] | None:
        """By what the last change is known; None where there is none, or none can be read."""
        with contextlib.suppress(apsw.Error, UnicodeDecodeError):
            row: Any = self._connection.execute("SELECT id, reader FROM change ORDER BY id DESC LIMIT 1").fetchone()
            return row and (int(row[0]), str(row[1]))
        return None

    def _one(self, statement: str, *values: Any) -> Any:
        row = self._connection.execute(statement, values).fetchone()
        return None if row is None else row[0]

    @property
    def _mine(self) -> str:
        """Which changes are this reader's to undo: its own, and those from before, but of readers still at work."""
        rows = self._connection.execute("SELECT DISTINCT reader FROM change WHERE id <= ?", (self._began,)).fetchall()
        at_work = ", ".join(f"'{one}'" for (one,) in rows if is_at_work(str(one)))
        return f"(reader = ?1 OR (id <= {self._began} AND reader NOT IN ({at_work})))"

    def add(self, kind: Kind, detail: str, changeset: bytes) -> None:
        """Log a change; what was undone before it can no longer be done again. Stands within a transaction."""
        self._connection.execute(f"DELETE FROM change WHERE undone AND {self._mine}", (self._reader,))
        self._connection.execute(
            "INSERT INTO change (reader, kind, detail, changeset) VALUES (?, ?, ?, ?)",
            (self._reader, kind, detail, changeset),
        )
        # Those from before count too: each start is another reader.
        self._connection.execute(
            f"DELETE FROM change WHERE {self._mine} AND id <="
            f" (SELECT id FROM change WHERE {self._mine} ORDER BY id DESC LIMIT 1 OFFSET ?2)",
            (self._reader, _KEPT),
        )

    def undo(self) -> Change | None:
        """Undo the last change that is not undone; None if there is none. Stands within a transaction.

        One of which all was changed since is let go of: the next time it is the turn of the one before it.
        """
        return self._turn(f"SELECT max(id) FROM change WHERE NOT undone AND {self._mine}", undone=True)

    def redo(self) -> Change | None:
        """Do again what was undone last; None if there is nothing. Stands within a transaction.

        One of which all was changed since is let go of, as in undoing.
        """
        return self._turn(f"SELECT min(id) FROM change WHERE undone AND {self._mine}", undone=False)

    def _turn(self, which: str, *, undone: bool) -> Change | None:
        number = self._one(which, self._reader)
        if number is None:
            return None
        row: Any = self._connection.execute(
            "SELECT kind, detail, changeset FROM change WHERE id = ?", (number,)
        ).fetchone()
        kind, detail, changeset = row
        articles = articles_in(self._connection, changeset)
        applied = apsw.Changeset.invert(changeset) if undone else changeset
        conflicts = _Conflicts(self._connection, sum(1 for _row in apsw.Changeset.iter(applied)))
        apsw.Changeset.apply(applied, self._connection, conflict=conflicts.leave)
        conflicts.settle()
        overtaken = conflicts.kept == 0 < conflicts.left
        if overtaken:
            # Marked as undone, it would be said to be done again; and left as it is, it would bar those before it.
            self._connection.execute("DELETE FROM change WHERE id = ?", (number,))
        else:
            self._connection.execute("UPDATE change SET undone = ? WHERE id = ?", (int(undone), number))
        return Change(Kind(kind), clean_line(str(detail)), articles, whole=not conflicts.left, overtaken=overtaken)


class _Conflicts:
    """What of a changeset met a row that is no longer as it left it.

    Attributes:
        kept: In how many rows something of it was done.
        left: In how many rows something of it, or all, was not.
    """

    def __init__(self, connection: apsw.Connection, rows: int) -> None:
        """Those of a changeset that changes so many rows."""
        self._connection = connection
        self._columns = {
            table: [str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")] for table in _LOGGED
        }
        self._updates: list[tuple[str, Any, Any, Any]] = []
        self.kept, self.left = rows, 0

    def leave(self, reason: int, change: apsw.TableChange) -> int:
        """Leave a row as it is, for now; but delete one of which nothing is another but when it was changed."""
        if reason == apsw.SQLITE_CHANGESET_DATA and change.op == "UPDATE":
            self._updates.append((change.name, change.old, change.new, change.conflict))
        elif reason == apsw.SQLITE_CHANGESET_DATA and self._since(change.name, change.old, change.conflict) <= {_WHEN}:
            return apsw.SQLITE_CHANGESET_REPLACE
        else:
            self.kept -= 1
            self.left += 1
        return apsw.SQLITE_CHANGESET_OMIT

    def _since(self, table: str, old: Any, present: Any) -> set[str]:
        """The columns that were changed since, of those that a changeset tells of."""
        columns = zip(self._columns[table], old, present, strict=False)
        return {name for name, then, now in columns if then is not apsw.no_change and then != now}

    def settle(self) -> None:
        """Change the columns that were left alone since."""
        for table, old, new, present in self._updates:
            since = self._since(table, old, present)
            if since & _PLACE:
                since |= _PLACE
            changed = {
                name: value
                for name, value in zip(self._columns[table], new, strict=False)
                if value is not apsw.no_change and name not in since
            }
            self.left += not since <= {_WHEN}
            if changed.keys() <= {_WHEN}:
                # Of what somebody did to it, nothing is left to undo.
                self.kept -= 1
                continue
            for name, value in changed.items():
                # The first column of these tables is their key.
                self._connection.execute(
                    f"UPDATE {table} SET {name} = ? WHERE {self._columns[table][0]} = ?", (value, old[0])
                )
