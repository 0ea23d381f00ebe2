"""What a restore leaves that was interrupted: told at the next start, and offered to be finished.

A restore writes the new store under a name of its own (`marks-restoring-…`), gives it another once it is whole
(`marks-restored-…`), puts the old store aside and the new one in its place. Both names hold the number of the process.
"""

import contextlib
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from reader.marks.changes import runs
from reader.marks.standing import STAMP, put_in_place, remove, standing

_NAME = re.compile(r"-(restoring|restored)-([0-9]{1,10})-([0-9TZ]+)")


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A restore that was interrupted.

    Attributes:
        path: The new store, whole, which is not in its place yet.
        made: When it was written, in UTC.
        completed: Whether it is in its place by now, and nothing is left to do.
    """

    path: Path
    made: datetime
    completed: bool


def names(store: Path) -> tuple[Path, Path]:
    """The names of a new store that this process writes: while it is written, and once it is whole."""
    stamp = f"{os.getpid()}-{datetime.now(UTC).strftime(STAMP)}"
    return (
        store.with_name(f"{store.stem}-restoring-{stamp}.tmp"),
        store.with_name(f"{store.stem}-restored-{stamp}{store.suffix}"),
    )


def unfinished(store: Path) -> Interrupted | None:
    """The newest restore that was interrupted once its new store was whole; the rest of older ones is removed."""
    found: list[Interrupted] = []
    for path, kind, made in _left(store):
        if kind == "restoring":
            # Nothing was changed yet: the old store is in its place, with all that it holds.
            remove(path)
        elif standing(path).file == standing(store).file:
            # It is in its place already, and only this second name was left.
            with contextlib.suppress(OSError):
                path.unlink()
            found.append(Interrupted(store, made, completed=True))
        else:
            found.append(Interrupted(path, made, completed=False))
    return max(found, key=lambda one: (not one.completed, one.made), default=None)


def _left(store: Path) -> list[tuple[Path, str, datetime]]:
    """What processes that are no more left of restores: the file, of which kind, and when it was begun."""
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
    """Put the new store of an interrupted restore in its place where there is none; whether that was done.

    Raises:
        OSError: It cannot be done.
    """
    if store.exists():
        return False
    left = unfinished(store)
    return left is not None and put_in_place(left.path, store)
