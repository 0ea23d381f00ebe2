"""A virtual list that renders only the visible rows: the base class of all lists."""

from typing import ClassVar

from rich.segment import Segment
from textual.binding import BindingType
from textual.events import Click, MouseMove, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.keymap.actions import Context
from reader.ui.colours import Colours
from reader.ui.key_bindings import bindings


class RowList(ScrollView, can_focus=True):
    """Rows with a cursor. Subclasses define `count`, `row` and, with `HEADING_ROWS`, `heading`."""

    ALLOW_SELECT = False
    SHOWS_CURSOR = True
    ENTRY_ROWS = 1
    """The number of rows of an entry; all of them look different while the cursor is on the entry."""
    HEADING_ROWS = 0
    """1 in a list with a heading, which stays above the rows when they are scrolled."""
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        Context.LIST,
        {
            "down": "cursor(1)",
            "up": "cursor(-1)",
            "page_down": "cursor_page(1)",
            "page_up": "cursor_page(-1)",
            "first": "cursor_to(0)",
            "last": "cursor_to(-1)",
        },
    )
    cursor = reactive(0, repaint=False)

    class Chosen(Message):
        """A row was chosen by Enter or a click."""

        def __init__(self, rows: "RowList", number: int) -> None:
            super().__init__()
            self.rows = rows
            self.number = number

        @property
        def control(self) -> "RowList":
            """The list."""
            return self.rows

    def __init__(self, colours: Colours, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.colours = colours
        self._unshown: int | None = None
        """The row to scroll to when the size is known."""

    # For subclasses

    def count(self) -> int:
        """Return the number of rows."""
        raise NotImplementedError

    def row(self, number: int, width: int, *, lit: bool) -> list[Segment]:
        """Return the segments of a row; `lit` if the cursor is on it and the list has the focus."""
        raise NotImplementedError

    def heading(self, width: int) -> list[Segment]:
        """Return the segments of the heading of a list with `HEADING_ROWS`."""
        raise NotImplementedError

    def open_row(self, number: int) -> None:
        """Handle → on a row."""

    def close_row(self, number: int) -> None:
        """Handle ← on a row."""

    # Scrolling and painting

    @property
    def row_width(self) -> int:
        """The width of a row in cells, without the scroll bar."""
        return self.scrollable_content_region.width

    def rebuild(self) -> None:
        """Refresh after the rows have changed."""
        count = self.count()
        self.virtual_size = Size(self.row_width, count + self.HEADING_ROWS)
        self.cursor = max(0, min(self.cursor, count - 1))
        self.refresh()

    def on_resize(self, event: Resize) -> None:
        """Adapt the rows to the width of the list."""
        del event
        self.rebuild()

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:  # noqa: FBT001, FBT002
        """Scroll as soon as the size is known, because the resize event comes after the first paint."""
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if self._unshown is not None and size.height > self.HEADING_ROWS:
            self.rebuild()
            self.show_row(self._unshown)
        return changed

    def watch_cursor(self, before: int, after: int) -> None:
        """Keep the cursor visible, and repaint the heading and the two entries that look different now."""
        self.show_row(after)
        above = self.HEADING_ROWS
        self.refresh(Region(0, 0, self.row_width, above))
        for number in (before, after):
            self.refresh_lines(above + number - number % self.ENTRY_ROWS, self.ENTRY_ROWS)

    def show_row(self, number: int) -> None:
        """Scroll a row into view by the smallest distance."""
        height = self.size.height - self.HEADING_ROWS
        if height <= 0:
            self._unshown = number
            return
        self._unshown = None
        top = int(self.scroll_y)
        if number < top:
            self.scroll_to(y=number, animate=False)
        elif number >= top + height:
            self.scroll_to(y=number - height + 1, animate=False)

    def render_line(self, y: int) -> Strip:
        """Render a line of the viewport."""
        width = self.row_width
        base = self.colours.text
        above = self.HEADING_ROWS
        if y < above:
            return Strip(self.heading(width)).adjust_cell_length(width, base)
        number = y - above + int(self.scroll_y)
        if not 0 <= number < self.count():
            return Strip.blank(width, base)
        lit = self.SHOWS_CURSOR and number == self.cursor and self.has_focus
        strip = Strip(self.row(number, width, lit=lit)).adjust_cell_length(width, base)
        if not lit:
            return strip
        band = self.colours.role("selection")
        return Strip([Segment(text, (style or base) + band) for text, style, _control in strip], width)

    # Keys and mouse

    def action_cursor(self, step: int) -> None:
        """Move the cursor."""
        self.cursor = max(0, min(self.cursor + step, self.count() - 1))

    def action_cursor_page(self, step: int) -> None:
        """Move the cursor by a page."""
        self.action_cursor(step * max(1, self.size.height - self.HEADING_ROWS - 1))

    def action_cursor_to(self, number: int) -> None:
        """Move the cursor to a row, -1 for the last."""
        self.cursor = max(0, number if number >= 0 else self.count() - 1)

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if 0 <= self.cursor < self.count():
            self.post_message(self.Chosen(self, self.cursor))

    def action_open(self) -> None:
        """Open the row under the cursor."""
        if self.count():
            self.open_row(self.cursor)

    def action_close(self) -> None:
        """Close the row under the cursor."""
        if self.count():
            self.close_row(self.cursor)

    def on_click(self, event: Click) -> None:
        """Choose the clicked row."""
        number = event.y - self.HEADING_ROWS + int(self.scroll_y)
        if event.y >= self.HEADING_ROWS and 0 <= number < self.count():
            self.cursor = number
            self.action_choose()

    def on_mouse_move(self, event: MouseMove) -> None:
        """Ignore hovering."""
        event.stop()
