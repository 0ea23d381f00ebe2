"""Updates of an index, including recovery from corruption and exclusion of other processes."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import apsw

from reader.archive.archive import Archive
from reader.errors import IndexingError
from reader.index.identities import Identities
from reader.index.index_file import UNWRITABLE, exclusive_lock, open_to_write, remove, unwritable
from reader.index.progress import SyncSummary
from reader.index.sync import Sync
from reader.index.writer import Writer
from reader.indexing.protocol import IndexedArchive, IndexEvent
from reader.language import _
from reader.lean_dataclasses import dataclass, field

_POLL = 0.5
"""Seconds between checks whether another process has released an index."""

_DAMAGE = (apsw.Error, UnicodeError, TypeError, ValueError, AssertionError)
"""Exceptions that mean a corrupt index: errors of SQLite, or of stored values with an unexpected form."""


@dataclass(frozen=True, slots=True)
class UpdateOptions:
    """Options of an index update.

    Attributes:
        identities: Returns the article ids of the marks database.
        texts: Whether to index the text of articles too.
        show_copies: Whether duplicates are shown besides the most complete copy.
        rebuild: Whether to rebuild the index even if it is intact.
        report: Called with each event.
        stopped: Returns whether to stop.
    """

    identities: Callable[[], Identities] = Identities
    texts: bool = True
    show_copies: bool = False
    rebuild: bool = False
    report: Callable[[IndexEvent], None] = field(default=lambda _event: None)
    stopped: Callable[[], bool] = field(default=lambda: False)


def run_update(target: IndexedArchive, options: UpdateOptions) -> IndexEvent:
    """Update the index of an archive, and return an event with the summary or with the error."""
    try:
        return IndexEvent(target.number, summary=update(target.number, target.archive, target.index, options))
    except IndexingError as error:
        return IndexEvent(target.number, error=(error.message, error.hint))
    except OSError as error:
        return IndexEvent(target.number, error=(str(error), ""))


def update(number: int, archive: Archive, path: str, options: UpdateOptions) -> SyncSummary | None:
    """Update the index of an archive; return None if it was stopped while waiting for another process.

    Raises:
        IndexingError: The index cannot be written.
    """
    if path.startswith("file:"):
        return _update(number, archive, path, options)
    while True:
        with exclusive_lock(Path(path)) as is_locked:
            if is_locked:
                return _update(number, archive, path, options)
        if options.stopped():
            return None
        time.sleep(_POLL)


def _update(number: int, archive: Archive, path: str, options: UpdateOptions) -> SyncSummary:
    rebuild = options.rebuild
    for attempt in (1, 2):
        try:
            return _one_update(number, archive, path, options, rebuild=rebuild)
        except UNWRITABLE as error:
            raise unwritable(path, error) from error
        except _DAMAGE as error:
            if attempt == 2:
                raise IndexingError(_("Cannot build the index ({reason})").format(reason=error)) from error
            options.report(IndexEvent(number, rebuilt=_("the old one was corrupt")))
            rebuild = True
    raise AssertionError


def _one_update(number: int, archive: Archive, path: str, options: UpdateOptions, *, rebuild: bool) -> SyncSummary:
    if rebuild and not path.startswith("file:"):
        try:
            remove(Path(path))
        except OSError as error:
            raise unwritable(path, error) from error
    connection, why = open_to_write(path)
    try:
        if why:
            options.report(IndexEvent(number, rebuilt=why))
        sync = Sync(
            archive,
            Writer(connection, os.fspath(archive.root)),
            options.identities(),
            lambda progress: options.report(IndexEvent(number, progress)),
            options.stopped,
            options.texts,
            options.show_copies,
        )
        return sync.run()
    finally:
        connection.close()
