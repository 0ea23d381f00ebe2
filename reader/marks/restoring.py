"""What becomes of a store that cannot be used: read as far as it can be, or gone back from to a good copy."""

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import apsw

from reader.errors import BusyStoreError, CorruptStoreError, ReaderError, StoreError
from reader.language import _
from reader.marks.backups import Backup, copy_store, newest_good, stand_alone, unusable
from reader.marks.facade import Marks
from reader.marks.interrupted import names, unfinished
from reader.marks.merging import merge, take_in
from reader.marks.reading import as_it_is, copied, look_over, read_store
from reader.marks.recovery import readable
from reader.marks.schema import MIGRATIONS, migrate
from reader.marks.standing import bring_back, put_aside, put_in_place, remove, standing, sync_file
from reader.marks.telling import told

if TYPE_CHECKING:
    from reader.marks.exchange import MarksFile

_PATIENCE = 1_000
"""Milliseconds that reading a store into memory waits for another reader."""

_LOCK_PATIENCE = 10_000
"""Milliseconds that a restore waits for another reader's change."""


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
        if path is not None and not isinstance(error, CorruptStoreError):
            with contextlib.suppress(ReaderError, OSError, apsw.Error):
                _read(path, marks)
        return marks, error


def _read(path: Path, into: Marks) -> None:
    """Add what a store holds that can be read and not written: as it is, by way of a copy, or without its log."""
    for way in (as_it_is, copied, _immutable):
        with contextlib.suppress(OSError, apsw.Error), way(path, _PATIENCE) as connection:
            connection.execute("SELECT count(*) FROM article").fetchall()
            merge(into.store, readable(connection))
            into.store.forget_changes()
            return


def _immutable(path: Path, patience: int) -> contextlib.AbstractContextManager[apsw.Connection]:
    return as_it_is(path, patience, "immutable=1")


def open_to_read(path: Path) -> Marks:
    """The marks in the store `path`; where it cannot be written, all of them in memory.

    Raises:
        CorruptStoreError: It is damaged.
        StoreError: It cannot be read.
    """
    try:
        return Marks(path)
    except CorruptStoreError:
        raise
    except StoreError as error:
        if not path.exists():
            raise
        try:
            file = read_store(path, _all_of)
        except (apsw.Error, OSError, UnicodeDecodeError):
            raise error from None
        marks = Marks(None)
        take_in(marks.store, file, undoable=False)
        return marks


def _all_of(connection: apsw.Connection) -> "MarksFile":
    """All that a store holds, of which nothing is left out because it cannot be read.

    Raises:
        apsw.Error: It cannot be read.
    """
    from reader.marks.exchange import dump  # noqa: PLC0415 - not for the first paint

    if int(connection.pragma("user_version")) == len(MIGRATIONS):
        return dump(lambda statement: connection.execute(statement).fetchall())
    return dump(readable(connection))


# Going back


def restore(path: Path, backup: Path | None = None, also: "MarksFile | None" = None) -> Restored:
    """Put a damaged store aside and go back to a copy of it, the newest good one if `backup` names none.

    What can still be read of the damaged store is added, and what `also` holds. Nothing is deleted, and until the new
    store is whole nothing is changed: it is written beside the old one and takes its place by renaming. Other readers
    wait meanwhile. What was done before a restore cannot be undone after it.

    Raises:
        StoreError: The store cannot be read now, the copy is no good, or nothing can be written there; all is as it
            was.
    """
    if path.exists() and (obstacle := look_over(path).obstacle):
        raise StoreError(
            _("The marks database cannot be read now ({path}): {reason}").format(path=path, reason=obstacle),
            _("it is not corrupt, and nothing was changed"),
        )
    chosen = newest_good(path) if backup is None else Backup(datetime.now(UTC), backup, "")
    if backup is not None and (reason := unusable(backup)):
        raise StoreError(
            _("{path} is not a usable backup: {reason}").format(path=backup, reason=reason),
            _("list intact backups with “reader marks check”"),
        )
    fresh, ready = names(path)
    try:
        with _locked(path):
            salvaged = _write(fresh, path, chosen, also)
            fresh.rename(ready)
            aside = _put_in_place(ready, path)
    except OSError as error:
        raise StoreError(
            _("Cannot set the marks database aside ({path}): {reason}").format(path=path, reason=error.strerror),
            _("check the folder's permissions and the free disk space"),
        ) from error
    finally:
        remove(fresh)
    return Restored(chosen, aside, salvaged)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Keep other readers from writing to a store while it is replaced; one too damaged for that is written by nobody.

    Raises:
        BusyStoreError: Another reader keeps writing.
    """
    with contextlib.ExitStack() as stack:
        if path.is_file():
            try:
                connection = stack.enter_context(contextlib.closing(apsw.Connection(os.fspath(path))))
                connection.set_busy_timeout(_LOCK_PATIENCE)
                connection.execute("BEGIN IMMEDIATE")
            except apsw.BusyError as error:
                raise BusyStoreError(
                    _("Another reader is writing to the marks database ({path})").format(path=path),
                    _("try again in a moment"),
                ) from error
            except apsw.Error:
                # It is damaged, or can only be read; whichever it is, what follows tells.
                pass
        yield


def _write(fresh: Path, path: Path, chosen: Backup | None, also: "MarksFile | None") -> bool:
    """Write the new store, whole and looked over, to the file `fresh`; whether anything of the old one is in it.

    Raises:
        StoreError: It cannot be written.
        OSError: The same, as the system says it.
    """
    if chosen is not None:
        with told(str(chosen.path)):
            copy_store(chosen.path, fresh)
            with contextlib.closing(apsw.Connection(os.fspath(fresh))) as connection:
                # Here, as a store that is opened has a backup made before it is migrated, and this is one.
                migrate(connection)
    marks = Marks(fresh)
    try:
        salvaged = _salvage(path, marks)
        if also is not None:
            take_in(marks.store, also, undoable=False)
        marks.store.forget_changes()
    finally:
        marks.close()
    stand_alone(fresh)
    if reason := unusable(fresh):
        raise StoreError(
            _("The new marks database cannot be used ({path}): {reason}").format(path=fresh, reason=reason)
        )
    sync_file(fresh)
    return salvaged


def _put_in_place(ready: Path, path: Path) -> Path:
    """Put the store at `path` aside and the new one in its place; where the old one lies now.

    Raises:
        OSError: It cannot be done; all is as it was.
    """
    try:
        aside = put_aside(path)
    except OSError:
        ready.unlink(missing_ok=True)
        raise
    try:
        # Another reader that has the store open may have written it anew meanwhile; that is put aside as well.
        while not put_in_place(ready, path) and standing(path).file != standing(ready).file:
            put_aside(path)
    except BaseException:
        if standing(path).file == standing(ready).file:
            path.unlink()
        bring_back(aside, path)
        ready.unlink(missing_ok=True)
        raise
    ready.unlink(missing_ok=True)
    return aside


def _salvage(path: Path, marks: Marks) -> bool:
    """Add what can still be read of a damaged store; whether anything could."""
    if not path.is_file():
        return False
    try:
        connection = apsw.Connection(os.fspath(path), flags=apsw.SQLITE_OPEN_READONLY)
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


def finish_interrupted(path: Path) -> Restored | None:
    """Finish a restore of the store in the file `path` that was interrupted; None where there is none.

    Raises:
        StoreError: As for `restore`.
    """
    left = unfinished(path)
    if left is None or left.completed:
        return None
    restored = restore(path, left.path)
    remove(left.path)
    return restored
