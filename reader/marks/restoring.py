"""Opening a database that cannot be used normally, and restoring backups of a corrupt one."""

import contextlib
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import apsw

from reader.errors import BusyStoreError, CorruptStoreError, ReaderError, StoreError
from reader.language import _
from reader.lean_dataclasses import dataclass
from reader.marks.backups import Backup, newest_good, unusable
from reader.marks.database_copies import copy_store, stand_alone
from reader.marks.database_files import (
    bring_back,
    file_identities,
    is_present,
    put_aside,
    put_in_place,
    remove,
    sync_file,
)
from reader.marks.facade import Marks
from reader.marks.interrupted_restores import names, unfinished
from reader.marks.merging import import_marks, merge
from reader.marks.migrations import MIGRATIONS, migrate
from reader.marks.read_only import as_it_is, check_integrity, copied, failure_reason, is_obstacle, read_store
from reader.marks.recovery import readable
from reader.marks.store_errors import corrupt_store_error, store_errors

if TYPE_CHECKING:
    from reader.marks.exchange import MarksFile

_PATIENCE = 1_000
"""Milliseconds to wait for another process when opening a database, or reading it into memory."""

_LOCK_PATIENCE = 10_000
"""Milliseconds that a restore waits for the write lock."""


@dataclass(frozen=True, slots=True)
class RestoreResult:
    """The result of restoring a corrupt database.

    Attributes:
        backup: The restored backup; None if a new database was created because there is no intact backup.
        aside: The path of the corrupt database, which is kept.
        salvaged: Whether any of its marks could be salvaged.
    """

    backup: Backup | None
    aside: Path
    salvaged: bool


def open_marks(
    path: Path | None, fingerprint: Callable[[str], int | None] = lambda _id: None
) -> tuple[Marks, StoreError | None]:
    """Open the marks database at `path`; if that fails, return marks in memory with what is readable, and the error.

    Thus reading articles never depends on a writable disk.
    """
    try:
        return Marks(path, fingerprint, _PATIENCE), None
    except StoreError as error:
        marks = Marks(None, fingerprint)
        if path is not None and not isinstance(error, CorruptStoreError):
            with contextlib.suppress(ReaderError, OSError, apsw.Error):
                _read(path, marks)
        return marks, error


def _read(path: Path, into: Marks) -> None:
    """Load a read-only database: in place, through a copy, or without its WAL."""
    for way in (as_it_is, copied, _immutable):
        with contextlib.suppress(OSError, apsw.Error), way(path, _PATIENCE) as connection:
            connection.execute("SELECT count(*) FROM article").fetchall()
            merge(into.store, readable(connection))
            into.store.forget_changes()
            return


def _immutable(path: Path, patience: int) -> contextlib.AbstractContextManager[apsw.Connection]:
    return as_it_is(path, patience, "immutable=1")


def open_to_read(path: Path) -> Marks:
    """Open the marks database at `path`; if it cannot be written, load all of it into memory.

    Raises:
        CorruptStoreError: The database is corrupt.
        StoreError: The database cannot be read.
    """
    try:
        return Marks(path)
    except CorruptStoreError:
        raise
    except StoreError as error:
        if not is_present(path):
            raise
        try:
            file = read_store(path, _all_of)
        except (apsw.Error, OSError, UnicodeDecodeError) as failure:
            if is_obstacle(failure):
                raise error from None
            raise corrupt_store_error(str(path), str(failure)) from failure
        marks = Marks(None)
        import_marks(marks.store, file, undoable=False)
        return marks


def _all_of(connection: apsw.Connection) -> "MarksFile":
    """Read all marks; unlike salvaging, fail if anything is unreadable.

    Raises:
        apsw.Error: The database cannot be read.
    """
    from reader.marks.dump import dump  # noqa: PLC0415 - not for the first paint

    if int(connection.pragma("user_version")) == len(MIGRATIONS):
        return dump(lambda statement: connection.execute(statement).fetchall())
    return dump(readable(connection))


# Restoring


