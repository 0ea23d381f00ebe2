"""What is selected in the open article, by keys or by the mouse."""

from collections.abc import Callable

from textual.events import Key
from textual.screen import Screen

from reader.document.document import Position, Range
from reader.language import _
from reader.reading.opened import Reading
from reader.ui import late
from reader.ui.reading.selecting import Selecting
from reader.ui.widgets.page import Page
from reader.ui.widgets.status import MessageVariants


class Selection:
    """The selection of one screen: either by the mouse, which Textual keeps, or by keys."""

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
        """Whether the person selects by keys."""
        return self._by_keys.active

    @property
    def notes(self) -> MessageVariants:
        """What the status line says of the selection by keys."""
        return self._by_keys.notes

    @property
    def span(self) -> Range | None:
        """What is selected."""
        if self.by_keys:
            return self._by_keys.span
        selection = self._screen.selections.get(self._page)
        return self._page.range_of(selection) if selection is not None else None

    def text(self, reading: Reading | None, section: int | None) -> str:
        """What is selected, or else a section of the article by its number, as the author wrote it."""
        document = self._page.document
        if reading is None or not document.leaves:
            return ""
        span = self.span
        if span is None:
            sections = reading.outline.sections
            following = 0 if section is None else section + 1
            last = len(document.leaves) - 1
            end = Position(last, len(document.text(last)))
            if following < len(sections):
                end = sections[following].start
            span = Range(Position(0) if section is None else sections[section].start, end)
        return document.extract(span).strip()

    def begin(self) -> None:
        """Select by keys, from the top of the page or from what the mouse selected."""
        span = self.span
        self._begin(lambda: self._by_keys.begin(span))

    def pick(self, place: Position, clicks: int) -> None:
        """Select the word that was clicked twice, or the paragraph that was clicked thrice; keys go on from there."""
        self._begin(lambda: self._by_keys.pick(place, clicks))

    def _begin(self, begin: Callable[[], bool]) -> None:
        self._screen.clear_selection()
        self._page.focus()
        if not begin():
            self._say(_("No text to select"))
        else:
            # The dictionary of Chinese words takes a second to load, which who asks for words should not wait for.
            self._screen.run_worker(lambda: late.words("文字"), thread=True, group="words")
        self._follow()

    def leave(self) -> None:
        """Select nothing any more."""
        if self.by_keys:
            self._by_keys.leave()
        self._screen.clear_selection()

    def take(self, event: Key) -> str:
        """Move by a key; the id of the action it asks for besides, or empty."""
        action = self._by_keys.take(event)
        if action == "leave":
            self.leave()
            return ""
        return f"selecting.{action}" if action else ""
