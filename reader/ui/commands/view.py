"""The interface of the reading screen for commands: its state, navigation, questions and display."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from reader.archive.article import Article
from reader.document.document import Position, Range
from reader.reading.article_beginning import Beginning
from reader.reading.opened_article import Reading
from reader.settings.options import Typesetting
from reader.shelves.counts import ShelfCounts, View
from reader.ui.related_sections import RelatedSection
from reader.ui.shown_marks import ShownMarks
from reader.ui.widgets.status import MessageVariants

if TYPE_CHECKING:
    import re

    from reader.layout.layout import Layout
    from reader.layout.transclusions import Transclusion
    from reader.shelves.shelf import Shelf


class LinksView(Protocol):
    """The links of the article on the page, by their targets as in `Run.link`."""

    @property
    def focused(self) -> str:
        """The target of the focused link, or empty."""

    @property
    def focused_place(self) -> Position | None:
        """Where the focused link begins, or None."""

    def focus(self, place: Position | None) -> None:
        """Focus the link that begins at a position, or no link."""

    @property
    def focused_below(self) -> str:
        """The target of the focused link if it is below the article; else empty."""

    def focus_below(self, target: str) -> None:
        """Focus the link below the article with a target."""

    @property
    def pointed(self) -> str:
        """The target of the link under the mouse, else of the focused one, or empty."""

    def place_of(self, target: str) -> tuple[int, int] | None:
        """The screen column and row of a link with this target, the focused one if possible; None if out of sight."""

    def embedded(self, target: str) -> int | None:
        """The leaf of an embedded note with this target, the focused one if possible; None if none is in sight."""

    def is_transcluded(self, leaf: int) -> bool:
        """Whether the transclusion of an embedded note is open."""

    def transclude(self, leaf: int, transclusion: "Transclusion | None") -> None:
        """Open the transclusion of an embedded note, or fold it."""

    def toggle_fold(self, leaf: int) -> None:
        """Fold or unfold what follows the title at a leaf."""

    def fold_in_sight(self) -> str:
        """The target of the link of the first fold in sight, or empty."""

    def picture_in_sight(self) -> str:
        """The source of the first picture in sight that has rows of its own, or empty."""

    def show_titles(self, titles: Mapping[int, str]) -> None:
        """Show titles beside the names of embedded notes, by their leaves."""

    def choose(self, then: Callable[[str, bool], None]) -> None:
        """Label the links in sight; pass the target of the chosen one, and whether to open it on the web."""

    def explain(self, explain: Callable[[str], MessageVariants]) -> None:
        """Describe links by `explain`, which returns variants of the status line for a target."""

    def show_kinds(self, inside: Sequence[Range], nowhere: Sequence[Range]) -> None:
        """Paint two kinds of links, given by sorted ranges: those within the archive, and those that lead nowhere."""


class RelatedView(Protocol):
    """What is shown of related articles."""

    @property
    def visible(self) -> bool:
        """Whether the pane is shown."""

    def open(self) -> None:
        """Show the pane and focus it."""

    def show(self, sections: Sequence[RelatedSection], *, start: int | None = None) -> None:
        """Fill the pane; move the cursor to section `start`, or leave it where it is if that is None."""

    def show_counts(self, incoming: int, outgoing: int) -> None:
        """Show in the outline's head how many articles link to the open one, and how many it links to."""

    @property
    def below(self) -> Sequence[tuple[str, str]]:
        """The links below the article, each as its text and target; none before they are found."""

    def show_below(self, links: Sequence[tuple[str, str]]) -> None:
        """Show links below the article, each as its text and target."""


class TypesettingView(Protocol):
    """The typesetting options of the page."""

    @property
    def options(self) -> Typesetting:
        """The options in use."""

    @property
    def width(self) -> int:
        """The width of the page in cells."""

    @property
    def window_width(self) -> int:
        """The width of the window in cells."""

    def use(self, options: Typesetting) -> None:
        """Use other options for this article and those opened later."""


class RowsView(Protocol):
    """The rows of the page."""

    @property
    def top_row(self) -> int:
        """The row at the top of the page, counted from the margin above the header."""

    def return_to_row(self, row: int) -> None:
        """Scroll a row to the top of the page; rows are counted as in `top_row`."""


class MovingView(Protocol):
    """Movements on the page."""

    def find(self, text: str) -> None:
        """Mark all matches of a text in the article, and go to the next one."""

    def repeat(self, action: str, times: int) -> None:
        """Perform the movement `action` several times.

        For “top” and “percent”, `times` is a destination instead: a line, counted from 1, or a percentage.
        """