def restore(path: Path, backup: Path | None = None, also: "MarksFile | None" = None) -> RestoreResult:
    """Set a corrupt database aside and restore `backup`, by default the latest intact one.

    Salvaged marks of the corrupt database and the marks in `also` are merged. Nothing is deleted, and nothing is
    changed until the new database is complete: it is written beside the old one and moved into its place, while other
    processes wait for the lock. The undo log is cleared.

    Raises:
        StoreError: The database is inaccessible, the backup is corrupt, or the folder is not writable; nothing was
            changed.
    """
    if is_present(path) and (obstacle := check_integrity(path).obstacle):
        raise StoreError(
            _("The marks database cannot be read now ({path}): {reason}").format(path=path, reason=obstacle),
            _("it is not corrupt, and nothing was changed"),
        )
    chosen = newest_good(path) if backup is None else Backup(datetime.now(UTC), backup, "")
    if backup is not None and (reason := unusable(backup)):
        raise StoreError(
            _("{path} is not a usable backup: {reason}").format(path=backup, reason=reason),
            _("list intact backups with “reader marks check”"),
        )
    fresh, ready = names(path)
    try:
        with _locked(path):
            with _writing(fresh, chosen):
                salvaged = _write(fresh, path, chosen, also)
            fresh.rename(ready)
            aside = _put_in_place(fresh, ready, path)
    except OSError as error:
        raise StoreError(
            _("Cannot restore the marks database ({path}): {reason}").format(path=path, reason=error.strerror),
            _("check the folder's permissions and the free disk space"),
        ) from error
    finally:
        remove(fresh)
    return RestoreResult(chosen, aside, salvaged)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Lock a database against other processes while it is replaced, unless it is too corrupt to be locked or written.

    Raises:
        BusyStoreError: Another process keeps the lock.
    """
    with contextlib.ExitStack() as stack:
        if path.is_file():
            try:
                connection = stack.enter_context(contextlib.closing(apsw.Connection(os.fspath(path))))
                connection.set_busy_timeout(_LOCK_PATIENCE)
                connection.execute("BEGIN IMMEDIATE")
            except apsw.BusyError as error:
                raise BusyStoreError(
                    _("Another reader is writing to the marks database ({path})").format(path=path),
                    _("try again in a moment"),
                ) from error
            except apsw.Error:
                # The database is corrupt or read-only; the following steps will find out.
                pass
        yield


@contextlib.contextmanager
def _writing(fresh: Path, chosen: Backup | None) -> Iterator[None]:
    """Translate the SQLite errors of writing the new database.

    Raises:
        StoreError: It cannot be written.
    """
    try:
        yield
    except (apsw.Error, UnicodeDecodeError) as error:
        if chosen is not None and not is_obstacle(error):
            with store_errors(str(chosen.path)):
                raise
        raise StoreError(
            _("Cannot write the new marks database ({path}): {reason}").format(
                path=fresh, reason=failure_reason(error)
            ),
            _("nothing was changed; check the folder's permissions and the free disk space"),
        ) from error


def _write(fresh: Path, path: Path, chosen: Backup | None, also: "MarksFile | None") -> bool:
    """Write and verify the new database `fresh`; return whether it contains salvaged marks.

    Raises:
        StoreError: The database cannot be written.
        apsw.Error: It cannot be copied or completed.
        OSError: A file operation failed.
    """
    if chosen is not None:
        copy_store(chosen.path, fresh)
        with contextlib.closing(apsw.Connection(os.fspath(fresh))) as connection:
            # Migrate it here, because `Marks` would first back up a database that needs a migration, and this is a
            # backup.
            migrate(connection)
    marks = Marks(fresh)
    try:
        salvaged = _salvage(path, marks)
        if also is not None:
            import_marks(marks.store, also, undoable=False)
        marks.store.forget_changes()
    finally:
        marks.close()
    stand_alone(fresh)
    if reason := unusable(fresh):
        raise StoreError(
            _("The new marks database cannot be used ({path}): {reason}").format(path=fresh, reason=reason)
        )
    sync_file(fresh)
    return salvaged


def _put_in_place(fresh: Path, ready: Path, path: Path) -> Path:
    """Set the database at `path` aside, replace it by the new one at `ready`, and return the new path of the old one.

    As long as there is a file at `ready`, other processes wait before they open the database. `fresh` is a second name
    for it, if the file system supports this, so that an interruption can be detected.

    Raises:
        OSError: A file cannot be moved; nothing was changed.
    """
    try:
        aside = put_aside(path, stays=True)
    except OSError:
        ready.unlink(missing_ok=True)
        raise
    new = file_identities(ready).file
    try:
        with contextlib.suppress(OSError):
            os.link(ready, fresh)
        source = fresh if fresh.exists() else ready
        # Another process that has the database open may have rewritten it meanwhile; set that file aside as well.
        while not put_in_place(source, path, file_identities(aside)) and file_identities(path).file != new:
            put_aside(path)
    except BaseException:
        if file_identities(path).file == new:
            path.unlink()
        bring_back(aside, path)
        ready.unlink(missing_ok=True)
        raise
    ready.unlink(missing_ok=True)
    return aside


def _salvage(path: Path, marks: Marks) -> bool:
    """Merge the readable marks of a corrupt database; return whether there were any."""
    if not path.is_file():
        return False
    try:
        connection = apsw.Connection(os.fspath(path), flags=apsw.SQLITE_OPEN_READONLY)
    except apsw.Error:
        return False
    read = 0

    def rows(statement: str) -> list[Any]:
        nonlocal read
        found = readable(connection)(statement)
        read += len(found)
        return found

    try:
        merge(marks.store, rows)
    finally:
        connection.close()
    return read > 0


def finish_interrupted(path: Path, also: "MarksFile | None" = None) -> RestoreResult | None:
    """Finish an interrupted restore of the database at `path`, merging `also`; return None if there is none.

    Raises:
        StoreError: As for `restore`.
    """
    left = unfinished(path)
    if left is None or left.completed:
        return None
    restored = restore(path, left.path, also)
    remove(left.path)
    return restored
