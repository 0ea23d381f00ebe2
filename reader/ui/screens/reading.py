"""The reading screen: the page, the panes beside it, and what every key does."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Key, Resize

from reader.archive.article import Article
from reader.document.document import Position
from reader.keymap import ACTIONS
from reader.language import _
from reader.library.library import Library
from reader.reading.opened import Reading
from reader.search.nodes import State
from reader.settings.options import Settings
from reader.ui.colours import Colours
from reader.ui.keys import bound, command, twin_action
from reader.ui.screens.foot import Foot
from reader.ui.screens.jumping import Jumping
from reader.ui.screens.letters import Letters
from reader.ui.screens.page_screen import PageScreen
from reader.ui.screens.panes import Panes
from reader.ui.screens.shown_marks import ShownMarks
from reader.ui.widgets.outline import OutlinePane
from reader.ui.widgets.page import Page
from reader.ui.widgets.rows import RowList
from reader.ui.widgets.sidebar import Sidebar
from reader.ui.widgets.status import Notes, StatusLine

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from reader.layout.head import Head
    from reader.ui.widgets.find_bar import FindBar


class ReadingScreen(PageScreen):
    """One article, its outline, and the shelves it comes from.

    Moving within the article happens here; what concerns the library is asked of the app.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(bound(action), command(action.id), action.title, show=False, id=action.id) for action in ACTIONS
    ]

    def __init__(self, library: Library, settings: Settings, colours: Colours, measure: int) -> None:
        super().__init__(settings, colours, measure)
        self._library = library
        self.sidebar = Sidebar(colours, library.catalogue, lambda article: library.is_marked(article, State.STARRED))
        self.outline = OutlinePane(colours)
        self.status = StatusLine(colours)
        self._find_bar: FindBar | None = None
        self.jumping = Jumping(self.sidebar, library)
        self.panes = Panes(self)
        self.letters = Letters()
        self.marks = ShownMarks(self.page, library)
        self._foot = Foot(self, library)

    def compose(self) -> ComposeResult:
        """The panes around the page."""
        with Horizontal(id="body"):
            yield self.sidebar
            yield self.page
            yield self.outline
        with Vertical(id="foot"):
            yield self.status

    def on_mount(self) -> None:
        """Begin with the keys on the page."""
        self.page.focus()
        self.panes.restore(self.reader.kept("layout"))
        self.follow()
        # What it needs is imported behind the first paint.
        self.call_after_refresh(self._complete)

    async def _complete(self) -> None:
        self.reader.look_for_articles()
        await self._ready_find_bar()

    # What is shown

    def show(self, reading: Reading, place: Position | None) -> None:
        """Show an article that was opened."""
        self.reading = reading
        self.sections.show(reading.outline)
        self.finding.reset()
        if self.is_selecting:
            self.selecting.leave()
        self.clear_selection()
        self.marks.begin(reading)
        self.page.show(self._head(reading), reading.document, place)
        self.outline.fill(reading.outline)
        self.sidebar.reveal(reading.article)
        self._foot.begin(reading)
        self.show_marks()
        self.follow()

    def _head(self, reading: Reading) -> "Head":
        """An article's title, what is known of it, and the person's tags."""
        from reader.layout.head import Head  # noqa: PLC0415 - not for the first paint
        from reader.reading.byline import byline  # noqa: PLC0415

        tags = self.reader.asked(lambda: self._library.marks.articles.tags(reading.article.id), ())
        parts = (byline(reading.article, reading.statistics), " ".join(f"#{tag}" for tag in tags))
        return Head(reading.article.title, " · ".join(part for part in parts if part))

    def show_found(self, pattern: "re.Pattern[str] | None", query: str) -> None:
        """Mark what a search found in the article, and go to the first of it."""
        if pattern is not None:
            self.sections.scrolled()
            self.finding.show_found(pattern, query)
            self.follow()

    def show_marks(self) -> None:
        """Show the bookmarks and the highlights of the open article."""
        self.reader.asked(self.marks.show, None)
        if self.reading is not None:
            self.page.show_head(self._head(self.reading))

    def show_nothing(self, passed_over: str = "") -> None:
        """Say that there are no articles, and what was passed over."""
        from reader.layout.head import Head  # noqa: PLC0415 - not for the first paint

        self.page.show(Head(_("There are no articles here"), passed_over), self.page.document, None)
        self.follow()

    @property
    def _is_typing(self) -> bool:
        return self._find_bar is not None and self._find_bar.has_focus_within

    def ask_letter(self, notes: Notes, action: str, then: "Callable[[str], None]") -> None:
        """Wait for a letter, and say so."""
        self.hush()
        self.letters.ask(notes, action, lambda letter: self.reader.asked(lambda: then(letter), None))
        self.follow()

    def say(self, message: str) -> None:
        """Say something short in the status line, for as long as it takes to read."""
        self._foot.say(message)

    def hush(self) -> None:
        """Let what was said make way for what is to be known now."""
        self._foot.hush()

    def repaint(self, colours: Colours) -> None:
        """Take other colours."""
        for pane in (self.sidebar, self.outline, self.status):
            pane.colours = colours
            pane.refresh()
        self.page.repaint(colours)

    def on_sheet_moved(self, event: Page.Moved) -> None:
        """Follow the page with outline and status line."""
        event.stop()
        self.follow()

    def follow(self) -> None:
        """Follow the page with outline and status line."""
        reading = self.reading
        if reading is None:
            self._foot.show(None, None)
            return
        section = self.sections.current
        self.reader.follow_page()
        self.outline.follow(section)
        self._foot.show(reading, section)
        if self.page.progress >= 1 and self.page.size.height:
            self.app.call_later(self.reader.reached_end, reading.article)

    # Panes

    def on_resize(self, event: Resize) -> None:
        """Show the panes that there is room for."""
        del event
        self.panes.arrange()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Open the article, or go to the section, that was chosen."""
        event.stop()
        if event.rows is self.sidebar:
            article = self.sidebar.article_at(event.number)
            if article:
                self.panes.slide_away()
                self.reader.open_article(article)
        elif event.rows is self.outline:
            self.panes.slide_away()
            self.reader.leave_place()
            self._jump(event.number)

    def on_sidebar_view_chosen(self, event: Sidebar.ViewChosen) -> None:
        """Show other shelves."""
        event.stop()
        self.reader.upkeep.show(event.view, self.reader.upkeep.sort)

    def on_sidebar_search_forgotten(self, event: Sidebar.SearchForgotten) -> None:
        """Forget a saved search."""
        event.stop()
        searches = self._library.marks.searches
        search = next((one for one in self.reader.asked(searches.all, ()) if one.id == event.number), None)
        if search is not None and self.reader.attempt(lambda: searches.delete(search)):
            self.reader.upkeep.refresh()
            self.say(_("Forgotten: {name}; U brings it back").format(name=search.name))

    @property
    def chosen_article(self) -> Article | None:
        """The article under the sidebar's cursor while it has the keys, else the open one."""
        if self.sidebar.has_focus:
            return self.sidebar.article_at(self.sidebar.cursor)
        return self.reading.article if self.reading else None

    def show_sidebar(self) -> None:
        """Bring the sidebar into sight, and give it the keys."""
        if not self.sidebar.display:
            self.panes.toggle(self.sidebar)
        self.sidebar.focus()

    def action_toggle_sidebar(self) -> None:
        """Show or hide the sidebar."""
        self.panes.toggle(self.sidebar)

    def action_toggle_outline(self) -> None:
        """Show or hide the outline."""
        self.panes.toggle(self.outline)

    def action_zen(self) -> None:
        """Show only the page, or everything again."""
        self.panes.toggle_zen()

    def action_next_pane(self) -> None:
        """Give the keys to the next pane in sight."""
        self.panes.next(1)

    def action_previous_pane(self) -> None:
        """Give the keys to the pane before."""
        self.panes.next(-1)

    def action_switch_view(self) -> None:
        """Shelves by category, by date, or one list."""
        views, upkeep = self.sidebar.views, self.reader.upkeep
        at = views.index(upkeep.view) if upkeep.view in views else -1
        upkeep.show(views[(at + 1) % len(views)], upkeep.sort)
        if not self.sidebar.display:
            self.panes.toggle(self.sidebar)

    def action_back(self) -> None:
        """One step back: out of the search, out of a pane, out of the selection. Never out of the program."""
        if self.finding.active:
            self.finding.leave()
            self.follow()
        elif self.selections:
            self.clear_selection()
        elif self.panes.over:
            self.panes.slide_away()
        elif self.panes.zen:
            self.panes.toggle_zen()
        else:
            self.page.focus()

    # Finding, and jumping in the sidebar

    async def action_find(self) -> None:
        """Open the line to type into; what is typed behind the key waits until it is there."""
        bar = await self._ready_find_bar()
        if self.jumping.active and not self.sidebar.has_focus:
            # It was left by the mouse.
            self.jumping.end()
        if self.sidebar.has_focus:
            self.jumping.open(bar)
        else:
            self.finding.open(bar)

    async def _ready_find_bar(self) -> "FindBar":
        if self._find_bar is None:
            from reader.ui.widgets.find_bar import FindBar  # noqa: PLC0415 - not for the first paint

            self._find_bar = FindBar(id="find")
            await self.query_one("#foot").mount(self._find_bar, before=self.status)
        return self._find_bar

    def on_find_bar_typed(self, event: "FindBar.Typed") -> None:
        """Find while typing."""
        event.stop()
        if self.jumping.active:
            self.jumping.find(event.needle)
            return
        self.sections.scrolled()
        self.finding.find(event.needle)
        self.follow()

    def on_find_bar_stepped(self, event: "FindBar.Stepped") -> None:
        """Another hit while typing."""
        event.stop()
        if self.jumping.active:
            self.jumping.step(event.step)
        else:
            self._step_hit(event.step)

    def on_find_bar_closed(self, event: "FindBar.Closed") -> None:
        """Stay at the hit, or go back."""
        event.stop()
        if self.jumping.active:
            self.jumping.close(kept=event.kept)
            return
        self.finding.close(kept=event.kept)
        self.page.focus()
        self.follow()

    # Keys that mean something else than usual

    async def take_key(self, event: Key) -> bool:
        """Let a key that is waited for do its work, and the full-width twin of a key what the key does; whether it did.

        The app asks before it looks for the key's usual action, and not this screen as the key passes through it: by
        then the key before, which may have begun a selection, has done its work, however fast one types.
        """
        self.reader.touched()
        if self.letters.take(event):
            self.follow()
            return True
        if self.is_selecting and not self._is_typing:
            self._select_by(event)
            return True
        self.follow()
        action = twin_action(event)
        if action:
            await self.run_action(action)
        return bool(action)
