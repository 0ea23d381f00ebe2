"""Restores by other processes: waiting for a running one, and finding an interrupted one.

A restore writes the new database to `marks-restoring-…`, renames it to `marks-restored-…` once it is complete, sets the
old database aside and moves the new one into its place. Both names contain the PID.

While the files are being moved, a process that opened the database would find it without its WAL or not at all.
Anything that it wrote would be set aside with the old database. The name `marks-restored-…` tells other processes to
wait.
"""

import contextlib
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from reader.errors import BusyStoreError
from reader.language import _
from reader.lean_dataclasses import dataclass
from reader.marks.database_files import STAMP, file_identities, is_present, put_in_place, remove
from reader.marks.undo_log import runs
from reader.regex import regex

_NAME = regex(r"-(restoring|restored)-([0-9]{1,10})-([0-9TZ]+)")

_REPLACING = 60.0
"""The maximum time in seconds for moving the files; an older file belongs to an ended process whose PID was reused."""

_LOOK = 0.01
"""Seconds between two checks whether the replacement is finished."""


@dataclass(frozen=True, slots=True)
class InterruptedRestore:
    """A restore that was interrupted.

    Attributes:
        path: The complete new database, which has not been moved into its place yet.
        made: The time at which it was written, in UTC.
        completed: Whether it has been moved into its place, so that nothing is left to do.
    """

    path: Path
    made: datetime
    completed: bool


def names(store: Path) -> tuple[Path, Path]:
    """Return the temporary and the final name of a new database written by this process."""
    stamp = f"{os.getpid()}-{datetime.now(UTC).strftime(STAMP)}"
    return (
        store.with_name(f"{store.stem}-restoring-{stamp}.tmp"),
        store.with_name(f"{store.stem}-restored-{stamp}{store.suffix}"),
    )


def unfinished(store: Path) -> InterruptedRestore | None:
    """Return the latest interrupted restore with a complete new database, removing incomplete ones; or None."""
    found: list[InterruptedRestore] = []
    for path, kind, made in _left(store):
        if kind == "restoring":
            # The old database is still in its place and unchanged.
            remove(path)
        elif file_identities(path).file == file_identities(store).file:
            # The new database is in its place; only this second hard link was left.
            with contextlib.suppress(OSError):
                path.unlink()
            found.append(InterruptedRestore(store, made, completed=True))
        else:
            found.append(InterruptedRestore(path, made, completed=False))
    return max(found, key=lambda one: (not one.completed, one.made), default=None)


def wait_until_replaced(store: Path, milliseconds: int) -> None:
    """Wait while another process replaces the database.

    Raises:
        BusyStoreError: It takes longer.
    """
    until = time.monotonic() + milliseconds / 1000
    while is_being_replaced(store):
        if time.monotonic() >= until:
            raise BusyStoreError(
                _("Another reader is writing to the marks database ({path})").format(path=store),
                _("try again in a moment"),
            )
        time.sleep(_LOOK)


def is_being_replaced(store: Path) -> bool:
    """Whether another process is replacing the database."""
    for path, kind, process in _files(store):
        with contextlib.suppress(OSError):
            if kind == "restored" and runs(process) and time.time() - path.stat().st_ctime < _REPLACING:
                return True
    return False


def _left(store: Path) -> list[tuple[Path, str, datetime]]:
    """Return the file, kind and start time of each restore whose process has ended."""
    left: list[tuple[Path, str, datetime]] = []
    for path, kind, process in _files(store):
        if not runs(process):
            with contextlib.suppress(ValueError):
                stamp = path.stem.rpartition("-")[2]
                left.append((path, kind, datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)))
    return left


def _files(store: Path) -> Iterator[tuple[Path, str, int]]:
    """Yield the files of restores, with their kind and PID."""
    try:
        files = sorted(store.parent.glob(f"{store.stem}-restor*"))
    except OSError:
        return
    for path in files:
        name = _NAME.fullmatch(path.stem.removeprefix(store.stem))
        if name is not None and path.suffix in {".tmp", store.suffix}:
            yield path, name[1], int(name[2])


def set_aside(left: InterruptedRestore) -> Path:
    """Rename the new database of an interrupted restore so that it is no longer offered; return the new path.

    Raises:
        OSError: The file cannot be renamed.
    """
    aside = left.path.with_name(left.path.name.replace("-restored-", "-unfinished-", 1))
    left.path.rename(aside)
    return aside


def complete(store: Path) -> bool:
    """Move the new database of an interrupted restore into an empty place; return whether this was done.

    Raises:
        OSError: The file cannot be moved.
    """
    if is_present(store):
        return False
    left = unfinished(store)
    return left is not None and put_in_place(left.path, store)
