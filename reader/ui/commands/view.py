"""What commands ask of the reading screen: what is read, selected and where; to go, to ask, to show."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from reader.archive.article import Article
from reader.document.document import Position, Range
from reader.reading.opened import Reading
from reader.shelves.counts import ShelfCounts, View
from reader.ui.shown_marks import ShownMarks
from reader.ui.widgets.status import MessageVariants

if TYPE_CHECKING:
    import re

    from reader.shelves.shelf import Shelf


class ReadingView(Protocol):
    """The article on the page, and what the person does there."""

    marks: ShownMarks

    @property
    def reading(self) -> Reading | None:
        """The article on the page."""

    @property
    def place(self) -> Position:
        """What stands at the top of the page."""

    @property
    def progress(self) -> float:
        """How much of the article lies above the foot of the page, 0 to 1."""

    @property
    def sight(self) -> tuple[Position, Position] | None:
        """The first place in sight and the one after the last; None while there is no page."""

    @property
    def line_width(self) -> int:
        """Cells of a line, as the person set it."""

    @property
    def selected(self) -> Range | None:
        """What is selected, by keys or by the mouse."""

    @property
    def chosen_article(self) -> Article | None:
        """The article under the sidebar's cursor while it has the focus, else the one on the page."""

    def selected_text(self) -> str:
        """The selected text, or else the section that is read, as the author wrote it."""

    def start_selecting(self) -> None:
        """Begin to select text by keys."""

    def stop_selecting(self) -> None:
        """Select nothing any more."""

    def go_to(self, place: Position) -> None:
        """Bring a place to the top of the page."""

    def ask_letter(self, notes: MessageVariants, action: str, then: Callable[[str], None]) -> None:
        """Wait for a letter and give it to `then`: empty for Enter and for the keys of `action`."""

    def show(self, reading: Reading, place: Position | None) -> None:
        """Show an article, at its beginning or at a place."""

    def show_found(self, pattern: "re.Pattern[str] | None", query: str) -> None:
        """Mark what a search found in the article, and go to the first of it."""

    def show_marks(self) -> None:
        """Show the marks of the article as the store has them now."""

    def show_nothing(self) -> None:
        """Say that there are no articles."""

    def follow(self) -> None:
        """Update what the panes and the status line say of the page."""

    def slide_panes_away(self) -> None:
        """Hide a pane that lies over the page, and focus the page."""

    def show_sidebar(self, *, focus: bool) -> None:
        """Bring the sidebar into sight, and focus it if asked."""

    def layout_state(self) -> str:
        """Which panes and shelves are open, as text to be kept."""

    def follow_progress(self, progress: Callable[[int], float]) -> None:
        """Show in the outline how far each section was read, 0 to 1."""

    def show_progress(self) -> None:
        """Paint the outline's progress again."""


class ShelfView(Protocol):
    """The sidebar."""

    views: tuple[View, ...]

    def fill(self, survey: ShelfCounts, root: "Shelf") -> None:
        """Show these shelves."""

    def mark_read(self, article: Article, *, read: bool) -> None:
        """Show whether an article was read."""

    def following(self, article: Article, step: int) -> Article | None:
        """The article `step` (1 or -1) below another, in the order of the shelves."""

    def refresh(self) -> object:
        """Paint the rows again."""
