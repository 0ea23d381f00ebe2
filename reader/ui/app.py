"""The app: the library, the theme, and what concerns more than one article."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from typing import ClassVar

from textual.app import App
from textual.binding import BindingType

from reader.archive.article import Article
from reader.errors import ReaderError, StoreError
from reader.keymap import ACTIONS, key_label
from reader.language import _, current
from reader.library.library import Library, Reading
from reader.library.marks import Bookmark
from reader.library.shelves import newest_first
from reader.settings import Settings, settings_path
from reader.ui.keys import command
from reader.ui.screens.reading import ReadingScreen
from reader.ui.terminal import ambiguous_width
from reader.ui.wardrobe import Wardrobe

_WELCOME = {"zh": "欢迎", "en": "Welcome"}
_THEME = "theme:"


def run_app(library: Library, settings: Settings, *, sample: bool = False) -> int:
    """Open the screen on a library; 0 when the person quits. `sample` tells that it is the sample archive."""
    app = ReaderApp(library, settings, sample=sample)
    # A character counted narrow and drawn wide shifts all that stands behind it; the other way round does no harm.
    app.draws_wide = settings.typesetting.ambiguous_width == 1 and ambiguous_width() == 2
    app.run()
    return app.return_code or 0


class ReaderApp(App[None]):
    """The reader."""

    CSS_PATH = "reader.tcss"
    TITLE = "reader"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, library: Library, settings: Settings, *, sample: bool = False) -> None:
        # Asked before Textual takes it out of the environment.
        without_colours = bool(os.environ.get("NO_COLOR"))
        super().__init__(ansi_color=True if without_colours else None)
        self.animation_level = "none"
        self.library = library
        self._settings = settings
        self._sample = sample
        self.draws_wide = False
        self._library_lock = Lock()
        self._read: set[str] = set()
        self._reached: set[str] = set()
        self._shown = 0
        self._wanted: Article | None = None
        self._go_on: Callable[[], None] | None = None
        self._wardrobe = Wardrobe(self._kept("theme", settings.theme), without_colours=without_colours)
        self.colours = self._wardrobe.colours
        measure = self._kept("measure", str(settings.measure))
        cells = int(measure) if measure.isdigit() and 20 <= int(measure) <= 200 else settings.measure
        self.reading_screen = ReadingScreen(library, settings, self.colours, cells)

    # Starting and leaving

    def get_default_screen(self) -> ReadingScreen:
        """The reading screen is the first, so that no empty one is mounted before it."""
        return self.reading_screen

    def on_mount(self) -> None:
        """Show the page at once, and look for articles meanwhile."""
        self._paint()
        self._read = self.library.read_ids()
        self._warn_of_width()
        if self.library.store_error is not None:
            self.notify(str(self.library.store_error), severity="warning", markup=False, timeout=8)

    def look_for_articles(self) -> None:
        """Begin to read what the archives hold; called by the screen once it can show them."""
        self.run_worker(self._scan, thread=True, group="scan")

    def _scan(self) -> None:
        """Read what the archives hold; runs in a thread of its own."""
        for batch in self.library.scan():
            if batch:
                self.call_from_thread(self._show_articles)
        self.call_from_thread(self._scanned)

    def _show_articles(self) -> None:
        articles = self.library.articles()
        # Sorted anew when half as many have come again, not with each handful: the work stays in proportion.
        if len(articles) >= 1.5 * self._shown:
            self._shown = len(articles)
            self.reading_screen.sidebar.fill(articles, self._read)

    def _scanned(self) -> None:
        self.reading_screen.sidebar.scanning = False
        articles = self.library.articles()
        if len(articles) != self._shown:
            self.reading_screen.sidebar.fill(articles, self._read)
        known = {article.path for article in articles}
        lost = [fault for fault in self.library.faults if fault.path not in known]
        if lost:
            self.notify(
                _("{count} files could not be read; “reader list” tells which").format(count=len(lost)),
                severity="warning",
                markup=False,
            )
        first = self._first(articles)
        if first is None:
            self.reading_screen.show_nothing()
        elif self._wanted is None:
            self.open_article(first)

    def _first(self, articles: Sequence[Article]) -> Article | None:
        """What to begin with: where one left off, the welcome of the sample archive, or the newest article."""
        left = self.library.last_opened()
        found = self.library.article(left) if left else None
        if found is None and self._sample:
            found = next((one for one in articles if one.title == _WELCOME[current()]), None)
        if found is None and articles:
            found = newest_first(articles)[0]
        return found

    async def action_quit(self) -> None:
        """Keep the place, and leave."""
        self._keep_place()
        self.exit()

    def _warn_of_width(self) -> None:
        """Say once how to deal with a terminal that draws “ ” … two cells wide."""
        if self.draws_wide and not self.library.state("told-of-width"):
            self._try(lambda: self.library.keep_state("told-of-width", "yes"))
            message = _(
                "This terminal draws “ ” … ─ two cells wide: set typesetting.ambiguous_width to 2 in {path}, "
                "or have it draw them narrow"
            )
            self.notify(message.format(path=settings_path()), severity="warning", markup=False, timeout=15)

    # Articles

    def open_article(self, article: Article, then: Callable[[], None] | None = None) -> None:
        """Open an article; the page keeps the old one until it is there."""
        self._keep_place()
        self._wanted = article
        self._go_on = then
        self.run_worker(lambda: self._read_article(article), thread=True, group="read", exclusive=True)

    def _read_article(self, article: Article) -> None:
        """Runs in a thread of its own; what is no longer wanted when it is there is dropped."""
        try:
            with self._library_lock:
                reading = self.library.read(article)
        except ReaderError as error:
            self.call_from_thread(self.notify, str(error), severity="error", markup=False)
            return
        self.call_from_thread(self._show, reading)

    def _show(self, reading: Reading) -> None:
        if self._wanted is None or reading.article.id != self._wanted.id:
            return
        place = self.library.place(reading.article)
        self.reading_screen.show(reading, reading.document.clamp(place) if place else None)
        then, self._go_on = self._go_on, None
        if then:
            self.call_after_refresh(then)

    def reached_end(self, article: Article) -> None:
        """Keep that an article was read to its end."""
        if article.id in self._reached or self._wanted is None or article.id != self._wanted.id:
            return
        self._reached.add(article.id)
        if article.id not in self._read:
            self._read.add(article.id)
            self._try(lambda: self.library.mark_read(article))
            self.reading_screen.sidebar.mark_read(self._read)

    def _keep_place(self) -> None:
        screen = self.reading_screen
        if screen.reading is not None:
            article, page = screen.reading.article, screen.page
            self._try(lambda: self.library.keep_place(article, page.place, page.progress))

    def go_to_bookmark(self, bookmark: Bookmark | None) -> None:
        """Open a bookmark's article at its place."""
        if bookmark is None:
            return
        screen = self.reading_screen

        def go() -> None:
            if screen.reading is not None:
                screen.go_to(self.library.find_bookmark(bookmark, screen.reading.document))

        if screen.reading is not None and screen.reading.article.id == bookmark.article_id:
            go()
            return
        article = self.library.article(bookmark.article_id)
        if article is None:
            self.say(_("Its article is not in these archives: {path}").format(path=bookmark.path))
        else:
            self.open_article(article, go)

    def open_address(self, address: str) -> None:
        """Open a web address in the browser; no other kind of address is given to the system."""
        if not address.startswith(("http://", "https://")):
            self.say(_("This is no web address: {address}").format(address=address[:200]))
            return
        import webbrowser  # noqa: PLC0415 - not for the first paint

        if webbrowser.open(address):
            self.say(_("Opened in the browser: {address}").format(address=address[:200]))
        else:
            self.say(_("There is no browser here: {address}").format(address=address[:200]))

    # How the program is left

    def wear(self, name: str) -> None:
        """Put on a theme, and keep it for the next start."""
        if self._wardrobe.without_colours:
            self.say(_("NO_COLOR is set: the reader stays without colours"))
            return
        self.colours = self._wardrobe.wear(name)
        self._paint()
        self.reading_screen.repaint(self.colours)
        self.keep_state("theme", name)
        self.say(self.colours.theme.title)

    def _paint(self) -> None:
        """Let Textual paint in the colours too."""
        theme = self.colours.textual()
        self.register_theme(theme)
        self.theme = theme.name
        for error in self._wardrobe.new_errors():
            self.notify(str(error), severity="warning", markup=False, timeout=8)

    def _kept(self, key: str, setting: str) -> str:
        """What was kept when the program was left, unless the settings were changed since."""
        kept = self.library.state(key)
        if kept and "\n" in kept:
            value, then = kept.split("\n", 1)
            if then == setting:
                return value
        return setting

    def keep_state(self, key: str, value: str) -> None:
        """Keep how something was left, with the setting it went away from."""
        setting = self._settings.theme if key == "theme" else str(self._settings.measure)
        self._try(lambda: self.library.keep_state(key, f"{value}\n{setting}"))

    def say(self, message: str) -> None:
        """Say something short, in the status line."""
        self.reading_screen.say(message)

    def _try(self, change: Callable[[], object]) -> bool:
        """Make a change in the store; where it cannot be written, say so."""
        try:
            change()
        except StoreError as error:
            self.notify(str(error), severity="error", markup=False)
            return False
        return True

    # Keys that concern the library

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

    def action_open_original(self) -> None:
        """Open where the article came from."""
        reading = self.reading_screen.reading
        if reading is None:
            return
        if reading.article.url:
            self.open_address(reading.article.url)
        else:
            self.say(_("The article does not say where it came from"))

    def action_bookmark(self) -> None:
        """Bookmark the place at the top of the page."""
        screen = self.reading_screen
        reading = screen.reading
        if reading is None:
            return
        place = screen.page.place
        there = next(
            (one for one in self.library.bookmarks() if one.article_id == reading.article.id and one.position == place),
            None,
        )
        if there is not None:
            self.say(_("There is a bookmark already: {name}").format(name=there.name))
            return
        made: list[Bookmark] = []
        if self._try(lambda: made.append(self.library.add_bookmark(reading, place))):
            screen.show_marks()
            self.say(_("Bookmarked: {name}").format(name=made[0].name))

    def action_bookmarks(self) -> None:
        """Show all bookmarks."""
        from reader.ui.screens.bookmarks import BookmarksScreen  # noqa: PLC0415 - not for the first paint

        def chosen(bookmark: Bookmark | None) -> None:
            self.reading_screen.show_marks()
            self.go_to_bookmark(bookmark)

        self.push_screen(BookmarksScreen(self.colours, self.library), chosen)

    def action_export(self) -> None:
        """Write the article as text into the folder the reader was started in."""
        reading = self.reading_screen.reading
        if reading is None:
            return
        from reader.export.exporter import export  # noqa: PLC0415 - not for the first paint
        from reader.export.names import folded  # noqa: PLC0415
        from reader.export.text import TextExporter  # noqa: PLC0415
        from reader.layout.head import Head  # noqa: PLC0415
        from reader.library.byline import byline  # noqa: PLC0415

        folder = Path.cwd()
        head = Head(reading.article.title, byline(reading.article, reading.statistics))
        exporter = TextExporter(self.reading_screen.page.measure, self._settings.typesetting)
        try:
            taken = {folded(file.name) for file in folder.iterdir()}
            written = export(exporter, head, reading.document, folder, taken=taken)
        except (ReaderError, OSError) as error:
            self.notify(str(error), severity="error", markup=False)
        else:
            self.say(_("Written: {path}").format(path=written))

    def action_copy(self) -> None:
        """Copy the selection, or the section that is being read."""
        text = self.reading_screen.selected_text()
        if text:
            self.copy_to_clipboard(text)
            self.reading_screen.clear_selection()
            self.say(_("Copied: {count:,} characters").format(count=len(text)))

    def action_theme(self) -> None:
        """Put on the next theme."""
        self.wear(self._wardrobe.next())

    def action_help(self) -> None:
        """Show all keys."""
        from reader.ui.screens.help import HelpScreen  # noqa: PLC0415 - not for the first paint

        self.push_screen(HelpScreen(self.colours))

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
            for name, theme in self._wardrobe.themes().items()
        ]

        def chosen(value: str | None) -> None:
            if value and value.startswith(_THEME):
                self.wear(value.removeprefix(_THEME))
            elif value:
                self.call_later(self.reading_screen.run_action, command(value))

        self.push_screen(PaletteScreen(self.colours, entries), chosen)
