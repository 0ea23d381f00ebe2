"""The view of the reading screen: the open article, its panes, the selection and the position."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.screen import Screen

from reader.archive.article import Article
from reader.document.document import Position, Range
from reader.keymap.foreign_keys import foreign_keys
from reader.language import _
from reader.reading.article_beginning import Beginning
from reader.reading.opened_article import Reading
from reader.ui import late
from reader.ui.colours import Colours
from reader.ui.index_status import IndexStatus
from reader.ui.key_bindings import PressedKeys
from reader.ui.messages import EndReached, PageScrolled, PlaceLeft
from reader.ui.reading.after_paint import AfterPaint
from reader.ui.reading.chords import Chords
from reader.ui.reading.current_line import CurrentLine
from reader.ui.reading.find_line import FindLine
from reader.ui.reading.finding import Finding
from reader.ui.reading.footer import Footer
from reader.ui.reading.jumping import Jumping
from reader.ui.reading.key_counts import KeyCounts
from reader.ui.reading.letter_keys import Letters
from reader.ui.reading.moving import Moving
from reader.ui.reading.page_folds import PageFolds
from reader.ui.reading.page_links import PageLinks
from reader.ui.reading.page_typesetting import PageTypesetting
from reader.ui.reading.panes import Panes
from reader.ui.reading.relations import Relations
from reader.ui.reading.selecting import Selecting
from reader.ui.reading.selection import Selection
from reader.ui.reading.status_messages import StatusMessages
from reader.ui.saved_view import head_of, head_of_beginning, kept_typesetting, kept_width
from reader.ui.session import Session
from reader.ui.shown_marks import ShownMarks
from reader.ui.unbound_keys import UnboundKeys
from reader.ui.widgets.page import Page
from reader.ui.widgets.status import MessageVariants, StatusLine

if TYPE_CHECKING:
    import re


class PageView:
    """The widgets of a reading screen, and their navigation, search and selection.

    It implements the commands' `ReadingView` protocol; the screen forwards Textual's events to it.
    """

    def __init__(self, screen: Screen[None], session: Session, indexing: IndexStatus) -> None:
        """Show the session's articles on `screen`; `indexing` is the progress of indexing."""
        library, colours = session.library, session.colours
        self._screen = screen
        self._session = session
        self.reading: Reading | None = None
        self.after_paint = AfterPaint()
        self.page = Page(colours, kept_typesetting(session), kept_width(session))
        self.status = StatusLine(colours, session.keymap)
        self.panes = Panes(screen, session, self.page, self.status)
        self.sidebar = self.panes.sidebar
        self.outline = self.panes.outline
        self.typesetting = PageTypesetting(self.page, self.outline, copies_as_shown=session.settings.copy_as_shown)
        self.relations = Relations(self.panes, self.page)
        self.keys = PressedKeys(session.keymap)
        self.marks = ShownMarks(library, self.page.show_marks)
        self.finding = Finding(self.page)
        self.letters = Letters(self.keys)
        self.counts = KeyCounts()
        self.last_key = ""
        self.chords = Chords(session.keymap)
        self.unbound = UnboundKeys(screen, session.keymap, self.say, foreign_keys(session.settings.keymap))
        self.links = PageLinks(self.page, self.say, self.follow)
        self.selection = Selection(
            screen, self.page, Selecting(self.page, self.keys, session.keymap), self.say, self.follow
        )
        self.moving = Moving(session, self.page, self.finding, self.say, self.follow, leave=self.leave_place)
        jumping = Jumping(self.sidebar, library)
        self.find_line = FindLine(self.sidebar, self.finding, jumping, self.moving, self.follow)
        asking = self.letters, self.counts, self.chords
        messages = StatusMessages(self.page, self.panes, self.finding, self.selection, asking=asking, links=self.links)
        self._footer = Footer(self.status, messages, session, indexing, self.follow)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return the handlers of its actions, by action."""
        own: dict[str, Callable[[], object]] = {"find": lambda: _find(self), "select": self.start_selecting}
        own |= {"selecting.find": lambda: _find_selection(self), "back": lambda: _go_back(self, self._screen)}
        return own | self.moving.handlers() | self.panes.handlers() | self.links.handlers() | _placing(self)

    # Content

    def show(self, reading: Reading, place: Position | None, layout: "late.Layout | None" = None) -> None:
        """Show an opened article; the panes beside it, which take longer to paint, follow after it is painted."""
        is_first = self.reading is None
        self.reading = reading
        self.moving.sections.show(reading.outline)
        self.links.reset()
        self.finding.reset()
        self.selection.leave()
        self.marks.begin(reading)
        self.page.pictures.show(reading.pictures)
        self.page.show(head_of(self._session, reading), reading.document, place, layout)
        # The first frame is painted as a whole, and a page that a pane covers is not painted.
        self.after_paint.wait(self._show_beside, at_once=is_first or self.panes.over)
        self._footer.begin(reading)
        self.show_marks()
        self.follow()

    def _show_beside(self) -> None:
        if self.reading is not None:
            self.panes.show(self.reading.article, self.typesetting.outline_of(self.reading))
            self.follow()

    def show_beginning(self, beginning: Beginning, layout: "late.Layout | None" = None) -> None:
        """Show the beginning of an article; no article counts as open, so that no position in it is saved."""
        self.reading = None
        self.links.reset()
        self.finding.reset()
        self.selection.leave()
        self.moving.sections.show(beginning.outline)
        self.page.pictures.show(beginning.pictures)
        self.page.show(head_of_beginning(beginning), beginning.document, None, layout)
        self.panes.show(beginning.article, beginning.outline)
        self.follow()
        self.say(_("Reading the rest of the article …"))

    def show_found(self, pattern: "re.Pattern[str] | None", query: str) -> None:
        """Mark the matches of a search in the article, and go to the first one."""
        if pattern is not None:
            self.moving.sections.scrolled()
            self.finding.show_found(pattern, query)
            self.follow()

    def show_marks(self) -> None:
        """Show the bookmarks, highlights and tags of the open article."""
        self._session.asked(self.marks.show, None)
        if self.reading is not None:
            self.page.show_head(head_of(self._session, self.reading))

    def show_nothing(self) -> None:
        """Show that there are no articles, and which files were skipped."""
        skipped_files = late.skipped_message(self._session.library.catalogue.skipped_files())
        self.page.show(late.Head(_("No articles here"), skipped_files), self.page.document, None)
        self.follow()

    def show_sidebar(self, *, focus: bool) -> None:
        """Show the sidebar, and optionally focus it."""
        self.panes.show_sidebar(focus=focus)

    def slide_panes_away(self) -> None:
        """Hide a pane that covers the page, and focus the page."""
        self.panes.slide_away()

    def say(self, message: str, *shorter: str) -> None:
        """Show a short message in the status line for a few seconds."""
        self._footer.say(message, *shorter)

    def repaint(self, colours: Colours) -> None:
        """Change the colours."""
        self.panes.repaint(colours)
        self.status.colours = colours
        self.status.refresh()
        self.page.repaint(colours)

    def follow(self) -> None:
        """Update the panes and the status line."""
        self.links.labels.follow()
        reading = self.reading
        if reading is None:
            self._footer.show(None, None, 0.0)
            return
        section = self.moving.sections.current
        self._screen.post_message(PageScrolled())
        sections = self.typesetting.outline_of(reading).sections
        title = sections[section].title if section is not None else "" if sections else None
        self._footer.show(reading, title, self.page.progress)
        if not self.after_paint.is_waiting:
            self.panes.follow(section)
            if self.page.progress >= 1 and self.page.size.height:
                self._screen.post_message(EndReached(reading.article))

    def follow_progress(self, progress: Callable[[int], float]) -> None:
        """Show the progress of each section, 0 to 1, in the outline."""
        self.outline.progress = progress

    def show_progress(self) -> None:
        """Repaint the progress in the outline."""
        self.outline.refresh()

    # State

    @property
    def place(self) -> Position:
        """The position at the top of the page."""
        return self.page.place

    @property
    def progress(self) -> float:
        """The scroll progress, 0 to 1: 0 at the top, 1 if the end is visible."""
        return self.page.progress

    @property
    def visible_range(self) -> tuple[Position, Position] | None:
        """The first visible position and the one after the last; None while the page has no size."""
        return (self.page.first_place, self.page.last_place) if self.page.size.height else None

    @property
    def line_width(self) -> int:
        """The line width in cells that the user has set."""
        return self.page.measure

    @property
    def selected(self) -> Range | None:
        """The selection, by keyboard or mouse."""
        return self.selection.span

    @property
    def section_span(self) -> Range | None:
        """The range of the current section; None while no article with text is open."""
        return self.selection.section_span(self.reading, self.moving.sections.current)

    @property
    def chosen_span(self) -> Range | None:
        """The selected range, or else that of the current section; None while no article with text is open."""
        return self.selection.span or self.section_span

    def selected_text(self) -> str:
        """The selected text, or else the current section, without wrapped line breaks, as it is to be copied."""
        return self.typesetting.copied(self.selection.text(self.reading, self.moving.sections.current))

    @property
    def chosen_article(self) -> Article | None:
        """The article under the cursor of the sidebar if the sidebar has the focus, else the open article."""
        if self.sidebar.has_focus:
            return self.sidebar.article_at(self.sidebar.cursor)
        return self.reading.article if self.reading else None

    @property
    def marked_articles(self) -> Sequence[Article]:
        """The articles marked in the sidebar if the sidebar has the focus, else none."""
        return self.sidebar.marked_articles() if self.sidebar.has_focus else ()

    @property
    def marked_count(self) -> int:
        """The number of `marked_articles`, including those that cannot be found now."""
        return len(self.sidebar.marked.refs) if self.sidebar.has_focus else 0

    @property
    def chosen_articles(self) -> Sequence[Article]:
        """The marked articles, or else the chosen article."""
        article = self.chosen_article
        return self.marked_articles if self.marked_count or article is None else [article]

    def layout_state(self) -> str:
        """The open panes and shelves, as text to be saved."""
        return self.panes.state()

    def ask_letter(self, notes: MessageVariants, action: str, then: Callable[[str], None]) -> None:
        """Ask for a letter, with a prompt in the status line."""
        self._footer.hush()
        self.letters.ask(notes, action, lambda letter: self._session.asked(lambda: then(letter), None))
        self.follow()

    # Navigation and selection

    def go_to(self, place: Position) -> None:
        """Scroll a position to the top of the page; the title stays visible above the first position."""
        self.moving.go_to(place)

    def start_selecting(self) -> None:
        """Start a keyboard selection: extend the mouse selection, or start at the top of the page."""
        self._footer.hush()
        self.selection.begin()

    def stop_selecting(self) -> None:
        """Clear the selection, by keyboard or mouse."""
        self.selection.leave()
        self.follow()

    def leave_place(self) -> None:
        """Post the position before a jump within the article."""
        if self.reading is not None:
            self._screen.post_message(PlaceLeft(self.reading.article.id, self.page.place))

    def pick(self, place: Position, clicks: int) -> None:
        """Select the word at a double-clicked position, or the paragraph at a triple-clicked one."""
        self._footer.hush()
        self.selection.pick(place, clicks)

    async def mount_find_line(self) -> None:
        """Mount the find bar, which the first paint does not need."""
        await self.find_line.mount(self._screen.query_one("#foot", Vertical), self.status)


async def _find(view: PageView) -> None:
    """Find the text selected by the mouse, or open the find bar; keys typed meanwhile wait until it is mounted."""
    if view.selection.span is not None and not view.sidebar.has_focus:
        _find_selection(view)
        return
    await view.mount_find_line()
    view.find_line.open()


def _find_selection(view: PageView) -> None:
    """Find the selected text in the article."""
    text = " ".join(view.selection.text(view.reading, None).split())
    view.stop_selecting()
    view.moving.find(text)


def _placing(view: PageView) -> dict[str, Callable[[], object]]:
    """The handlers of the keys that fold, and of those that place the current line."""
    folds = PageFolds(view.page, view.links, view.say)
    return folds.handlers() | CurrentLine(view.page, view.finding, view.links, view.follow).handlers()


def _go_back(view: PageView, screen: Screen[None]) -> None:
    """Close the topmost of search, selection and panes, or focus the page; never quit."""
    if view.finding.active:
        if view.finding.leave():
            view.say(_("Back to where the search began"))
        view.follow()
    elif screen.selections:
        screen.clear_selection()
    elif view.links.focused:
        view.links.clear()
        view.follow()
    elif view.sidebar.has_focus and view.sidebar.marked:
        view.sidebar.unmark()
    elif view.panes.over:
        view.panes.slide_away()
    elif view.panes.zen:
        view.panes.toggle_zen()
    else:
        view.page.focus()
