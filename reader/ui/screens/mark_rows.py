"""The rows of the lists of bookmarks and highlights, several of which can be marked."""

from contextlib import suppress
from typing import Generic, TypeVar

from rich.segment import Segment

from reader.errors import StoreError
from reader.language import _
from reader.marks.bookmarks import Bookmark
from reader.marks.highlights import Highlight
from reader.marks.mark_list import Listing
from reader.ui.colours import Colours
from reader.ui.text_fitting import fitted
from reader.ui.widgets.marked_articles import MOST
from reader.ui.widgets.rows import RowList

Mark = TypeVar("Mark", bound=Bookmark | Highlight)


class MarkRows(RowList, Generic[Mark]):
    """One row per mark, or one row with the text that there are none.

    Attributes:
        listing: The marks to show.
        narrowed: Whether the list is filtered.
        marked: The uids of the marked rows, in the order in which they were marked. Their marks are read when they are
            used, because they may change.
        hidden: The number of marked rows that are not in the list now.
    """

    def __init__(self, colours: Colours, listing: Listing[Mark], nothing: str) -> None:
        super().__init__(colours, id="marks")
        self.listing = listing
        self.narrowed = False
        self.marked: dict[str, None] = {}
        self.hidden = 0
        self._anchor: int | None = None
        self._nothing = nothing

    def count(self) -> int:
        """The number of rows."""
        return max(1, len(self.listing))

    @property
    def chosen(self) -> Mark | None:
        """The mark under the cursor."""
        return self._mark(self.cursor)

    def _mark(self, number: int) -> Mark | None:
        """Return a mark by its row; None if there is none or it cannot be read, which is reported elsewhere."""
        with suppress(StoreError):
            return self.listing[number] if 0 <= number < len(self.listing) else None
        return None

    def row(self, number: int, width: int, *, lit: bool) -> list[Segment]:
        """Render a row."""
        del lit
        mark = self._mark(number)
        if mark is None:
            nothing = _("No match") if self.narrowed else self._nothing
            said = nothing if not len(self.listing) else ""
            return [Segment(" " + fitted(said, width - 1), self.colours.role("muted"))]
        if not self.marked:
            return self.mark_row(mark, width)
        sign = Segment("✓" if mark.uid in self.marked else " ", self.colours.role("accent", bold=True))
        return [sign, *self.mark_row(mark, width - 1)]

    # Marking rows

    def marked_marks(self) -> list[Mark]:
        """Return the marks of the marked rows in the list, as they are now, in the order of marking.

        Raises:
            StoreError: They cannot be read.
        """
        found = {one.uid: one for one in self.listing.among(self.marked)} if self.marked else {}
        return [found[uid] for uid in self.marked if uid in found]

    def targets(self) -> list[Mark]:
        """Return the marks of the marked rows in the list, or else the one under the cursor.

        Raises:
            StoreError: They cannot be read.
        """
        chosen = self.chosen
        return self.marked_marks() or ([chosen] if chosen is not None else [])

    def renew(self, listing: Listing[Mark]) -> None:
        """Show another list, and unmark the rows whose marks no longer exist."""
        self.listing = listing
        if self.marked:
            with suppress(StoreError):
                existing = listing.existing(self.marked)
                if len(existing) < len(self.marked):
                    self.marked = {uid: None for uid in self.marked if uid in existing}
                    self._anchor = None
                self.hidden = len(existing) - len(listing.uids_among(existing))
        self.rebuild()

    def toggle(self) -> None:
        """Mark the row under the cursor, or unmark it, and go to the next one."""
        mark = self.chosen
        if mark is not None:
            self._anchor = self.cursor
            if mark.uid in self.marked:
                del self.marked[mark.uid]
            else:
                self.mark(range(self.cursor, self.cursor + 1))
            self.action_cursor(1)
            self.refresh()

    def mark_to_cursor(self) -> None:
        """Mark the rows from the one that was marked last to the cursor."""
        start = self.cursor if self._anchor is None else self._anchor
        self._anchor = self.cursor
        self.mark(range(min(start, self.cursor), max(start, self.cursor) + 1))

    def mark(self, numbers: range) -> None:
        """Mark rows, up to `MOST` of them."""
        with suppress(StoreError):
            for mark in self.listing.rows(numbers.start, min(len(numbers), MOST)):
                if len(self.marked) < MOST:
                    self.marked[mark.uid] = None
        self.refresh()

    def unmark(self) -> None:
        """Unmark all rows."""
        self.marked.clear()
        self.hidden = 0
        self._anchor = None
        self.refresh()

    def mark_row(self, mark: Mark, width: int) -> list[Segment]:
        """Render the row of a mark."""
        raise NotImplementedError
