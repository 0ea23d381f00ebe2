"""The range of a document that the mouse selects."""

from typing import TYPE_CHECKING

from textual.selection import Selection

from reader.document.document import Position, Range
from reader.layout.span_at import span_at

if TYPE_CHECKING:
    from reader.ui import late


def selected_range(layout: "late.Layout", above: int, selection: Selection) -> Range | None:
    """Return the range of the selected cells, or None without text; the first `above` lines are above the article."""
    document = layout.document
    if not document.leaves:
        return None
    last = len(document.leaves) - 1
    upper = lower = (Position(0), Position(last, len(document.text(last))))
    if selection.start is not None:
        upper = span_at(layout, selection.start.y - above, selection.start.x)
    if selection.end is not None:
        # Textual reports the cell after the one under the mouse.
        lower = span_at(layout, selection.end.y - above, selection.end.x - 1)
    # In a table, a lower row may contain earlier text.
    return document.trimmed(upper[0], lower[1]) or document.trimmed(lower[0], upper[1])
