"""The shelves of the sidebar: their grouping, their order, and when they are counted."""

import asyncio
import time
from typing import TYPE_CHECKING

from reader.language import _
from reader.shelves.counts import ShelfCounts, SortBy, View
from reader.ui.commands.arranging import arrangements, read_arrangement
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.view import ReadingView, ShelfView
from reader.ui.index_status import IndexStatus
from reader.ui.saved_view import kept_arrangement
from reader.ui.screens import modals
from reader.ui.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

_REST = 4
"""The wait before the next count of the shelves, as a multiple of the duration of the last one."""

_SHORTEST_REST = 0.25
"""The minimum wait in seconds."""

_REST_WHILE_INDEXING = 1.0
"""Seconds between two updates from a growing archive: each repaints the sidebar, and must not delay keys."""

_FEW = 300
"""Below this number of articles, new ones are shown sooner: the user waits for the first screenfuls of an archive."""


class Shelves:
    """The content of the sidebar.

    Attributes:
        view: The grouping of articles.
        sort: The order of articles.
        counted: Called after the shelves were counted and shown.
    """

    def __init__(
        self, session: Session, view: ReadingView, sidebar: ShelfView, host: Host, status: IndexStatus
    ) -> None:
        self._session = session
        self._view = view
        self._sidebar = sidebar
        self._host = host
        self._status = status
        self.view, self.sort = kept_arrangement(session)
        self.counted: list[Callable[[], None]] = []
        self._counting = False
        self._wanted = False
        self._not_before = 0.0

    def handlers(self) -> Handlers:
        """The actions of this command, by id."""
        return {"switch_view": self._switch_view, "arrange": self._arrange}

    @property
    def is_current(self) -> bool:
        """Whether all articles are indexed and counted."""
        return self._status.finished and not self._counting

    def show(self, view: View, sort: SortBy | None = None) -> None:
        """Change the grouping or the order of articles."""
        self.view, self.sort = view, sort or self.sort
        self._session.keep("view", self.view)
        self._session.keep("sort", self.sort)
        self._not_before = 0.0
        self.refresh()

    def refresh(self) -> None:
        """Count the shelves again soon, but not during a count or directly after one."""
        self._wanted = True
        if not self._counting:
            self._counting = True
            self._host.run_task(self._count_soon, "survey")

    async def _count_soon(self) -> None:
        # Do not use a Textual timer: it never fires if its time has passed before it starts.
        await asyncio.sleep(max(0.0, self._not_before - time.monotonic()))
        self._count()

    def _count(self) -> None:
        self._wanted = False
        library = self._session.library
        request = self._session.asked(lambda: library.count_request(self.view, self.sort), None)
        if request is None:
            self._counting = False
            return

        def count() -> None:
            # Measure CPU time, so that new articles are not delayed on a machine that is busy with something else.
            begun = time.thread_time()
            survey = library.count(request)
            self._host.call_from_thread(self._counted, survey, request.sort, time.thread_time() - begun)

        self._host.run_in_thread(count, "survey")

    def _counted(self, survey: ShelfCounts, sort: SortBy, seconds: float) -> None:
        self._counting = False
        is_growing = self._status.progress is not None and survey.total >= _FEW
        rest = _REST_WHILE_INDEXING if is_growing else _SHORTEST_REST
        self._not_before = time.monotonic() + max(rest, _REST * seconds)
        library = self._session.library
        library.catalogue.forget()
        self._sidebar.fill(survey, library.shelves(survey, sort))
        for call in self.counted:
            self._host.soon(call)
        if self._wanted:
            self.refresh()

    # Grouping and sorting

    def _switch_view(self) -> None:
        """Switch to the next view: by category, by date, or a flat list."""
        views = self._sidebar.views
        at = views.index(self.view) if self.view in views else -1
        self.show(views[(at + 1) % len(views)])
        self._view.show_sidebar(focus=False)

    def _arrange(self) -> None:
        """Ask for the grouping and the order."""

        def chosen(value: str | None) -> None:
            if value is not None:
                self.show(*read_arrangement(value, self.view, self.sort))
                self._view.show_sidebar(focus=True)

        entries = arrangements(self.view, self.sort)
        session = self._session
        self._host.push(modals.PaletteScreen(session.colours, session.keymap, entries, _("Sort and group")), chosen)
