"""The position of the text on the page, for the page itself and for the first frame."""

from typing import TYPE_CHECKING

from reader.layout.cells import COLUMN_WIDTH
from reader.layout.head import Head, set_cover, set_head
from reader.layout.lines import Line
from reader.layout.picture_rooms import PictureRooms
from reader.lean_dataclasses import dataclass, replace
from reader.settings.options import Typesetting
from reader.ui import late

if TYPE_CHECKING:
    from reader.layout.arrangement import Arrangement
    from reader.layout.layout import Layout
    from reader.layout.vertical_text import UprightForms
    from reader.reading.picture_sizes import ArticlePictures

_ROWS_WITH_MARGIN = 16
"""The minimum height in rows for a blank row above and below the article."""

_ROWS_WITH_BYLINE = 8
"""The height in rows below which the header shows only the title."""

TWO_COLUMNS = 132
"""The minimum width of the page in cells for two columns: that beside the outline in a window of 160 cells."""

_BETWEEN = 6
"""The cells between two columns."""

_ROWS_WITH_TOP = 8
"""The minimum height in rows for two further rows: one above the columns for signs of marks, one below for the find
bar."""


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """The position of the text on the page.

    Attributes:
        width: The width of the page in cells, including the scroll bar.
        height: The height of the page in rows.
        measure: The maximum length of a line in cells.
    """

    width: int
    height: int
    measure: int

    @property
    def gutter(self) -> int:
        """The minimum margin on each side in cells."""
        return 2 if self.width >= 60 else 1 if self.width >= 24 else 0

    @property
    def widest(self) -> int:
        """The maximum width of the text in cells."""
        return max(COLUMN_WIDTH, self.width - 2 * self.gutter)

    @property
    def column(self) -> int:
        """The width of the text in cells."""
        return min(self.measure, self.widest)

    @property
    def left(self) -> int:
        """The margin to the left of the text in cells."""
        return max(self.gutter, (self.width - self.column) // 2)

    @property
    def rows_below(self) -> int:
        """Blank rows below the article."""
        return 1 if self.height >= _ROWS_WITH_MARGIN else 0

    @property
    def _rows_above_columns(self) -> int:
        return 1 if self.height >= _ROWS_WITH_TOP else 0

    @property
    def _rows_of_columns(self) -> int:
        # As many blank rows are below the columns as above them.
        return max(1, self.height - 2 * self._rows_above_columns)

    @property
    def longest_column(self) -> int:
        """The maximum length of a column of vertical text in cells, `COLUMN_WIDTH` for each row."""
        return COLUMN_WIDTH * self._rows_of_columns

    def arrangement(self, typesetting: Typesetting, *, is_vertical: bool) -> "Arrangement | None":
        """Return the columns of the page; None for a single column, which is scrolled row by row."""
        if is_vertical:
            room = self._rows_of_columns
            rows = min(room, max(1, self.measure // COLUMN_WIDTH))
            top = self._rows_above_columns + (room - rows) // 2
            gap, ambiguous = typesetting.column_gap, typesetting.ambiguous_width
            return late.VerticalColumns(self.gutter, self.widest, top, rows, gap, ambiguous)
        if typesetting.columns == 1 or self.width < TWO_COLUMNS:
            return None
        column = min(self.measure, (self.width - 2 * self.gutter - _BETWEEN) // 2)
        left = (self.width - 2 * column - _BETWEEN) // 2
        return late.TwoColumns(left, column, _BETWEEN, self._rows_above_columns, self._rows_of_columns)

    def rooms(
        self,
        pictures: "ArticlePictures | None",
        typesetting: Typesetting,
        *,
        has_colours: bool,
        cell: tuple[int, int],
    ) -> PictureRooms | None:
        """Return the rooms of pictures, each at most two thirds of the page high; None if there are none.

        Pictures cannot be painted without colours, or where ▀ takes two cells (UAX 11). Then none has a room, but
        frames still report missing or invalid pictures. `cell` is the shape of a cell, as width and height.
        """
        can_paint = has_colours and typesetting.ambiguous_width == 1
        most = max(4, self.height * 2 // 3) if can_paint else 0
        return PictureRooms(pictures.found, most, cell) if pictures is not None else None

    def rows_above(self, head: Head, typesetting: Typesetting, rooms: PictureRooms | None) -> list[Line]:
        """Return the rows above the text: the header and the cover; on a small screen the title alone."""
        margin = [Line()] if self.height >= _ROWS_WITH_MARGIN else []
        shown = head if self.height >= _ROWS_WITH_BYLINE else replace(head, byline="")
        cover = set_cover(rooms, self.column) if rooms is not None and margin else []
        return [*margin, *set_head(shown, self.column, typesetting), *cover]

    def lines_above(
        self, head: Head, layout: "Layout", rooms: PictureRooms | None, upright: "UprightForms | None"
    ) -> list[Line]:
        """Return the header as lines of columns, with the cover; on a small screen the title alone.

        The lines are vertical if `upright`, the forms of characters in vertical text, is given.
        """
        shown = head if self.height >= _ROWS_WITH_BYLINE else replace(head, byline="")
        lines = set_head(shown, layout.width, layout.typesetting, upright)
        cover = (
            [] if rooms is None or self.height < _ROWS_WITH_MARGIN else set_cover(rooms, layout.across or layout.width)
        )
        if upright is not None:
            # A block is only as wide as its picture, so drop the spaces that centre the picture.
            cover = [replace(line, runs=line.runs[-1:]) for line in cover if line.runs]
            cover = late.in_blocks(cover, layout.width // COLUMN_WIDTH, layout.typesetting, layout.across)
        return [*lines, *cover]
