"""The undo log: what undo and redo need, based on changesets of SQLite's session extension.

A changeset contains the old and new values of the columns that a transaction changed. Its inverse undoes the
transaction column by column, except for columns that were changed since by this or another process: renaming a
bookmark can be undone even if its letter was changed later.
"""

import contextlib
import os
import platform
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import apsw

from reader.document.sanitizing import clean_line
from reader.hashing import blake2b
from reader.marks.change_kinds import Change, ChangeKind, PendingChange
from reader.private_files import is_running
from reader.regex import regex

_LOGGED = {"article": 0, "bookmark": 1, "highlight": 2, "tag": 0, "saved_search": None, "word": None, "review": 1}
"""The tables whose changes can be undone, with the index of the column that contains the article id."""

_PLACE = frozenset({"place_block", "place_offset", "place_quotation", "progress", "opened_at"})
"""Columns that are only meaningful together."""

_WHEN = "changed_at"
"""The column that every change of a mark updates."""

_KEPT = 1_000
"""The maximum number of changes that one process can undo."""


@contextmanager
def recorded(connection: apsw.Connection) -> Iterator[list[bytes]]:
    """Record changes of the marks tables; afterwards the list contains the changeset."""
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
    """Return the ids of the articles whose marks a changeset changes."""
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
        # An update contains only the key and the changed columns, and a mark never changes its article.
        rows = connection.execute(f"SELECT article FROM {change.name} WHERE id = ?", (values[0],))
        found.update(str(one) for (one,) in rows)
    return frozenset(found)


def reader_token() -> str:
    """Return a unique token for this process, from which others can tell whether it is still running."""
    return f"{_machine()}-{os.getpid()}-{uuid.uuid4().hex}"


def is_at_work(token: str) -> bool:
    """Whether the process of a token is another running process on this machine; False if unknown."""
    found = _TOKEN.fullmatch(token)
    return found is not None and found[1] == _machine() and runs(int(found[2]))


def runs(process: int) -> bool:
    """Whether another process with this PID is running; False if unknown."""
    # If the PID was reused, the changes of the old process merely cannot be undone.
    return process != os.getpid() and is_running(process) is True


@cache
def _machine() -> str:
    """Return 12 hexadecimal digits that identify the machine, or the container, in which a PID means one process.

    `uuid.getnode` would open sockets to ask for the address of a network card.
    """
    found = b""
    with contextlib.suppress(OSError):
        found = Path("/etc/machine-id").read_bytes()
    with contextlib.suppress(OSError):
        found += os.fsencode(Path("/proc/self/ns/pid").readlink())
    return blake2b(found or platform.node().encode(), digest_size=6).hexdigest()


_TOKEN = regex("([0-9a-f]{12})-([0-9]{1,10})-[0-9a-f]{32}")


