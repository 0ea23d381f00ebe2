"""A sheet that is scrolled: by rows and pages, to positions and ranges."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.strip import Strip

from reader.document.document import Position, Range
from reader.layout.lines import Line, Run
from reader.layout.links import PlacedLink
from reader.layout.picture_rooms import COVER
from reader.settings.options import Typesetting
from reader.ui import late
from reader.ui.widgets.expandable_sheet import ExpandableSheet
from reader.ui.widgets.visible_links import foot_links, runs_of

if TYPE_CHECKING:
    from reader.layout.arrangement import Screenful


class ScrolledSheet(ExpandableSheet):
    """A sheet with navigation. A long jump continues between input events, until the next movement cancels it."""

    _shown_view: "Screenful | None" = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Render the rows of a part of the viewport."""
        self._shown_view = self._view
        strips = super().render_lines(crop)
        if self._layout is not None:
            self.diagrams.request(self._document, self._layout.width, self.typesetting)
        return strips

    # Content

    def typeset(self, typesetting: Typesetting) -> None:
        """Lay the article out with other options, keeping the position at the top, and what is unfolded."""
        self.typesetting = typesetting
        self._layout = self._prepared = None
        self._set()

    def show_foot(self, lines: Sequence[Line]) -> None:
        """Show lines below the article, until another article is shown. They have no positions in the document."""
        self._foot = lines
        if self._layout is not None and self._head is not None:
            self._set_surroundings(self._head, self._layout)
            self._measure_height()
            self.refresh()

    @property
    def foot_links(self) -> list[PlacedLink]:
        """The links below the article."""
        return foot_links(self._below)

    # Scrolling

    def scroll_rows(self, rows: int) -> None:
        """Scroll by rows."""
        if not self._is_blank:
            self._jump.cancel()
            self.scroll_to(y=self._viewport.scrolled(self.scroll_y, rows), animate=False)

    def scroll_pages(self, pages: float) -> None:
        """Scroll by pages; in one column with an overlap of two rows for orientation."""
        if not self._is_blank:
            self._jump.cancel()
            self._to_line(self._viewport.paged(self.scroll_y, pages))

    def scroll_columns(self, steps: int) -> bool:
        """Scroll to the right: vertical text by columns, two columns by pages; return whether there are columns."""
        if self.is_vertical:
            self.scroll_rows(-steps)
        elif self.is_paged:
            self.scroll_pages(steps)
        return self.is_paged

    def to_row(self, row: int) -> None:
        """Scroll a row of the article, counted from 0 with its header, to the top of the page."""
        if not self._is_blank:
            self._jump.cancel()
            # The margin above the header is as high as the one below the article.
            self.scroll_to(y=row + self._geometry.rows_below if row > 0 else 0, animate=False)

    @property
    def top_row(self) -> int:
        """The row at the top of the page, counted from the margin above the header."""
        return int(self.scroll_y)

    def return_to_row(self, row: int) -> None:
        """Scroll a row to the top of the page; rows are counted as in `top_row`."""
        self.scroll_to(y=row, animate=False, force=True)

    def to_share(self, share: float) -> None:
        """Scroll to a share of the article, 0 to 1, as `progress` measures it."""
        if share >= 1:
            self.to_end()
        elif not self._is_blank:
            self._jump.cancel()
            self.scroll_to(y=round(self.max_scroll_y * share), animate=False)

    def to_top(self) -> None:
        """Scroll to the beginning."""
        self._jump.cancel()
        self._at_top, self._is_blank = True, False
        self.scroll_to(y=0, animate=False)

    def to_end(self) -> None:
        """Scroll to the end."""
        self._reach(None, self._show_end)

    def _show_end(self) -> None:
        self._is_blank = False
        if self._layout is not None and self._document.leaves:
            last = len(self._document.leaves) - 1
            self._layout.settle(Position(last, len(self._document.text(last))), self._lines_around, 1)
            self._measure_height()
        self.scroll_to(y=self.max_scroll_y, animate=False)

    def go_to(self, place: Position) -> None:
        """Scroll a position to the top of the page."""
        place = self._document.clamp(place)
        self._reach(place, lambda: self._go_to(place))

    def _go_to(self, place: Position) -> None:
        if self._unfold(place):
            self.go_to(place)
            return
        self._at_top, self._place = False, place
        self._show_place()
        self.post_message(self.Moved())

    def show_position(self, place: Position) -> None:
        """Scroll a position into view, not too close to the edges."""
        self._reach(place, lambda: self._show_position(place))

    def _show_position(self, place: Position) -> None:
        self._is_blank = False
        if self._unfold(place):
            self.show_position(place)
            return
        around, layout = self._lines_around, self._laid_out
        row = layout.settle(place, around, around)
        if (picture := layout.line(row).picture) is not None and layout.document.text(picture.leaf):
            # The position is in the alt text, which is below the picture.
            row = layout.row_of(Position(place.block, place.offset + 1))
        row += len(self._above)
        self._measure_height()
        top = int(self.scroll_y)
        wanted = self._viewport.showing(top, row)
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, force=True)

    def place_row(self, row: int, share: float) -> int:
        """Scroll a row to a share of the height of the page: 0 for its top, 1 for its bottom.

        Return the row that is then at the top. If the text is in columns, they begin with `row`.
        """
        if self._is_blank:
            return self.top_row
        self._jump.cancel()
        rows = 0 if self.is_paged else round((self.size.height - 1) * share)
        top = max(0, row - rows)
        self._to_line(top)
        return min(top, int(self.max_scroll_y))

    @property
    def middle_row(self) -> int:
        """The row in the middle of the page; rows are counted as in `top_row`."""
        return int(self.scroll_y) + (self.count_in_sight - 1) // 2

    def row_of(self, place: Position) -> int:
        """The row of a position; rows are counted as in `top_row`."""
        return self._laid_out.row_of(place) + len(self._above)

    def picture_in_sight(self) -> int | None:
        """The leaf of the first picture with a row in sight."""
        pictures = (line.picture for line in self.lines_in_sight)
        return next((one.leaf for one in pictures if one is not None and one.leaf != COVER), None)

    @property
    def lines_in_sight(self) -> list[Line]:
        """The lines in sight, in reading order."""
        if (view := self._view) is not None:
            return [one.line for one in view.placed]
        top = int(self.scroll_y)
        return [self._line(row) for row in range(top, top + self.size.height)]

    @property
    def lines_on_screen(self) -> list[tuple[int, int, Line]]:
        """The screen column and row at which each line in sight begins, and the line."""
        region = self.scrollable_content_region
        if (view := self._view) is not None:
            return [(region.x + one.x, region.y + one.y, one.line) for one in view.placed]
        return [(region.x + self._left, region.y + y, line) for y, line in enumerate(self.lines_in_sight)]

    @property
    def text_region(self) -> Region:
        """The region of the screen that contains the rows of the article, without margins."""
        region = self.scrollable_content_region
        return Region(region.x + self._left, region.y, self.column, region.height)

    # Rows of positions, for the keyboard selection and the mouse

    @property
    def layout_in_use(self) -> "late.Layout | None":
        """The layout of the article."""
        return self._layout

    @property
    def _cells(self) -> "late.Cells":
        return late.Cells(self.typesetting.ambiguous_width)

    def _run_at(self, row: int, cell: int) -> tuple[Run | None, int]:
        """Return the run of a row at a cell, and the cell counted from its beginning."""
        for at, width, run in runs_of(self._line(row), self._cells):
            if at <= cell < at + width:
                return run, cell - at
        return None, 0

    @property
    def first_place(self) -> Position:
        """The first visible position."""
        return self._position_at(int(self.scroll_y)) if self._layout else Position(0)

    @property
    def last_place(self) -> Position:
        """The position after the last visible character."""
        if self._layout is None:
            return Position(0)
        return self._position_at(int(self.scroll_y) + self.count_in_sight)

    def rows_on(self, place: Position, rows: int) -> Position:
        """Return the position `rows` rows below `place`, or above it if negative."""
        if self._layout is None:
            return place
        row, cell = self._layout.cell_of(place)
        step = 1 if rows > 0 else -1
        row = max(row + rows, 0)
        found = self._layout.position_at(row, cell)
        # Rows of pictures have no positions of their own.
        while (found <= place if rows > 0 else found >= place) and rows and 0 < row < self._layout.known_rows - 1:
            row += step
            found = self._layout.position_at(row, cell)
        return found

    def show_range(self, span: Range) -> None:
        """Scroll a range into view by the smallest distance, giving precedence to its start."""
        self._reach(span.end, lambda: self._show_range(span))

    def _show_range(self, span: Range) -> None:
        self._is_blank = False
        if self._unfold(span.start):
            self.show_range(span)
            return
        around = self._lines_around
        first = self._laid_out.settle(span.start, around, around) + len(self._above)
        last = self._laid_out.row_of(span.end) + len(self._above)
        self._measure_height()
        top = int(self.scroll_y)
        wanted = self._viewport.revealing(top, first, last)
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, force=True)
