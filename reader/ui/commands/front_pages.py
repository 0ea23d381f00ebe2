"""The front page, by its key and at the start."""

import time
from collections.abc import Awaitable, Callable

from reader.archive.article import Article
from reader.library.front_page import FrontPages, FrontRequest, FrontRow, front_request, without
from reader.ui.article_keys import ArticleActions
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.opening import Opening
from reader.ui.commands.place_keeping import PlaceKeeping
from reader.ui.commands.view import ReadingView
from reader.ui.screens import modals
from reader.ui.session import Session

_LAST = "last used"
"""The key of the saved time at which the program exited."""

_FINISHED = 0.98
"""The minimum progress at which the last open article counts as finished."""


class FrontPaging:
    """Shows the front page."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts it connects
        self,
        session: Session,
        view: ReadingView,
        host: Host,
        opening: Opening,
        places: PlaceKeeping,
        run: Callable[[str], Awaitable[None]],
        count_due: Callable[[], int],
        actions: ArticleActions,
    ) -> None:
        """Show the page; `run` performs the action of a key of the reading screen, `actions` act on a row.

        `count_due` counts the highlights to review.
        """
        self._actions = actions
        self._session = session
        self._view = view
        self._host = host
        self._opening = opening
        self._places = places
        self._run = run
        self._count_due = count_due
        self._pages: FrontPages | None = None
        self._is_asked = self._is_unasked = False
        self._since = _moment(session.kept(_LAST))

    def handlers(self) -> Handlers:
        """The actions of this command, by id."""
        return {"front_page": self._show_by_key}

    def start(self) -> None:
        """Decide whether to show the page: if the article last read in these archives was read to its end."""
        library = self._session.library
        if any(archive.files for archive in library.archives):
            # The user has named the files to read, so show them.
            return
        visit = self._session.asked(lambda: library.marks.articles.last_visit(library.roots), None)
        self._is_unasked = visit is not None and visit.progress >= _FINISHED

    def counted(self) -> None:
        """Show the front page at the start, as soon as articles are known."""
        if self._is_unasked:
            self._collect()

    def touched(self) -> None:
        """Record a key: the user has continued, so the front page is no longer shown automatically."""
        self._is_unasked = False

    def _show_by_key(self) -> None:
        self._places.keep()
        self._is_asked = True
        self._collect()

    def _collect(self) -> None:
        """Collect the rows in a thread, and show them."""
        library = self._session.library
        reading = self._view.reading
        article = reading.article if reading is not None else None
        request = self._session.asked(
            lambda: front_request(library, self._since, article), without(FrontRequest(since=self._since), article)
        )
        if self._pages is None:
            self._pages = FrontPages(library.indexes.connect(), library.indexes.rebuild)
        pages, due = self._pages, self._count_due()
        self._host.run_in_thread(
            lambda: self._host.call_from_thread(self._show, pages.rows(request), due), "front page", exclusive=True
        )

    def _show(self, rows: list[FrontRow], due: int) -> None:
        if self._host.has_box or not (self._is_asked or (self._is_unasked and (rows or due))):
            return
        self._is_asked = self._is_unasked = False

        def chosen(result: Article | str | None) -> None:
            if isinstance(result, str):
                self._host.soon(self._run, result)
            elif result is not None:
                self._view.slide_panes_away()
                self._opening.open(result)

        self._host.push(modals.FrontPageScreen(self._session, rows, self._actions, due), chosen)

    def end(self) -> None:
        """Save the time, and close the indexes."""
        self._session.keep(_LAST, repr(time.time()))
        if self._pages is not None:
            self._pages.close()


def _moment(kept: str) -> float | None:
    """The saved time in seconds since 1970; None if it is missing or invalid."""
    try:
        moment = float(kept)
    except ValueError:
        return None
    return moment if 0 < moment < 1e11 else None
