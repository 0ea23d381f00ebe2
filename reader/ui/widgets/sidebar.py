"""The sidebar: shelves by category, date or name, loaded when they are opened, and their articles."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.binding import BindingType
from textual.events import Click
from textual.message import Message

from reader.archive.article import Article
from reader.document.text_folding import folded
from reader.keymap.actions import Context
from reader.language import _
from reader.shelves.article_catalogue import ArticleCatalogue
from reader.shelves.counts import ShelfCounts, View
from reader.shelves.shelf import Shelf
from reader.shelves.shelving import SEARCH
from reader.ui.colours import Colours
from reader.ui.key_bindings import bindings
from reader.ui.widgets.marked_articles import MOST
from reader.ui.widgets.rows import RowList
from reader.ui.widgets.shelf_list import ShelfList
from reader.ui.widgets.shelf_rows import Row

_INDENT = 2
_KEPT = 500
"""The maximum number of open shelves that are saved across sessions."""
_EMPTY = Shelf((), "", 0, lambda: ())


class Sidebar(RowList):
    """The articles on their shelves."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.SIDEBAR)
    HEADING_ROWS = 1

    class ViewChosen(Message):
        """Another view was chosen."""

        def __init__(self, view: View) -> None:
            super().__init__()
            self.view = view

    class SearchForgotten(Message):
        """The removal of a saved search was requested."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    class MarksMoved(Message):
        """Other articles are marked."""

    class ReadAsked(Message):
        """Articles are to be marked as read."""

        def __init__(self, articles: Sequence[Article]) -> None:
            super().__init__()
            self.articles = articles

    def __init__(self, colours: Colours, catalogue: ArticleCatalogue, starred: Callable[[Article], bool]) -> None:
        """Show articles of `catalogue`; `starred` returns whether an article is starred."""
        super().__init__(colours, id="sidebar")
        self.border_title = None
        self._hidden = False  # The open article is newer than the shelves.
        self._catalogue = catalogue
        self._list = ShelfList(catalogue, starred)
        self.marked = self._list.marked

    # Content

    @property
    def views(self) -> tuple[View, ...]:
        """The views in the heading."""
        return self._list.views

    @property
    def current(self) -> Article | None:
        """The open article, if any."""
        return self._list.current

    def fill(self, survey: ShelfCounts, root: Shelf) -> None:
        """Replace the shelves; open shelves stay open, and the row under the cursor keeps its place on the screen."""
        other_view = survey.view is not self._list.survey.view
        held = self.held
        above = self.cursor - int(self.scroll_y)
        self._list.fill(survey, root)
        self.rebuild()
        if other_view:
            self.cursor = 0
            self.scroll_to(y=0, animate=False)
        if self.current is not None and (other_view or self._hidden):
            self.reveal(self.current)
        elif held is not None and (number := self._list.rows.find(held.shelf.key, held.ref)) is not None:
            self.cursor = number
            self.scroll_to(y=max(0, number - above), animate=False)
        self._remarked(is_whole=self._list.mark_missed(self.cursor))

    @property
    def opened(self) -> list[list[str]]:
        """The keys of the open shelves."""
        return sorted(map(list, self._list.opened))[:_KEPT]

    @opened.setter
    def opened(self, keys: object) -> None:
        """Open the saved shelves, ignoring invalid keys."""
        self._list.open_saved(keys)

    @property
    def total(self) -> int:
        """The number of articles."""
        return self._list.survey.total

    def show_read(self, article: Article, *, read: bool) -> None:
        """Show an article as read or unread."""
        self._list.show_read(article, read=read)
        self.refresh()

    def reveal(self, article: Article) -> None:
        """Open the shelves of an article and scroll it into view, unless the cursor is already on it."""
        self._list.current = article
        found = self._catalogue.by_id(article.id)
        here = self._list.rows.at(self.cursor)
        if found is not None and here is not None and here.ref == found[0]:
            self._hidden = False
        else:
            self._hidden = found is None or not self._go_to(found[0], article)
        self.refresh()

    def _go_to(self, ref: int, article: Article) -> bool:
        """Open the shelves of an article and move the cursor to it; return False if it is on no shelf yet."""
        number = self._list.open_to(ref, article)
        self.rebuild()
        if number is not None:
            self.cursor = number
            self.show_row(number)
        return number is not None

    def following(self, article: Article, step: int) -> Article | None:
        """Return the next (`step` 1) or previous (-1) article in the order of the shelves, whether open or not."""
        found, self.cursor = self._list.following(article, step, self.cursor)
        return found

    # Jumping by typing

    @property
    def held(self) -> Row | None:
        """The row under the cursor."""
        return self._list.rows.at(self.cursor)

    def return_to(self, row: Row) -> None:
        """Move the cursor to the current position of a former row."""
        if (number := self._list.rows.find(row.shelf.key, row.ref)) is not None:
            self.cursor = number

    def jump(self, start: int, step: int, needle: str, refs: set[int]) -> bool:
        """Move to the nearest shelf whose title contains `needle`, or article of `refs`; False if none matches."""
        sought = folded(needle)
        number = self._list.rows.next(start, step, lambda title: bool(sought) and sought in folded(title), refs)
        if number is not None:
            self.cursor = number
            return True
        # No open shelf has a match, so open the shelves of the newest matching article.
        ref = max(refs, default=None)
        article = None if ref is None else self._catalogue.article(ref)
        return ref is not None and article is not None and self._go_to(ref, article)

    # Rows

    def count(self) -> int:
        """Return the number of rows."""
        return self._list.rows.count

    def article_at(self, number: int) -> Article | None:
        """Return the article of a row, or None."""
        return self._list.article_at(number)

    def heading(self, width: int) -> list[Segment]:
        """Return the titles of the views and the number of articles."""
        return self._list.heading(width, self.colours)

    def row(self, number: int, width: int, *, lit: bool) -> list[Segment]:
        """Return a shelf with its count, or an article with its date."""
        del lit
        return self._list.row(number, width, self.colours)

    # Marked articles

    def marked_articles(self) -> list[Article]:
        """The marked articles that still exist, in the order in which they were marked."""
        return self._list.marked_articles()

    def unmark(self) -> None:
        """Unmark all articles."""
        self._list.unmark()
        self._remarked()

    def action_mark(self) -> None:
        """Mark the article under the cursor, or all of the shelf, and go to the next row."""
        self._remarked(is_whole=self._list.toggle_mark(self.cursor))
        self.action_cursor(1)

    def action_mark_range(self) -> None:
        """Mark the rows from the one marked last to the cursor."""
        self._remarked(is_whole=self._list.mark_range(self.cursor))

    def action_mark_all(self) -> None:
        """Mark all articles of the list that the cursor is in; unmark them if all are marked."""
        self._remarked(is_whole=self._list.toggle_all(self.cursor))

    def _remarked(self, *, is_whole: bool = True) -> None:
        self.refresh()
        self.post_message(self.MarksMoved())
        self._check_limit(is_whole=is_whole)

    def _check_limit(self, *, is_whole: bool) -> None:
        if not is_whole:
            self.notify(_("At most {count:,} articles are marked at once").format(count=MOST), severity="warning")

    def _ask_to_read(self, refs: Sequence[int], nearest: Sequence[int]) -> None:
        """Request that articles are marked as read; if there are too many, only the `nearest` to the cursor."""
        self.post_message(self.ReadAsked(self._catalogue.articles(nearest)))
        self._check_limit(is_whole=len(nearest) == len(refs))

    def action_read_above(self) -> None:
        """Request that the articles above the cursor in its list, or on the shelves above, are marked as read."""
        refs = self._list.refs_beside(self.cursor)[0]
        self._ask_to_read(refs, refs[-MOST:])

    def action_read_below(self) -> None:
        """Request that the articles below the cursor in its list, or on the shelves below, are marked as read."""
        refs = self._list.refs_beside(self.cursor)[1]
        self._ask_to_read(refs, refs[:MOST])

    # Keys and mouse

    def action_choose(self) -> None:
        """Toggle a shelf, or choose an article."""
        row = self._list.rows.at(self.cursor)
        if row is not None and row.ref is None:
            self._toggle(row.shelf)
        elif row is not None:
            super().action_choose()

    def action_forget(self) -> None:
        """Request the removal of the saved search under the cursor."""
        row = self._list.rows.at(self.cursor)
        if row is not None and row.ref is None and row.shelf.key[0].startswith(SEARCH):
            self.post_message(self.SearchForgotten(int(row.shelf.key[0].removeprefix(SEARCH))))

    def open_row(self, number: int) -> None:
        """Open a shelf, enter an open one, or choose an article."""
        row = self._list.rows.at(number)
        if row is None or row.ref is not None:
            self.action_choose()
        elif row.shelf.key in self._list.opened:
            self.action_cursor(1)
        else:
            self._toggle(row.shelf)

    def close_row(self, number: int) -> None:
        """Close an open shelf, or else move to the enclosing one."""
        row = self._list.rows.at(number)
        if row is not None and row.ref is None and row.shelf.key in self._list.opened:
            self._toggle(row.shelf)
        elif (outer := self._list.rows.around(number)) is not None:
            self.cursor = outer

    def on_click(self, event: Click) -> None:
        """Choose a row, or a view if the heading was clicked."""
        if event.y:
            super().on_click(event)
            return
        event.stop()
        if (view := self._list.view_at(event.x)) is not None:
            self.post_message(self.ViewChosen(view))

    def _toggle(self, shelf: Shelf) -> None:
        self._list.toggle(shelf)
        self.rebuild()
