"""File operations on a marks database: identity of its files, replacing it, and setting it aside."""

import contextlib
import os
from datetime import UTC, datetime
from pathlib import Path

from reader.errors import StoreError
from reader.language import _
from reader.lean_dataclasses import dataclass
from reader.private_files import make_private_folder

Identity = tuple[int, int]
"""The identity of a file independent of its name: device and inode."""

STAMP = "%Y%m%dT%H%M%S%fZ"
"""The format of UTC times in file names."""

_LOGS = ("-wal", "-shm")
"""Suffixes of the files that SQLite keeps beside an open database in WAL mode."""


@dataclass(frozen=True, slots=True)
class FileIdentities:
    """The identities of a database's files; None for missing files.

    Attributes:
        file: The database.
        logs: The WAL and its shared-memory index.
    """

    file: Identity | None
    logs: tuple[Identity | None, ...] = ()


def file_identities(path: Path) -> FileIdentities:
    """Return the identities of the files at `path`."""
    return FileIdentities(_identity(path), tuple(_identity(log) for log in _logs_of(path)))


def _identity(path: Path) -> Identity | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def is_present(path: Path) -> bool:
    """Whether there is a file at a path; True if permissions prevent the check."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _logs_of(path: Path) -> list[Path]:
    return [path.with_name(path.name + suffix) for suffix in _LOGS]


def make_folder(folder: Path) -> None:
    """Create the folder of a database.

    Raises:
        StoreError: The folder cannot be created.
    """
    try:
        make_private_folder(folder)
    except OSError as error:
        raise StoreError(
            _("Cannot create the folder for marks ({path}): {reason}").format(path=folder, reason=error.strerror),
            _("set XDG_DATA_HOME to another folder"),
        ) from error


def clear_logs(path: Path, before: FileIdentities | None = None) -> None:
    """Delete the WAL files of `path`, or only those that belong to the database that was there `before`.

    SQLite would apply a stale WAL to the next database at this path.

    Raises:
        OSError: A file cannot be deleted.
    """
    for number, log in enumerate(_logs_of(path)):
        if before is None or before.logs[number] == _identity(log):
            log.unlink(missing_ok=True)


def put_in_place(fresh: Path, path: Path, before: FileIdentities | None = None) -> bool:
    """Move a complete new file to `path` and sync the folder; return False if another file exists there.

    The file that was there `before` is replaced.

    Raises:
        OSError: The file cannot be moved.
    """
    try:
        if before is not None and before.file == _identity(path):
            fresh.replace(path)
        else:
            # A hard link never replaces an existing file, whereas a rename would.
            os.link(fresh, path)
    except FileExistsError:
        return False
    except OSError:
        # Not every file system supports hard links.
        if path.exists():
            return False
        fresh.replace(path)
    sync_folder(path.parent)
    return True


def put_aside(path: Path, *, stays: bool = False) -> Path:
    """Rename the database at `path` and its WAL files as damaged, and return the new path.

    With `stays`, the file keeps its old name too, so that a new database can replace it atomically: if the name were
    free for a moment, another process would create an empty database. Not every file system supports this.

    Raises:
        OSError: The files cannot be renamed; nothing was changed.
    """
    stamp = datetime.now(UTC).strftime(STAMP)
    aside = path.with_name(f"{path.stem}-damaged-{stamp}{path.suffix}")
    is_linked = False
    if stays:
        with contextlib.suppress(OSError):
            os.link(path, aside)
            is_linked = True
    done: list[tuple[Path, Path]] = []
    try:
        # Rename the WAL first: SQLite would apply a WAL left behind to the next database at this path.
        for source, target in zip((*_logs_of(path), path), (*_logs_of(aside), aside), strict=True):
            if source.exists() and not (is_linked and source == path):
                source.rename(target)
                done.append((source, target))
    except OSError:
        for source, target in done:
            target.rename(source)
        if is_linked:
            aside.unlink()
        raise
    return aside


def bring_back(aside: Path, path: Path) -> None:
    """Undo `put_aside`.

    Raises:
        OSError: The files cannot be renamed.
    """
    for source, target in zip((*_logs_of(aside), aside), (*_logs_of(path), path), strict=True):
        if source.exists():
            # Of two links to one file, renaming removes neither.
            source.replace(target)
            source.unlink(missing_ok=True)


def sync_file(path: Path) -> None:
    """Sync a file to disk.

    Raises:
        OSError: Syncing failed.
    """
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Sync the entries of a folder to disk, if the system supports it.

    Raises:
        OSError: Syncing failed.
    """
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(path: Path) -> None:
    """Delete an unfinished file, and the files of SQLite beside it."""
    for file in (path, path.with_name(path.name + "-journal"), *_logs_of(path)):
        with contextlib.suppress(OSError):
            file.unlink()
