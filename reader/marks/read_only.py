"""Read-only access to a marks database: in place, through a temporary copy, or without its WAL."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import apsw

from reader.language import _
from reader.lean_dataclasses import dataclass
from reader.marks.database_files import is_present

_PATIENCE = 5_000
"""Milliseconds to wait for another process."""

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
"""Errors of the environment (full disk, permissions, devices); all other SQLite errors mean corruption."""

_CUT = {apsw.SQLITE_IOERR_SHORT_READ, apsw.SQLITE_IOERR_CORRUPTFS}
"""I/O errors that are caused by the state of the file."""

Stop = Callable[[], bool] | None
"""Returns whether a long operation should stop. It may be called from any thread."""

_OPERATIONS = 20_000
"""The number of virtual machine instructions of SQLite, some milliseconds, between two calls of a `Stop`."""

_CHUNK = 2**20
"""Bytes that are copied at a time."""

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class IntegrityReport:
    """The result of an integrity check; both fields are empty if the database is intact.

    Attributes:
        damage: SQLite's description of the corruption.
        obstacle: Why the database cannot be checked at present, which does not mean that it is corrupt.
    """

    damage: str = ""
    obstacle: str = ""


def check_integrity(path: Path, stop: Stop = None) -> IntegrityReport:
    """Check the integrity of a database or backup, reading all of it.

    Once `stop` returns true, the check ends with an obstacle.
    """
    if not is_present(path):
        return IntegrityReport(obstacle=_("no such file"))
    try:
        if not path.is_file():
            # Opening a pipe for reading would block.
            return IntegrityReport(damage="no regular file")
        return IntegrityReport(damage=read_store(path, lambda connection: _problem(connection, stop)))
    except (apsw.Error, UnicodeDecodeError, OSError, MemoryError) as error:
        reason = failure_reason(error)
        return IntegrityReport(obstacle=reason) if is_obstacle(error) else IntegrityReport(damage=reason)


def is_obstacle(error: BaseException) -> bool:
    """Whether an error means that a database is inaccessible at present rather than corrupt."""
    return isinstance(error, _OBSTACLES) and getattr(error, "extendedresult", 0) not in _CUT


def failure_reason(error: BaseException) -> str:
    """Describe why a database is inaccessible; SQLite's own words, unless they would mislead."""
    is_full = isinstance(error, apsw.FullError) and str(error) in {"", "not an error"}
    if is_full or getattr(error, "extendedresult", 0) == apsw.SQLITE_IOERR_SHMSIZE:
        # The shared memory of the WAL could not be extended, which SQLite calls an I/O error.
        return "database or disk is full"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__


def _problem(connection: apsw.Connection, stop: Stop) -> str:
    if stop is not None:
        connection.set_progress_handler(stop, _OPERATIONS)
    tables = [str(name) for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    if "article" not in tables:
        return "no such table: article"
    rows = connection.execute("PRAGMA integrity_check(1)").fetchall()
    if rows != [("ok",)]:
        return str(rows[0][0])
    for table in tables:
        # SQLite does not validate the encoding of text, so decode every row.
        if table != "change":
            for _row in connection.execute(f'SELECT * FROM "{table}"'):
                pass
    return ""


def read_store(path: Path, question: Callable[[apsw.Connection], _Answer], patience: int = _PATIENCE) -> _Answer:
    """Apply a function to a read-only connection, opened in the first way that works.

    A database with a WAL needs a writable folder to be read in place; otherwise a copy is read.

    Raises:
        apsw.Error: The database cannot be read in any way; the error of the first attempt.
        UnicodeDecodeError: The database contains invalid text.
        OSError: The file cannot be read.
    """
    first: Exception | None = None
    for way in (as_it_is, copied, without_log):
        try:
            with way(path, patience) as connection:
                return question(connection)
        except (apsw.Error, OSError) as error:
            if isinstance(error, (apsw.BusyError, apsw.InterruptError)) or not is_obstacle(error):
                raise
            first = first or error
    assert first is not None  # noqa: S101 - each attempt either returns or raises
    raise first


@contextlib.contextmanager
def as_it_is(path: Path, patience: int = _PATIENCE, options: str = "mode=ro") -> Iterator[apsw.Connection]:
    """Open a database read-only in place.

    Raises:
        apsw.Error: The database cannot be opened.
    """
    # Quote the raw bytes of the path, which need not be UTF-8.
    name = f"file:{quote(os.fsencode(path))}?{options}"
    with contextlib.closing(
        apsw.Connection(name, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
    ) as connection:
        connection.set_busy_timeout(patience)
        yield connection


@contextlib.contextmanager
def copied(path: Path, patience: int = _PATIENCE) -> Iterator[apsw.Connection]:
    """Open a temporary copy of a database and its WAL, which exists as long as the context.

    Raises:
        apsw.Error: The copy cannot be opened.
        OSError: The copy cannot be made, or another process wrote to the database meanwhile.
    """
    with tempfile.TemporaryDirectory(prefix="reader-") as folder:
        before = traces(path)
        copy = Path(folder) / "marks.db"
        copy_bytes(path, copy)
        log = path.with_name(path.name + "-wal")
        if log.exists():
            # SQLite takes no locks on the WAL itself.
            shutil.copy(log, copy.with_name(copy.name + "-wal"))
        if traces(path) != before:
            raise BlockingIOError(_("another process is writing to it"))
        with as_it_is(copy, patience) as connection:
            yield connection


def copy_bytes(database: Path, target: Path) -> None:
    """Copy the bytes of a database file through SQLite's file layer.

    Opening and closing the file directly would drop the POSIX locks of this process's other connections to it
    (https://www.sqlite.org/howtocorrupt.html 2.2); SQLite defers closing its descriptors until no lock is held.

    Raises:
        apsw.Error: The file cannot be read.
        OSError: The copy cannot be written.
    """
    name = os.fspath(database)
    try:
        name.encode()
    except UnicodeEncodeError:
        # SQLite cannot open a file of this name for writing, so there are no locks to drop.
        shutil.copyfile(database, target)
        return
    source = apsw.VFSFile("", name, [apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_MAIN_DB, 0])
    try:
        size = source.xFileSize()
        with target.open("wb") as copy:
            for start in range(0, size, _CHUNK):
                copy.write(source.xRead(min(_CHUNK, size - start), start))
    finally:
        source.xClose()


def without_log(path: Path, patience: int = _PATIENCE) -> contextlib.AbstractContextManager[apsw.Connection]:
    """Open a database in place as immutable, ignoring its WAL.

    Raises:
        OSError: The WAL is not empty, so the database may be inconsistent without it.
    """
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise OSError(_("its log cannot be read"))
    return as_it_is(path, patience, "immutable=1")


def traces(store: Path) -> tuple[object, ...]:
    """Return the file status of a database and its WAL; if it is unchanged, nobody has written to the database."""
    found: list[object] = []
    for path in (store, store.with_name(store.name + "-wal")):
        with contextlib.suppress(OSError):
            status = path.stat()
            found.append((path.name, status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns))
    return tuple(found)
