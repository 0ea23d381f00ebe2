"""Reading a store that need not be writable: as it is, by way of a copy, or without its log."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import apsw

from reader.language import _

_PATIENCE = 5_000
"""Milliseconds that reading a store waits for another reader."""

_OBSTACLES = (
    apsw.BusyError,
    apsw.LockedError,
    apsw.FullError,
    apsw.IOError,
    apsw.CantOpenError,
    apsw.ReadOnlyError,
    apsw.PermissionsError,
    apsw.AuthError,
    apsw.NoMemError,
    apsw.InterruptError,
    OSError,
    MemoryError,
)
"""What says nothing of the store: full disks, missing permissions, failing devices. Whatever else SQLite says does."""

_CUT = {apsw.SQLITE_IOERR_SHORT_READ, apsw.SQLITE_IOERR_CORRUPTFS}
"""Errors of reading that come of the file's own state."""

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Finding:
    """What looking a store over found; both are empty where the store is good.

    Attributes:
        damage: The corruption, in SQLite's words.
        obstacle: Why the store cannot be looked over now, which says nothing of what it holds.
    """

    damage: str = ""
    obstacle: str = ""


def look_over(path: Path) -> Finding:
    """Read all of a store or a copy, and have SQLite check it."""
    if not path.exists():
        return Finding(obstacle=_("no such file"))
    if not path.is_file():
        # Opening a pipe for reading would wait for ever.
        return Finding(damage="no regular file")
    try:
        return Finding(damage=read_store(path, _problem))
    except (apsw.Error, UnicodeDecodeError, OSError, MemoryError) as error:
        reason = str(error) or type(error).__name__
        return Finding(obstacle=reason) if is_obstacle(error) else Finding(damage=reason)


def is_obstacle(error: BaseException) -> bool:
    """Whether an error says nothing of what a store holds, but that it cannot be read or written now."""
    return isinstance(error, _OBSTACLES) and getattr(error, "extendedresult", 0) not in _CUT


def _problem(connection: apsw.Connection) -> str:
    tables = [str(name) for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    if "article" not in tables:
        return "no such table: article"
    rows = connection.execute("PRAGMA integrity_check(1)").fetchall()
    if rows != [("ok",)]:
        return str(rows[0][0])
    for table in tables:
        # SQLite itself does not look whether a text is one.
        if table != "change":
            for _row in connection.execute(f'SELECT * FROM "{table}"'):
                pass
    return ""


def read_store(path: Path, question: Callable[[apsw.Connection], _Answer], patience: int = _PATIENCE) -> _Answer:
    """The answer to a question about the store in the file `path`, in whichever way the store can be read.

    A store with a log needs a writable folder to be read where it lies; where there is none, a copy is read.

    Raises:
        apsw.Error: It cannot be read in any way; the first reason.
        UnicodeDecodeError: A text in it is none.
        OSError: It cannot be read at all.
    """
    first: Exception | None = None
    for way in (as_it_is, copied, without_log):
        try:
            with way(path, patience) as connection:
                return question(connection)
        except (apsw.Error, OSError) as error:
            if isinstance(error, apsw.BusyError) or not is_obstacle(error):
                raise
            first = first or error
    assert first is not None  # noqa: S101 - each way either answers or raises
    raise first


@contextlib.contextmanager
def as_it_is(path: Path, patience: int = _PATIENCE, options: str = "mode=ro") -> Iterator[apsw.Connection]:
    """The store where it lies, opened for reading.

    Raises:
        apsw.Error: It cannot be opened.
    """
    # In the bytes that the system knows it by, whatever they are.
    name = f"file:{quote(os.fsencode(path))}?{options}"
    with contextlib.closing(
        apsw.Connection(name, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
    ) as connection:
        connection.set_busy_timeout(patience)
        yield connection


@contextlib.contextmanager
def copied(path: Path, patience: int = _PATIENCE) -> Iterator[apsw.Connection]:
    """A copy of the store and its log, which lasts as long as the context.

    Raises:
        apsw.Error: The copy cannot be opened.
        OSError: It cannot be made, or somebody wrote to the store meanwhile.
    """
    with tempfile.TemporaryDirectory(prefix="reader-") as folder:
        before = traces(path)
        for suffix in ("", "-wal"):
            source = path.with_name(path.name + suffix)
            if source.exists():
                shutil.copy(source, Path(folder) / f"marks.db{suffix}")
        if traces(path) != before:
            raise BlockingIOError(_("somebody is writing to it"))
        with as_it_is(Path(folder) / "marks.db", patience) as connection:
            yield connection


def without_log(path: Path, patience: int = _PATIENCE) -> contextlib.AbstractContextManager[apsw.Connection]:
    """The store where it lies, as if nobody could write to it; what stands in a log that holds anything is missed.

    Raises:
        OSError: There is such a log: half of what it holds may be in the store already.
    """
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise OSError(_("its log cannot be read"))
    return as_it_is(path, patience, "immutable=1")


def traces(store: Path) -> tuple[object, ...]:
    """What the disk tells of a store and its log: as long as it is the same, nobody wrote to the store."""
    found: list[object] = []
    for path in (store, store.with_name(store.name + "-wal")):
        with contextlib.suppress(OSError):
            status = path.stat()
            found.append((path.name, status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns))
    return tuple(found)
