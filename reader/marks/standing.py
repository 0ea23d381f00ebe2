"""The file of a store as it stands in its folder: which one it is, and putting it aside or another in its place."""

import contextlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from reader.errors import StoreError
from reader.language import _
from reader.private_files import make_private_folder

Identity = tuple[int, int]
"""By what a file is known whatever it is called: its device and its number there."""

STAMP = "%Y%m%dT%H%M%S%fZ"
"""How moments stand in names of files, in UTC."""

_LOGS = ("-wal", "-shm")
"""What the names of the files end with that SQLite keeps beside an open database."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Which files lie in a store's place; None where there is none.

    Attributes:
        file: The database.
        logs: Its log, in which the newest changes stand, and the log's index.
    """

    file: Identity | None
    logs: tuple[Identity | None, ...] = ()


def standing(path: Path) -> Standing:
    """Which files lie in the place `path` now."""
    return Standing(_identity(path), tuple(_identity(log) for log in _logs_of(path)))


def _identity(path: Path) -> Identity | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _logs_of(path: Path) -> list[Path]:
    return [path.with_name(path.name + suffix) for suffix in _LOGS]


def make_folder(folder: Path) -> None:
    """Make the folder of a store.

    Raises:
        StoreError: It cannot be made.
    """
    try:
        make_private_folder(folder)
    except OSError as error:
        raise StoreError(
            _("Cannot create the folder for marks ({path}): {reason}").format(path=folder, reason=error.strerror),
            _("set XDG_DATA_HOME to another folder"),
        ) from error


def clear_logs(path: Path, before: Standing | None = None) -> None:
    """Take away the logs beside `path`, or only those of a database that stood there `before`.

    SQLite would write what stands in them into whatever database stands there next.

    Raises:
        OSError: One cannot be taken away.
    """
    for number, log in enumerate(_logs_of(path)):
        if before is None or before.logs[number] == _identity(log):
            log.unlink(missing_ok=True)


def put_in_place(fresh: Path, path: Path, before: Standing | None = None) -> bool:
    """Give a whole new file the name `path`, and have that on the disk; False where something stands there already.

    What stood there `before` is no hindrance.

    Raises:
        OSError: It cannot be done.
    """
    try:
        if before is not None and before.file == _identity(path):
            fresh.replace(path)
        else:
            # A link is never put over a file, as a new name would be.
            os.link(fresh, path)
    except FileExistsError:
        return False
    except OSError:
        # Not every disk knows links.
        if path.exists():
            return False
        fresh.replace(path)
    sync_folder(path.parent)
    return True


def put_aside(path: Path) -> Path:
    """Give whatever stands at `path`, with its logs, another name that tells that it is damaged; that name.

    Raises:
        OSError: It cannot be done; all is as it was.
    """
    stamp = datetime.now(UTC).strftime(STAMP)
    aside = path.with_name(f"{path.stem}-damaged-{stamp}{path.suffix}")
    done: list[tuple[Path, Path]] = []
    try:
        # The logs first: a log that is left behind would be written into whatever stands there next.
        for source, target in zip((*_logs_of(path), path), (*_logs_of(aside), aside), strict=True):
            if source.exists():
                source.rename(target)
                done.append((source, target))
    except OSError:
        for source, target in done:
            target.rename(source)
        raise
    return aside


def bring_back(aside: Path, path: Path) -> None:
    """Give what was put aside its name again.

    Raises:
        OSError: It cannot be done.
    """
    for source, target in zip((*_logs_of(aside), aside), (*_logs_of(path), path), strict=True):
        if source.exists():
            source.rename(target)


def sync_file(path: Path) -> None:
    """Have what was written to a file on the disk.

    Raises:
        OSError: It cannot be done.
    """
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Have a folder's own entries on the disk, where folders can be synced.

    Raises:
        OSError: It cannot be done.
    """
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(path: Path) -> None:
    """Remove a file that was not finished, and what SQLite left beside it."""
    for file in (path, path.with_name(path.name + "-journal"), *_logs_of(path)):
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)
