"""Where one was: the places to go back to, what was read last, and the place that is kept while one reads."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from reader.archive.article import Article
from reader.document.document import Position
from reader.language import _
from reader.marks.article_marks import Visited
from reader.reading.opened import Reading
from reader.reading.sections import SectionProgress
from reader.ui.taking_out import TakingOutActions

if TYPE_CHECKING:
    from reader.library.library import Library

_KEEP = 2.0
"""Seconds between two looks whether the place has to be kept: what a sudden death may lose of it."""

_MOST = 200
"""Places that one can go back to."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A place that was left: an article, and where in it; None where the store knows."""

    article_id: str
    place: Position | None


class History:
    """The places that were left, as a browser keeps them."""

    def __init__(self, app: "HistoryActions", library: "Library") -> None:
        self._app = app
        self._library = library
        self._back: list[Stop] = []
        self._forward: list[Stop] = []
        self._remembers = True
        self._reaches_back = False

    def leave(self) -> None:
        """Note the place that is left for another."""
        here = self._app.here
        if here is None or not self._remembers:
            return
        if not self._back or self._back[-1] != here:
            self._back = [*self._back[-_MOST:], here]
        self._forward = []

    def back(self) -> bool:
        """Go to where one was; False if there is nothing before."""
        here = self._app.here
        if not self._reaches_back and here is not None:
            # What was read before this start comes before all that.
            self._reaches_back = True
            gone_by = {here.article_id, *(stop.article_id for stop in (*self._back, *self._forward))}
            visits = self._library.marks.articles.visited(_MOST)
            earlier = [Stop(one.id, None) for one in visits if one.id not in gone_by]
            self._back = [*reversed(earlier), *self._back]
        return self._go(self._back, self._forward)

    def forward(self) -> bool:
        """Go forward again; False if one is at the last place."""
        return self._go(self._forward, self._back)

    def _go(self, way: list[Stop], other: list[Stop]) -> bool:
        here = self._app.here
        while way:
            stop = way.pop()
            if stop == here:
                continue
            article = self._library.article(stop.article_id)
            if article is None:
                # It lies in none of these archives.
                continue
            if here is not None:
                other.append(here)
            self._remembers = False
            try:
                self._app.go_back_to(article, stop.place)
            finally:
                self._remembers = True
            return True
        return False


class HistoryActions(TakingOutActions):
    """The actions on where one was."""

    def begin_history(self) -> None:
        """Keep the place from now on, and remember those that are left."""
        self.history = History(self, self.library)
        self._kept: tuple[str, Position, float] | None = None
        self.progress: SectionProgress | None = None
        self._layout = self.kept("layout")

    @property
    def here(self) -> Stop | None:
        """Where one is."""
        reading = self.reading_screen.reading
        return None if reading is None else Stop(reading.article.id, self.reading_screen.page.place)

    def go_back_to(self, article: Article, place: Position | None) -> None:
        """Open an article at a place."""
        screen = self.reading_screen
        if screen.reading is not None and screen.reading.article.id == article.id:
            screen.go_to(place or Position(0))
            return
        self.open_article(article, partial(screen.go_to, place) if place is not None else None)

    def leave_place(self) -> None:
        """Note the place that is left for another."""
        self.history.leave()

    def action_history_back(self) -> None:
        """Back to where one was."""
        if not self.history.back():
            self.say(_("There is nothing before this"))

    def action_history_forward(self) -> None:
        """Forward again."""
        if not self.history.forward():
            self.say(_("There is nothing after this"))

    def action_recent(self) -> None:
        """Show what was read last."""
        from reader.ui.screens.recent import RecentScreen  # noqa: PLC0415 - not for the first paint

        def chosen(visit: Visited | None) -> None:
            article = self.library.article(visit.id) if visit is not None else None
            if article is not None:
                self.reading_screen.panes.slide_away()
                self.open_article(article)
            elif visit is not None:
                self.say(_("Its article is not in these archives: {path}").format(path=visit.path))

        self.keep_place()
        self.push_screen(RecentScreen(self.colours, self.library.marks.articles.visited()), chosen)

    # The place that is kept

    def watch_place(self) -> None:
        """Keep the place from now on, now and then."""
        self.set_interval(_KEEP, self.keep_place)

    def reading_shown(self, reading: Reading) -> None:
        """Begin with an article that is on the page."""
        known = self.asked(lambda: self.library.marks.articles.sections(reading.article.id), None) or {}
        self.progress = SectionProgress(reading.document, reading.outline, known)
        self.reading_screen.outline.progress = self.progress.__getitem__
        self._kept = None

    def follow_page(self) -> None:
        """Note what is in sight."""
        screen = self.reading_screen
        if self.progress is None or not screen.page.size.height:
            return
        if self.progress.seen(screen.page.first_place, screen.page.last_place):
            screen.outline.refresh()

    def keep_place(self) -> None:
        """Keep where the open article is, if that is not what was kept last."""
        screen = self.reading_screen
        if screen.reading is None or self.progress is None:
            return
        reading, page, progress = screen.reading, screen.page, self.progress
        now = (reading.article.id, page.place, page.progress)
        sections = progress.changed
        # What cannot be written just now, because another reader writes, is tried again with the next look.
        if (now != self._kept or sections) and self.quietly(
            lambda: self.library.keep_place(reading, page.place, page.progress, sections)
        ):
            self._kept = now
            progress.kept(sections)
        self.keep_layout()

    def keep_layout(self) -> None:
        """Keep which panes are shown and which shelves are open, if that is not what was kept last."""
        layout = self.reading_screen.panes.state()
        if layout != self._layout and self.keep("layout", layout):
            self._layout = layout