class ReadingView(Protocol):
    """The article on the page, and the state of reading."""

    marks: ShownMarks

    @property
    def moving(self) -> MovingView:
        """The movements on the page."""

    @property
    def page(self) -> RowsView:
        """The rows of the page."""

    @property
    def relations(self) -> RelatedView:
        """The related articles of the article."""

    @property
    def links(self) -> LinksView:
        """The links of the article."""

    @property
    def typesetting(self) -> TypesettingView:
        """The typesetting options of the page."""

    @property
    def reading(self) -> Reading | None:
        """The article on the page."""

    @property
    def place(self) -> Position:
        """The position at the top of the page."""

    @property
    def progress(self) -> float:
        """The scroll progress, 0 to 1: 0 at the top, 1 if the end is visible."""

    @property
    def visible_range(self) -> tuple[Position, Position] | None:
        """The first visible position and the one after the last; None while there is no page."""

    @property
    def line_width(self) -> int:
        """The line width in cells that the user has set."""

    @property
    def selected(self) -> Range | None:
        """The selection, by keyboard or mouse."""

    @property
    def chosen_article(self) -> Article | None:
        """The article under the cursor of the sidebar if the sidebar has the focus, else the open one."""

    @property
    def section_span(self) -> Range | None:
        """The range of the current section; None while no article with text is open."""

    @property
    def chosen_span(self) -> Range | None:
        """The selection, or else the range of the current section; None while no article with text is open."""

    @property
    def marked_articles(self) -> Sequence[Article]:
        """The articles marked in the sidebar if the sidebar has the focus, else none."""

    @property
    def marked_count(self) -> int:
        """The number of `marked_articles`, including those that cannot be found now."""

    @property
    def chosen_articles(self) -> Sequence[Article]:
        """The articles marked in the sidebar if it has the focus, else the chosen article."""

    @property
    def last_key(self) -> str:
        """The last key that was pressed on the page, or empty."""

    def selected_text(self) -> str:
        """The selected text, or else the current section, without wrapped line breaks."""

    def start_selecting(self) -> None:
        """Start a keyboard selection."""

    def stop_selecting(self) -> None:
        """Clear the selection."""

    def go_to(self, place: Position) -> None:
        """Scroll a position to the top of the page."""

    def ask_letter(self, notes: MessageVariants, action: str, then: Callable[[str], None]) -> None:
        """Ask for a letter and pass it to `then`; Enter and the keys of `action` pass an empty text."""

    def show(self, reading: Reading, place: Position | None, layout: "Layout | None" = None) -> None:
        """Show an article, at its beginning or at a position; `layout` is used if it has the width of the page."""

    def show_beginning(self, beginning: Beginning, layout: "Layout | None" = None) -> None:
        """Show the beginning of an article while the rest is parsed. Until `show`, no article counts as open."""

    def show_found(self, pattern: "re.Pattern[str] | None", query: str) -> None:
        """Mark the matches of a search in the article, and go to the first one."""

    def show_marks(self) -> None:
        """Show the marks of the article as they are in the database."""

    def show_nothing(self) -> None:
        """Show that there are no articles."""

    def follow(self) -> None:
        """Update the panes and the status line."""

    def slide_panes_away(self) -> None:
        """Hide a pane that covers the page, and focus the page."""

    def show_sidebar(self, *, focus: bool) -> None:
        """Show the sidebar, and optionally focus it."""

    def layout_state(self) -> str:
        """The open panes and shelves, as text to be saved."""

    def follow_progress(self, progress: Callable[[int], float]) -> None:
        """Show the progress of each section, 0 to 1, in the outline."""

    def show_progress(self) -> None:
        """Repaint the progress in the outline."""


class ShelfView(Protocol):
    """The sidebar."""

    @property
    def views(self) -> tuple[View, ...]:
        """The views in the heading."""
        ...

    @property
    def total(self) -> int:
        """The number of articles on the shelves; 0 until they are counted."""
        ...

    def fill(self, survey: ShelfCounts, root: "Shelf") -> None:
        """Replace the shelves."""

    def show_read(self, article: Article, *, read: bool) -> None:
        """Show an article as read or unread."""

    def following(self, article: Article, step: int) -> Article | None:
        """Return the next (`step` 1) or previous (-1) article in the order of the shelves."""

    def refresh(self) -> object:
        """Repaint the rows."""
