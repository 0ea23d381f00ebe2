"""The reading screen: the page, the panes beside it, and what every key does."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Key, Resize
from textual.screen import Screen

from reader.archive.article import Article
from reader.document.document import Position
from reader.keymap import ACTIONS
from reader.language import _
from reader.library.library import Library, Reading
from reader.settings import Settings
from reader.ui.colours import Colours
from reader.ui.keys import command, twin_action
from reader.ui.screens.finding import Finding
from reader.ui.screens.panes import Panes
from reader.ui.screens.sections import Sections
from reader.ui.widgets.outline import OutlinePane
from reader.ui.widgets.page import Page
from reader.ui.widgets.rows import RowList
from reader.ui.widgets.sidebar import Sidebar
from reader.ui.widgets.status import StatusLine

if TYPE_CHECKING:
    from textual.timer import Timer

    from reader.ui.app import ReaderApp
    from reader.ui.widgets.find_bar import FindBar


_SAYING = 3.5
"""Seconds that a short message stands in the status line."""


class ReadingScreen(Screen[None]):
    """One article, its outline, and the shelves it comes from.

    Moving within the article happens here; what concerns the library is asked of the app.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(action.keys), command(action.id), action.title, show=False, id=action.id) for action in ACTIONS
    ]

    def __init__(self, library: Library, settings: Settings, colours: Colours, measure: int) -> None:
        super().__init__()
        self._library = library
        self.sidebar = Sidebar(colours)
        self.page = Page(colours, settings.typesetting, measure)
        self.outline = OutlinePane(colours)
        self.status = StatusLine(colours)
        self.finding = Finding(self.page)
        self.reading: Reading | None = None
        self.usual_measure = settings.measure
        self._find_bar: FindBar | None = None
        self.sections = Sections(self.page)
        self.panes = Panes(self)
        self._said = ""
        self._falls_silent: Timer | None = None

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
        self.panes.arrange()
        self._follow()
        # What it needs is imported behind the first paint.
        self.call_after_refresh(self._complete)

    async def _complete(self) -> None:
        self.reader.look_for_articles()
        await self._ready_find_bar()

    # What is shown

    def show(self, reading: Reading, place: Position | None) -> None:
        """Show an article that was opened."""
        from reader.layout.head import Head  # noqa: PLC0415 - not for the first paint
        from reader.library.byline import byline  # noqa: PLC0415

        self.reading = reading
        self.sections.show(reading.outline)
        self.finding.reset()
        self.page.show(
            Head(reading.article.title, byline(reading.article, reading.statistics)), reading.document, place
        )
        self.outline.fill(reading.outline)
        self.sidebar.reveal(reading.article)
        self.show_marks()
        self._follow()

    def show_marks(self) -> None:
        """Mark the bookmarks of the open article."""
        if self.reading is None:
            return
        found = [one for one in self._library.bookmarks() if one.article_id == self.reading.article.id]
        self.page.show_marks(tuple(self._library.find_bookmark(one, self.reading.document) for one in found))

    def show_nothing(self) -> None:
        """Say that there are no articles."""
        from reader.layout.head import Head  # noqa: PLC0415 - not for the first paint

        self.page.show(Head(_("There are no articles here")), self.page.document, None)
        self._follow()

    def say(self, message: str) -> None:
        """Say something short in the status line, for as long as it takes to read."""
        self._said = message
        self._follow()
        if self._falls_silent is not None:
            self._falls_silent.stop()
        self._falls_silent = self.set_timer(_SAYING, self._fall_silent)

    def _fall_silent(self) -> None:
        self._said = ""
        self._follow()

    def repaint(self, colours: Colours) -> None:
        """Take other colours."""
        for pane in (self.sidebar, self.outline, self.status):
            pane.colours = colours
            pane.refresh()
        self.page.repaint(colours)

    def on_page_moved(self, event: Page.Moved) -> None:
        """Follow the page with outline and status line."""
        event.stop()
        self._follow()

    def _follow(self) -> None:
        reading = self.reading
        if reading is None:
            note = _("Looking for articles …") if self.sidebar.scanning else ""
            self.status.show(path=(self._library.name,), section="", progress=None, note=note)
            return
        section = self.sections.current
        self.outline.follow(section)
        article = reading.article
        title = reading.outline.sections[section].title if section is not None else ""
        if self.panes.zen:
            # A search shows its count even where everything else is hidden.
            self.status.display = self.finding.active or bool(self._said)
        note = f"⚠ {reading.faults[0].message}" if reading.faults and self.page.scroll_y == 0 else ""
        path = (self._library.name, *article.categories)
        self.status.show(
            path=path, section=title, progress=self.page.progress, note=self._said or self.finding.note or note
        )
        if self.page.progress >= 1 and self.page.size.height:
            self.app.call_later(self.reader.reached_end, article)

    @property
    def reader(self) -> "ReaderApp":
        """The app."""
        from reader.ui.app import ReaderApp  # noqa: PLC0415 - the app imports its screens

        assert isinstance(self.app, ReaderApp)  # noqa: S101 - no other app shows this screen
        return self.app

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
            self._jump(event.number)

    def on_sidebar_view_changed(self) -> None:
        """Go from categories to dates, or back."""
        self.action_switch_view()

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
        """Shelves by category, or by date."""
        self.sidebar.switch(self._library.articles())
        if not self.sidebar.display:
            self.panes.toggle(self.sidebar)

    def action_back(self) -> None:
        """One step back: out of the search, out of a pane, out of the selection. Never out of the program."""
        if self.finding.active:
            self.finding.leave()
            self._follow()
        elif self.selections:
            self.clear_selection()
        elif self.panes.over:
            self.panes.slide_away()
        elif self.panes.zen:
            self.panes.toggle_zen()
        else:
            self.page.focus()

    # Moving

    def action_line_down(self) -> None:
        """One line on."""
        self._scroll(lambda: self.page.scroll_rows(1))

    def action_line_up(self) -> None:
        """One line back."""
        self._scroll(lambda: self.page.scroll_rows(-1))

    def action_page_down(self) -> None:
        """One page on."""
        self._scroll(lambda: self.page.scroll_pages(1))

    def action_page_up(self) -> None:
        """One page back."""
        self._scroll(lambda: self.page.scroll_pages(-1))

    def action_half_page_down(self) -> None:
        """Half a page on."""
        self._scroll(lambda: self.page.scroll_pages(0.5))

    def action_half_page_up(self) -> None:
        """Half a page back."""
        self._scroll(lambda: self.page.scroll_pages(-0.5))

    def action_top(self) -> None:
        """To the beginning."""
        self._scroll(self.page.to_top)

    def action_bottom(self) -> None:
        """To the end."""
        self._scroll(self.page.to_end)

    def action_scroll_right(self) -> None:
        """Wide code to the left, so that its right comes into sight."""
        self.page.scroll_sideways(1)

    def action_scroll_left(self) -> None:
        """Wide code back."""
        self.page.scroll_sideways(-1)

    def _scroll(self, move: Callable[[], None]) -> None:
        self.sections.scrolled()
        self.finding.read_on()
        move()
        self._follow()

    def on_mouse_scroll_down(self) -> None:
        """The wheel leaves the section that was jumped to."""
        self.sections.scrolled()

    def on_mouse_scroll_up(self) -> None:
        """The wheel leaves the section that was jumped to."""
        self.sections.scrolled()

    def action_next_section(self) -> None:
        """To the next section."""
        self._step_section(1)

    def action_previous_section(self) -> None:
        """To the beginning of the section, or to the one before."""
        self._step_section(-1)

    def _step_section(self, step: int) -> None:
        target = self.sections.step(step)
        if target is None:
            if self.reading is not None:
                self.reader.say(_("This is the last section") if self.outline.count() else _("No headings"))
            return
        self.finding.read_on()
        if target < 0:
            self._scroll(self.page.to_top)
        else:
            self._jump(target)

    def _jump(self, section: int) -> None:
        self.sections.jump(section)
        self._follow()

    def go_to(self, place: Position) -> None:
        """Bring a place to the top of the page."""
        self.sections.scrolled()
        self.page.go_to(place)
        self._follow()

    def on_page_link_chosen(self, event: Page.LinkChosen) -> None:
        """Follow a link: within the article, or to the browser."""
        event.stop()
        from reader.layout.links import link_target  # noqa: PLC0415 - not for the first paint

        target = link_target(self.page.document, event.link)
        if target is not None:
            self.go_to(target)
        else:
            self.reader.open_address(event.link)

    # Finding

    async def action_find(self) -> None:
        """Open the line to type into; what is typed behind the key waits until it is there."""
        self.finding.open(await self._ready_find_bar())

    async def _ready_find_bar(self) -> "FindBar":
        if self._find_bar is None:
            from reader.ui.widgets.find_bar import FindBar  # noqa: PLC0415 - not for the first paint

            self._find_bar = FindBar(id="find")
            await self.query_one("#foot").mount(self._find_bar, before=self.status)
        return self._find_bar

    def action_next_hit(self) -> None:
        """To the next hit."""
        self._step_hit(1)

    def action_previous_hit(self) -> None:
        """To the hit before."""
        self._step_hit(-1)

    def _step_hit(self, step: int) -> None:
        self.sections.scrolled()
        self.finding.step(step)
        self._follow()

    def on_find_bar_typed(self, event: "FindBar.Typed") -> None:
        """Find while typing."""
        event.stop()
        self.sections.scrolled()
        self.finding.find(event.needle)
        self._follow()

    def on_find_bar_stepped(self, event: "FindBar.Stepped") -> None:
        """Another hit while typing."""
        event.stop()
        self._step_hit(event.step)

    def on_find_bar_closed(self, event: "FindBar.Closed") -> None:
        """Stay at the hit, or go back."""
        event.stop()
        self.finding.close(kept=event.kept)
        self.page.focus()
        self._follow()

    # The measure

    def action_wider(self) -> None:
        """Longer lines, as far as the window lets them be."""
        self._measure(min(self.page.column + 4, self.page.widest, 200))

    def action_narrower(self) -> None:
        """Shorter lines."""
        self._measure(max(self.page.column - 4, 20))

    def action_usual_measure(self) -> None:
        """The usual lines."""
        self._measure(self.usual_measure)

    def _measure(self, cells: int) -> None:
        before = self.page.column
        self.page.measure = cells
        column = self.page.column
        if column == before and column >= self.page.widest:
            self.reader.say(_("The lines fill the window: {count} cells").format(count=column))
        else:
            self.reader.say(_("{count} cells a line").format(count=column))
            self.reader.keep_state("measure", str(cells))

    # What the app does

    async def on_key(self, event: Key) -> None:
        """Let the full-width twin of a key do what the key does."""
        action = twin_action(event)
        if action:
            event.stop()
            await self.run_action(action)

    def selected_text(self) -> str:
        """The selection, or else the section that is being read."""
        selected = self.get_selected_text()
        if selected:
            return selected
        if self.reading is None:
            return ""
        sections = self.reading.outline.sections
        number = self.sections.current
        if number is None:
            end = sections[0].start if sections else None
            return self.page.section_text(Position(0), end).strip()
        end = sections[number + 1].start if number + 1 < len(sections) else None
        return self.page.section_text(sections[number].start, end).strip()

    def neighbour(self, step: int) -> Article | None:
        """The article below or above the open one in the sidebar."""
        current = self.reading.article if self.reading else None
        articles = self._library.articles()
        if current is None:
            return articles[0] if articles else None
        return self.sidebar.following(current, step)
