"""Backups of the marks database: made regularly and before migrations, for restoring the latest intact one."""

import contextlib
import os
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import apsw

from reader.errors import StoreError
from reader.language import _
from reader.lean_dataclasses import dataclass
from reader.marks.database_copies import PATIENCE, copy_store
from reader.marks.database_files import STAMP, is_present, remove, sync_folder
from reader.marks.read_only import Stop, check_integrity, failure_reason
from reader.marks.undo_log import runs
from reader.private_files import make_private_folder

_FOLDER = "backups"
_NEWEST = 6
_DAYS = 10
"""How many of the newest backups are kept, and for how many days the last backup of each day as well."""

_OTHERS = 5
"""The number of backups kept of each other kind."""

_PLACES = timedelta(hours=1)
"""The minimum age of the last backup if only positions, visits or panes have changed, which happens constantly."""

_MARKS = (
    "SELECT max(revision) FROM article",
    "SELECT id, reader FROM change ORDER BY id DESC LIMIT 1",
    "SELECT id FROM change WHERE undone",
)
"""Queries that detect changes of marks: every change is logged or increases a revision."""

_REST = (
    "SELECT max(opened_at) FROM article",
    "SELECT total(seconds), total(characters) FROM day",
    "SELECT key, value FROM state ORDER BY key",
)
"""Queries that detect all other changes, except for the paths of articles."""

_LEAST = 512
"""The minimum size of a database in bytes."""

_THREAD = "backup before leaving"

_STOPPING = 2.0
"""Seconds to wait for a cancelled thread, which stops within milliseconds unless the disk or the machine is busy."""

_ABANDONED = 3_600
"""An unfinished backup of this age in seconds counts as abandoned even if a process with its PID is running."""


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """A backup of the marks database.

    Attributes:
        made: The time of the backup, in UTC.
        path: The path of the file.
        why: "daily" for regular backups, of which one per day is kept; else "migration" or "restore".
    """

    made: datetime
    path: Path
    why: str


def backups(store: Path) -> list[Backup]:
    """Return the backups of a marks database, newest first.

    Backups with a future time (from a wrong system clock) come last, because their age is unknown.
    """
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
    now = datetime.now(UTC)
    return sorted(found, key=lambda one: (one.made <= now, one), reverse=True)


def back_up(store: Path, *, why: str, stop: Stop = None) -> Backup:
    """Make and verify a backup, and delete the oldest backups of the same kind.

    Raises:
        StoreError: The backup cannot be written or is corrupt.
        apsw.InterruptError: `stop` returned true; nothing is left of the backup.
        apsw.Error: The database itself cannot be read.
    """
    made = datetime.now(UTC)
    folder = store.parent / _FOLDER
    path = folder / f"{store.stem}-{made.strftime(STAMP)}-{why}.db"
    unfinished = path.with_name(f"{path.stem}-{os.getpid()}.tmp")
    try:
        if stop is not None and stop():
            raise apsw.InterruptError
        make_private_folder(folder)
        copy_store(store, unfinished, stop)
        reason = unusable(unfinished, stop)
        if stop is not None and stop():
            raise apsw.InterruptError
        if reason:
            raise apsw.CorruptError(reason)
        unfinished.replace(path)
        sync_folder(folder)
        _prune(store, why)
    except OSError as error:
        raise _not_copied(folder, failure_reason(error)) from error
    except (apsw.FullError, apsw.IOError, apsw.CantOpenError, apsw.ReadOnlyError) as error:
        raise _not_copied(folder, failure_reason(error)) from error
    finally:
        remove(unfinished)
    return Backup(made, path, why)


def back_up_changed(store: Path, stop: Stop = None) -> Backup | None:
    """Make a backup if the database has changed since the last one; return None otherwise, or if `stop` returns true.

    Changes of positions, visits and panes only count once the last backup is an hour old.

    Raises:
        StoreError: The backup cannot be written, or the database cannot be read.
    """
    if not is_present(store):
        # The process that has the database open will rewrite it.
        return None
    _remove_abandoned(store)
    newest = next(iter(backups(store)), None)
    try:
        if newest is not None and not _is_due(store, newest):
            return None
        return back_up(store, why="daily", stop=stop)
    except apsw.InterruptError:
        return None
    except (apsw.Error, UnicodeDecodeError) as error:
        raise _not_copied(store.parent / _FOLDER, failure_reason(error)) from error


