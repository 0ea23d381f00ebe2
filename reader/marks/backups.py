"""Copies of the store: made as it changes, and before its tables do; the newest good one is there to go back to."""

import contextlib
import os
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import apsw

from reader.errors import StoreError
from reader.language import _
from reader.marks.reading import look_over
from reader.marks.standing import STAMP, remove, sync_folder
from reader.private_files import make_private, make_private_folder

SYNCHRONOUS = "full"
"""What is written is on the disk before SQLite says so."""

_FOLDER = "backups"
_NEWEST = 6
_DAYS = 10
"""Of the copies that are made as the store changes, the newest are kept, and besides the last of each of these days."""

_OTHERS = 5
"""Copies of each other kind that are kept."""

_PLACES = timedelta(hours=1)
"""Age of a copy from which one is made for places, visits and panes alone: they change with every page that is read."""

_MARKS = (
    "SELECT max(revision) FROM article",
    "SELECT id, reader FROM change ORDER BY id DESC LIMIT 1",
    "SELECT id FROM change WHERE undone",
)
"""What tells one state of the marks from another: every change of them is logged, or raises a revision."""

_REST = (
    "SELECT max(opened_at) FROM article",
    "SELECT total(seconds), total(characters) FROM day",
    "SELECT key, value FROM state ORDER BY key",
)
"""What tells the same of all else, but for where articles lie."""

_LEAST = 512
"""Bytes of the smallest database."""

_PATIENCE = 5_000
"""Milliseconds that reading a store waits for another reader."""

_ABANDONED = 3_600
"""Seconds behind which nobody is at an unfinished copy any more."""


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """A copy of the store.

    Attributes:
        made: When, in UTC.
        path: Where it lies.
        why: "daily" if it was made as the store changed, of which one a day is kept; else "migration" or "restore".
    """

    made: datetime
    path: Path
    why: str


def backups(store: Path) -> list[Backup]:
    """The copies of the store in the file `store`, the newest first.

    Those of the future, which a clock that was wrong made, come last: nobody knows how old they are.
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
        make_private_folder(folder)
        copy_store(store, unfinished)
        reason = unusable(unfinished)
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


def back_up_changed(store: Path) -> Backup | None:
    """Copy the store if it changed since the newest copy; None if not.

    What is no mark (places, visits, panes) counts only once that copy is an hour old.

    Raises:
        StoreError: The copy cannot be written, or the store itself cannot be read.
    """
    if not store.exists():
        # The reader that has it open writes it anew.
        return None
    newest = next(iter(backups(store)), None)
    try:
        if newest is not None and not _is_due(store, newest):
            return None
        return back_up(store, why="daily")
    except (apsw.Error, UnicodeDecodeError) as error:
        raise _not_copied(store.parent / _FOLDER, str(error)) from error


def _is_due(store: Path, newest: Backup) -> bool:
    """Whether the store holds what its newest copy does not, and that is worth another.

    Raises:
        apsw.Error: The store cannot be read.
        UnicodeDecodeError: A text in it is none.
    """
    try:
        marks, rest = _state(newest.path)
    except (apsw.Error, UnicodeDecodeError):
        # Of an older version, or damaged.
        return True
    marks_now, rest_now = _state(store)
    # One of the future was made by a clock that was wrong.
    is_young = timedelta() <= datetime.now(UTC) - newest.made < _PLACES
    return marks_now != marks or (rest_now != rest and not is_young)


def _state(path: Path) -> tuple[list[Any], list[Any]]:
    """What tells one state of a store from another: of its marks, and of the rest; found without reading it all."""
    with contextlib.closing(apsw.Connection(os.fspath(path), flags=apsw.SQLITE_OPEN_READONLY)) as connection:
        connection.set_busy_timeout(_PATIENCE)
        # As it is at one moment, whatever others do meanwhile.
        with connection:
            marks, rest = ([connection.execute(one).fetchall() for one in each] for each in (_MARKS, _REST))
    return marks, rest


def newest_good(store: Path) -> Backup | None:
    """The newest copy that can be gone back to."""
    return next((one for one in backups(store) if not unusable(one.path)), None)


def holds(path: Path) -> tuple[int, int]:
    """How many highlights and bookmarks a copy holds; 0 of what cannot be read, or its version did not know."""
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


def damage(path: Path) -> str:
    """The corruption of a store or a copy; empty if there is none, or if it cannot be looked over now."""
    return look_over(path).damage


def unusable(path: Path) -> str:
    """Why a copy cannot be gone back to, be it for now; empty if it can."""
    found = look_over(path)
    return found.damage or found.obstacle


def is_cut(path: Path) -> bool:
    """Whether a file is the stump of a store: SQLite would begin a new one in it.

    An empty file is one that another reader is just making, unless there are copies of what it was.
    """
    try:
        size = path.stat().st_size
    except OSError:
        return False
    return 0 < size < _LEAST or (size == 0 and bool(backups(path)))


def copy_store(source: Path, target: Path) -> None:
    """Copy a store page by page, whatever other readers do meanwhile.

    Raises:
        apsw.Error: One of them cannot be used.
    """
    original = apsw.Connection(os.fspath(source), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        original.set_busy_timeout(_PATIENCE)
        copy_open(original, target)
    finally:
        original.close()


def copy_open(original: apsw.Connection, target: Path) -> None:
    """Copy a store that is open, even if its file is gone.

    Raises:
        apsw.Error: One of them cannot be used.
    """
    make_private(target)
    with contextlib.closing(apsw.Connection(os.fspath(target))) as copy:
        copy.pragma("synchronous", SYNCHRONOUS)
        with copy.backup("main", original, "main") as backup:
            backup.step()
    stand_alone(target)


def stand_alone(copy: Path) -> None:
    """Have all of a copy in its one file, so that it can be read where nothing can be written.

    Raises:
        apsw.Error: It cannot be used.
    """
    with contextlib.closing(apsw.Connection(os.fspath(copy))) as connection:
        connection.pragma("synchronous", SYNCHRONOUS)
        connection.pragma("journal_mode", "delete")


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
            # The day of whoever reads, not that of Greenwich.
            last_of_day.setdefault(one.made.astimezone().date(), one)
        kept = {*of_kind[:_NEWEST], *[*last_of_day.values()][:_DAYS]}
    else:
        kept = {*of_kind[:_OTHERS]}
    for old in of_kind:
        if old not in kept:
            remove(old.path)
    for left in (store.parent / _FOLDER).glob(f"{store.stem}-*.tmp"):
        # By a death in the middle of a copy; a young one, empty yet, may be another reader's, at work.
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _ABANDONED:
                remove(left)
