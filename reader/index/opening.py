"""Opening an index: to read it, to write it, and alone; one that is damaged or of another version is made anew."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

import apsw

from reader.document.folding import folds_variants
from reader.errors import IndexingError
from reader.index.pinyin import has_pinyin
from reader.index.schema import connect, create, files_of, is_current
from reader.language import _


def index_path(cache: Path, root: Path, files: tuple[Path, ...] | None) -> Path:
    """Where the index of an archive lies: below `cache`, by the archive's place and its name."""
    place = os.path.abspath(root) if files is None else os.path.abspath(files[0])  # noqa: PTH100 - links stay
    digest = blake2b(os.fsencode(place), digest_size=8).hexdigest()
    return cache / f"{digest}.db"


def open_to_write(path: str) -> tuple[apsw.Connection, str]:
    """The index in a file, made if there is none or none that can be used, and why it was made anew, or empty.

    Raises:
        IndexingError: It can neither be opened nor made.
    """
    file = Path(path)
    anew = ""
    try:
        if not path.startswith("file:"):
            file.parent.mkdir(parents=True, exist_ok=True)
            anew = _unusable(path)
            if anew:
                remove(file)
        connection = connect(path, write=True)
        if not path.startswith("file:"):
            connection.pragma("journal_mode", "wal")
        if connection.pragma("user_version") == 0:
            # One transaction: whoever dies here leaves an empty file, not an index that lacks something.
            with connection:
                create(connection)
                connection.execute("INSERT INTO meta VALUES ('features', ?)", (features(),))
    except (apsw.Error, OSError) as error:
        raise unwritable(path, error) from error
    return connection, "" if anew == _ABSENT else anew


_ABSENT = "absent"


def _unusable(path: str) -> str:
    """Why the index in a file cannot be used, or empty."""
    if not Path(path).exists():
        return _ABSENT
    try:
        connection = connect(path, write=True)
        try:
            return _unfit(connection)
        finally:
            connection.close()
    except apsw.BusyError:
        return ""
    except apsw.Error:
        return _("it was damaged")


def _unfit(connection: apsw.Connection) -> str:
    """Why an index that can be opened cannot be used, or empty."""
    if connection.pragma("user_version") == 0:
        # Whoever made the file died before there was anything in it.
        return _ABSENT
    if not is_current(connection):
        return _("it was made by another version of reader")
    row = connection.execute("SELECT value FROM meta WHERE name = 'features'").fetchone()
    if row is None or row[0] != features():
        return _("pinyin or variants of characters can be searched now, or no more")
    return ""


def open_to_read(path: str) -> apsw.Connection | None:
    """A connection to an index that is there and can be used, or None."""
    if not path.startswith("file:") and not Path(path).exists():
        return None
    try:
        connection = connect(path, write=False)
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


def unwritable(path: str, error: Exception) -> IndexingError:
    """What is told where an index cannot be written."""
    return IndexingError(
        _("The index cannot be written ({path}): {reason}").format(path=path, reason=error),
        _("see whether its folder can be written and the disk has room; XDG_CACHE_HOME names another folder"),
    )


def lock_path(path: Path) -> Path:
    """The file by which the index in `path` is locked."""
    return path.with_suffix(".lock")


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Whether this process is the only one that may write the index in `path`, as long as the context lasts.

    The lock is SQLite's own on a database beside the index, so that it ends with the process, however that ends.
    """
    connection = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = apsw.Connection(os.fspath(lock_path(path)))
        connection.execute("BEGIN EXCLUSIVE")
    except (apsw.Error, OSError):
        if connection is not None:
            connection.close()
        yield False
        return
    try:
        yield True
    finally:
        connection.close()
