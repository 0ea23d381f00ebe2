"""Corrupt indexes: every sign of corruption as one error, so that callers can rebuild the index."""

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import apsw

from reader.errors import IndexingError
from reader.language import _


class CorruptIndexError(IndexingError):
    """An index is corrupt and has to be rebuilt.

    Attributes:
        path: The path of the index.
    """

    path = ""


@contextmanager
def corruption_as_error(path: str) -> Iterator[None]:
    """Convert every error that corruption may cause within the context.

    Raises:
        CorruptIndexError: The index at `path` is corrupt.
        IndexingError: Another program has locked it.
        apsw.InterruptError: Another thread interrupted the statement.
    """
    try:
        yield
    except apsw.InterruptError:
        raise
    except apsw.BusyError as error:
        raise IndexingError(_("Another program has locked the index"), _("try again when it has finished")) from error
    except (apsw.Error, zlib.error, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        message = _("The index is corrupt ({reason})").format(reason=error)
        damaged = CorruptIndexError(message, _("rebuild it with “reader index --rebuild”"))
        damaged.path = path
        raise damaged from error


@contextmanager
def skipping_unusable(on_corrupt: Callable[[str], None]) -> Iterator[None]:
    """Leave the `with` block early, without an error, if an index is locked or corrupt; report a corrupt one."""
    try:
        yield
    except CorruptIndexError as error:
        on_corrupt(error.path)
    except IndexingError:
        # Another process holds the lock; the next refresh will include this index.
        return
