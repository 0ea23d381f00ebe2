"""Updating an index, whatever state it is in and whichever other process is using it."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import apsw

from reader.archive.archive import Archive
from reader.errors import IndexingError
from reader.index.identities import Identities
from reader.index.opening import UNWRITABLE, alone, open_to_write, remove, unwritable
from reader.index.progress import SyncSummary
from reader.index.sync import Sync
from reader.index.writer import Writer
from reader.indexing.messages import IndexedArchive, IndexEvent
from reader.language import _

_POLL = 0.5
"""Seconds between two checks whether another process has finished with an index."""

_DAMAGE = (apsw.Error, UnicodeError, TypeError, ValueError, AssertionError)
"""What writing a damaged index raises: SQLite reports it, or a value is not what was once written."""


@dataclass(frozen=True, slots=True)
class UpdateOptions:
    """How an index is updated.

    Attributes:
        identities: The ids that marks know articles by.
        texts: Whether texts are read too.
        show_copies: Whether duplicates are shown besides the fullest.
        rebuild: Whether the index is rebuilt in any case.
        told: Listener of what happens.
        stopped: Asked whether to stop.
    """

    identities: Callable[[], Identities] = Identities
    texts: bool = True
    show_copies: bool = False
    rebuild: bool = False
    report: Callable[[IndexEvent], None] = field(default=lambda _event: None)
    stopped: Callable[[], bool] = field(default=lambda: False)


def run_update(target: IndexedArchive, options: UpdateOptions) -> IndexEvent:
    """Update the index of an archive; the event with the summary, or with the error."""
    try:
        return IndexEvent(target.number, summary=update(target.number, target.archive, target.index, options))
    except IndexingError as error:
        return IndexEvent(target.number, error=(error.message, error.hint))
    except OSError as error:
        return IndexEvent(target.number, error=(str(error), ""))


def update(number: int, archive: Archive, path: str, options: UpdateOptions) -> SyncSummary | None:
    """Update the index of an archive; None if it was stopped while waiting for another process.

    Raises:
        IndexingError: It cannot be written.
    """
    if path.startswith("file:"):
        return _update(number, archive, path, options)
    while True:
        with alone(Path(path)) as is_alone:
            if is_alone:
                return _update(number, archive, path, options)
        if options.stopped():
            return None
        time.sleep(_POLL)


def _update(number: int, archive: Archive, path: str, options: UpdateOptions) -> SyncSummary:
    anew = options.rebuild
    for attempt in (1, 2):
        try:
            return _one_update(number, archive, path, options, anew=anew)
        except UNWRITABLE as error:
            raise unwritable(path, error) from error
        except _DAMAGE as error:
            if attempt == 2:
                raise IndexingError(_("Cannot build the index ({reason})").format(reason=error)) from error
            options.report(IndexEvent(number, rebuilt=_("the old one was corrupt")))
            anew = True
    raise AssertionError


def _one_update(number: int, archive: Archive, path: str, options: UpdateOptions, *, anew: bool) -> SyncSummary:
    if anew and not path.startswith("file:"):
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
