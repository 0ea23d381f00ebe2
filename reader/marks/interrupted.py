"""Detection and completion of interrupted restores, which are reported at the next start.

A restore writes the new database to `marks-restoring-…`, renames it to `marks-restored-…` once it is complete, sets the
old database aside and moves the new one into its place. Both names contain the PID.
"""

import contextlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from reader.marks.changes import runs
from reader.marks.database_files import STAMP, file_identities, is_present, put_in_place, remove
from reader.regex import regex

_NAME = regex(r"-(restoring|restored)-([0-9]{1,10})-([0-9TZ]+)")


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A restore that was interrupted.

    Attributes:
        path: The complete new database, which is not in its place yet.
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


def unfinished(store: Path) -> Interrupted | None:
    """Return the latest interrupted restore with a complete new database, removing incomplete ones; or None."""
    found: list[Interrupted] = []
    for path, kind, made in _left(store):
        if kind == "restoring":
            # The old database is still in its place and unchanged.
            remove(path)
        elif file_identities(path).file == file_identities(store).file:
            # The new database is in its place; only this second hard link was left.
            with contextlib.suppress(OSError):
                path.unlink()
            found.append(Interrupted(store, made, completed=True))
        else:
            found.append(Interrupted(path, made, completed=False))
    return max(found, key=lambda one: (not one.completed, one.made), default=None)


def _left(store: Path) -> list[tuple[Path, str, datetime]]:
    """Return the file, kind and start time of each restore whose process has ended."""
    left: list[tuple[Path, str, datetime]] = []
    try:
        files = sorted(store.parent.glob(f"{store.stem}-restor*"))
    except OSError:
        return []
    for path in files:
        name = _NAME.fullmatch(path.stem.removeprefix(store.stem))
        if name is not None and path.suffix in {".tmp", store.suffix} and not runs(int(name[2])):
            with contextlib.suppress(ValueError):
                left.append((path, name[1], datetime.strptime(name[3], STAMP).replace(tzinfo=UTC)))
    return left


def complete(store: Path) -> bool:
    """Move the new database of an interrupted restore into an empty place; return whether this was done.

    Raises:
        OSError: The file cannot be moved.
    """
    if is_present(store):
        return False
    left = unfinished(store)
    return left is not None and put_in_place(left.path, store)
