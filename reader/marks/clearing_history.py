"""Clearing the reading history in every file of the data folder; marks and positions stay.

SQLite leaves deleted rows in free pages and in the WAL, so databases are rewritten by VACUUM.
"""

import contextlib
import os
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import apsw
import msgspec

from reader.errors import CorruptStoreError, ReaderError, StoreError
from reader.language import _
from reader.marks.article_marks import forget_history
from reader.marks.backups import backups
from reader.marks.database_copies import stand_alone
from reader.marks.database_files import clear_logs, file_identities, put_in_place, remove
from reader.marks.merging import merge
from reader.marks.recovery import readable
from reader.marks.store import Store
from reader.marks.store_errors import store_errors
from reader.marks.unsaved_file_paths import added_files, unsaved_files
from reader.private_files import FILE

_READWRITE = apsw.SQLITE_OPEN_READWRITE

_KEPT = ("damaged", "restored", "unfinished")
"""Databases that were set aside as corrupt, or were left by a restore."""

_ABANDONED = 60.0
"""Seconds after which an unfinished file counts as left by a killed process."""


def clear_copies(store: Path) -> int:
    """Clear the history in all files beside a database; return how many had to be rewritten because they are corrupt.

    The readable part of a corrupt file is kept.

    Raises:
        StoreError: One file could not be cleared; all others were.
    """
    failed: StoreError | None = None
    rewritten = 0
    for copy in _databases(store):
        try:
            rewritten += _clear(copy)
        except (StoreError, OSError) as error:
            failed = _not_cleared(copy, error)
    for file in (*unsaved_files(store), *added_files(store)):
        try:
            _clear_export(file)
        except (ReaderError, OSError) as error:
            failed = _not_cleared(file, error)
    for folder in (store.parent, store.parent / "backups"):
        for path in folder.glob(f"{store.stem}*.tmp"):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > _ABANDONED:
                    remove(path)
    if failed is not None:
        raise failed
    return rewritten


def vacuum(connection: apsw.Connection) -> None:
    """Remove deleted rows from the free pages and the WAL of an open database; postponed while another process reads.

    Raises:
        apsw.Error: The database cannot be written.
    """
    with suppress(apsw.BusyError, apsw.LockedError):
        connection.execute("VACUUM")
        connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)


def _databases(store: Path) -> list[Path]:
    beside = [path for kind in _KEPT for path in store.parent.glob(f"{store.stem}-{kind}-*.db")]
    return [*(copy.path for copy in backups(store)), *sorted(beside)]


def _not_cleared(path: Path, error: Exception) -> StoreError:
    # Never a CorruptStoreError, which would be about the database itself.
    reason = error.message if isinstance(error, ReaderError) else getattr(error, "strerror", None) or str(error)
    message = reason if str(path) in reason else _("Cannot clear {path}: {reason}").format(path=path, reason=reason)
    return StoreError(message, _("delete this file yourself if no reading history may remain"))


def _clear(copy: Path) -> bool:
    """Clear the history in a database; return whether it had to be rewritten.

    Raises:
        StoreError: It could not be cleared.
        OSError: It could not be rewritten.
    """
    try:
        with store_errors(str(copy)), closing(apsw.Connection(os.fspath(copy), _READWRITE)) as connection:
            forget_history(connection)
            connection.execute("VACUUM")
    except CorruptStoreError as error:
        if not _rewrite(copy):
            raise error from None
        return True
    return False


def _rewrite(copy: Path) -> bool:
    """Replace a corrupt database by one with the marks that can be read; return whether there were any.

    Raises:
        StoreError: It could not be written.
        OSError: It could not be replaced.
    """
    fresh = copy.with_name(f"{copy.name}.tmp")
    read = 0
    try:
        with _reading(copy) as connection:

            def rows(statement: str) -> list[Any]:
                nonlocal read
                found = readable(connection)(statement)
                read += len(found)
                return found

            new = Store(fresh, lambda _id: None, merge, None)
            try:
                merge(new, rows)
                with new.change(None) as changed:
                    forget_history(changed)
                new.forget_changes()
            finally:
                new.close()
        if not read:
            return False
        with store_errors(str(fresh)):
            with closing(apsw.Connection(os.fspath(fresh), _READWRITE)) as connection:
                connection.execute("VACUUM")
            stand_alone(fresh)
        clear_logs(copy)
        put_in_place(fresh, copy, file_identities(copy))
    finally:
        remove(fresh)
    return True


@contextlib.contextmanager
def _reading(copy: Path) -> Iterator[apsw.Connection]:
    with store_errors(str(copy)), closing(apsw.Connection(os.fspath(copy), apsw.SQLITE_OPEN_READONLY)) as connection:
        yield connection


def _clear_export(path: Path) -> None:
    """Clear the history in a file of marks.

    Raises:
        ExchangeError: It is not a file of marks.
        OSError: It cannot be read or written.
    """
    from reader.marks.exchange import decoded, encoded  # noqa: PLC0415 - rarely needed

    file = decoded(path.read_bytes())
    for record in file.articles:
        record.opened, record.progress, record.sections = None, 0.0, []
        if record.read is not msgspec.UNSET:
            record.read = None
    file.days = []
    fresh = path.with_name(f"{path.name}.tmp")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE), "wb") as written:
            written.write(encoded(file))
            written.flush()
            os.fsync(written.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
