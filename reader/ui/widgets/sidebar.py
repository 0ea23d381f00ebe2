"""The sidebar: shelves by category or by date, each filled when it is opened, and the articles on them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from textual.events import Click
from textual.message import Message

from reader.archive.article import Article
from reader.language import _
from reader.library.shelves import DateUnit, Shelf, by_category, by_date
from reader.ui.colours import Colours
from reader.ui.strips import fitted, padded
from reader.ui.widgets.rows import RowList

_INDENT = 2


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sidebar: a shelf, or an article on one whose dates are told up to `unit` by the shelf."""

    depth: int
    shelf: Shelf
    article: Article | None = None


class Sidebar(RowList):
    """The articles on their shelves."""

    class ViewChanged(Message):
        """The sidebar went from categories to dates, or back."""

    def __init__(self, colours: Colours) -> None:
        super().__init__(colours, id="sidebar")
        self.border_title = None
        self.dates = False
        self.scanning = True
        self.current: Article | None = None
        self._read: Collection[str] = ()
        self._root: Shelf = by_category([])
        self._open: set[tuple[str, ...]] = set()
        self._rows: list[Row] = []

    # What it shows

    def fill(self, articles: Sequence[Article], read: Collection[str]) -> None:
        """Show other articles; what was open stays open."""
        self._read = read
        self._root = by_date(articles) if self.dates else by_category(articles)
        self._flatten()

    def mark_read(self, read: Collection[str]) -> None:
        """Show which articles were read."""
        self._read = read
        self.refresh()

    def switch(self, articles: Sequence[Article]) -> None:
        """Go from categories to dates, or back; the open article stays in sight."""
        self.dates = not self.dates
        self.fill(articles, self._read)
        if self.current:
            self.reveal(self.current)

    def reveal(self, article: Article) -> None:
        """Open the shelves on which an article stands, and bring it into sight."""
        self.current = article
        shelf = self._root
        while shelf.shelves:
            inner = next((one for one in shelf.shelves if article in one.articles), None)
            if inner is None:
                break
            shelf = inner
            self._open.add(shelf.key)
        self._flatten()
        number = next((n for n, row in enumerate(self._rows) if row.article and row.article.id == article.id), None)
        if number is not None:
            self.cursor = number
            self.show_row(number)

    def following(self, article: Article, step: int) -> Article | None:
        """The article `step` places below (or above) another, in the order of the shelves, whether open or not."""
        order = [one.id for one in _in_order(self._root)]
        by_id = {one.id: one for one in self._root.articles}
        if article.id not in by_id:
            return next(iter(by_id.values()), None)
        place = order.index(article.id) + step
        return by_id[order[place]] if 0 <= place < len(order) else None

    def _flatten(self) -> None:
        self._rows = list(self._walk(self._root, 0))
        self.rebuild()

    def _walk(self, shelf: Shelf, depth: int) -> Iterator[Row]:
        for inner in shelf.shelves:
            yield Row(depth, inner)
            if inner.key in self._open:
                yield from self._walk(inner, depth + 1)
        for article in shelf.own:
            yield Row(depth, shelf, article)

    # Rows

    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def article_at(self, number: int) -> Article | None:
        """The article in a row, if it holds one."""
        return self._rows[number].article if 0 <= number < len(self._rows) else None

    def heading(self, width: int) -> list[Segment]:
        """The two views, the one in use in full ink."""
        names = (_("Categories"), _("Dates"))
        chosen, other = self.colours.role("accent", bold=True), self.colours.role("muted")
        first, second = (other, chosen) if self.dates else (chosen, other)
        found = [
            Segment(" ", self.colours.paper),
            Segment(names[0], first),
            Segment(" │ ", self.colours.role("border")),
            Segment(names[1], second),
        ]
        used = sum(segment.cell_length for segment in found)
        count = f"{self._root.count:,} "
        if used + len(count) < width:
            found.append(Segment(" " * (width - used - len(count)) + count, other))
        return found

    def row(self, number: int, width: int, *, lit: bool) -> list[Segment]:
        """A shelf with its count, or an article with its date."""
        del lit
        row = self._rows[number]
        indent = " " * min(1 + row.depth * _INDENT, max(1, width // 3))
        return self._article(row, indent, width) if row.article else self._shelf(row, indent, width)

    def _shelf(self, row: Row, indent: str, width: int) -> list[Segment]:
        sign = "▾ " if row.shelf.key in self._open else "▸ "
        count = f" {row.shelf.count:,} "
        room = width - len(indent) - 2 - len(count)
        unread = any(article.id not in self._read for article in row.shelf.articles)
        ink = self.colours.role("ink") if unread else self.colours.role("muted")
        return [
            Segment(indent, self.colours.paper),
            Segment(sign, self.colours.role("muted")),
            Segment(padded(row.shelf.title, max(room, 0)), ink),
            Segment(count, self.colours.role("muted")),
        ]

    def _article(self, row: Row, indent: str, width: int) -> list[Segment]:
        article = row.article
        assert article is not None  # noqa: S101 - told by the caller
        unread = article.id not in self._read
        dot = "● " if unread else "  "
        date = _short_date(article, row.shelf.date_unit)
        room = width - len(indent) - 2 - cell_len(date) - 1
        is_open = self.current is not None and article.id == self.current.id
        name = "accent" if is_open else "ink" if unread else "muted"
        return [
            Segment(indent, self.colours.paper),
            Segment(dot, self.colours.role("unread")),
            Segment(date, self.colours.role("muted")),
            Segment(fitted(article.title, max(room, 0)), self.colours.role(name, bold=is_open)),
        ]

    # Keys and mouse

    def action_choose(self) -> None:
        """Open a shelf or close it; choose an article."""
        if not 0 <= self.cursor < len(self._rows):
            return
        row = self._rows[self.cursor]
        if row.article is None:
            self._toggle(row.shelf)
        else:
            super().action_choose()

    def open_row(self, number: int) -> None:
        """Open a shelf, or go into an open one; read an article."""
        row = self._rows[number]
        if row.article:
            self.action_choose()
        elif row.shelf.key in self._open:
            self.action_cursor(1)
        else:
            self._toggle(row.shelf)

    def close_row(self, number: int) -> None:
        """Close an open shelf, else go to the one around."""
        row = self._rows[number]
        if row.article is None and row.shelf.key in self._open:
            self._toggle(row.shelf)
            return
        outer = [n for n in range(number) if self._rows[n].article is None and self._rows[n].depth < row.depth]
        if outer:
            self.cursor = outer[-1]

    def on_click(self, event: Click) -> None:
        """A click on the heading changes the view."""
        if event.y == 0:
            event.stop()
            first = 2 + cell_len(_("Categories"))
            if (event.x > first) != self.dates:
                self.post_message(self.ViewChanged())
            return
        super().on_click(event)

    def _toggle(self, shelf: Shelf) -> None:
        self._open ^= {shelf.key}
        self._flatten()


def _in_order(shelf: Shelf) -> Iterator[Article]:
    for inner in shelf.shelves:
        yield from _in_order(inner)
    yield from shelf.own


def _short_date(article: Article, unit: DateUnit) -> str:
    """What the titles of the shelves around do not tell of an article's date, with a blank behind it."""
    if article.date is None:
        return ""
    local = article.date.astimezone()
    if unit is DateUnit.DAY and (local.hour, local.minute, local.second) == (0, 0, 0):
        # What a date without a time becomes, and no time anyone means.
        return ""
    forms = {DateUnit.NOTHING: "%Y-%m-%d ", DateUnit.YEAR: "%m-%d ", DateUnit.MONTH: "%d ", DateUnit.DAY: "%H:%M "}
    return local.strftime(forms[unit])
