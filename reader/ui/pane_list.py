"""The list of panes beside the page, and which of them are shown on a screen of a given width.

The first frame, which is painted before Textual is imported, needs it too. The widgets are made in `reading/panes.py`.
"""

import math
from collections.abc import Iterable, Mapping
from enum import Enum

from reader.lean_dataclasses import dataclass, field

WIDE = 164
"""The minimum columns of a screen for wider panes, which still leave the page room for its line width."""

THREE = 110
"""The minimum columns of a screen for panes on both sides of the page."""

TWO = 84
"""The minimum columns of a screen for a pane beside the page; on narrower screens it covers the page."""

ALONE = 60
"""Columns below which a pane hides the page completely."""


class Side(Enum):
    """The side of the page on which a pane is. Only one pane is shown on each side."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class PaneKind:
    """A pane beside the page.

    Attributes:
        name: The id of its widget, and its name in the saved state.
        side: Its side of the page.
        columns: The minimum width of a screen that shows it by default; `math.inf` if it is never shown by default.
    """

    name: str
    side: Side
    columns: float

    @property
    def action(self) -> str:
        """The id of the action that toggles it, a row of `keymap/actions.py`."""
        return f"toggle_{self.name}"

    def leaves_room_for(self, other: "PaneKind", columns: int) -> bool:
        """Return whether both panes can be shown on a screen with this number of columns."""
        return self.side is not other.side and columns >= THREE


SIDEBAR = PaneKind("sidebar", Side.LEFT, TWO)
OUTLINE = PaneKind("outline", Side.RIGHT, THREE)
RELATED = PaneKind("related", Side.RIGHT, math.inf)

PANES: tuple[PaneKind, ...] = (SIDEBAR, OUTLINE, RELATED)
"""All panes. If there is no room for two of them, the earlier one is shown."""


@dataclass(frozen=True, slots=True)
class PaneChoice:
    """Which panes the user wants.

    Attributes:
        wanted: Whether to show each pane, by its name; missing or None for the default.
    """

    wanted: Mapping[str, bool | None] = field(default_factory=dict)

    def shown(self, columns: int) -> tuple[PaneKind, ...]:
        """Return the panes that are shown on a screen with this number of columns."""
        shown: tuple[PaneKind, ...] = ()
        for kind in PANES:
            wanted = self.wanted.get(kind.name)
            if columns >= kind.columns if wanted is None else wanted:
                shown += (kind,) if all(one.leaves_room_for(kind, columns) for one in shown) else ()
        return shown


def cells_beside(shown: Iterable[PaneKind], columns: int) -> tuple[int, int]:
    """Return the cells of panes to the left and right of the page, including their borders, as in reader.tcss."""
    left, right = (40, 40) if columns >= WIDE else (32, 28)
    sides = {kind.side for kind in shown}
    return left * (Side.LEFT in sides), right * (Side.RIGHT in sides)
