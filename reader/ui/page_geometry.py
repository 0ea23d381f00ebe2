"""Where the page and its text stand on a screen of a given size, for the page and for the first frame."""

from dataclasses import dataclass, replace

from reader.layout.head import Head, set_head
from reader.layout.lines import Line
from reader.settings.options import Typesetting

WIDE = 164
"""Columns from which the panes are wider: the page has its measure anyway."""

THREE = 110
TWO = 84
"""Columns from which both panes, or one, stand beside the page; on narrower screens a pane slides over it."""

ALONE = 60
"""Columns under which it hides the page altogether."""

_AIRY = 16
"""The height in rows from which a blank row stands above and below the article."""

_LEAST_ROWS = 8
"""The height in rows below which the header shows only the title."""


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """The place of the text in a page.

    Attributes:
        width: The cells of the page, its scroll bar included.
        height: Its rows.
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
        return max(2, self.width - 2 * self.gutter)

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
        return 1 if self.height >= _AIRY else 0

    def rows_above(self, head: Head, typesetting: Typesetting) -> list[Line]:
        """The rows above the text: the header, on a small screen without its byline."""
        air = [Line()] if self.height >= _AIRY else []
        shown = head if self.height >= _LEAST_ROWS else replace(head, byline="")
        return [*air, *set_head(shown, self.column, typesetting)]


@dataclass(frozen=True, slots=True)
class PaneChoice:
    """Which panes a person wants; None for those that there is room for."""

    sidebar: bool | None = None
    outline: bool | None = None

    def shown(self, columns: int) -> tuple[bool, bool]:
        """Whether the sidebar and the outline are shown on a screen of so many columns."""
        sidebar = columns >= TWO if self.sidebar is None else self.sidebar
        outline = columns >= THREE if self.outline is None else self.outline
        return sidebar, outline and not (columns < THREE and sidebar)


def pane_cells(columns: int) -> tuple[int, int]:
    """The cells of a sidebar and of an outline beside the page, their borders included, as in reader.tcss."""
    return (40, 40) if columns >= WIDE else (32, 28)
