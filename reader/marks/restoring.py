"""What becomes of a store that cannot be used: read as far as it can be, or gone back from to a good copy."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import apsw

from reader.errors import DamagedStoreError, ReaderError, StoreError
from reader.language import _
from reader.marks.backups import Backup, copy_store, damage, newest_good
from reader.marks.facade import Marks
from reader.marks.merging import merge, take_in
from reader.marks.recovery import readable
from reader.marks.standing import STAMP, bring_back, put_aside, put_in_place, remove
from reader.marks.telling import told

if TYPE_CHECKING:
    from reader.marks.exchange import MarksFile

_PATIENCE = 1_000
"""Milliseconds that reading a store waits for another reader."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done to a damaged store.

    Attributes:
        backup: The copy that was gone back to; None where a new store was begun, as there is no good copy.
        aside: Where the damaged store lies now.
        salvaged: Whether what could still be read of it was added.
    """

    backup: Backup | None
    aside: Path
    salvaged: bool


def open_marks(
    path: Path | None, fingerprint: Callable[[str], int | None] = lambda _id: None
) -> tuple[Marks, StoreError | None]:
    """The marks in the store `path`; where it cannot be used, in memory, with what can be read of it, and why.

    Reading never depends on a disk that can be written.
    """
    try:
        return Marks(path, fingerprint), None
    except StoreError as error:
        marks = Marks(None, fingerprint)
        if path is not None and not isinstance(error, DamagedStoreError):
            with contextlib.suppress(ReaderError, OSError, apsw.Error):
                _read(path, marks)
        return marks, error


def _read(path: Path, into: Marks) -> None:
    """Add what a store holds that can be read and not written: as it is, by way of a copy, or without its log."""
    for source in (_as_it_is, _copied, _without_log):
        with contextlib.suppress(OSError, apsw.Error), source(path) as connection:
            connection.execute("SELECT count(*) FROM article").fetchall()
            merge(into.store, readable(connection))
            into.store.forget_changes()
            return


@contextlib.contextmanager
def _as_it_is(path: Path, options: str = "mode=ro") -> Iterator[apsw.Connection]:
    # In the bytes that the system knows it by, whatever they are.
    name = f"file:{quote(os.fsencode(path))}?{options}"
    with contextlib.closing(
        apsw.Connection(name, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
    ) as connection:
        connection.set_busy_timeout(_PATIENCE)
        yield connection


@contextlib.contextmanager
def _copied(path: Path) -> Iterator[apsw.Connection]:
    with tempfile.TemporaryDirectory(prefix="reader-") as folder:
        for suffix in ("", "-wal"):
            source = path.with_name(path.name + suffix)
            if source.exists():
                shutil.copy(source, Path(folder) / f"marks.db{suffix}")
        with _as_it_is(Path(folder) / "marks.db") as connection:
            yield connection


def _without_log(path: Path) -> contextlib.AbstractContextManager[apsw.Connection]:
    return _as_it_is(path, "immutable=1")


def restore(path: Path, backup: Path | None = None, also: "MarksFile | None" = None) -> Restored:
    """Put a damaged store aside and go back to a copy of it, the newest good one if `backup` names none.

    What can still be read of the damaged store is added, and what `also` holds. Nothing is deleted.

    Raises:
        StoreError: The copy is no good, or nothing can be written there.
    """
    chosen = newest_good(path) if backup is None else Backup(datetime.now(UTC), backup, "")
    if backup is not None and (reason := damage(backup)):
        raise StoreError(
            _("{path} is not a usable backup: {reason}").format(path=backup, reason=reason),
            _("list intact backups with “reader marks check”"),
        )
    aside = _put_in_place(path, chosen)
    marks = Marks(path)
    try:
        salvaged = _salvage(aside, marks)
        if also is not None:
            take_in(marks.store, also)
    finally:
        marks.close()
    return Restored(chosen, aside, salvaged)


def _put_in_place(path: Path, chosen: Backup | None) -> Path:
    """Put the store at `path` aside and the chosen copy in its place; where the store lies now."""
    fresh = path.with_name(f"{path.name}.{datetime.now(UTC).strftime(STAMP)}.tmp")
    try:
        if chosen is not None:
            with told(str(chosen.path)):
                copy_store(chosen.path, fresh)
        aside = put_aside(path)
        try:
            # Another reader that has the store open may have written it anew meanwhile; that is put aside as well.
            while chosen is not None and not put_in_place(fresh, path):
                put_aside(path)
        except OSError:
            bring_back(aside, path)
            raise
    except OSError as error:
        raise StoreError(
            _("Cannot set the marks database aside ({path}): {reason}").format(path=path, reason=error.strerror),
            _("check the folder's permissions and the free disk space"),
        ) from error
    finally:
        remove(fresh)
    return aside


def _salvage(aside: Path, marks: Marks) -> bool:
    """Add what can still be read of a damaged store; whether anything could."""
    if not aside.is_file():
        return False
    try:
        connection = apsw.Connection(os.fspath(aside), flags=apsw.SQLITE_OPEN_READONLY)
    except apsw.Error:
        return False
    read = 0

    def rows(statement: str) -> list[Any]:
        nonlocal read
        found = readable(connection)(statement)
        read += len(found)
        return found

    try:
        merge(marks.store, rows)
    finally:
        connection.close()
    return read > 0
