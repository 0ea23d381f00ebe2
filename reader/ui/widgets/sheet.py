"""The sheet: layout of an article for the available width, and scrolling."""

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from textual.events import Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from reader.document.document import Document, Position
from reader.memory import exempt_from_collection, resume_collection
from reader.settings.options import Typesetting
from reader.ui import late
from reader.ui.widgets.pending_jump import PendingJump
from reader.ui.widgets.sheet_lines import SheetLines

if TYPE_CHECKING:
    from textual.timer import Timer


_BREATH = 0.012
"""The time slice in seconds of background layout between input events."""

_AT_ONCE = 0.03
"""The seconds for which a jump may block; after that it continues between input events."""

_UNPAINTED = 0.1
"""The seconds after which layout continues even if nothing of the article was painted, because a modal covers it."""

_SIZES_EVERY = 0.25
"""The minimum seconds between updates of the scroll bar while layout continues: each update lays out the screen."""

_MANY_LEAVES = 20_000
"""The number of leaves above which garbage collection of a document would delay a key."""


class Sheet(SheetLines):
    """An article laid out to a line width. It stores a `Position`, because rows shift as layout proceeds.

    The first paint of an article lays out only the rows in sight and estimates the others. A short article is finished
    right after it, so that its rows never shift afterwards; a long one continues between input events.

    The subclass `Page` renders the rows.
    """

    class FirstPainted(Message):
        """An article was painted for the first time after it was shown."""

    class Moved(Message):
        """Another part of the article became visible."""

    def __init__(self, typesetting: Typesetting, measure: int) -> None:
        super().__init__(typesetting, measure)
        self._prepared: late.Layout | None = None
        self._expansion: late.Expansion | None = None
        self._generation = 0
        self._place = Position(0)
        self._at_top = True
        self._jump = PendingJump()
        self._is_place_known = True
        self._is_painted = False
        self._rows_after_place = 0
        self._timer: Timer | None = None
        self._sized = 0.0

    # Content

    def show(
        self, head: "late.Head", document: Document, place: Position | None, layout: "late.Layout | None" = None
    ) -> None:
        """Show an article at its beginning or at a position; `layout` is used if it has the width of the page."""
        self._document, self._head, self._prepared = document, head, layout
        self._layout, self._foot, self._expansion = None, (), late.Expansion(can_fold=True)
        self._is_painted = False
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

    # Layout

    def _set(self) -> None:
        """Lay the article out for the current width, keeping the position at the top."""
        if not self.size.width or self._head is None:
            return
        is_new = self._choose_columns()
        across = self._arrangement.across if self._arrangement is not None else 0
        if self._layout is None or is_new:
            if self._prepared is not None and bool(self._prepared.across) != bool(across):
                self._prepared = None
            self._layout = self._prepared or late.Layout(
                self._document,
                self.column,
                self._typesetting_in_use,
                expansion=self._expansion,
                rooms=self._rooms,
                across=across,
                is_whole=self._is_painted,
            )
            self._prepared, self._expansion = None, self._layout.expansion
        if not self._is_laid_out:
            self._layout = self._layout.resized(self.column, self._rooms, across)
        if self._at_top:
            # What the rows in sight do not need is laid out after they are painted.
            self._layout.lines(0, self._lines_around)
        self._generation = self._layout.generation
        self._set_surroundings(self._head, self._layout)
        self._measure_height()
        self._restore()
        self.refresh()
        self._continue()
        self.post_message(self.Moved())

    def _measure_height(self) -> None:
        if self._arrangement is not None:
            rows = max(self._viewport.last_top, self._farthest) + self.size.height
        else:
            rows = len(self._above) + self._laid_out.height + len(self._below) + self._geometry.rows_below
        self.virtual_size = Size(self.size.width, rows)
        self._sized = monotonic()

    def _restore(self) -> None:
        """Scroll to the stored position; show only the header until the layout reaches it."""
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
        layout, above = self._laid_out, len(self._above)
        row = layout.settle(self._place, 0, self._lines_around) + above
        self._rows_after_place = 0
        self._measure_height()
        if row > self.max_scroll_y:
            # Near the end, rows above the position are in sight.
            row = layout.settle(self._place, self._lines_around, self._lines_around) + above
            self._measure_height()
        self._generation = layout.generation
        self._to_line(row)
        if self._is_blank:
            self.call_after_refresh(self._unblank)

    def _to_line(self, line: float) -> None:
        """Scroll to a line, even if columns are partly empty then."""
        if self._arrangement is not None and line > self.max_scroll_y:
            self._farthest = int(line)
            self._measure_height()
        self.scroll_to(y=line, animate=False, force=True)

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
        pause = _BREATH if self._is_painted else _UNPAINTED
        self._timer = self.set_timer(pause, self._advance) if unfinished else None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Render the rows of a part of the viewport; what can wait for the first paint of an article follows it."""
        strips = super().render_lines(crop)
        if self._layout is not None and not self._is_painted:
            self.call_later(self._painted, self._document)
        return strips

    def _painted(self, document: Document) -> None:
        """Lay out the rest of a short article, and go on with a long one, after the first paint of an article."""
        layout = self._layout
        if layout is None or self._is_painted or document is not self._document:
            return
        self._is_painted = True
        if not layout.complete:
            layout.finish_if_short()
            self._follow_layout()
            self.post_message(self.Moved())
        self.post_message(self.FirstPainted())

    def _advance(self) -> None:
        """Continue layout for one time slice, keeping the viewport stable."""
        layout = self._layout
        if layout is None or layout.complete:
            return
        was_short = int(self.scroll_y) + self._lines_around - len(self._above) > layout.known_rows
        if not self._jump.is_pending:
            layout.advance(_BREATH)
        elif self._jump.advance(layout, _BREATH):
            self.post_message(self.Moved())
        self._follow_layout(is_changed=was_short)
        if was_short:
            # More of the article is visible than at the last message.
            self.post_message(self.Moved())

    def _follow_layout(self, *, is_changed: bool = False) -> None:
        """Keep the viewport stable after more was laid out, and go on; `is_changed` if rows in sight have changed."""
        layout = self._laid_out
        if not self._is_place_known:
            self._find_place()
        moved = layout.generation != self._generation
        self._generation = layout.generation
        if moved or layout.complete or monotonic() > self._sized + _SIZES_EVERY:
            self._measure_height()
        if moved and self._is_place_known and not self._is_blank and not self._at_top:
            row = layout.row_of(self._place) + self._rows_after_place
            self._to_line(row + len(self._above))
        if moved or is_changed:
            self.refresh()
        self._continue()

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
