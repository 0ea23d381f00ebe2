"""The sheet: layout of an article for the available width, and scrolling."""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING

from textual.events import Resize
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView

from reader.document.document import Document, Position
from reader.layout.lines import Line
from reader.layout.picture_rooms import PictureRooms
from reader.memory import exempt_from_collection, resume_collection
from reader.settings.options import Typesetting
from reader.ui import late
from reader.ui.page_geometry import PageGeometry
from reader.ui.widgets.pending_jump import PendingJump

if TYPE_CHECKING:
    from textual.timer import Timer

_BREATH = 0.012
"""The time slice in seconds of background layout between input events."""

_AT_ONCE = 0.03
"""The time in seconds that a jump may take at once; after that it continues between input events."""

_SIZES_EVERY = 0.25
"""The least time in seconds between two updates of the scroll bar while layout continues: each lays out the screen."""

_MANY_LEAVES = 20_000
"""The number of leaves above which garbage collection of a document would delay a key."""

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
        self._below: Sequence[Line] = ()
        self._layout: late.Layout | None = None
        self._prepared: late.Layout | None = None
        self._expansion: late.Expansion | None = None
        self._generation = 0
        self._place = Position(0)
        self._at_top = True
        self._jump = PendingJump()
        self._is_blank = False
        self._is_place_known = True
        self._rows_after_place = 0
        self._timer: Timer | None = None
        self._sized = 0.0

    # Content

    def show(
        self, head: "late.Head", document: Document, place: Position | None, layout: "late.Layout | None" = None
    ) -> None:
        """Show an article at its beginning or at a position; `layout` is used if it has the width of the page."""
        self._document, self._head, self._prepared = document, head, layout
        self._layout, self._below, self._expansion = None, (), late.Expansion(can_fold=True)
        resume_collection()
        if len(document.leaves) > _MANY_LEAVES:
            exempt_from_collection()
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
        return self._position_at(int(self.scroll_y) + round(self.progress * max(self.size.height - 1, 0)))

    @property
    def progress(self) -> float:
        """The scroll progress, 0 to 1: 0 at the top or before the layout, and 1 if the whole article fits."""
        if self._layout is None:
            return 0.0
        most = self.max_scroll_y
        return min(1.0, self.scroll_y / most) if most > 0 else 1.0

    # Layout

    @property
    def _geometry(self) -> PageGeometry:
        return PageGeometry(self.size.width, self.size.height, self.measure)

    @property
    def column(self) -> int:
        """The width of the text in cells."""
        return self._geometry.column

    @property
    def widest(self) -> int:
        """The maximum width of the text in cells for the current window."""
        return self._geometry.widest

    @property
    def _left(self) -> int:
        return self._geometry.left

    def _set(self) -> None:
        """Lay the article out for the current width, keeping the position at the top."""
        if not self.size.width or self._head is None:
            return
        if self._layout is None or self._layout.document is not self._document:
            self._layout = self._prepared or late.Layout(
                self._document, self.column, self.typesetting, expansion=self._expansion, rooms=self._rooms
            )
            self._prepared, self._expansion = None, self._layout.expansion
        if self._layout.width != self.column or self._layout.rooms != self._rooms:
            self._layout = self._layout.resized(self.column, self._rooms)
        self._generation = self._layout.generation
        self._above = self._geometry.rows_above(self._head, self._layout.typesetting, self._layout.rooms)
        self._measure_height()
        self._restore()
        self.refresh()
        self._continue()
        self.post_message(self.Moved())

    @property
    def _rooms(self) -> PictureRooms | None:
        """The rooms of the pictures; None if there are none."""
        return None

    @property
    def _laid_out(self) -> "late.Layout":
        assert self._layout is not None  # noqa: S101 - asked only where there is one
        return self._layout

    def _measure_height(self) -> None:
        rows = len(self._above) + self._laid_out.height + len(self._below) + self._geometry.rows_below
        self.virtual_size = Size(self.size.width, rows)
        self._sized = monotonic()

    def _restore(self) -> None:
        """Scroll to the stored position; show the header alone until that is reached."""
        self._jump.cancel()
        self._is_blank, self._is_place_known = False, True
        if self._at_top:
            self.scroll_to(y=0, animate=False, force=True)
            return
        self._reach(self._place, self._show_place)
        self._is_blank = self._jump.is_pending
        if self._is_blank:
            self.scroll_to(y=0, animate=False, force=True)

    def _show_place(self) -> None:
        row = self._laid_out.settle(self._place, 0, self.size.height) + len(self._above)
        self._rows_after_place = 0
        self._measure_height()
        self._generation = self._laid_out.generation
        self.scroll_to(y=row, animate=False, force=True)
        if self._is_blank:
            self.call_after_refresh(self._unblank)

    def _unblank(self) -> None:
        self._is_blank = False
        self.refresh()

    def _reach(self, place: Position | None, arrive: Callable[[], None]) -> None:
        self._jump.begin(self._layout, place, arrive, _AT_ONCE)

    def _continue(self) -> None:
        """Continue layout after the next input events."""
        if self._timer is not None:
            self._timer.stop()
        unfinished = self._layout is not None and not self._layout.complete
        self._timer = self.set_timer(_BREATH, self._advance) if unfinished else None

    def _advance(self) -> None:
        """Continue layout for one time slice, keeping the viewport stable."""
        layout = self._layout
        if layout is None or layout.complete:
            return
        was_short = int(self.scroll_y) + self.size.height - len(self._above) > layout.known_rows
        if not self._jump.is_pending:
            layout.advance(_BREATH)
        elif self._jump.advance(layout, _BREATH):
            self.post_message(self.Moved())
        if not self._is_place_known:
            self._find_place()
        moved = layout.generation != self._generation
        self._generation = layout.generation
        if moved or monotonic() > self._sized + _SIZES_EVERY:
            self._measure_height()
        if moved and self._is_place_known and not self._is_blank and not self._at_top:
            row = layout.row_of(self._place) + self._rows_after_place
            self.scroll_to(y=row + len(self._above), animate=False, force=True)
        if moved or was_short:
            self.refresh()
        if was_short:
            # More of the article is visible than the last message said.
            self.post_message(self.Moved())
        self._continue()
        if self._timer is None:
            self._measure_height()

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:  # noqa: FBT001, FBT002
        """Lay an article out as soon as the size is known, because the resize event comes after the first paint."""
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if self._layout is None:
            self._set()
        return changed

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
        row -= len(self._above)
        if self._layout is None or self._is_blank:
            return Line()
        if row < self._layout.known_rows:
            return self._layout.line(row)
        below = row - self._layout.height
        return self._below[below] if self._layout.complete and 0 <= below < len(self._below) else Line()

    def _position_at(self, row: int) -> Position:
        """The position at a row of the page, or at the last known one; after the last row, the end of the article."""
        layout, row = self._laid_out, row - len(self._above)
        return layout.position_at(max(0, row if layout.complete else min(row, layout.known_rows - 1)))

    # Scrolling

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Store the position at the top."""
        super().watch_scroll_y(old_value, new_value)
        if self._layout is None or self._is_blank or round(old_value) == round(new_value):
            return
        self._at_top = round(new_value) < len(self._above)
        self._find_place()
        self.post_message(self.Moved())

    def _find_place(self) -> None:
        """Store the position at the top, if it is known already."""
        row = max(0, round(self.scroll_y) - len(self._above))
        self._is_place_known = row < max(1, self._laid_out.known_rows) or self._laid_out.complete
        if not self._is_place_known:
            return
        if self._laid_out.row_of(self._place) != row:
            self._place = self._laid_out.position_at(row)
        # The top may be at a row of a picture, which has no position.
        self._rows_after_place = row - self._laid_out.row_of(self._place)
