"""The lines of a sheet: the header, the article and the foot, and which of them are in sight."""

from typing import TYPE_CHECKING

from textual import on
from textual.events import MouseScrollDown, MouseScrollUp
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollDown, ScrollMessage, ScrollTo, ScrollUp

from reader.document.document import Document, Position
from reader.layout.cells import COLUMN_WIDTH
from reader.layout.lines import Line
from reader.layout.picture_rooms import PictureRooms
from reader.layout.viewport import ScrolledViewport
from reader.lean_dataclasses import replace
from reader.settings.options import CodeStyle, Direction, Typesetting
from reader.ui import late
from reader.ui.page_geometry import PageGeometry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.layout.arrangement import Arrangement, Screenful
    from reader.layout.paged_viewport import PagedViewport

_EMPTY = Document(())


class SheetLines(ScrollView):
    """The lines of an article, in one column that is scrolled by rows, or in columns that are turned by screenfuls.

    Lines are counted from 0 at the header; the scroll offset is the number of the first line in sight.
    """

    class ScrolledByMouse(Message):
        """The page is scrolled by the wheel or by its scroll bar. `Moved` follows when it has been."""

    measure = reactive(80, init=False)

    def __init__(self, typesetting: Typesetting, measure: int) -> None:
        super().__init__()
        self.typesetting = typesetting
        self.set_reactive(SheetLines.measure, measure)
        self._document = _EMPTY
        self._head: late.Head | None = None
        self._above: list[Line] = []
        self._foot: Sequence[Line] = ()
        self._below: Sequence[Line] = ()
        self._arrangement: Arrangement | None = None
        self._is_vertical = False
        self._farthest = 0
        """The first line of the screenful that was turned to last, which may be partly empty."""
        self._layout: late.Layout | None = None
        self._is_blank = False
        self.rows_lent = 0
        """The number of rows that a bar takes from the viewport; columns keep their height and their breaks."""

    @on(MouseScrollDown)
    @on(MouseScrollUp)
    @on(ScrollDown)
    @on(ScrollUp)
    @on(ScrollTo)
    def _tell_of_mouse(self, event: MouseScrollDown | MouseScrollUp | ScrollMessage) -> None:
        """Tell that the wheel or the scroll bar scrolls the page, which Textual does."""
        is_down, is_up = isinstance(event, MouseScrollDown), isinstance(event, MouseScrollUp)
        if not (is_down and self.scroll_y >= self.max_scroll_y) and not (is_up and self.scroll_y <= 0):
            self.post_message(self.ScrolledByMouse())

    @property
    def document(self) -> Document:
        """The document."""
        return self._document

    # The size

    @property
    def _geometry(self) -> PageGeometry:
        size, rows = self.size, self.rows_lent if self.is_paged else 0
        return PageGeometry(size.width, size.height + rows, self.measure)

    @property
    def column(self) -> int:
        """The width of the text in cells; in vertical text, the length of a column, two cells for each row."""
        return self._geometry.column if self._arrangement is None else self._arrangement.measure

    @property
    def across(self) -> int:
        """The width in cells of horizontal content, also in vertical text."""
        return (self._arrangement.across if self._arrangement is not None else 0) or self.column

    @property
    def widest(self) -> int:
        """The maximum width of the text in cells for the current window."""
        return self._geometry.longest_column if self._is_vertical else self._geometry.widest

    @property
    def is_vertical(self) -> bool:
        """Whether the text is vertical."""
        return self._is_vertical

    @property
    def is_paged(self) -> bool:
        """Whether the text is in columns, so that it is turned by screenfuls."""
        return self._arrangement is not None

    @property
    def _left(self) -> int:
        return self._geometry.left if self._arrangement is None else 0

    @property
    def _viewport(self) -> "ScrolledViewport | PagedViewport":
        if self._arrangement is not None and self._layout is not None:
            lines = len(self._above) + self._layout.height + len(self._below)
            known = {"is_complete": self._layout.complete, "is_end_known": self._layout.is_end_known}
            return late.PagedViewport(self._arrangement, self._line_at, lines, **known)
        return ScrolledViewport(self.size.height, self.max_scroll_y + self.size.height)

    @property
    def count_in_sight(self) -> int:
        """The number of lines from the first to the last in sight."""
        return max(1, self._viewport.stop(int(self.scroll_y)) - int(self.scroll_y))

    @property
    def _view(self) -> "Screenful | None":
        """The lines in sight if they are in columns."""
        viewport = self._viewport
        return None if isinstance(viewport, ScrolledViewport) else viewport.view(int(self.scroll_y))

    @property
    def _lines_around(self) -> int:
        """An upper bound of the lines in sight."""
        return self.size.height if self._arrangement is None else 2 * self._arrangement.most + self.size.height

    # Lines and positions

    @property
    def reading_place(self) -> Position:
        """The assumed reading position: near the top at the beginning of an article, at the bottom at its end."""
        if self._layout is None:
            return Position(0)
        return self._position_at(int(self.scroll_y) + round(self.progress * max(self.count_in_sight - 1, 0)))

    @property
    def progress(self) -> float:
        """The scroll progress, 0 to 1: 0 at the top or before the layout, and 1 if the whole article fits."""
        if self._layout is None:
            return 0.0
        return self._viewport.progress(self.scroll_y)

    def _line(self, row: int) -> Line:
        if row < len(self._above):
            return self._above[row]
        row -= len(self._above)
        if self._layout is None or self._is_blank:
            return Line()
        if row < self._layout.known_rows:
            return self._layout.line(row)
        below = row - self._layout.height
        return self._below[below] if self._layout.is_end_known and 0 <= below < len(self._below) else Line()

    def _line_at(self, number: int) -> Line | None:
        """The line with a number; None outside the article."""
        whole = len(self._above) + (self._layout.height if self._layout is not None else 0) + len(self._below)
        return self._line(number) if 0 <= number < whole else None

    def _position_at(self, row: int) -> Position:
        """The position at a row of the page, or at the last known row; below the article, its end."""
        layout, row = self._laid_out, row - len(self._above)
        return layout.position_at(max(0, row if layout.complete else min(row, layout.known_rows - 1)))

    # Laying out

    @property
    def _is_laid_out(self) -> bool:
        """Whether the layout fits the current size."""
        layout, across = self._layout, self._arrangement.across if self._arrangement is not None else 0
        return layout is not None and (layout.width, layout.across, layout.rooms) == (self.column, across, self._rooms)

    def _choose_columns(self) -> bool:
        """Decide on the columns for the current size; return whether a new layout is needed."""
        is_new = self._layout is None or self._layout.document is not self._document
        was_paged = self.is_paged
        if is_new:
            wanted = self.typesetting.direction is Direction.VERTICAL
            self._is_vertical = wanted and late.can_be_vertical(self._document)
        self._arrangement = self._geometry.arrangement(self.typesetting, is_vertical=self._is_vertical)
        self._farthest = 0
        self.set_class(self._is_vertical, "-vertical")
        return is_new or self.is_paged is not was_paged

    @property
    def _typesetting_in_use(self) -> Typesetting:
        """The options of the layout: wide code cannot be scrolled in columns."""
        return replace(self.typesetting, code=CodeStyle.WRAP) if self.is_paged else self.typesetting

    def _set_surroundings(self, head: "late.Head", layout: "late.Layout") -> None:
        """Set the lines above and below the article."""
        self._below = self._foot
        if self._arrangement is None:
            self._above = self._geometry.rows_above(head, layout.typesetting, layout.rooms)
            return
        upright = late.upright_forms(self._document, layout.typesetting) if self._is_vertical else None
        self._above = self._geometry.lines_above(head, layout, layout.rooms, upright)
        if self._is_vertical:
            self._below = late.in_blocks(self._foot, self.column // COLUMN_WIDTH, self.typesetting, self.across)

    @property
    def _rooms(self) -> PictureRooms | None:
        """The rooms of the pictures; None if there are none."""
        return None

    @property
    def _laid_out(self) -> "late.Layout":
        assert self._layout is not None  # noqa: S101 - asked only where there is one
        return self._layout
