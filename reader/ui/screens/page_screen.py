"""The part of the reading screen that is about the page: moving in it, finding in it, and its measure."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.events import Key
from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget

from reader.document.document import Position, Range
from reader.language import _
from reader.settings.options import Settings
from reader.ui.colours import Colours
from reader.ui.screens.finding import Finding
from reader.ui.screens.sections import Sections
from reader.ui.widgets.page import Page

if TYPE_CHECKING:
    from reader.reading.opened import Reading
    from reader.ui.app import ReaderApp
    from reader.ui.screens.selecting import Selecting


class PageScreen(Screen[None]):
    """One article on its page."""

    def __init__(self, settings: Settings, colours: Colours, measure: int) -> None:
        super().__init__()
        self.page = Page(colours, settings.typesetting, measure)
        self.finding = Finding(self.page)
        self._by_keys: Selecting | None = None
        self.sections = Sections(self.page)
        self.reading: Reading | None = None
        self.usual_measure = settings.measure

    @property
    def reader(self) -> "ReaderApp":
        """The app."""
        from reader.ui.app import ReaderApp  # noqa: PLC0415 - the app imports its screens

        assert isinstance(self.app, ReaderApp)  # noqa: S101 - no other app shows this screen
        return self.app

    def follow(self) -> None:
        """Show elsewhere on the screen where the page is."""
        raise NotImplementedError

    def hush(self) -> None:
        """Let what was said make way for what is to be known now."""
        raise NotImplementedError

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
        self.follow()

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
                self.reader.say(_("This is the last section") if self.reading.outline.sections else _("No headings"))
            return
        self.finding.read_on()
        if target < 0:
            self._scroll(self.page.to_top)
        else:
            self._jump(target)

    def _jump(self, section: int) -> None:
        self.sections.jump(section)
        self.follow()

    def go_to(self, place: Position) -> None:
        """Bring a place to the top of the page; the title stays above the first."""
        self.sections.scrolled()
        if place == Position(0):
            self.page.to_top()
        else:
            self.page.go_to(place)
        self.follow()

    def on_page_link_chosen(self, event: Page.LinkChosen) -> None:
        """Follow a link: within the article, or to the browser."""
        event.stop()
        from reader.layout.links import link_target  # noqa: PLC0415 - not for the first paint

        target = link_target(self.page.document, event.link)
        if target is not None:
            self.reader.leave_place()
            self.go_to(target)
        else:
            self.reader.open_address(event.link)

    # Finding

    def action_next_hit(self) -> None:
        """To the next hit."""
        self._step_hit(1)

    def action_previous_hit(self) -> None:
        """To the hit before."""
        self._step_hit(-1)

    def _step_hit(self, step: int) -> None:
        self.sections.scrolled()
        self.finding.step(step)
        self.follow()

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
            self.reader.keep("measure", str(cells), str(self.usual_measure))

    # The selection

    @property
    def selecting(self) -> "Selecting":
        """The selection by keys."""
        if self._by_keys is None:
            # Late: what parts words and sentences is not for the first paint.
            from reader.ui.screens.selecting import Selecting  # noqa: PLC0415

            self._by_keys = Selecting(self.page)
        return self._by_keys

    @property
    def is_selecting(self) -> bool:
        """Whether the person selects by keys."""
        return self._by_keys is not None and self._by_keys.active

    @property
    def selected(self) -> Range | None:
        """What is selected, by keys or by the mouse."""
        if self.is_selecting:
            return self.selecting.span
        selection = self.selections.get(self.page)
        return self.page.range_of(selection) if selection is not None else None

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """What is at a place of the screen; to a drag that began on the page, the page is everywhere.

        Textual would take a row without text, and whatever lies around the page, for the end or the beginning of all.
        """
        widget, offset = super().get_widget_and_offset_at(x, y)
        state = self._select_state if self._selecting else None
        if widget is self.page or (state is not None and state.start.content_widget is self.page):
            return self.page, self.page.offset_at(x, y)
        return widget, offset

    def selected_text(self) -> str:
        """What is selected, or else the section that is being read, as the author wrote it."""
        document = self.page.document
        if self.reading is None or not document.leaves:
            return ""
        span = self.selected
        if span is None:
            sections = self.reading.outline.sections
            number = self.sections.current
            following = 0 if number is None else number + 1
            last = len(document.leaves) - 1
            end = Position(last, len(document.text(last)))
            if following < len(sections):
                end = sections[following].start
            span = Range(Position(0) if number is None else sections[number].start, end)
        return document.extract(span).strip()

    def action_select(self) -> None:
        """Select text by keys, from the top of the page or from what the mouse selected."""
        span = self.selected
        self._select(lambda: self.selecting.begin(span))

    def on_page_picked(self, event: Page.Picked) -> None:
        """Select the word that was clicked twice, or the paragraph that was clicked thrice; keys go on from there."""
        event.stop()
        # The first click on a highlight opened its note.
        if self.is_current:
            self._select(lambda: self.selecting.pick(event.place, event.clicks))

    def _select(self, begin: Callable[[], bool]) -> None:
        self.clear_selection()
        self.hush()
        self.page.focus()
        if self.reading is None or not begin():
            self.reader.say(_("There is no text to select"))
        else:
            # The dictionary of Chinese words takes a second to load, which who asks for words should not wait for.
            self.run_worker(_load_words, thread=True, group="words")
        self.follow()

    def stop_selecting(self) -> None:
        """Select nothing any more, by keys or by the mouse."""
        if self.is_selecting:
            self.selecting.leave()
        self.clear_selection()
        self.follow()

    def _select_by(self, event: Key) -> None:
        """Let a key move the selection, or do what it does with it."""
        action = self.selecting.take(event)
        if action == "leave":
            self.stop_selecting()
        elif action == "copy":
            self.reader.action_copy()
        elif action == "delete":
            self.reader.delete_highlights()
        elif action == "note":
            self.reader.note_selection()
        elif action == "highlight":
            self.reader.action_highlight()
        elif action.startswith("colour_"):
            self.reader.highlight(int(action[-1]))
        self.follow()


def _load_words() -> None:
    from reader.document.words import words  # noqa: PLC0415 - not for the first paint

    words("文字")
