"""Opening an article: reading it in a thread, showing it, and following its file if it is moved or changed."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING

from reader.archive.article import Article
from reader.document.document import Document, Position
from reader.errors import ReaderError
from reader.language import _
from reader.lean_dataclasses import replace
from reader.reading.article_beginning import Beginning, open_beginning, same_place
from reader.reading.opened_article import Reading
from reader.reading.reading_cache import ReadingCache, ReadingKey
from reader.settings.options import PictureStyle
from reader.ui import late
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.trail import HistoryEntry, Trail, current_entry
from reader.ui.commands.view import ReadingView, ShelfView
from reader.ui.first_frame import FirstReading, file_stamp
from reader.ui.session import Session
from reader.ui.shown_paths import not_in_archives
from reader.workers.stopped import Stopped

if TYPE_CHECKING:
    from reader.layout.layout import Layout


class Opening:
    """Opens articles on the page.

    Attributes:
        trail: The history of positions.
        leaving: Called with an article that is about to replace the open one.
        shown: Called with an article just before it is shown.
        are_all_listed: Returns whether every article is on the shelves.
    """

    def __init__(
        self, session: Session, view: ReadingView, shelves: ShelfView, host: Host, *, sample: bool = False
    ) -> None:
        """Open articles of the session; `sample` marks it as the sample archive."""
        self._session = session
        self._view = view
        self._shelves = shelves
        self._host = host
        self.trail = Trail()
        self._sample = sample
        self.leaving: list[Callable[[Article], None]] = []
        self.shown: list[Callable[[Reading], None]] = []
        self.are_all_listed: Callable[[], bool] = lambda: True
        self._one_at_a_time = Lock()
        self._cache = ReadingCache()
        self._stop = Event()
        self._wanted: Article | None = None
        self._stamp: tuple[int, int] | None = None
        self._then: Callable[[], None] | None = None
        self._at: Callable[[Reading], Position | None] | None = None
        self._before_paint: Callable[[], None] | None = None
        self._beginning: Beginning | None = None
        self._steps = 0
        """How many articles to go forward (back if negative), from keys typed before the shelves were counted."""

    def handlers(self) -> Handlers:
        """The actions of this command, by id."""
        return {
            "next_article": lambda: self._open_neighbour(1),
            "previous_article": lambda: self._open_neighbour(-1),
            "whole_page": self._toggle_whole_page,
        }

    @property
    def here(self) -> HistoryEntry | None:
        """The current position."""
        return current_entry(self._view)

    def is_wanted(self, article: Article) -> bool:
        """Whether an article is the one requested last."""
        return self._wanted is not None and self._wanted.id == article.id

    def open(  # noqa: PLR0913 - where to show it, and what happens before and after that
        self,
        article: Article,
        then: Callable[[], None] | None = None,
        *,
        at: Callable[[Reading], Position | None] | None = None,
        before_paint: Callable[[], None] | None = None,
        going_back: bool = False,
        whole_page: bool = False,
    ) -> None:
        """Open an article; with `whole_page`, show all of a web page.

        The old article stays until the new one is loaded. The new one is shown at the position that `at` finds in it,
        else at the saved one; `before_paint` is called before it is painted, `then` afterwards.
        """
        self._steps = 0
        article = self.trail.opened[article.id] = self._session.placed(article)
        for call in self.leaving:
            call(article)
        if not going_back:
            self.trail.leave(self.here)
        self._wanted = article
        self._then, self._at, self._before_paint = then, at, before_paint
        self.stop_reading()
        stop = self._stop = Event()
        # Do not show the beginning if the article will be shown at another position.
        from_start = not (then or at) and self._session.opens_at_start(article)
        self._beginning = None
        reading = partial(self._read, article, stop, whole_page=whole_page, from_start=from_start)
        self._host.run_in_thread(reading, "read", exclusive=True)

    def stop_reading(self) -> None:
        """Cancel the loading of an article, if any."""
        self._stop.set()

    def _read(self, article: Article, stop: Event, *, whole_page: bool, from_start: bool) -> None:
        """Read an article, in a thread; drop it if another one was requested meanwhile."""
        try:
            with self._one_at_a_time:
                if stop.is_set():
                    return
                key = ReadingKey(article, file_stamp(article), whole_page, self._session.settings.line_breaks)
                beginning = open_beginning(article, key.breaks) if from_start and key not in self._cache else None
                if beginning is not None:
                    beginning = replace(beginning, pictures=_pictures(self._session, article, beginning.document, stop))
                    self._host.call_from_thread(self._show_beginning, beginning)
                reading = _completed(self._session, self._cache.read(key, stop), stop)
        except Stopped:
            return
        except ReaderError as error:
            self._host.call_from_thread(lambda message: self._host.notify(message, severity="error"), str(error))
            return
        self._host.call_from_thread(self._show, reading, key.stamp)

    def _show_beginning(self, beginning: Beginning, layout: "Layout | None" = None) -> None:
        """Show the beginning of an article until the whole of it is parsed."""
        if self.is_wanted(beginning.article):
            self._beginning = beginning
            self._view.show_beginning(beginning, layout)

    def _show(self, reading: Reading, stamp: tuple[int, int] | None) -> None:
        if not self.is_wanted(reading.article):
            return
        self._stamp = stamp
        place = self._session.asked(lambda: self._session.opening_position(reading), None)
        if self._beginning is not None:
            place = same_place(self._view.place, self._beginning.document, reading.document)
            self._beginning = None
        at, before_paint, then = self._at, self._before_paint, self._then
        self._at = self._before_paint = self._then = None
        if at is not None:
            place = at(reading) or place
        for call in self.shown:
            call(reading)
        self._view.show(reading, place)
        if before_paint:
            before_paint()
        if then:
            self._host.after_paint(then)

    def go_to_place(self, article_id: str, path: object, go: Callable[[], None]) -> None:
        """Open an article unless it is open, and `go` to a position in it."""
        here = self.here
        if here is not None and here.article_id == article_id:
            self.trail.leave(here)
            go()
            return
        article = self._session.library.article(article_id)
        if article is None:
            self._host.say(*not_in_archives(path))
        else:
            self.open(article, go)

    def _open_neighbour(self, step: int) -> None:
        if self._wanted is None:
            return
        if not self._shelves.total and not self.are_all_listed():
            # The order of the articles is not known yet.
            self._steps += step
            return
        self._open_following(self._wanted, step)

    def _open_following(self, article: Article, step: int) -> None:
        following = self._shelves.following(article, step)
        if following is not None:
            self.open(following)
        elif article is not self._wanted:
            self.open(article)
        else:
            self._host.say(_("This is the last article") if step > 0 else _("This is the first article"))

    def shelves_counted(self) -> None:
        """Go to the article that keys requested before the shelves were counted."""
        steps, self._steps = self._steps, 0
        if not steps or self._wanted is None:
            return
        step = 1 if steps > 0 else -1
        article = self._wanted
        for _number in range(abs(steps) - 1):
            article = self._shelves.following(article, step) or article
        self._open_following(article, step)

    def _toggle_whole_page(self) -> None:
        """Show all of a web page, or only its article again; keep the position if both contain it."""
        reading = self._view.reading
        if reading is None:
            return
        page = reading.document.page
        if not reading.whole_page and (page is None or not page.omitted):
            self._host.say(_("This article is already shown completely"))
            return
        said = _("Only the article is shown") if reading.whole_page else _("All of the page is shown")
        self.open(reading.article, lambda: self._host.say(said), going_back=True, whole_page=not reading.whole_page)

    # What is open at the start

    def begin_with(self, first: FirstReading) -> None:
        """Show an article that was read before the screen was opened."""
        reading = first.reading
        self._wanted = article = reading.article
        if isinstance(reading, Beginning):
            self._show_beginning(reading, first.layout)
            rest = partial(self._read, article, self._stop, whole_page=False, from_start=False)
            self._host.run_in_thread(rest, "read", exclusive=True)
            return
        self._stamp = first.stamp
        key = ReadingKey(article, first.stamp, reading.whole_page, self._session.settings.line_breaks)
        self._cache.keep(key, replace(reading, pictures=None))
        for call in self.shown:
            call(reading)
        self._view.show(reading, first.place, first.layout)

    def open_last(self) -> None:
        """Open the article that was open when the program quit, if it is indexed, unless one has been requested."""
        article = None if self._wanted else self._session.last_opened()
        if article is not None:
            self.open(article)

    def open_something(self) -> bool:
        """Open an article at the start, unless one has been requested; return False if there is none."""
        if self._wanted is None:
            first = self._session.first_article(sample=self._sample)
            if first is None:
                return False
            self.open(first)
        return True

    # Changes of the file

    def follow_file(self, moves: Sequence[tuple[str, str, str]]) -> None:
        """Reload the article if its file was moved, renamed or changed; report it if the file is gone.

        Args:
            moves: The current id of each moved article, and the old and new path of its file.
        """
        reading = self._view.reading
        if reading is None or self._wanted is not reading.article or self._follow_move(reading, moves):
            return
        if self._stamp is None:
            return
        stamp = file_stamp(reading.article)
        if stamp is None:
            self._stamp = None
            self._host.say(_("The article's file no longer exists"))
        elif stamp != self._stamp:
            self.open(self._session.library.article(reading.article.id) or reading.article)
            self._host.say(_("The article has changed; showing the current version"))

    def _follow_move(self, reading: Reading, moves: Sequence[tuple[str, str, str]]) -> bool:
        for article_id, _then, there in moves:
            is_other = article_id != reading.article.id
            if (Path(there) == reading.article.path) if is_other else (Path(there) != reading.article.path):
                article = self._session.library.article(article_id)
                if article is not None:
                    self.open(article)
                    return True
        return False


def _completed(session: Session, reading: Reading, stop: Event) -> Reading:
    """Return an article with its pictures and the base URL of its links."""
    based = session.based(reading)
    return replace(based, pictures=_pictures(session, based.article, based.document, stop))


def _pictures(session: Session, article: Article, document: Document, stop: Event) -> "late.ArticlePictures | None":
    """Return the pictures of an article, unless only their frames are shown."""
    return late.pictures_of(article, document, stop) if session.settings.pictures is not PictureStyle.FRAME else None
