"""Copies of a marks database, page by page while other processes use it."""

import contextlib
import os
from pathlib import Path

import apsw

from reader.marks.read_only import Stop
from reader.private_files import make_private

SYNCHRONOUS = "full"
"""SQLite's synchronous mode: every commit is synced to disk."""

PATIENCE = 5_000
"""Milliseconds to wait for another process."""

_PAGES = 256
"""The number of pages that are copied between two calls of a `Stop`."""


def copy_store(source: Path, target: Path, stop: Stop = None) -> None:
    """Copy a database page by page, which is safe while other processes write to it.

    Raises:
        apsw.InterruptError: `stop` returned true; the copy is incomplete.
        apsw.Error: One of the files cannot be used.
    """
    original = apsw.Connection(os.fspath(source), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        original.set_busy_timeout(PATIENCE)
        with original:
            # Copy from one snapshot: otherwise the copy would start again after every change by another process.
            original.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()
            copy_open(original, target, stop)
    finally:
        original.close()


def copy_open(original: apsw.Connection, target: Path, stop: Stop = None) -> None:
    """Copy an open database, even if its file was deleted.

    Raises:
        apsw.InterruptError: `stop` returned true; the copy is incomplete.
        apsw.Error: One of the files cannot be used.
    """
    make_private(target)
    with contextlib.closing(_unfinished_copy(target)) as copy, copy.backup("main", original, "main") as backup:
        while not backup.done:
            if stop is not None and stop():
                raise apsw.InterruptError
            backup.step(_PAGES if stop is not None else -1)
    stand_alone(target)


def stand_alone(copy: Path) -> None:
    """Merge the WAL of a copy into its file, so that it can be read from a read-only folder.

    Raises:
        apsw.Error: The file cannot be used.
    """
    with contextlib.closing(_unfinished_copy(copy)):
        # SQLite has merged it in order to use another journal.
        pass


def _unfinished_copy(path: Path) -> apsw.Connection:
    """Open a copy that is thrown away if writing it fails, so that it needs no journal beside it.

    A thread that copies may go on after the main thread has removed the copy: it must not create a file again.

    Raises:
        apsw.Error: The file does not exist, or cannot be used.
    """
    connection = apsw.Connection(os.fspath(path), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        connection.pragma("synchronous", SYNCHRONOUS)
        connection.pragma("journal_mode", "memory")
    except BaseException:
        connection.close()
        raise
    return connection
