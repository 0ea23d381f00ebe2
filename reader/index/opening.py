"""Opening an index: to read it, to write it, and alone; one that is damaged or of another version is made anew."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from hashlib import blake2b
from itertools import count
from pathlib import Path

import apsw

from reader.document.folding import folds_variants
from reader.errors import IndexingError
from reader.index.pinyin import has_pinyin
from reader.index.schema import PATIENCE, connect, create, files_of, is_current, transaction
from reader.language import _
from reader.private_files import make_private, make_private_folder

UNWRITABLE = (
    apsw.FullError,
    apsw.IOError,
    apsw.ReadOnlyError,
    apsw.CantOpenError,
    apsw.BusyError,
    apsw.NoMemError,
)
"""What keeps an index from being written though nothing is wrong with it; whatever else SQLite says, it is damaged."""

_IN_MEMORY = apsw.SQLITE_OPEN_URI | apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
_numbers = count()


def index_path(cache: Path, root: Path, files: tuple[Path, ...] | None) -> Path:
    """Where the index of an archive lies: below `cache`, by the archive's place and its name."""
    place = os.path.abspath(root) if files is None else os.path.abspath(files[0])  # noqa: PTH100 - links stay
    digest = blake2b(os.fsencode(place), digest_size=8).hexdigest()
    return cache / f"{digest}.db"


def open_to_write(path: str) -> tuple[apsw.Connection, str]:
    """The index in a file, made if there is none or none that can be used, and why it was made anew, or empty.

    What lies in the file's place and is no index is replaced too, whoever made it: the name is nobody else's. Of a link
    only the link is, and a folder stays.

    Raises:
        IndexingError: It can neither be opened nor made.
    """
    file = Path(path)
    anew = ""
    try:
        if not path.startswith("file:"):
            make_private_folder(file.parent)
            anew = _unusable(path)
            if anew:
                remove(file)
        if not path.startswith("file:"):
            make_private(file)
        connection = connect(path, write=True)
        if not path.startswith("file:"):
            connection.pragma("journal_mode", "wal")
        if connection.pragma("user_version") == 0:
            # One transaction: whoever dies here leaves an empty file, not an index that lacks something.
            with transaction(connection):
                create(connection)
                connection.execute("INSERT INTO meta VALUES ('features', ?)", (features(),))
    except (apsw.Error, OSError) as error:
        raise unwritable(path, error) from error
    return connection, "" if anew == _ABSENT else anew


_ABSENT = "absent"


def _unusable(path: str) -> str:
    """Why the index in a file cannot be used, or empty.

    Raises:
        apsw.Error: It cannot be told, because nothing can be written there.
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
        # Whoever made the file died before there was anything in it.
        is_empty = connection.execute("SELECT 1 FROM sqlite_schema").fetchone() is None
        return _ABSENT if is_empty else _("the file in its place was not an index")
    if connection.readonly("main") and os.access(path, os.W_OK):
        # The header says that a later SQLite made it, which never was.
        return _("the old one was corrupt")
    if not is_current(connection):
        return _("the old one was made by another version of reader")
    row = connection.execute("SELECT value FROM meta WHERE name = 'features'").fetchone()
    if row is None or row[0] != features():
        return _("support for pinyin or character variants has changed")
    return ""


def open_to_read(path: str, patience: int = PATIENCE) -> apsw.Connection | None:
    """A connection to an index that is there and can be used, or None."""
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
    """What the tokens of an index made here depend on besides its version."""
    return f"variants {int(folds_variants())}, pinyin {int(has_pinyin())}"


def remove(path: Path) -> None:
    """Remove an index; what cannot be removed stays.

    Raises:
        OSError: A file of it cannot be removed.
    """
    for file in files_of(path):
        file.unlink(missing_ok=True)


def discard(path: Path) -> None:
    """Remove an index that turned out damaged, unless somebody is writing it just now or it cannot be removed."""
    with suppress(OSError, IndexingError), alone(path) as is_alone:
        if is_alone:
            remove(path)


def unwritable(path: str, error: Exception) -> IndexingError:
    """What is told where an index cannot be written."""
    return IndexingError(
        _("Cannot write the index ({path}): {reason}").format(path=path, reason=error),
        _("check the folder's permissions and the free disk space, or set XDG_CACHE_HOME to another folder"),
    )


def lock_path(path: Path) -> Path:
    """The file by which the index in `path` is locked."""
    return path.with_suffix(".lock")


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Whether this process is the only one that may write the index in `path`, as long as the context lasts.

    The lock is SQLite's own on a database beside the index, so that it ends with the process, however that ends.

    Raises:
        IndexingError: It cannot be locked, and nobody else has it locked either.
    """
    lock = lock_path(path)
    with ExitStack() as stack:
        try:
            make_private_folder(path.parent)
            make_private(lock)
            try:
                stack.enter_context(closing(_locked(lock)))
            except (apsw.NotADBError, apsw.CorruptError):
                # Nobody can have locked what is no database. It is emptied and not removed: another process may have
                # mended and locked it meanwhile.
                os.truncate(lock, 0)
                stack.enter_context(closing(_locked(lock)))
            is_alone = True
        except apsw.BusyError:
            is_alone = False
        except (apsw.Error, OSError) as error:
            raise unwritable(
                os.fspath(lock), OSError(_("it cannot be locked ({reason})").format(reason=error))
            ) from error
        yield is_alone


def _locked(lock: Path) -> apsw.Connection:
    """A connection that has a lock file to itself until it is closed.

    Raises:
        apsw.BusyError: Another process has it.
        apsw.Error: It cannot be locked.
    """
    connection = apsw.Connection(os.fspath(lock))
    try:
        # Nothing is ever written there, so that it can be locked on a full disk.
        connection.pragma("journal_mode", "memory")
        connection.execute("BEGIN EXCLUSIVE")
    except BaseException:
        connection.close()
        raise
    return connection


def in_memory() -> tuple[str, apsw.Connection]:
    """The name of a new index in memory, which lasts as long as the connection given with it."""
    name = f"file:/reader-{os.getpid()}-{next(_numbers)}?vfs=memdb"
    return name, apsw.Connection(name, flags=_IN_MEMORY)
