"""The sidebar: shelves by category, date or name, loaded when they are opened, and their articles."""

from collections.abc import Callable
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import BindingType
from textual.events import Click
from textual.message import Message

from reader.archive.article import Article
from reader.document.folding import folded
from reader.keymap import Context
from reader.language import _
from reader.shelves.article_catalogue import ArticleCatalogue
from reader.shelves.counts import ShelfCounts, View
from reader.shelves.shelf import Shelf, following, path_to
from reader.shelves.shelving import SEARCH
from reader.ui.colours import Colours
from reader.ui.keys import bindings
from reader.ui.widgets.rows import RowList
from reader.ui.widgets.shelf_painting import article_segments, shelf_segments
from reader.ui.widgets.shelf_rows import Row, ShelfRows

_INDENT = 2
_KEPT = 500
"""The maximum number of open shelves that are saved across sessions."""
_EMPTY = Shelf((), "", 0, lambda: ())


class Sidebar(RowList):
    """The articles on their shelves."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.SIDEBAR)

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

    def __init__(self, colours: Colours, catalogue: ArticleCatalogue, starred: Callable[[Article], bool]) -> None:
        """Show articles of `catalogue`; `starred` returns whether an article is starred."""
        super().__init__(colours, id="sidebar")
        self.border_title = None
        self.views: tuple[View, ...] = (View.CATEGORY, View.DATE, View.ALL)
        self.current: Article | None = None
        self._hidden = False  # The open article is newer than the shelves.
        self._catalogue = catalogue
        self._starred = starred
        self._survey = ShelfCounts()
        self._opened: set[tuple[str, ...]] = set()
        self._rows = ShelfRows(_EMPTY, ())

    # Content

    def fill(self, survey: ShelfCounts, root: Shelf) -> None:
        """Replace the shelves; open shelves stay open, and the row under the cursor keeps its place on the screen."""
        other_view = survey.view is not self._survey.view
        held = self._rows.at(self.cursor)
        above = self.cursor - int(self.scroll_y)
        self._survey = survey
        if other_view:
            self.views = tuple(survey.view if _KINDS[survey.view] == _KINDS[view] else view for view in self.views)
        self._rows = ShelfRows(root, self._opened)
        self.rebuild()
        if other_view:
            self.cursor = 0
            self.scroll_to(y=0, animate=False)
        if self.current is not None and (other_view or self._hidden):
            self.reveal(self.current)
        elif held is not None and (number := self._rows.find(held.shelf.key, held.ref)) is not None:
            self.cursor = number
            self.scroll_to(y=max(0, number - above), animate=False)

    @property
    def opened(self) -> list[list[str]]:
        """The keys of the open shelves."""
        return sorted(map(list, self._opened))[:_KEPT]

    @opened.setter
    def opened(self, keys: object) -> None:
        """Open the saved shelves, ignoring invalid keys."""
        for key in keys if isinstance(keys, list) else ():
            if isinstance(key, list) and all(isinstance(part, str) for part in key):
                self._opened.add(tuple(key))

    @property
    def total(self) -> int:
        """The number of articles."""
        return self._survey.total

    def mark_read(self, article: Article, *, read: bool) -> None:
        """Show an article as read or unread."""
        found = self._catalogue.by_id(article.id)
        if found is not None:
            (self._survey.read.add if read else self._survey.read.discard)(found[0])
        self.refresh()

    def reveal(self, article: Article) -> None:
        """Open the shelves of an article and scroll it into view, unless the cursor is already on it."""
        self.current = article
        found = self._catalogue.by_id(article.id)
        here = self._rows.at(self.cursor)
        if found is not None and here is not None and here.ref == found[0]:
            self._hidden = False
        else:
            self._hidden = found is None or not self._go_to(found[0], article)
        self.refresh()

    def _go_to(self, ref: int, article: Article) -> bool:
        """Open the shelves of an article and move the cursor to it; return False if it is on no shelf yet."""
        path = path_to(self._rows.root, article, ref)
        self._opened.update(shelf.key for shelf in path)
        self._flatten()
        number = self._rows.find(path[-1].key if path else (), ref)
        if number is not None:
            self.cursor = number
            self.show_row(number)
        return number is not None

    def following(self, article: Article, step: int) -> Article | None:
        """Return the next (`step` 1) or previous (-1) article in the order of the shelves, whether open or not."""
        found = self._catalogue.by_id(article.id)
        if found is None:
            # The file is gone, so continue at its former position.
            numbers = range(self.cursor, self.count()) if step > 0 else range(self.cursor - 1, -1, -1)
            return next((one for number in numbers if (one := self.article_at(number)) is not None), None)
        here = self._rows.at(self.cursor)
        if here is not None and here.ref == found[0] and here.shelf.key[:1] and here.shelf.key[0].startswith(SEARCH):
            # Within a saved search, continue with its results.
            place = here.place + step
            if not 0 <= place < len(here.around):
                return None
            self.cursor += step
            return self._catalogue.article(here.around[place], here.around, place)
        ref = following(self._rows.root, article, found[0], step)
        return None if ref is None else self._catalogue.article(ref)

    def _flatten(self) -> None:
        self._rows = ShelfRows(self._rows.root, self._opened)
        self.rebuild()

    # Jumping by typing

    @property
    def held(self) -> Row | None:
        """The row under the cursor."""
        return self._rows.at(self.cursor)

    def return_to(self, row: Row) -> None:
        """Move the cursor to the current position of a former row."""
        number = self._rows.find(row.shelf.key, row.ref)
        if number is not None:
            self.cursor = number

    def jump(self, start: int, step: int, needle: str, refs: set[int]) -> bool:
        """Move to the nearest shelf whose title contains `needle`, or article of `refs`; False if none matches."""
        sought = folded(needle)

        number = self._rows.next(start, step, lambda title: bool(sought) and sought in folded(title), refs)
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
        return self._rows.count

    def article_at(self, number: int) -> Article | None:
        """Return the article of a row, or None."""
        row = self._rows.at(number)
        return None if row is None or row.ref is None else self._catalogue.article(row.ref, row.around, row.place)

    def heading(self, width: int) -> list[Segment]:
        """Return the titles of the views, with the current one emphasized, and the number of articles."""
        muted = self.colours.role("muted")
        found = [Segment(" ", self.colours.text)]
        for number, view in enumerate(self.views):
            if number:
                found.append(Segment(" │ ", self.colours.role("border")))
            chosen = view is self._survey.view
            found.append(Segment(view_title(view), self.colours.role("accent", bold=True) if chosen else muted))
        used = sum(segment.cell_length for segment in found)
        count = f"{self._survey.total:,} "
        if used + len(count) >= width:
            count = f"{self._survey.total // 1000:,}k "
        if used + len(count) < width:
            found.append(Segment(" " * (width - used - len(count)) + count, muted))
        return found

    def row(self, number: int, width: int, *, lit: bool) -> list[Segment]:
        """Return a shelf with its count, or an article with its date."""
        del lit
        row = self._rows.at(number)
        if row is None:
            return []
        indent = " " * min(1 + row.depth * _INDENT, max(1, width // 3))
        shelf, read = row.shelf, self._survey.read
        if row.ref is None:
            is_open, has_unread = shelf.key in self._opened, shelf.has_unread(read)
            return shelf_segments(self.colours, shelf, indent, width, is_open=is_open, has_unread=has_unread)
        article = self._catalogue.article(row.ref, row.around, row.place)
        if article is None:
            # The article was removed, and the rows will be updated soon.
            return [Segment(f"{indent}  …", self.colours.role("muted"))]
        return article_segments(
            *(self.colours, article, shelf.date_unit, indent, width),
            is_open=self.current is not None and article.id == self.current.id,
            unread=row.ref not in read,
            starred=self._starred(article),
        )

    # Keys and mouse

    def action_choose(self) -> None:
        """Toggle a shelf, or choose an article."""
        row = self._rows.at(self.cursor)
        if row is not None and row.ref is None:
            self._toggle(row.shelf)
        elif row is not None:
            super().action_choose()

    def action_forget(self) -> None:
        """Request the removal of the saved search under the cursor."""
        row = self._rows.at(self.cursor)
        if row is not None and row.ref is None and row.shelf.key[0].startswith(SEARCH):
            self.post_message(self.SearchForgotten(int(row.shelf.key[0].removeprefix(SEARCH))))

    def open_row(self, number: int) -> None:
        """Open a shelf, enter an open one, or choose an article."""
        row = self._rows.at(number)
        if row is None or row.ref is not None:
            self.action_choose()
        elif row.shelf.key in self._opened:
            self.action_cursor(1)
        else:
            self._toggle(row.shelf)

    def close_row(self, number: int) -> None:
        """Close an open shelf, or else move to the enclosing one."""
        row = self._rows.at(number)
        if row is not None and row.ref is None and row.shelf.key in self._opened:
            self._toggle(row.shelf)
        elif (outer := self._rows.around(number)) is not None:
            self.cursor = outer

    def on_click(self, event: Click) -> None:
        """Choose a row, or a view if the heading was clicked."""
        if event.y:
            super().on_click(event)
            return
        event.stop()
        end = 1
        for view in self.views:
            end += cell_len(view_title(view)) + 3
            if event.x < end - 1:
                self.post_message(self.ViewChosen(view))
                return

    def _toggle(self, shelf: Shelf) -> None:
        self._opened ^= {shelf.key}
        self._flatten()


_KINDS = {View.DATE: 1, View.MONTH: 1, View.ALL: 2} | dict.fromkeys((View.CATEGORY, View.SOURCE, View.AUTHOR), 0)
"""The position of each view in the heading."""


def view_title(view: View) -> str:
    """Return the title of a view."""
    return {
        View.CATEGORY: _("Categories"),
        View.SOURCE: _("Sources"),
        View.AUTHOR: _("Authors"),
        View.DATE: _("Dates"),
        View.MONTH: _("Months"),
        View.ALL: _("All"),
    }[view]
