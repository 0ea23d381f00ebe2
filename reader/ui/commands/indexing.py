"""Following the indexing of the archives: what its events change on the screen, pausing it and going on."""

import asyncio
from typing import TYPE_CHECKING

from reader.indexing.protocol import IndexEvent
from reader.language import _, ngettext
from reader.ui.commands.dispatcher import Doers
from reader.ui.commands.host import Host
from reader.ui.commands.shelves import Shelves
from reader.ui.commands.view import ReadingView
from reader.ui.index_status import IndexStatus
from reader.ui.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_PAGE_FIRST = 0.7
"""Seconds that an archive known already waits for being looked at, while the first page is made."""


class Indexing:
    """The indexes' events.

    Attributes:
        moved: Called with the moves of articles after an index was brought up to date: the id an article has now,
            where its file was, and where it is.
    """

    def __init__(self, session: Session, view: ReadingView, host: Host, shelves: Shelves, status: IndexStatus) -> None:
        self._session = session
        self._view = view
        self._host = host
        self._shelves = shelves
        self._status = status
        self.moved: list[Callable[[Sequence[tuple[str, str, str]]], None]] = []
        self._ended: set[int] = set()
        self._errors: dict[int, str] = {}

    def doers(self) -> Doers:
        """The actions it does."""
        return {"stop_reading": self._toggle}

    def start(self) -> None:
        """Show what the indexes hold, and have them brought up to date."""
        self._shelves.refresh()
        self._host.run_task(self._begin(), "begin")

    async def _begin(self) -> None:
        indexes = self._session.library.indexes
        if indexes.are_complete():
            # Nothing is missing on the screen, so the first page has the processors for itself.
            await asyncio.sleep(_PAGE_FIRST)
        indexes.start(lambda event: self._host.soon(self._happened, event))

    def _happened(self, event: IndexEvent) -> None:
        """Show what is told of an index."""
        if self._session.asked(lambda: self._session.library.handle(event), otherwise=True):
            self._shelves.refresh()
        if event.progress is not None:
            self._status.advance(event.progress)
        if event.rebuilt:
            self._host.say(_("Rebuilding the index: {why}").format(why=event.rebuilt))
        message, hint = event.error
        if message and message != self._errors.get(event.archive):
            # What is tried again every minute is told once.
            self._errors[event.archive] = message
            self._host.notify(f"{message}\n{hint}", severity="warning", seconds=10)
        if message or (event.summary is not None and event.summary.complete):
            self._end(event.archive)
        if event.summary is not None:
            for call in self.moved:
                call(event.summary.moved)
        self._view.follow()

    def _end(self, archive: int) -> None:
        self._ended.add(archive)
        self._status.end()
        self._status.finished = len(self._ended) == len(self._session.library.catalogue.archives)
        self._tell_of_refused()
        self._shelves.refresh()

    def _tell_of_refused(self) -> None:
        """Say once that files cannot be read, and again when they are others."""
        refused = str(self._session.library.catalogue.refused())
        if refused not in ("0", self._session.kept("refused")):
            message = ngettext(
                "{count} file could not be read · “reader check” shows why",
                "{count} files could not be read · “reader check” shows why",
                int(refused),
            )
            self._host.notify(message.format(count=refused), severity="warning")
        if refused != self._session.kept("refused"):
            self._session.keep("refused", refused)

    def _toggle(self) -> None:
        """Pause the indexing, or go on with it."""
        status, indexes = self._status, self._session.library.indexes
        if status.progress is None and not status.paused:
            self._host.say(_("Indexing finished"))
            return
        status.paused = not status.paused
        if status.paused:
            indexes.pause()
            said = _("Indexing paused: indexed articles can be searched · {key} resumes")
            self._host.say(said.format(key=self._session.keymap.label("stop_reading")))
        else:
            indexes.resume()
        self._view.follow()
