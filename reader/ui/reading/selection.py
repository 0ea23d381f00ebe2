"""The selection in the open article, by keyboard or mouse."""

from collections.abc import Callable

from textual.events import Key
from textual.screen import Screen

from reader.document.document import Position, Range
from reader.document.tabs import trimmed_part
from reader.language import _
from reader.reading.opened_article import Reading
from reader.ui import late
from reader.ui.reading.selecting import Selecting
from reader.ui.widgets.page import Page
from reader.ui.widgets.status import MessageVariants


class Selection:
    """The selection of a screen: the mouse selection, which Textual stores, or the keyboard selection."""

    def __init__(
        self,
        screen: Screen[None],
        page: Page,
        by_keys: Selecting,
        say: Callable[[str], None],
        follow: Callable[[], None],
    ) -> None:
        """Select on the `page` of `screen`; `say` shows a message, `follow` updates panes and status line."""
        self._screen = screen
        self._page = page
        self._say = say
        self._follow = follow
        self._by_keys = by_keys

    @property
    def by_keys(self) -> bool:
        """Whether a keyboard selection is active."""
        return self._by_keys.active

    @property
    def notes(self) -> MessageVariants:
        """The text of the status line for the keyboard selection."""
        return self._by_keys.notes

    @property
    def span(self) -> Range | None:
        """The selected range."""
        if self.by_keys:
            return self._by_keys.span
        selection = self._screen.selections.get(self._page)
        return self._page.range_of(selection) if selection is not None else None

    def text(self, reading: Reading | None, section: int | None) -> str:
        """The selected text, or else that of a section by index, without wrapped line breaks."""
        span = self.section_span(reading, section)
        if reading is None or span is None:
            return ""
        return trimmed_part(self._page.document, self.span or span)

    def section_span(self, reading: Reading | None, section: int | None) -> Range | None:
        """The range of a section by index, up to the next heading; None if no article with text is open."""
        document = self._page.document
        if reading is None or not document.leaves:
            return None
        sections = reading.outline.sections
        following = 0 if section is None else section + 1
        last = len(document.leaves) - 1
        end = Position(last, len(document.text(last)))
        if following < len(sections):
            end = sections[following].start
        return Range(Position(0) if section is None else sections[section].start, end)

    def begin(self) -> None:
        """Start a keyboard selection, at the top of the page or with the mouse selection."""
        span = self.span
        self._begin(lambda: self._by_keys.begin(span))

    def pick(self, place: Position, clicks: int) -> None:
        """Select the double-clicked word, or the triple-clicked paragraph; keys continue from there."""
        self._begin(lambda: self._by_keys.pick(place, clicks))

    def _begin(self, begin: Callable[[], bool]) -> None:
        self._screen.clear_selection()
        self._page.focus()
        if not begin():
            self._say(_("No text to select"))
        else:
            # Load the dictionary of Chinese words, which takes a second, before the user asks for words.
            self._screen.run_worker(lambda: late.words("文字"), thread=True, group="words")
        self._follow()

    def leave(self) -> None:
        """Clear the selection."""
        if self.by_keys:
            self._by_keys.leave()
        self._screen.clear_selection()

    def take(self, event: Key) -> str:
        """Move by a key; return the id of the action it requests, or empty."""
        action = self._by_keys.take(event)
        if action == "leave":
            self.leave()
            return ""
        # The ids of commands of the settings say where they belong.
        return action if not action or "." in action else f"selecting.{action}"
