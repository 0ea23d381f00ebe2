"""Translation of SQLite and file errors to errors with a path and a hint."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from reader.errors import BusyStoreError, CorruptStoreError, StoreError
from reader.language import _
from reader.marks.interrupted_restores import InterruptedRestore
from reader.marks.read_only import failure_reason


@contextmanager
def store_errors(path: str) -> Iterator[None]:
    """Translate the SQLite errors of a block to StoreError.

    Raises:
        CorruptStoreError: The file is not a marks database, or is corrupt.
        StoreError: SQLite reported another error.
    """
    try:
        yield
    except (apsw.CorruptError, apsw.NotADBError, UnicodeDecodeError) as error:
        raise corrupt_store_error(path, str(error)) from error
    except apsw.BusyError as error:
        raise BusyStoreError(
            _("Another reader is writing to the marks database ({path})").format(path=path),
            _("try again in a moment"),
        ) from error
    except apsw.Error as error:
        raise StoreError(
            _("Cannot use the marks database ({path}): {reason}").format(path=path, reason=failure_reason(error)),
            _("check the folder's permissions and the free disk space"),
        ) from error


def corrupt_store_error(path: str, reason: str) -> CorruptStoreError:
    """Build the error for a corrupt database."""
    return CorruptStoreError(
        _("The marks database is corrupt ({path}): {reason}").format(path=path, reason=reason),
        _("restore the newest intact backup with “reader marks restore”; nothing is deleted"),
        path,
        reason,
    )


def interruption(left: InterruptedRestore) -> StoreError:
    """Build the error for an interrupted restore."""
    if left.completed:
        return StoreError(
            _("An interrupted restore of the marks database was completed"),
            _("the old database is kept beside it"),
        )
    return StoreError(
        _("A restore of the marks database was interrupted ({path})").format(path=left.path),
        _("“reader marks restore” finishes it, and sets it aside with --discard; nothing is lost"),
    )


@contextmanager
def file_errors(path: Path) -> Iterator[None]:
    """Translate the file errors of a block to StoreError.

    Raises:
        StoreError: A file operation failed.
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
def corruption_errors() -> Iterator[None]:
    """Report values that cannot be converted as corruption, since SQLite does not validate the types of stored values.

    Raises:
        apsw.CorruptError: A row contains an invalid value.
    """
    try:
        yield
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        if isinstance(error, UnicodeDecodeError):
            raise
        raise apsw.CorruptError(str(error)) from error
