"""The content of the sidebar: its shelves, which of them are open, and its rows as segments.

It needs no Textual, because the first frame paints these rows too.
"""

from collections.abc import Callable, Sequence
from itertools import chain

from rich.cells import cell_len
from rich.segment import Segment

from reader.archive.article import Article
from reader.language import _
from reader.shelves.article_catalogue import ArticleCatalogue
from reader.shelves.counts import ShelfCounts, View
from reader.shelves.shelf import Shelf, following, path_to, shelf_refs
from reader.shelves.shelving import SEARCH
from reader.ui.colours import Colours
from reader.ui.widgets.marked_articles import MarkedArticles
from reader.ui.widgets.shelf_painting import article_segments, shelf_segments
from reader.ui.widgets.shelf_rows import ShelfRows

_INDENT = 2
_EMPTY = Shelf((), "", 0, lambda: ())

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


class ShelfList:
    """The rows of the shelves.

    Attributes:
        views: The views in the heading.
        survey: The counts of the shelves.
        opened: The keys of the open shelves.
        rows: The rows.
        current: The open article, if any.
        marked: The articles that the user has marked.
    """

    def __init__(self, catalogue: ArticleCatalogue, starred: Callable[[Article], bool]) -> None:
        """Show articles of `catalogue`; `starred` returns whether an article is starred."""
        self.views: tuple[View, ...] = (View.CATEGORY, View.DATE, View.ALL)
        self.survey = ShelfCounts()
        self.opened: set[tuple[str, ...]] = set()
        self.rows = ShelfRows(_EMPTY, ())
        self.current: Article | None = None
        self.marked = MarkedArticles()
        self._is_missed = False  # The list was out of date when all of it was marked.
        self._catalogue = catalogue
        self._starred = starred

    def fill(self, survey: ShelfCounts, root: Shelf) -> None:
        """Replace the shelves; open shelves stay open."""
        self.survey = survey
        self.views = tuple(survey.view if _KINDS[survey.view] == _KINDS[view] else view for view in self.views)
        self.rows = ShelfRows(root, self.opened)
        self.marked.follow(self._catalogue.located, forget=True)

    def open_saved(self, keys: object) -> None:
        """Open the saved shelves, ignoring invalid keys."""
        for key in keys if isinstance(keys, list) else ():
            if isinstance(key, list) and all(isinstance(part, str) for part in key):
                self.opened.add(tuple(key))

    def toggle(self, shelf: Shelf) -> None:
        """Open or close a shelf."""
        self.opened ^= {shelf.key}
        self.rows = ShelfRows(self.rows.root, self.opened)

    def open_to(self, ref: int, article: Article) -> int | None:
        """Open the shelves of an article and return the number of its row; None if it is on no shelf yet."""
        path = path_to(self.rows.root, article, ref)
        self.opened.update(shelf.key for shelf in path)
        self.rows = ShelfRows(self.rows.root, self.opened)
        return self.rows.find(path[-1].key if path else (), ref)

    def article_at(self, number: int) -> Article | None:
        """Return the article of a row, or None."""
        row = self.rows.at(number)
        return None if row is None or row.ref is None else self._catalogue.article(row.ref, row.around, row.place)

    def toggle_mark(self, number: int) -> bool:
        """Mark the article or the shelf of a row, or unmark it; return False if there would be too many."""
        row = self.rows.at(number)
        shelf = row.shelf.key if row is not None and row.ref is None else ()
        return self._followed(is_whole=self.marked.toggle(self.refs_at(number), number, shelf))

    def mark_range(self, number: int) -> bool:
        """Mark the rows from the one marked last to another one; return False if there would be too many.

        A closed shelf is marked with all of its articles, as by `toggle_mark`; the articles of an open one have rows.
        """
        rows = [row for row in map(self.rows.at, self.marked.rows_to(number)) if row is not None]
        closed = [row.shelf for row in rows if row.ref is None and row.shelf.key not in self.opened]
        shelves = {shelf.key: shelf_refs(shelf) for shelf in closed}
        refs = chain.from_iterable(shelves.get(row.shelf.key, ()) if row.ref is None else (row.ref,) for row in rows)
        return self._followed(is_whole=self.marked.add(refs, shelves))

    def toggle_all(self, number: int) -> bool:
        """Mark the list that a row is in, or unmark it; return False if there would be too many."""
        is_whole = self._followed(is_whole=self.marked.toggle(self.refs_around(number), number))
        self._is_missed = not all(self.marked.refs.values())
        return is_whole

    def mark_missed(self, number: int) -> bool:
        """Mark the rest of the list that a row is in, if the list was out of date when all of it was marked.

        Returns False if there would be too many.
        """
        is_missed, self._is_missed = self._is_missed, False
        return not is_missed or self._followed(is_whole=self.marked.add(self.refs_around(number)))

    def unmark(self) -> None:
        """Unmark all articles."""
        self._is_missed = False
        self.marked.clear()

    def marked_articles(self) -> list[Article]:
        """The marked articles that can be found, in the order in which they were marked."""
        self._followed()
        return self._catalogue.articles(list(self.marked.refs))

    def _followed(self, *, is_whole: bool = True) -> bool:
        """Update the references of marked articles, which indexing may change; keep those that cannot be found now."""
        self.marked.follow(self._catalogue.located, forget=False)
        return is_whole

    def refs_at(self, number: int) -> Sequence[int]:
        """Return the article of a row, or the articles of a shelf and of the shelves on it."""
        row = self.rows.at(number)
        if row is None:
            return ()
        return [row.ref] if row.ref is not None else shelf_refs(row.shelf)

    def refs_around(self, number: int) -> Sequence[int]:
        """Return the articles of the list that a row is in, or those of a shelf."""
        row = self.rows.at(number)
        return self.refs_at(number) if row is None or row.ref is None else row.around

    def view_at(self, column: int) -> View | None:
        """Return the view whose title is at a column of the heading, or None."""
        end = 1
        for view in self.views:
            end += cell_len(view_title(view)) + 3
            if column < end - 1:
                return view
        return None

    def show_read(self, article: Article, *, read: bool) -> None:
        """Show an article as read or unread."""
        if (found := self._catalogue.by_id(article.id)) is not None:
            (self.survey.read.add if read else self.survey.read.discard)(found[0])

    def refs_beside(self, number: int) -> tuple[Sequence[int], Sequence[int]]:
        """Return the articles above and below an article in its list, or on the shelves beside a shelf.

        The articles directly on the enclosing shelf follow those on its shelves. Saved searches are
        left out beside other shelves, because those contain the same articles.
        """
        row = self.rows.at(number)
        if row is None:
            return (), ()
        if row.ref is not None:
            return row.around[: row.place], row.around[row.place + 1 :]
        outer = self.rows.around(number)
        around = self.rows.root if outer is None else self.rows.shelf_at(outer)
        beside = [one for one in around.shelves if one.aside == row.shelf.aside]
        place = next(number for number, one in enumerate(beside) if one.key == row.shelf.key)
        above = [ref for one in beside[:place] for ref in shelf_refs(one)]
        below = [ref for one in beside[place + 1 :] for ref in shelf_refs(one)]
        return above, below if row.shelf.aside else [*below, *around.own]

    def following(self, article: Article, step: int, cursor: int) -> tuple[Article | None, int]:
        """Return the next (`step` 1) or previous (-1) article, and the row of the cursor after that."""
        found = self._catalogue.by_id(article.id)
        if found is None:
            # The file is gone, so continue at its former position.
            numbers = range(cursor, self.rows.count) if step > 0 else range(cursor - 1, -1, -1)
            return next((one for number in numbers if (one := self.article_at(number)) is not None), None), cursor
        here = self.rows.at(cursor)
        if here is not None and here.ref == found[0] and here.shelf.key[:1] and here.shelf.key[0].startswith(SEARCH):
            # Within a saved search, continue with its results.
            place = here.place + step
            if not 0 <= place < len(here.around):
                return None, cursor
            return self._catalogue.article(here.around[place], here.around, place), cursor + step
        ref = following(self.rows.root, article, found[0], step)
        return (None if ref is None else self._catalogue.article(ref)), cursor

    def heading(self, width: int, colours: Colours) -> list[Segment]:
        """Return the titles of the views, with the current one emphasized, and the number of articles."""
        muted = colours.role("muted")
        found = [Segment(" ", colours.text)]
        for number, view in enumerate(self.views):
            if number:
                found.append(Segment(" │ ", colours.role("border")))
            chosen = view is self.survey.view
            found.append(Segment(view_title(view), colours.role("accent", bold=True) if chosen else muted))
        used = sum(segment.cell_length for segment in found)
        count = f"{self.survey.total:,} "
        if used + len(count) >= width:
            count = f"{self.survey.total // 1000:,}k "
        if used + len(count) < width:
            found.append(Segment(" " * (width - used - len(count)) + count, muted))
        return found

    def row(self, number: int, width: int, colours: Colours) -> list[Segment]:
        """Return a shelf with its count, or an article with its date."""
        row = self.rows.at(number)
        if row is None:
            return []
        indent = " " * min(1 + row.depth * _INDENT, max(1, width // 3))
        shelf, read = row.shelf, self.survey.read
        if row.ref is None:
            is_open, has_unread = shelf.key in self.opened, shelf.has_unread(read)
            return shelf_segments(
                colours,
                shelf,
                indent,
                width,
                is_open=is_open,
                has_unread=has_unread,
                marked=shelf.key in self.marked.shelves,
            )
        article = self._catalogue.article(row.ref, row.around, row.place)
        if article is None:
            # The article was removed, and the rows will be updated soon.
            return [Segment(f"{indent}  …", colours.role("muted"))]
        return article_segments(
            *(colours, article, shelf.date_unit, indent, width),
            is_open=self.current is not None and article.id == self.current.id,
            unread=row.ref not in read,
            starred=self._starred(article),
            marked=row.ref in self.marked,
        )
