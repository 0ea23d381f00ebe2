"""The app: starting and leaving, the articles that are opened, and what is asked of all of them."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from textual.events import Key
from textual.widgets import Input, TextArea

from reader.archive.article import Article
from reader.errors import ReaderError
from reader.keymap import ACTIONS, key_label
from reader.language import _
from reader.library.library import Library
from reader.reading.opened import Reading, open_article
from reader.search.nodes import State
from reader.settings.folders import settings_path
from reader.settings.options import Settings
from reader.shelves.counts import SortBy
from reader.ui.addresses import open_address
from reader.ui.keys import command
from reader.ui.leaving import signals_leave
from reader.ui.statistics import StatisticsActions
from reader.ui.suspending import repaint, stop_process
from reader.ui.terminal import ambiguous_width, terminal_restorer
from reader.ui.upkeep import Upkeep

if TYPE_CHECKING:
    from reader.finding.finder import Question

_THEME = "theme:"
_SETTLED = 3.0
"""Seconds after the first paint at which the article and the shelves are there."""


def run_app(library: Library, settings: Settings, *, sample: bool = False) -> int:
    """Open the screen on a library; 0 when the person quits, 128 + N when signal N ended it.

    `sample` tells that it is the sample archive. An error of the program is raised once the screen is left.
    """
    app = ReaderApp(library, settings, sample=sample)
    # A character counted narrow and drawn wide shifts all that stands behind it; the other way round does no harm.
    app.draws_wide = settings.typesetting.ambiguous_width == 1 and ambiguous_width() == 2
    with signals_leave(app, terminal_restorer()):
        app.run()
    if app._exception is not None:  # noqa: SLF001 - Textual would only print it
        raise app._exception  # noqa: SLF001
    return app.return_code or 0


class ReaderApp(StatisticsActions):
    """The reader."""

    def __init__(self, library: Library, settings: Settings, *, sample: bool = False) -> None:
        super().__init__(library, settings)
        self._sample = sample
        self.draws_wide = False
        self.upkeep = Upkeep(self)
        self._reading = Lock()
        self._reached: set[str] = set()
        self._wanted: Article | None = None
        self._stamp: tuple[int, int] | None = None
        self._question: Question | None = None
        self._go_on: Callable[[], None] | None = None
        self.begin_history()
        self.begin_statistics()

    # Starting and leaving

    def on_mount(self) -> None:
        """Show the page at once, and look for articles meanwhile."""
        self.paint()
        self._warn_of_width()

    def look_for_articles(self) -> None:
        """Open what was open last, and show what the archives hold; called by the screen once it can show them."""
        left = self.asked(self.library.marks.articles.last_opened, None)
        article = self.library.article(left) if left else None
        if article is not None:
            self.open_article(article)
        self.upkeep.start()
        self.look_after_store()
        self.watch_marks()
        self.watch_place()
        self.watch_reading()
        # What is there now stays: it need not be looked through for garbage, for which a key waited 40 ms now and then.
        self.set_timer(_SETTLED, gc.freeze)

    def on_unmount(self) -> None:
        """Leave the process as it was."""
        gc.unfreeze()

    def count_shelves(self) -> None:
        """Have the shelves counted again, soon."""
        self.upkeep.refresh()

    def on_upkeep_told(self, message: Upkeep.Told) -> None:
        """Take in what is told of an index."""
        self.upkeep.happened(message.event)
        summary = message.event.summary
        if summary is not None and not self._follow(summary.moved):
            self._look_at_open_file()
        self.reading_screen.follow()

    def _follow(self, moves: Sequence[tuple[str, str, str]]) -> bool:
        """Whether the open article lies elsewhere now, or is known by another id; it is opened there then."""
        reading = self.reading_screen.reading
        if reading is None or self._wanted is not reading.article:
            return False
        for article_id, _then, there in moves:
            is_other = article_id != reading.article.id
            if (Path(there) == reading.article.path) if is_other else (Path(there) != reading.article.path):
                article = self.library.article(article_id)
                if article is not None:
                    self.open_article(article)
                    return True
        return False

    def _look_at_open_file(self) -> None:
        """Show the open article as it is now, if its file was changed; say so if it is gone."""
        reading = self.reading_screen.reading
        if reading is None or self._stamp is None or self._wanted is not reading.article:
            return
        stamp = _stamp(reading.article)
        if stamp is None:
            self._stamp = None
            self.say(_("The file of this article is gone"))
        elif stamp != self._stamp:
            self.open_article(self.library.article(reading.article.id) or reading.article)
            self.say(_("The article was changed, and is shown as it is now"))

    def on_upkeep_surveyed(self) -> None:
        """Open something to begin with, as soon as there is anything."""
        if self._wanted is None:
            first = self._first()
            if first is not None:
                self.open_article(first)
            elif self.upkeep.finished:
                self.reading_screen.show_nothing()
        self.reading_screen.follow()

    def _first(self) -> Article | None:
        """What to begin with: where one left off, the welcome of the sample archive, or the newest article."""
        catalogue = self.library.catalogue
        left = self.asked(self.library.marks.articles.last_opened, None)
        found = self.library.article(left) if left else None
        if found is None and self._sample:
            articles = catalogue.articles(catalogue.refs(SortBy.DATE))
            # Translators: the title of an article in the sample archive
            welcome = _("Welcome")
            found = next((one for one in articles if one.title == welcome), None)
        return found or catalogue.newest()

    async def action_quit(self) -> None:
        """Keep the place, and leave."""
        self.keep_place()
        self.leave_article()
        self.keep_reading()
        self.exit()

    def _warn_of_width(self) -> None:
        """Say once how to deal with a terminal that draws “ ” … two cells wide."""
        if self.draws_wide and not self.kept("told-of-width"):
            self.keep("told-of-width", "yes")
            message = _(
                "This terminal draws “ ” … ─ two cells wide: set typesetting.ambiguous_width to 2 in {path}, "
                "or have it draw them narrow"
            )
            self.notify(message.format(path=settings_path()), severity="warning", markup=False, timeout=15)

    async def on_key(self, event: Key) -> None:
        """Let keys do what they mean just now, before they do what they usually mean."""
        screen = self.screen
        if screen is self.reading_screen:
            if await self.reading_screen.take_key(event):
                event.prevent_default()
        elif event.is_printable and event.character:
            # Typed before the line that it was meant for had the keys: whoever has them takes what is typed.
            if isinstance(self.focused, Input):
                self.focused.insert_text_at_cursor(event.character)
                event.prevent_default()
            elif isinstance(self.focused, TextArea):
                self.focused.insert(event.character)
                event.prevent_default()

    # Articles

    def open_article(self, article: Article, then: Callable[[], None] | None = None) -> None:
        """Open an article; the page keeps the old one until it is there."""
        self.keep_place()
        self.leave_place()
        self.leave_article()
        self._wanted = article
        self._go_on = then
        self.run_worker(lambda: self._read(article), thread=True, group="read", exclusive=True)

    def _read(self, article: Article) -> None:
        """Runs in a thread of its own; what is no longer wanted when it is there is dropped."""
        try:
            with self._reading:
                stamp = _stamp(article)
                reading = open_article(article)
        except ReaderError as error:
            self.call_from_thread(self.notify, str(error), severity="error", markup=False)
            return
        self.call_from_thread(self._show, reading, stamp)

    def _show(self, reading: Reading, stamp: tuple[int, int] | None) -> None:
        if self._wanted is None or reading.article.id != self._wanted.id:
            return
        self._stamp = stamp
        place = self.asked(lambda: self.library.left_at(reading), None)
        self.reading_shown(reading)
        self.reading_screen.show(reading, place)
        then, self._go_on = self._go_on, None
        if then:
            self.call_after_refresh(then)

    def reached_end(self, article: Article) -> None:
        """Keep that an article was read to its end."""
        if article.id in self._reached or self._wanted is None or article.id != self._wanted.id:
            return
        self._reached.add(article.id)
        if not self.library.is_marked(article, State.READ):
            self.attempt(lambda: self.library.marks.articles.mark_read(article, read=True, by_hand=False))

    def action_next_article(self) -> None:
        """Open the article below in the sidebar."""
        self._open_neighbour(1)

    def action_previous_article(self) -> None:
        """Open the article above in the sidebar."""
        self._open_neighbour(-1)

    def _open_neighbour(self, step: int) -> None:
        article = self.reading_screen.sidebar.following(self._wanted, step) if self._wanted else None
        if article is not None:
            self.open_article(article)
        elif self._wanted:
            self.say(_("This is the last article") if step > 0 else _("This is the first article"))

    # Addresses

    def open_address(self, address: str) -> None:
        """Open a web address in the browser; no other kind of address is given to the system."""
        open_address(self, address, self)

    def action_open_original(self) -> None:
        """Open where the article came from."""
        reading = self.reading_screen.reading
        if reading is None:
            return
        if reading.article.url:
            self.open_address(reading.article.url)
        else:
            self.say(_("The article does not say where it came from"))

    # What opens over the page

    def action_search(self) -> None:
        """Search all articles."""
        from reader.finding.finder import Question  # noqa: PLC0415 - not for the first paint
        from reader.ui.screens.search import Chosen, SearchScreen  # noqa: PLC0415

        screen = SearchScreen(self.colours, self.library, self._question or Question(""))

        def chosen(found: Chosen | None) -> None:
            self._question = replace(screen.question, behind=())
            self.upkeep.refresh()
            if found is not None:
                self.reading_screen.panes.slide_away()
                self.open_article(found.article, lambda: self.reading_screen.show_found(found.pattern, found.query))

        self.push_screen(screen, chosen)

    def action_arrange(self) -> None:
        """Choose what the sidebar's shelves are made by, and the order on them."""
        from reader.ui.screens.arranging import arrangements, read_arrangement  # noqa: PLC0415
        from reader.ui.screens.palette import PaletteScreen  # noqa: PLC0415

        def chosen(value: str | None) -> None:
            if value is not None:
                self.upkeep.show(*read_arrangement(value, self.upkeep.view, self.upkeep.sort))
                self.reading_screen.show_sidebar()

        entries = arrangements(self.upkeep.view, self.upkeep.sort)
        self.push_screen(PaletteScreen(self.colours, entries, _("Sort and group")), chosen)

    def action_suspend(self) -> None:
        """Stop until the shell continues the program."""
        stop_process(self)

    def action_repaint(self) -> None:
        """Paint the whole screen again, where another program wrote over it."""
        repaint(self)

    def action_stop_reading(self) -> None:
        """Stop the reading of the archives, or go on with it."""
        self.upkeep.toggle()
        self.reading_screen.follow()

    def action_help(self) -> None:
        """Show all keys."""
        from reader.ui.screens.help import HelpScreen  # noqa: PLC0415 - not for the first paint

        self.push_screen(HelpScreen(self.colours, self.settings.typesetting))

    def action_palette(self) -> None:
        """Show all actions and themes."""
        from reader.ui.screens.palette import Entry, PaletteScreen  # noqa: PLC0415 - not for the first paint

        entries = [
            Entry(_(one.title), key_label(one.keys[0]), one.id, f"{_(one.title)} {one.title} {one.id}")
            for one in ACTIONS
            if one.id != "palette"
        ]
        entries += [
            Entry(title := _("Theme: {title}").format(title=theme.title), "", _THEME + name, f"{title} theme {name}")
            for name, theme in self.wardrobe.themes().items()
        ]

        def chosen(value: str | None) -> None:
            if value and value.startswith(_THEME):
                self.wear(value.removeprefix(_THEME))
            elif value:
                self.call_later(self.reading_screen.run_action, command(value))

        self.push_screen(PaletteScreen(self.colours, entries, _("All actions")), chosen)


def _stamp(article: Article) -> tuple[int, int] | None:
    """By what it shows that an article's file was changed; None where it is gone."""
    try:
        status = article.path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
