"""What goes wrong with a store's file, told as errors that say where and what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from reader.errors import BusyStoreError, CorruptStoreError, StoreError
from reader.language import _
from reader.marks.interrupted import Interrupted


@contextmanager
def told(path: str) -> Iterator[None]:
    """SQLite's errors as one that says where and what to do.

    Raises:
        CorruptStoreError: The file is no store, or is damaged.
        StoreError: Whatever else SQLite says.
    """
    try:
        yield
    except (apsw.CorruptError, apsw.NotADBError, UnicodeDecodeError) as error:
        raise damaged(path, str(error)) from error
    except apsw.BusyError as error:
        raise BusyStoreError(
            _("Another reader is writing to the marks database ({path})").format(path=path),
            _("try again in a moment"),
        ) from error
    except apsw.Error as error:
        raise StoreError(
            _("Cannot use the marks database ({path}): {reason}").format(path=path, reason=error),
            _("check the folder's permissions and the free disk space"),
        ) from error


def damaged(path: str, reason: str) -> CorruptStoreError:
    """The error that tells of a damaged store."""
    return CorruptStoreError(
        _("The marks database is corrupt ({path}): {reason}").format(path=path, reason=reason),
        _("restore the newest intact backup with “reader marks restore”; nothing is deleted"),
        path,
    )


def interruption(left: Interrupted) -> StoreError:
    """What is told of a restore that was interrupted."""
    if left.completed:
        return StoreError(
            _("An interrupted restore of the marks database was completed"),
            _("the old database is kept beside it"),
        )
    return StoreError(
        _("A restore of the marks database was interrupted ({path})").format(path=left.path),
        _("“reader marks restore” finishes it; nothing is lost"),
    )


@contextmanager
def told_of_files(path: Path) -> Iterator[None]:
    """What the system says of files as an error that says what to do.

    Raises:
        StoreError: Whatever it says.
    """
    try:
        yield
    except OSError as error:
        raise StoreError(
            _("The marks database has disappeared and cannot be written again ({path}): {reason}").format(
                path=path, reason=error.strerror or error
            ),
            _("restore its folder; nothing is lost while this reader is open"),
        ) from error


@contextmanager
def sensible() -> Iterator[None]:
    """What cannot be made of a row as the damage that it is; SQLite does not look whether a text is a number.

    Raises:
        apsw.CorruptError: A row makes no sense.
    """
    try:
        yield
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        if isinstance(error, UnicodeDecodeError):
            raise
        raise apsw.CorruptError(str(error)) from error
