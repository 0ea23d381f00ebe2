"""Keeping the screen in sync with the marks database, which this and other processes change."""

from collections.abc import Collection

from reader.marks.saved_searches import SavedSearch
from reader.search.query_tree import State
from reader.ui.commands.host import Host
from reader.ui.commands.shelves import Shelves
from reader.ui.commands.view import ReadingView, ShelfView
from reader.ui.session import Session

_POLL = 0.4
"""Seconds between two checks for changes by other processes."""

_FEW = 100
"""From this number of changed articles on, the next count updates their rows, which are not updated one by one."""


class MarkSync:
    """Shows each change of marks."""

    def __init__(self, session: Session, view: ReadingView, sidebar: ShelfView, host: Host, shelves: Shelves) -> None:
        self._session = session
        self._view = view
        self._sidebar = sidebar
        self._host = host
        self._shelves = shelves
        self._searches: tuple[SavedSearch, ...] = ()
        session.on_marks_changed(self._show_changes)
        session.on_marks_replaced(self._show_all)

    def start(self) -> None:
        """Start to watch for changes by other processes."""
        self._searches = self._saved_searches()
        self._host.every(_POLL, self._look)

    def _saved_searches(self) -> tuple[SavedSearch, ...]:
        return tuple(self._session.asked(self._session.library.marks.searches.all, ()))

    def _look(self) -> None:
        if self._session.asked(self._session.library.marks.store.changed_elsewhere, otherwise=False):
            self._session.catch_up()
            searches = self._saved_searches()
            if searches != self._searches:
                self._searches = searches
                self._shelves.refresh()

    def _show_changes(self, articles: Collection[str]) -> None:
        library, reading = self._session.library, self._view.reading
        for article_id in articles if len(articles) < _FEW else ():
            article = library.article(article_id)
            if article is not None:
                self._sidebar.show_read(article, read=library.is_marked(article, State.READ))
        self._sidebar.refresh()
        if reading is not None and reading.article.id in articles:
            self._view.show_marks()
        self._shelves.refresh()

    def _show_all(self) -> None:
        self._sidebar.refresh()
        self._view.marks.forget()
        self._view.show_marks()
        self._shelves.refresh()