def back_up_within(store: Path, seconds: float) -> None:
    """Back up a changed database before the program exits, for at most `seconds`.

    A backup that takes longer is cancelled, and made at the next start. The cancelled thread gets a moment to stop.

    Raises:
        StoreError: The backup cannot be written.
    """
    late = Event()
    failed: list[StoreError] = []

    def work() -> None:
        try:
            back_up_changed(store, late.is_set)
        except StoreError as error:
            failed.append(error)

    # A daemon thread, because syncing to a slow disk cannot be cancelled and must not delay the exit.
    thread = Thread(target=work, name=_THREAD, daemon=True)
    thread.start()
    thread.join(seconds)
    late.set()
    thread.join(_STOPPING)
    if thread.is_alive():
        # The thread ends with the process and would leave its unfinished file.
        for left in _unfinished(store):
            if left.stem.endswith(f"-{os.getpid()}"):
                remove(left)
    if failed:
        raise failed[0]


def _is_due(store: Path, newest: Backup) -> bool:
    """Whether the changes since the last backup justify another one.

    Raises:
        apsw.Error: The database cannot be read.
        UnicodeDecodeError: The database contains invalid text.
    """
    try:
        marks, rest = _state(newest.path)
    except (apsw.Error, UnicodeDecodeError):
        # The backup is of an older version or corrupt.
        return True
    marks_now, rest_now = _state(store)
    # A backup with a future time was made with a wrong clock and does not count as recent.
    is_young = timedelta() <= datetime.now(UTC) - newest.made < _PLACES
    return marks_now != marks or (rest_now != rest and not is_young)


def _state(path: Path) -> tuple[list[Any], list[Any]]:
    """Return values that identify the state of the marks and of other data, without reading the whole database."""
    with contextlib.closing(apsw.Connection(os.fspath(path), flags=apsw.SQLITE_OPEN_READONLY)) as connection:
        connection.set_busy_timeout(PATIENCE)
        # A transaction gives a consistent snapshot.
        with connection:
            marks, rest = ([connection.execute(one).fetchall() for one in each] for each in (_MARKS, _REST))
    return marks, rest


def newest_good(store: Path) -> Backup | None:
    """Return the latest intact backup, or None."""
    return next((one for one in backups(store) if not unusable(one.path)), None)


def holds(path: Path) -> tuple[int, int]:
    """Return the number of highlights and bookmarks in a backup; 0 if unreadable or unknown to its version."""
    counts = [0, 0]
    with (
        contextlib.suppress(apsw.Error),
        contextlib.closing(apsw.Connection(os.fspath(path), flags=apsw.SQLITE_OPEN_READONLY)) as connection,
    ):
        for number, table in enumerate(("highlight", "bookmark")):
            with contextlib.suppress(apsw.Error):
                row: Any = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
                counts[number] = int(row[0])
    return counts[0], counts[1]


def damage(path: Path, stop: Stop = None) -> str:
    """Describe the corruption of a database or backup; empty if it is intact or cannot be checked now."""
    return check_integrity(path, stop).damage


def unusable(path: Path, stop: Stop = None) -> str:
    """Return why a backup cannot be restored at present; empty if it can."""
    found = check_integrity(path, stop)
    return found.damage or found.obstacle


def is_cut(path: Path) -> bool:
    """Whether a file is truncated so far that SQLite would create a new database in it.

    An empty file without backups does not count: another process is just creating the database.
    """
    try:
        size = path.stat().st_size
    except OSError:
        return False
    return 0 < size < _LEAST or (size == 0 and bool(backups(path)))


def _not_copied(folder: Path, reason: str) -> StoreError:
    return StoreError(
        _("Cannot back up the marks database to {path}: {reason}").format(path=folder, reason=reason),
        _("check the folder's permissions and the free disk space"),
    )


def _prune(store: Path, why: str) -> None:
    of_kind = [one for one in backups(store) if one.why == why]
    if why == "daily":
        last_of_day: dict[date, Backup] = {}
        for one in of_kind:
            # The day in the local time zone, not in UTC.
            last_of_day.setdefault(one.made.astimezone().date(), one)
        kept = {*of_kind[:_NEWEST], *[*last_of_day.values()][:_DAYS]}
    else:
        kept = {*of_kind[:_OTHERS]}
    for old in of_kind:
        if old not in kept:
            remove(old.path)
    _remove_abandoned(store)


def _remove_abandoned(store: Path) -> None:
    """Remove backups whose process ended before they were finished; their names contain its PID."""
    for left in _unfinished(store):
        process = left.stem.rpartition("-")[2]
        has_ended = os.name != "nt" and process.isdecimal() and int(process) != os.getpid() and not runs(int(process))
        with contextlib.suppress(OSError):
            if has_ended or time.time() - left.stat().st_mtime > _ABANDONED:
                remove(left)


def _unfinished(store: Path) -> list[Path]:
    """Return the unfinished backups of any process."""
    folder = store.parent / _FOLDER
    # If the folder is not readable, the next attempt to write a backup reports that.
    with contextlib.suppress(OSError):
        # Only the journal of an unfinished backup may be left.
        names = {path.name.partition(".tmp")[0] for path in folder.glob(f"{store.stem}-*.tmp*")}
        return [folder / f"{name}.tmp" for name in names]
    return []
