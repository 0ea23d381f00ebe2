"""Keeping the sidebar as the archives are: what is told of the indexes, when shelves are counted anew, what is said."""

import asyncio
import time
from typing import TYPE_CHECKING, TypeVar

from textual.message import Message

from reader.index.progress import SyncProgress, SyncStage
from reader.indexing.messages import IndexEvent
from reader.language import _
from reader.shelves.counts import ShelfCounts, SortBy, View

if TYPE_CHECKING:
    from reader.ui.app import ReaderApp

_REST = 4
"""How many times as long as counting the shelves took is waited before they are counted again."""

_SHORTEST_REST = 0.25
"""Seconds."""

_REST_WHILE_READING = 1.0
"""Seconds between two looks at a growing archive: each repaints the sidebar, and keys come first."""

_PAGE_FIRST = 0.7
"""Seconds that an archive known already waits for being looked at, while the first page is made."""

_WORTH_SAYING = 0.7
"""Seconds that work takes before it is spoken of."""


class Upkeep:
    """What the sidebar shows, and how far the reading of the archives has come."""

    class Told(Message):
        """Something happened to the index of an archive."""

        def __init__(self, event: IndexEvent) -> None:
            super().__init__()
            self.event = event

    class Surveyed(Message):
        """The shelves were counted."""

    def __init__(self, app: "ReaderApp") -> None:
        self._app = app
        self._library = app.library
        self.view = _chosen(View, app.kept("view"), View.CATEGORY)
        self.sort = _chosen(SortBy, app.kept("sort"), SortBy.DATE)
        self.stopped = False
        self._ended: set[int] = set()
        self._errors: dict[int, str] = {}
        self._begun: float | None = None
        self._progress: SyncProgress | None = None
        self._surveying = False
        self._wanted = False
        self._not_before = 0.0

    def start(self) -> None:
        """Show what the indexes hold, and have them brought up to date."""
        self.refresh()
        self._app.run_worker(self._begin(), group="begin")

    async def _begin(self) -> None:
        if self._library.indexes.are_complete():
            # Nothing is missing on the screen, so the first page has the processors for itself.
            await asyncio.sleep(_PAGE_FIRST)
        self._library.indexes.start(self._tell)

    def _tell(self, event: IndexEvent) -> None:
        """Hand on what is told; runs in another thread."""
        try:
            self._app.post_message(self.Told(event))
        except RuntimeError:
            return  # The program has ended meanwhile.

    # What is told

    def happened(self, event: IndexEvent) -> None:
        """Take in what is told of an index."""
        if self._app.asked(lambda: self._library.handle(event), otherwise=True):
            self.refresh()
        if event.progress is not None:
            self._progress = None if event.progress.stage is SyncStage.DONE else event.progress
            self._begun = self._begun or time.monotonic()
        if event.rebuilt:
            self._app.say(_("The index is made anew: {why}").format(why=event.rebuilt))
        message, hint = event.error
        if message and message != self._errors.get(event.archive):
            # What is tried again every minute is told once.
            self._errors[event.archive] = message
            self._app.notify(f"{message}\n{hint}", severity="warning", markup=False, timeout=10)
        if message or (event.summary is not None and event.summary.complete):
            self._progress = self._begun = None
            self._ended.add(event.archive)
            self._tell_of_refused()
            self.refresh()

    def _tell_of_refused(self) -> None:
        """Say once that files cannot be read, and again when they are others."""
        refused = str(self._library.catalogue.refused())
        if refused not in ("0", self._app.kept("refused")):
            message = _("{count} files could not be read; “reader check” tells which").format(count=refused)
            self._app.notify(message, severity="warning", markup=False)
        if refused != self._app.kept("refused"):
            self._app.keep("refused", refused)

    @property
    def finished(self) -> bool:
        """Whether every archive was read to its end, or cannot be."""
        return len(self._ended) == len(self._library.catalogue.archives)

    @property
    def note(self) -> str:
        """What the status line says of work that takes its time, or empty."""
        if self.stopped:
            return _("stopped, X goes on")
        progress = self._progress
        if progress is None or self._begun is None or time.monotonic() - self._begun < _WORTH_SAYING:
            return ""
        names = {
            SyncStage.WALK: _("Looking"),
            SyncStage.HEADS: _("Titles"),
            SyncStage.TEXTS: _("Texts"),
            SyncStage.DONE: "",
        }
        parts = [names[progress.stage], f"{progress.done:,}" + (f" / {progress.total:,}" if progress.total else "")]
        if progress.rate:
            parts += ["·", _("{rate:,.0f} a second").format(rate=progress.rate)]
        if progress.seconds_left is not None:
            parts += ["·", _("{seconds:,.0f} s left").format(seconds=progress.seconds_left)]
        return " ".join([*parts, "·", _("X stops")])

    def toggle(self) -> None:
        """Stop the reading of the archives, or go on with it."""
        if self._progress is None and not self.stopped:
            self._app.say(_("All articles have been read"))
            return
        self.stopped = not self.stopped
        if self.stopped:
            self._library.indexes.pause()
            self._app.say(_("Stopped: what was read can be found; X goes on"))
        else:
            self._library.indexes.resume()

    # Shelves

    @property
    def is_current(self) -> bool:
        """Whether all articles have been read, and stand on the shelves."""
        return self.finished and not self._surveying

    def show(self, view: View, sort: SortBy) -> None:
        """Show other shelves, or articles in another order."""
        self.view, self.sort = view, sort
        self._app.keep("view", view)
        self._app.keep("sort", sort)
        self._not_before = 0.0
        self.refresh()

    def refresh(self) -> None:
        """Count the shelves anew, soon: not while they are counted, nor right after."""
        self._wanted = True
        if not self._surveying:
            self._surveying = True
            self._app.run_worker(self._survey_soon(), group="survey")

    async def _survey_soon(self) -> None:
        # Not by a timer of Textual's: one whose time has come before it is set never strikes.
        await asyncio.sleep(max(0.0, self._not_before - time.monotonic()))
        self._survey()

    def _survey(self) -> None:
        self._wanted = False
        request = self._app.asked(lambda: self._library.count_request(self.view, self.sort), None)
        if request is None:
            self._surveying = False
            return

        def count() -> None:
            begun = time.monotonic()
            survey = self._library.count(request)
            self._app.call_from_thread(self._surveyed, survey, request.sort, time.monotonic() - begun)

        self._app.run_worker(count, thread=True, group="survey")

    def _surveyed(self, survey: ShelfCounts, sort: SortBy, seconds: float) -> None:
        self._surveying = False
        rest = _SHORTEST_REST if self._progress is None else _REST_WHILE_READING
        self._not_before = time.monotonic() + max(rest, _REST * seconds)
        self._library.catalogue.forget()
        self._app.reading_screen.sidebar.fill(survey, self._library.shelves(survey, sort))
        self._app.post_message(self.Surveyed())
        if self._wanted:
            self.refresh()


_Choice = TypeVar("_Choice", View, SortBy)


def _chosen(kind: type[_Choice], kept: str, usual: _Choice) -> _Choice:
    """What was kept when the program was left, if it is something that can be chosen."""
    return kind(kept) if kept in set(kind) else usual
