"""Following the indexing of the archives: handling its events, pausing and resuming it."""

import asyncio
from typing import TYPE_CHECKING

from reader.indexing.protocol import IndexEvent
from reader.language import _, ngettext
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.shelves import Shelves
from reader.ui.commands.view import ReadingView
from reader.ui.index_status import IndexStatus
from reader.ui.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.index.progress import SyncSummary

_PAGE_FIRST = 0.7
"""Seconds by which the check of indexed archives is delayed, so that the first page is painted first."""


class Indexing:
    """The events of the indexes.

    Attributes:
        moved: Called after a sync with the current id and the old and new path of each moved article.
        finished: Called after a complete sync with the number of the archive and the result.
    """

    def __init__(self, session: Session, view: ReadingView, host: Host, shelves: Shelves, status: IndexStatus) -> None:
        self._session = session
        self._view = view
        self._host = host
        self._shelves = shelves
        self._status = status
        self.moved: list[Callable[[Sequence[tuple[str, str, str]]], None]] = []
        self.finished: list[Callable[[int, SyncSummary], None]] = []
        self._ended: set[int] = set()
        self._errors: dict[int, str] = {}
        self._unwatched = 0

    def handlers(self) -> Handlers:
        """The actions of this command, by id."""
        return {"pause_indexing": self._toggle}

    def start(self) -> None:
        """Show the content of the indexes, and start to update them."""
        self._shelves.refresh()
        self._host.run_task(self._begin, "begin")

    async def _begin(self) -> None:
        indexes = self._session.library.indexes
        if indexes.are_complete():
            # The screen already shows everything, so do not compete with the first page for the processors yet.
            await asyncio.sleep(_PAGE_FIRST)
        indexes.start(lambda event: self._host.soon(self._happened, event))

    def _happened(self, event: IndexEvent) -> None:
        """Show the effects of an event."""
        if self._session.asked(lambda: self._session.library.handle(event), otherwise=True):
            self._shelves.refresh()
        if event.progress is not None:
            self._status.advance(event.progress)
        if event.coverage is not None:
            self._tell_of_unwatched(event.coverage.unwatched)
        if event.rebuilt:
            self._host.say(_("Rebuilding the index: {why}").format(why=event.rebuilt))
        message, hint = event.error
        if message and message != self._errors.get(event.archive):
            # An error that recurs with every attempt, each minute, is reported once.
            self._errors[event.archive] = message
            self._host.notify(f"{message}\n{hint}", severity="warning", seconds=10)
        if message or (event.summary is not None and event.summary.complete):
            self._end(event.archive)
        if event.summary is not None:
            self._synced(event.archive, event.summary)
        self._view.follow()

    def _synced(self, archive: int, summary: "SyncSummary") -> None:
        for call in self.moved:
            call(summary.moved)
        for finish in self.finished if summary.complete else ():
            finish(archive, summary)

    def _end(self, archive: int) -> None:
        self._ended.add(archive)
        self._status.end()
        self._status.finished = len(self._ended) == len(self._session.library.catalogue.archives)
        self._tell_of_refused()
        self._shelves.refresh()

    def _tell_of_unwatched(self, count: int) -> None:
        """Say once that changes are noticed with a delay, because the system cannot watch so many folders."""
        if count and not self._unwatched:
            message = ngettext(
                "{count} folder cannot be watched; new articles there appear within a minute",
                "{count} folders cannot be watched; new articles there appear within a minute",
                count,
            )
            self._host.notify(message.format(count=count))
        self._unwatched = count

    def _tell_of_refused(self) -> None:
        """Report unreadable files once, and again if they have changed."""
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
        """Pause or resume indexing."""
        status, indexes = self._status, self._session.library.indexes
        if status.progress is None and not status.paused:
            self._host.say(_("Indexing finished"))
            return
        status.paused = not status.paused
        if status.paused:
            indexes.pause()
            said = _("Indexing paused: indexed articles can be searched · {key} resumes")
            self._host.say(said.format(key=self._session.keymap.label("pause_indexing")))
        else:
            indexes.resume()
        self._view.follow()
