"""The box of a modal, in which a long list leaves room for the widgets below it."""

from textual.containers import Vertical
from textual.geometry import Size
from textual.layout import ArrangeResult, Layout
from textual.layouts.vertical import VerticalLayout
from textual.widget import Widget

from reader.ui.widgets.rows import RowList


class _BoxLayout(VerticalLayout):
    """Arranges widgets from top to bottom; lists are shortened until all widgets fit."""

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:  # noqa: FBT001, FBT002 - Textual's own signature
        """Arrange the widgets in `size`, whose height is 0 while the height of the content is measured."""
        placements = super().arrange(parent, children, size, greedy)
        if not size.height:
            return placements
        excess = max((placement.region.bottom for placement in placements), default=0) - size.height
        arranged: ArrangeResult = []
        moved = 0
        for placement in placements:
            region = placement.region.translate((0, -moved))
            if isinstance(placement.widget, RowList) and excess > moved:
                # The list scrolls to its cursor, so one row is enough to use it.
                height = max(region.height - (excess - moved), 1)
                moved += region.height - height
                region = region._replace(height=height)
            arranged.append(placement._replace(region=region))
        return arranged


_LAYOUT = _BoxLayout()


class DialogBox(Vertical):
    """Title, content and hints of a modal."""

    @property
    def layout(self) -> Layout:
        """The layout of the widgets in the box."""
        return _LAYOUT