class UndoLog:
    """The changes that one process can undo: its own, and those made before it started."""

    def __init__(self, connection: apsw.Connection, reader: str, before: "UndoLog | None" = None) -> None:
        """Read the log of a database.

        `before` is the log of the database that this file has replaced. If this log continues it, its changes can be
        undone; otherwise they were made in an unrelated database and cannot, and `replaced` is true.
        """
        self._connection = connection
        self._reader = reader
        newest = before.newest() if before is not None else None
        self.continued = (
            newest is not None and self._one("SELECT 1 FROM change WHERE id = ? AND reader = ?", *newest) == 1
        )
        self.replaced = before is not None and not self.continued
        self._began: int
        if before is not None:
            self._began = before._began if self.continued else 0  # noqa: SLF001 - of the same class
        else:
            self._began = int(self._one("SELECT coalesce(max(id), 0) FROM change") or 0)

    def newest(self) -> tuple[int, str] | None:
        """Return the id and process of the last change; None if there is none or it cannot be read."""
        with contextlib.suppress(apsw.Error, UnicodeDecodeError):
            row: Any = self._connection.execute("SELECT id, reader FROM change ORDER BY id DESC LIMIT 1").fetchone()
            return row and (int(row[0]), str(row[1]))
        return None

    def _one(self, statement: str, *values: Any) -> Any:
        row = self._connection.execute(statement, values).fetchone()
        return None if row is None else row[0]

    @property
    def _mine(self) -> str:
        """The SQL condition of the undoable changes: own ones, and earlier ones of ended processes."""
        rows = self._connection.execute("SELECT DISTINCT reader FROM change WHERE id <= ?", (self._began,)).fetchall()
        at_work = ", ".join(f"'{one}'" for (one,) in rows if is_at_work(str(one)))
        return f"(reader = ?1 OR (id <= {self._began} AND reader NOT IN ({at_work})))"

    def add(self, kind: ChangeKind, detail: str, changeset: bytes) -> None:
        """Log a change and clear the redo history. Call it within a transaction."""
        self._connection.execute(f"DELETE FROM change WHERE undone AND {self._mine}", (self._reader,))
        self._connection.execute(
            "INSERT INTO change (reader, kind, detail, changeset) VALUES (?, ?, ?, ?)",
            (self._reader, kind, detail, changeset),
        )
        # Earlier changes count towards the limit too, because each start is a new process.
        self._connection.execute(
            f"DELETE FROM change WHERE {self._mine} AND id <="
            f" (SELECT id FROM change WHERE {self._mine} ORDER BY id DESC LIMIT 1 OFFSET ?2)",
            (self._reader, _KEPT),
        )

    def undo(self) -> Change | None:
        """Undo the last change; None if there is none. Call it within a transaction.

        A change that was completely overwritten since is dropped, so that the next call undoes the one before it.
        """
        return self._turn(self._to_undo, undone=True)

    def redo(self) -> Change | None:
        """Redo the last undone change; None if there is none. Call it within a transaction.

        A change that was completely overwritten since is dropped, as in `undo`.
        """
        return self._turn(self._to_redo, undone=False)

    @property
    def _to_undo(self) -> str:
        return f"SELECT max(id) FROM change WHERE NOT undone AND {self._mine}"

    @property
    def _to_redo(self) -> str:
        return f"SELECT min(id) FROM change WHERE undone AND {self._mine}"

    def next_undo(self) -> PendingChange | None:
        """Return the change that `undo` would undo, or None."""
        return self._pending(self._to_undo)

    def next_redo(self) -> PendingChange | None:
        """Return the change that `redo` would redo, or None."""
        return self._pending(self._to_redo)

    def _pending(self, which: str) -> PendingChange | None:
        number = self._one(which, self._reader)
        if number is None:
            return None
        row: Any = self._connection.execute(
            "SELECT kind, detail, changeset, reader FROM change WHERE id = ?", (number,)
        ).fetchone()
        kind, detail, changeset, reader = row
        articles = articles_in(self._connection, changeset)
        place: Any = self._connection.execute(
            "SELECT title, path FROM article WHERE id = ?", (min(articles, default=""),)
        ).fetchone()
        title, path = ("", None) if place is None else (clean_line(str(place[0])), Path(os.fsdecode(place[1])))
        # This process gets another token when it opens the database again.
        is_earlier = str(reader).rpartition("-")[0] != self._reader.rpartition("-")[0]
        return PendingChange(number, ChangeKind(kind), clean_line(str(detail)), articles, is_earlier, title, path)

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
            # Marking it as undone would offer a redo without effect, and keeping it would block earlier changes.
            self._connection.execute("DELETE FROM change WHERE id = ?", (number,))
        else:
            self._connection.execute("UPDATE change SET undone = ? WHERE id = ?", (int(undone), number))
        return Change(
            ChangeKind(kind), clean_line(str(detail)), articles, whole=not conflicts.left, overtaken=overtaken
        )


class _Conflicts:
    """Conflicts between a changeset and rows that were changed since.

    Attributes:
        kept: The number of rows to which the changeset was at least partly applied.
        left: The number of rows to which it was not completely applied.
    """

    def __init__(self, connection: apsw.Connection, rows: int) -> None:
        """Prepare for a changeset that changes `rows` rows."""
        self._connection = connection
        self._columns = {
            table: [str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")] for table in _LOGGED
        }
        self._updates: list[tuple[str, Any, Any, Any]] = []
        self.kept, self.left = rows, 0

    def leave(self, reason: int, change: apsw.TableChange) -> int:
        """Handle a conflict: delete the row if only its time of change differs, else skip it for now."""
        if reason == apsw.SQLITE_CHANGESET_DATA and change.op == "UPDATE":
            self._updates.append((change.name, change.old, change.new, change.conflict))
        elif reason == apsw.SQLITE_CHANGESET_DATA and self._since(change.name, change.old, change.conflict) <= {_WHEN}:
            return apsw.SQLITE_CHANGESET_REPLACE
        else:
            self.kept -= 1
            self.left += 1
        return apsw.SQLITE_CHANGESET_OMIT

    def _since(self, table: str, old: Any, present: Any) -> set[str]:
        """Return the columns of the changeset that were changed since."""
        columns = zip(self._columns[table], old, present, strict=False)
        return {name for name, then, now in columns if then is not apsw.no_change and then != now}

    def settle(self) -> None:
        """Apply the updates to the columns that were not changed since."""
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
                # Everything was overwritten, so nothing is left to undo.
                self.kept -= 1
                continue
            for name, value in changed.items():
                # The first column of these tables is the primary key.
                self._connection.execute(
                    f"UPDATE {table} SET {name} = ? WHERE {self._columns[table][0]} = ?", (value, old[0])
                )
