"""Copies of the store: one each day, and one before its tables change; the newest good one is there to go back to."""

import contextlib
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw

from reader.errors import StoreError
from reader.language import _
from reader.marks.standing import STAMP, remove, sync_folder

SYNCHRONOUS = "full"
"""What is written is on the disk before SQLite says so."""

_FOLDER = "backups"
_DAILY = 10
_MIGRATIONS = 5
"""Copies of each kind that are kept."""

_LEAST = 512
"""Bytes of the smallest database."""

_ABANDONED = 3_600
"""Seconds behind which nobody is at an unfinished copy any more."""


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """A copy of the store.

    Attributes:
        made: When, in UTC.
        path: Where it lies.
        why: "daily", "migration" or "restore".
    """

    made: datetime
    path: Path
    why: str


def backups(store: Path) -> list[Backup]:
    """The copies of the store in the file `store`, the newest first."""
    found: list[Backup] = []
    try:
        names = sorted((store.parent / _FOLDER).iterdir())
    except OSError:
        return []
    for path in names:
        stem, parted, rest = path.name.removeprefix(f"{store.stem}-").partition("-")
        if path.suffix != ".db" or not parted:
            continue
        with contextlib.suppress(ValueError):
            made = datetime.strptime(stem, STAMP).replace(tzinfo=UTC)
            found.append(Backup(made, path, rest.removesuffix(".db")))
    return sorted(found, reverse=True)


def back_up(store: Path, *, why: str) -> Backup:
    """Copy the store in the file `store`, whole and looked over, and let go of the oldest copies of that kind.

    Raises:
        StoreError: It cannot be written, or is no good.
        apsw.Error: The store itself cannot be read.
    """
    made = datetime.now(UTC)
    folder = store.parent / _FOLDER
    path = folder / f"{store.stem}-{made.strftime(STAMP)}-{why}.db"
    unfinished = path.with_suffix(".tmp")
    try:
        folder.mkdir(exist_ok=True)
        copy_store(store, unfinished)
        reason = damage(unfinished)
        if reason:
            raise apsw.CorruptError(reason)
        unfinished.replace(path)
        sync_folder(folder)
        _prune(store, why)
    except OSError as error:
        raise _not_copied(folder, error.strerror or str(error)) from error
    except (apsw.FullError, apsw.IOError, apsw.CantOpenError, apsw.ReadOnlyError) as error:
        raise _not_copied(folder, str(error)) from error
    finally:
        remove(unfinished)
    return Backup(made, path, why)


def back_up_daily(store: Path) -> Backup | None:
    """Copy the store if the newest copy is older than a day and the store was changed since; None if not.

    Raises:
        StoreError: It cannot be written, or the store itself cannot be read.
    """
    now = datetime.now(UTC)
    # One of the future was made by a clock that was wrong, and would keep others from being made until then.
    newest = next((one for one in backups(store) if one.made <= now), None)
    if newest is not None:
        changed = max(_changed(store), _changed(store.with_name(store.name + "-wal")))
        if now - newest.made < timedelta(days=1) or changed <= newest.made:
            return None
    try:
        return back_up(store, why="daily")
    except apsw.Error as error:
        raise _not_copied(store.parent / _FOLDER, str(error)) from error


def newest_good(store: Path) -> Backup | None:
    """The newest copy that can be gone back to."""
    return next((one for one in backups(store) if not damage(one.path)), None)


def damage(path: Path) -> str:
    """What is wrong with a store or a copy; empty if nothing is."""
    if path.exists() and not path.is_file():
        # Whoever opens a pipe to read it waits for ever.
        return "no regular file"
    try:
        connection = apsw.Connection(os.fspath(path), flags=apsw.SQLITE_OPEN_READONLY)
        try:
            connection.set_busy_timeout(5_000)
            connection.execute("SELECT count(*) FROM article").fetchall()
            rows = connection.execute("PRAGMA integrity_check(1)").fetchall()
            _read_all(connection)
        finally:
            connection.close()
    except (apsw.BusyError, apsw.LockedError):
        return ""
    except (apsw.Error, UnicodeDecodeError) as error:
        return str(error) or type(error).__name__
    return "" if rows == [("ok",)] else str(rows[0][0])


def is_cut(path: Path) -> bool:
    """Whether a file is the stump of a store: SQLite would begin a new one in it.

    An empty file is one that another reader is just making, unless there are copies of what it was.
    """
    try:
        size = path.stat().st_size
    except OSError:
        return False
    return 0 < size < _LEAST or (size == 0 and bool(backups(path)))


def _read_all(connection: apsw.Connection) -> None:
    """Read every row: SQLite itself does not look whether a text is one."""
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'change'").fetchall()
    for (table,) in tables:
        for _row in connection.execute(f'SELECT * FROM "{table}"'):
            pass


def copy_store(source: Path, target: Path) -> None:
    """Copy a store page by page, whatever other readers do meanwhile.

    Raises:
        apsw.Error: One of them cannot be used.
    """
    original = apsw.Connection(os.fspath(source), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        original.set_busy_timeout(5_000)
        copy_open(original, target)
    finally:
        original.close()


def copy_open(original: apsw.Connection, target: Path) -> None:
    """Copy a store that is open, even if its file is gone.

    Raises:
        apsw.Error: One of them cannot be used.
    """
    copy = apsw.Connection(os.fspath(target))
    try:
        copy.pragma("synchronous", SYNCHRONOUS)
        with copy.backup("main", original, "main") as backup:
            backup.step()
        # Alone in its file, so that it can be read where nothing can be written.
        copy.pragma("journal_mode", "delete")
    finally:
        copy.close()


def _not_copied(folder: Path, reason: str) -> StoreError:
    return StoreError(
        _("The store of marks cannot be copied to {path}: {reason}").format(path=folder, reason=reason),
        _("see whether its folder can be written and the disk has room"),
    )


def _prune(store: Path, why: str) -> None:
    kept = _DAILY if why == "daily" else _MIGRATIONS
    for old in [one for one in backups(store) if one.why == why][kept:]:
        remove(old.path)
    for left in (store.parent / _FOLDER).glob(f"{store.stem}-*.tmp"):
        # By a death in the middle of a copy; a young one, empty yet, may be another reader's, at work.
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _ABANDONED:
                remove(left)


def _changed(path: Path) -> datetime:
    try:
        status = path.stat()
    except OSError:
        return datetime.min.replace(tzinfo=UTC)
    # A log is made by whoever opens the store; only one that holds something tells of a change.
    return datetime.fromtimestamp(status.st_mtime if status.st_size else 0, UTC)
