"""Opening the file of a store, or making it: its log kept beside it, its tables brought up to date behind a copy."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw

from reader.document.folding import folded
from reader.marks.backups import SYNCHRONOUS, back_up, is_cut
from reader.marks.changes import ChangeLog
from reader.marks.interrupted import complete
from reader.marks.schema import keep_log, migrate, outdated
from reader.marks.standing import Standing, make_folder, standing
from reader.marks.telling import damaged, sensible, told
from reader.private_files import make_private


@dataclass(frozen=True, slots=True)
class Opened:
    """A store that is open.

    Attributes:
        connection: The database.
        changes: Its log, as this reader undoes it.
        standing: The files that it is in.
        version: What tells of it whether another reader wrote since.
        revision: The last of its articles' marks that this reader knows of.
    """

    connection: apsw.Connection
    changes: ChangeLog
    standing: Standing
    version: int
    revision: int


def opened(path: Path | None, reader: str, patience: int, before: ChangeLog | None = None) -> Opened:
    """Open or make the store in the file `path`, its folder too; None keeps it in memory.

    It waits so many milliseconds for other readers. `before` is the log of what was open before: where this file's goes
    on from it, it is gone on with.

    Raises:
        CorruptStoreError: It is damaged.
        StoreError: It cannot be opened or written, or belongs to a newer reader.
    """
    place = ":memory:" if path is None else str(path)
    if path is not None:
        make_folder(path.parent)
        with suppress(OSError):
            complete(path)
        if is_cut(path):
            raise damaged(place, "file is empty")
        make_private(path)
    with told(place):
        connection = apsw.Connection(place)
        try:
            _make_ready(connection, path, patience)
            changes = ChangeLog(connection, reader, before)
            revision, version = last_revision(connection), int(connection.pragma("data_version"))
        except BaseException:
            connection.close()
            raise
    return Opened(connection, changes, standing(path) if path is not None else Standing(None), version, revision)


def _make_ready(connection: apsw.Connection, path: Path | None, patience: int) -> None:
    connection.set_busy_timeout(patience)
    keep_log(connection, patience)
    for pragma, value in (("synchronous", SYNCHRONOUS), ("foreign_keys", "on")):
        connection.pragma(pragma, value)
    connection.create_scalar_function("folded", _folded, 1, deterministic=True)
    if path is not None and outdated(connection):
        back_up(path, why="migration")
    migrate(connection)
    if connection.readonly("main"):
        # SQLite would only say so when something is written.
        raise apsw.ReadOnlyError("attempt to write a readonly database")


def last_revision(connection: apsw.Connection) -> int:
    """The number of the last change of an article's marks."""
    row: Any = connection.execute("SELECT coalesce(max(revision), 0) FROM article").fetchone()
    with sensible():
        return int(row[0])


def _folded(*values: Any) -> str:
    return folded(str(values[0]))
