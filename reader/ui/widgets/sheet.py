"""The sheet: layout of an article for the available width, and scrolling."""

from dataclasses import replace

from textual.events import Resize
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView

from reader.document.document import Document, Position, Range
from reader.layout.lines import Line
from reader.settings.options import Typesetting
from reader.ui import late

_BREATH = 0.012
"""The time slice in seconds of background layout between input events."""

_LEAST_ROWS = 8
"""The height in rows below which the header shows only the title."""

_EMPTY = Document(())


class Sheet(ScrollView):
    """An article laid out to a measure. It stores a `Position`, because rows shift as layout proceeds.

    The subclass `Page` renders the rows.
    """

    measure = reactive(80, init=False)

    class Moved(Message):
        """Another part of the article became visible."""

    def __init__(self, typesetting: Typesetting, measure: int) -> None:
        super().__init__()
        self.typesetting = typesetting
        self.set_reactive(Sheet.measure, measure)
        self._document = _EMPTY
        self._head: late.Head | None = None
        self._above: list[Line] = []
        self._layout: late.Layout | None = None
        self._generation = 0
        self._place = Position(0)
        self._at_top = True

    # Content

    def show(self, head: "late.Head", document: Document, place: Position | None) -> None:
        """Show an article at its beginning or at a position."""
        self._document, self._head = document, head
        self._layout = None
        self._at_top = place is None or place == Position(0)
        self._place = place or Position(0)
        self._set()

    def show_head(self, head: "late.Head") -> None:
        """Replace the header of the article."""
        if self._head is not None and head != self._head:
            self._head = head
            self._set()

    @property
    def place(self) -> Position:
        """The position at the top of the page."""
        return Position(0) if self._at_top else self._place

    @property
    def document(self) -> Document:
        """The document."""
        return self._document

    @property
    def reading_place(self) -> Position:
        """The assumed reading position: near the top at the beginning of an article, at the bottom at its end."""
        if self._layout is None:
            return Position(0)
        row = int(self.scroll_y) + round(self.progress * max(self.size.height - 1, 0))
        return self._layout.position_at(max(0, row - len(self._above)))

    @property
    def progress(self) -> float:
        """The scroll progress, 0 to 1: 0 at the top, and 1 if the whole article fits."""
        most = self.max_scroll_y
        return min(1.0, self.scroll_y / most) if most > 0 else 1.0

    # Layout

    @property
    def column(self) -> int:
        """The width of the text in cells."""
        return min(self.measure, self.widest)

    @property
    def widest(self) -> int:
        """The maximum width of the text in cells for the current window."""
        return max(2, self.size.width - 2 * self._gutter)

    @property
    def _gutter(self) -> int:
        """The minimum margin on each side in cells."""
        return 2 if self.size.width >= 60 else 1 if self.size.width >= 24 else 0

    @property
    def _left(self) -> int:
        return max(self._gutter, (self.size.width - self.column) // 2)

    def _set(self) -> None:
        """Lay the article out for the current width, keeping the position at the top."""
        if not self.size.width or self._head is None:
            return
        if self._layout is None or self._layout.document is not self._document:
            self._layout = late.Layout(self._document, self.column, self.typesetting)
        elif self._layout.width != self.column:
            self._layout = self._layout.resized(self.column)
        self._generation = self._layout.generation
        air = [Line()] if self.size.height >= 16 else []
        # On a small screen, drop the byline in favour of the text.
        shown = self._head if self.size.height >= _LEAST_ROWS else replace(self._head, byline="")
        head = late.set_head(shown, self.column, self.typesetting)
        self._above = [*air, *head]
        self._measure_height()
        self._restore()
        self.refresh()
        if not self._layout.complete:
            self.set_timer(_BREATH, self._advance)
        self.post_message(self.Moved())

    def _measure_height(self) -> None:
        assert self._layout is not None  # noqa: S101 - called only with a layout
        below = 1 if self.size.height >= 16 else 0
        self.virtual_size = Size(self.size.width, len(self._above) + self._layout.height + below)

    def _restore(self) -> None:
        """Scroll to the stored position."""
        if self._layout is None:
            return
        if self._at_top:
            self.scroll_to(y=0, animate=False, force=True)
            return
        row = self._layout.settle(self._place, 0, self.size.height) + len(self._above)
        self._measure_height()
        self._generation = self._layout.generation
        self.scroll_to(y=row, animate=False, force=True)

    def _advance(self) -> None:
        """Continue layout for one time slice, keeping the viewport stable."""
        layout = self._layout
        if layout is None or layout.complete:
            return
        layout.advance(_BREATH)
        if layout.generation != self._generation:
            self._generation = layout.generation
            self._measure_height()
            if not self._at_top:
                self.scroll_to(y=layout.row_of(self._place) + len(self._above), animate=False, force=True)
        else:
            self._measure_height()
        self.refresh()
        if not layout.complete:
            self.set_timer(_BREATH, self._advance)

    def on_resize(self, event: Resize) -> None:
        """Lay the article out again, keeping the position."""
        del event
        self._set()

    def watch_measure(self) -> None:
        """Lay the article out again, keeping the position."""
        self._set()

    def _line(self, row: int) -> Line:
        if row < len(self._above):
            return self._above[row]
        return self._layout.line(row - len(self._above)) if self._layout else Line()

    # Scrolling

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Store the position at the top."""
        super().watch_scroll_y(old_value, new_value)
        if self._layout is None or round(old_value) == round(new_value):
            return
        row = round(new_value) - len(self._above)
        self._at_top = row < 0
        if self._layout.row_of(self._place) != row:
            self._place = self._layout.position_at(max(row, 0))
        self.post_message(self.Moved())

    def scroll_rows(self, rows: int) -> None:
        """Scroll by rows."""
        self.scroll_to(y=self.scroll_y + rows, animate=False)

    def scroll_pages(self, pages: float) -> None:
        """Scroll by pages, with an overlap of two rows for orientation."""
        rows = max(1, round((self.size.height - 2) * abs(pages)))
        self.scroll_rows(rows if pages > 0 else -rows)

    def to_top(self) -> None:
        """Scroll to the beginning."""
        self.scroll_to(y=0, animate=False)

    def to_end(self) -> None:
        """Scroll to the end."""
        if self._layout is not None and self._document.leaves:
            last = len(self._document.leaves) - 1
            self._layout.settle(Position(last, len(self._document.text(last))), self.size.height, 1)
            self._measure_height()
        self.scroll_to(y=self.max_scroll_y, animate=False)

    def go_to(self, place: Position) -> None:
        """Scroll a position to the top of the page."""
        if self._layout is None:
            return
        place = self._document.clamp(place)
        self._layout.settle(place, 0, self.size.height)
        self._measure_height()
        row = self._layout.row_of(place) + len(self._above)
        self._at_top = False
        self._place = place
        self.scroll_to(y=row, animate=False, force=True)
        self.post_message(self.Moved())

    def show_position(self, place: Position) -> None:
        """Scroll a position into view, not too close to the edges."""
        if self._layout is None:
            return
        height = self.size.height
        row = self._layout.settle(place, height, height) + len(self._above)
        self._measure_height()
        top = int(self.scroll_y)
        if not top + 1 <= row < top + height - 2:
            self.scroll_to(y=max(0, row - height // 3), animate=False, force=True)

    # Rows of positions, for the keyboard selection

    @property
    def first_place(self) -> Position:
        """The first visible position."""
        return self._layout.position_at(max(0, int(self.scroll_y) - len(self._above))) if self._layout else Position(0)

    @property
    def last_place(self) -> Position:
        """The position after the last visible character."""
        if self._layout is None:
            return Position(0)
        return self._layout.position_at(max(0, int(self.scroll_y) + self.size.height - len(self._above)))

    def rows_on(self, place: Position, rows: int) -> Position:
        """Return the position `rows` rows below `place`, or above it if negative."""
        if self._layout is None:
            return place
        row, cell = self._layout.cell_of(place)
        return self._layout.position_at(max(row + rows, 0), cell)

    def show_range(self, span: Range) -> None:
        """Scroll a range into view by the smallest distance, giving precedence to its start."""
        if self._layout is None:
            return
        height = self.size.height
        first = self._layout.settle(span.start, height, height) + len(self._above)
        last = self._layout.row_of(span.end) + len(self._above)
        self._measure_height()
        top = int(self.scroll_y)
        lowest = max(last - height + 1, 0)
        wanted = min(first, max(top, lowest))
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, force=True)
