"""Opening or creating a marks database: WAL mode, migrations, and a backup before them."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import apsw

from reader.document.text_folding import folded
from reader.lean_dataclasses import dataclass
from reader.marks.backups import back_up, is_cut
from reader.marks.database_copies import SYNCHRONOUS
from reader.marks.database_files import FileIdentities, file_identities, make_folder
from reader.marks.interrupted_restores import complete, is_being_replaced, wait_until_replaced
from reader.marks.migrations import keep_log, migrate, outdated
from reader.marks.store_errors import corrupt_store_error, corruption_errors, store_errors
from reader.marks.undo_log import UndoLog
from reader.private_files import make_private


@dataclass(frozen=True, slots=True)
class OpenedStore:
    """An open database.

    Attributes:
        connection: The connection.
        changes: The undo log of this process.
        identities: The identities of its files.
        version: SQLite's data_version, which changes when another process writes.
        revision: The last revision of marks that this process has seen.
    """

    connection: apsw.Connection
    changes: UndoLog
    identities: FileIdentities
    version: int
    revision: int


def opened(path: Path | None, reader: str, patience: int, before: UndoLog | None = None) -> OpenedStore:
    """Open or create the database at `path` and its folder; None keeps it in memory.

    `patience` is the time in milliseconds to wait for other processes. `before` is the undo log of the database that
    this file has replaced; if the file's log continues it, undo works across the replacement.

    Raises:
        CorruptStoreError: The database is corrupt.
        StoreError: It cannot be opened or written, or is of a newer version.
    """
    if path is None:
        return _connected(None, reader, patience, before)
    make_folder(path.parent)
    while True:
        wait_until_replaced(path, patience)
        with suppress(OSError):
            complete(path)
        if is_cut(path):
            raise corrupt_store_error(str(path), "file is empty")
        make_private(path)
        found = file_identities(path).file
        store = _connected(path, reader, patience, before)
        # A restore may have replaced the file meanwhile, and then this connection is to the old one.
        if store.identities.file == found and not _misses_log(path, store) and not is_being_replaced(path):
            return store
        store.connection.close()


def _misses_log(path: Path, store: OpenedStore) -> bool:
    """Whether a log was deleted right after the database was opened: changes would go to a file without a name."""
    # The logs of a symbolic link are beside its target, and some file systems do not allow WAL.
    return None in store.identities.logs and not path.is_symlink() and store.connection.pragma("journal_mode") == "wal"


def settled_identities(path: Path, known: FileIdentities, patience: int) -> FileIdentities:
    """Return the identities of the files at `path`; if they differ from `known`, wait until no process moves them.

    Raises:
        BusyStoreError: That takes longer than `patience`, in milliseconds.
    """
    found = file_identities(path)
    if found != known:
        wait_until_replaced(path, patience)
        found = file_identities(path)
    return found


def _connected(path: Path | None, reader: str, patience: int, before: UndoLog | None) -> OpenedStore:
    place = ":memory:" if path is None else str(path)
    with store_errors(place):
        connection = apsw.Connection(place)
        try:
            _make_ready(connection, path, patience)
            changes = UndoLog(connection, reader, before)
            revision, version = last_revision(connection), int(connection.pragma("data_version"))
        except BaseException:
            connection.close()
            raise
    return OpenedStore(
        connection, changes, file_identities(path) if path is not None else FileIdentities(None), version, revision
    )


def detached(connection: apsw.Connection, reader: str, before: UndoLog) -> OpenedStore:
    """Copy an open database into memory, with its row ids and its undo log.

    Raises:
        apsw.Error: It cannot be read.
    """
    copy = apsw.Connection(":memory:")
    try:
        with copy.backup("main", connection, "main") as backup:
            backup.step()
        _configure(copy)
        return OpenedStore(
            copy,
            UndoLog(copy, reader, before),
            FileIdentities(None),
            int(copy.pragma("data_version")),
            last_revision(copy),
        )
    except BaseException:
        copy.close()
        raise


def _make_ready(connection: apsw.Connection, path: Path | None, patience: int) -> None:
    connection.set_busy_timeout(patience)
    keep_log(connection, patience)
    _configure(connection)
    if path is not None and outdated(connection):
        back_up(path, why="migration")
    migrate(connection)
    if connection.readonly("main"):
        # SQLite would report this only at the first write.
        raise apsw.ReadOnlyError("attempt to write a readonly database")


def _configure(connection: apsw.Connection) -> None:
    for pragma, value in (("synchronous", SYNCHRONOUS), ("foreign_keys", "on")):
        connection.pragma(pragma, value)
    connection.create_scalar_function("folded", _folded, 1, deterministic=True)


def last_revision(connection: apsw.Connection) -> int:
    """Return the latest revision of any article's marks."""
    row: Any = connection.execute("SELECT coalesce(max(revision), 0) FROM article").fetchone()
    with corruption_errors():
        return int(row[0])


def _folded(*values: Any) -> str:
    return folded(str(values[0]))
