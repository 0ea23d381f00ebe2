"""Bringing an index up to date, whatever state it is in and whoever else is at it."""

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
from reader.index.progress import Summary
from reader.index.sync import Sync
from reader.index.writer import Writer
from reader.language import _
from reader.library.events import Event, Kept

_LOOK = 0.5
"""Seconds between two looks whether another reader has finished with an index."""

_DAMAGE = (apsw.Error, UnicodeError, TypeError, ValueError, AssertionError)
"""What a damaged index does to whoever writes it: it says so, or gives what it cannot have been given."""


@dataclass(frozen=True, slots=True)
class Update:
    """How an index is brought up to date.

    Attributes:
        identities: The ids that marks know articles by.
        texts: Whether texts are read too.
        show_copies: Whether duplicates are shown besides the fullest.
        rebuild: Whether the index is made anew in any case.
        told: Told of what happens.
        stopped: Asked whether to stop.
    """

    identities: Callable[[], Identities] = Identities
    texts: bool = True
    show_copies: bool = False
    rebuild: bool = False
    told: Callable[[Event], None] = field(default=lambda _event: None)
    stopped: Callable[[], bool] = field(default=lambda: False)


def updated(kept: Kept, how: Update) -> Event:
    """Bring the index of an archive up to date; what came of it, an error included."""
    try:
        return Event(kept.number, summary=update(kept.number, kept.archive, kept.index, how))
    except IndexingError as error:
        return Event(kept.number, error=(error.message, error.hint))
    except OSError as error:
        return Event(kept.number, error=(str(error), ""))


def update(number: int, archive: Archive, path: str, how: Update) -> Summary | None:
    """Bring the index of an archive up to date; None if it was stopped while another reader was at it.

    Raises:
        IndexingError: It cannot be written.
    """
    if path.startswith("file:"):
        return _update(number, archive, path, how)
    while True:
        with alone(Path(path)) as is_alone:
            if is_alone:
                return _update(number, archive, path, how)
        if how.stopped():
            return None
        time.sleep(_LOOK)


def _update(number: int, archive: Archive, path: str, how: Update) -> Summary:
    anew = how.rebuild
    for attempt in (1, 2):
        try:
            return _one_update(number, archive, path, how, anew=anew)
        except UNWRITABLE as error:
            raise unwritable(path, error) from error
        except _DAMAGE as error:
            if attempt == 2:
                raise IndexingError(_("The index cannot be made ({reason})").format(reason=error)) from error
            how.told(Event(number, rebuilt=_("it was damaged")))
            anew = True
    raise AssertionError


def _one_update(number: int, archive: Archive, path: str, how: Update, *, anew: bool) -> Summary:
    if anew and not path.startswith("file:"):
        try:
            remove(Path(path))
        except OSError as error:
            raise unwritable(path, error) from error
    connection, why = open_to_write(path)
    try:
        if why:
            how.told(Event(number, rebuilt=why))
        sync = Sync(
            archive,
            Writer(connection, os.fspath(archive.root)),
            how.identities(),
            lambda progress: how.told(Event(number, progress)),
            how.stopped,
            how.texts,
            how.show_copies,
        )
        return sync.run()
    finally:
        connection.close()
