"""Opening an index for reading or writing, with a lock; rebuilds it if it is corrupt or of another version."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from itertools import count
from pathlib import Path

import apsw

from reader.document.text_folding import folds_variants
from reader.errors import IndexingError
from reader.hashing import blake2b
from reader.index.pinyin import has_pinyin
from reader.index.schema import PATIENCE, connect, create, files_of, is_current, transaction
from reader.language import _
from reader.private_files import make_private, make_private_folder, make_way, make_way_for_logs

UNWRITABLE = (
    apsw.FullError,
    apsw.IOError,
    apsw.ReadOnlyError,
    apsw.CantOpenError,
    apsw.BusyError,
    apsw.NoMemError,
)
"""Errors that prevent writing to an index although it is intact; any other SQLite error means that it is corrupt."""

_IN_MEMORY = apsw.SQLITE_OPEN_URI | apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
_numbers = count()


def index_path(cache: Path, root: Path, files: tuple[Path, ...] | None) -> Path:
    """The path of an archive's index below `cache`, derived from the path of the archive or of its `files`."""
    place = os.path.abspath(root) if files is None else os.path.abspath(files[0])  # noqa: PTH100 - links stay
    digest = blake2b(os.fsencode(place), digest_size=8).hexdigest()
    return cache / f"{digest}.db"


def open_to_write(path: str) -> tuple[apsw.Connection, str]:
    """Open the index in a file, creating or replacing it if necessary; also return why it was replaced, or empty.

    A file that is no index is replaced as well, because the path is reserved for the index. The target of a symbolic
    link at the path is kept, and so is a folder.

    Raises:
        IndexingError: The index can neither be opened nor created.
    """
    file = Path(path)
    replaced_because = ""
    try:
        if not path.startswith("file:"):
            make_private_folder(file.parent)
            make_way_for_logs(file)
            replaced_because = _unusable(path)
            if replaced_because:
                remove(file)
        if not path.startswith("file:"):
            make_private(file)
        connection = connect(path, write=True)
        if not path.startswith("file:"):
            connection.pragma("journal_mode", "wal")
        if connection.pragma("user_version") == 0:
            # One transaction: a crash leaves an empty file, not an incomplete index.
            with transaction(connection):
                create(connection)
                connection.execute("INSERT INTO meta VALUES ('features', ?)", (features(),))
    except (apsw.Error, OSError) as error:
        raise unwritable(path, error) from error
    return connection, "" if replaced_because == _ABSENT else replaced_because


_ABSENT = "absent"


def _unusable(path: str) -> str:
    """Why the index in a file cannot be used, or empty.

    Raises:
        apsw.Error: The file cannot be checked, because it is not writable.
    """
    file = Path(path)
    if not file.exists():
        return _ABSENT
    if not file.is_file():
        return _("the file in its place was not an index")
    try:
        with closing(connect(path, write=True)) as connection:
            return _unfit(connection, path)
    except apsw.BusyError:
        return ""
    except UNWRITABLE:
        raise
    except apsw.Error:
        return _("the old one was corrupt")


def _unfit(connection: apsw.Connection, path: str) -> str:
    """Why an index that can be opened cannot be used, or empty."""
    if (connection.pragma("application_id"), connection.pragma("user_version")) == (0, 0):
        # The process that created the file crashed before it wrote anything.
        is_empty = connection.execute("SELECT 1 FROM sqlite_schema").fetchone() is None
        return _ABSENT if is_empty else _("the file in its place was not an index")
    if connection.readonly("main") and os.access(path, os.W_OK):
        # SQLite opens a file read-only if it does not know the version of its format. The program never writes another
        # version, so the file is corrupt.
        return _("the old one was corrupt")
    if not is_current(connection):
        return _("the old one was made by another version of reader")
    row = connection.execute("SELECT value FROM meta WHERE name = 'features'").fetchone()
    if row is None or row[0] != features():
        return _("support for pinyin or character variants has changed")
    return ""


def open_to_read(path: str, patience: int = PATIENCE) -> apsw.Connection | None:
    """A connection to an existing usable index, or None."""
    if not path.startswith("file:") and not Path(path).exists():
        return None
    try:
        connection = connect(path, write=False, patience=patience)
        if is_current(connection):
            return connection
        connection.close()
    except apsw.Error:
        return None
    return None


def features() -> str:
    """The optional features that affect the tokens of an index."""
    return f"variants {int(folds_variants())}, pinyin {int(has_pinyin())}"


def remove(path: Path) -> None:
    """Remove all files of an index.

    Raises:
        OSError: A file cannot be removed.
    """
    for file in files_of(path):
        file.unlink(missing_ok=True)


def discard(path: Path) -> None:
    """Remove a corrupt index, unless another process is writing it or it cannot be removed."""
    with suppress(OSError, IndexingError), exclusive_lock(path) as is_locked:
        if is_locked:
            remove(path)


def unwritable(path: str, error: Exception) -> IndexingError:
    """The error for an index that cannot be written."""
    return IndexingError(
        _("Cannot write the index ({path}): {reason}").format(path=path, reason=error),
        _("check the folder's permissions and the free disk space, or set XDG_CACHE_HOME to another folder"),
    )


def lock_path(path: Path) -> Path:
    """The path of the lock file of an index."""
    return path.with_suffix(".lock")


@contextmanager
def exclusive_lock(path: Path) -> Iterator[bool]:
    """Lock the index at `path` for writing within the context; yields whether this process got the lock.

    This is an SQLite lock on a separate database, so the operating system releases it when the process ends. A lock
    file that is corrupt, unreadable or not a regular file is repaired or replaced, except for a folder with content.

    Raises:
        IndexingError: Locking failed, but not because another process has the lock.
    """
    lock = lock_path(path)
    with ExitStack() as stack:
        try:
            make_private_folder(path.parent)
            make_way(lock)
            make_private(lock)
            try:
                stack.enter_context(closing(_locked(lock)))
            except (apsw.NotADBError, apsw.CorruptError):
                # A file that is not a database cannot be locked. Truncate it instead of removing it: another process
                # may have repaired and locked it in the meantime.
                os.truncate(lock, 0)
                stack.enter_context(closing(_locked(lock)))
            is_locked = True
        except apsw.BusyError:
            is_locked = False
        except (apsw.Error, OSError) as error:
            raise unwritable(
                os.fspath(lock), OSError(_("it cannot be locked ({reason})").format(reason=error))
            ) from error
        yield is_locked


def _locked(lock: Path) -> apsw.Connection:
    """A connection that has a lock file to itself until it is closed.

    Raises:
        apsw.BusyError: Another process has locked it.
        apsw.Error: It cannot be locked.
    """
    connection = apsw.Connection(os.fspath(lock))
    try:
        # A journal in memory writes nothing, so locking works on a full disk.
        connection.pragma("journal_mode", "memory")
        connection.execute("BEGIN EXCLUSIVE")
    except BaseException:
        connection.close()
        raise
    return connection


def in_memory() -> tuple[str, apsw.Connection]:
    """The name of a new in-memory index, which exists as long as the returned connection."""
    name = f"file:/reader-{os.getpid()}-{next(_numbers)}?vfs=memdb"
    return name, apsw.Connection(name, flags=_IN_MEMORY)


def inode_of(path: str) -> int:
    """The inode of a file, which changes when it is replaced; 0 if there is no file."""
    try:
        return Path(path).stat().st_ino
    except OSError:
        return 0
