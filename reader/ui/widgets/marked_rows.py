"""A list of articles in a dialog, several of which can be marked to act on all of them."""

from collections.abc import Mapping
from typing import ClassVar

from rich.segment import Segment
from textual.binding import BindingType
from textual.geometry import Size

from reader.keymap.actions import Context
from reader.ui.colours import Colours
from reader.ui.key_bindings import bindings
from reader.ui.widgets.rows import RowList

_CALLS: Mapping[str, str] = {"act": "screen.act"}
"""The dialog offers the actions, because they belong to the session."""


class MarkedRows(RowList):
    """Rows of articles. Subclasses define `id_at`, and begin each row with `sign`.

    Attributes:
        marked: The ids of the marked articles, in the order in which they were marked.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.ROWS, _CALLS)

    def __init__(self, colours: Colours, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(colours, id=id)
        self.marked: dict[str, None] = {}
        self._anchor: int | None = None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The number of rows, which is known before the first layout; a dialog has its height in the first frame."""
        del container, viewport, width
        return self.count()

    def id_at(self, number: int) -> str:
        """The id of the article of a row; empty for any other row."""
        raise NotImplementedError

    def sign(self, number: int) -> Segment:
        """The first cell of a row: a tick if its article is marked."""
        is_marked = bool(self.marked) and self.id_at(number) in self.marked
        return Segment("✓" if is_marked else " ", self.colours.role("accent", bold=True))

    def targets(self) -> list[str]:
        """The ids of the marked articles, or else of the one under the cursor, if there is one."""
        return [*self.marked] or [one for one in (self.id_at(self.cursor),) if one]

    def unmark(self) -> bool:
        """Unmark all articles; return whether any was marked."""
        had_some = bool(self.marked)
        self.marked.clear()
        self._anchor = None
        self.refresh()
        return had_some

    def action_mark(self) -> None:
        """Mark the article under the cursor, or unmark it, and go to the next one."""
        self._anchor = self.cursor
        if article_id := self.id_at(self.cursor):
            if article_id in self.marked:
                del self.marked[article_id]
            else:
                self.marked[article_id] = None
            self.action_cursor(1)
            self.refresh()

    def action_mark_range(self) -> None:
        """Mark the articles from the row that was marked last to the cursor."""
        start = self.cursor if self._anchor is None else self._anchor
        self._anchor = self.cursor
        self._mark(range(min(start, self.cursor), max(start, self.cursor) + 1))

    def action_mark_all(self) -> None:
        """Mark all articles of the list."""
        self._mark(range(self.count()))

    def _mark(self, numbers: range) -> None:
        self.marked.update(dict.fromkeys(filter(None, map(self.id_at, numbers))))
        self.refresh()
