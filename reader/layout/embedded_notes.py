"""Opening and folding embedded notes, callouts and details in a layout."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reader.document.document import Position
from reader.layout.layout import AT_ONCE, Layout
from reader.layout.transclusions import Transclusion, embedded_note

if TYPE_CHECKING:
    from reader.layout.diagrams import Drawing


def embeds(layout: Layout, leaf: int) -> bool:
    """Whether a leaf is an embedded note that can be opened: not in a table."""
    leaves = layout.document.leaves
    if not 0 <= leaf < len(leaves) or not embedded_note(leaves[leaf]):
        return False
    return layout.units.upto(number := layout.units.at(Position(leaf)))[number].content is leaves[leaf]


def transclude(layout: Layout, leaf: int, transclusion: Transclusion | None) -> int:
    """Open the transclusion of an embedded note, or fold it, and return its rows; the rows below shift."""
    if transclusion is not None:
        layout.expansion.opened[leaf] = transclusion
    else:
        layout.expansion.opened.pop(leaf, None)
    return layout.relayout(layout.units.at(Position(leaf)))


def show_titles(layout: Layout, titles: Mapping[int, str]) -> None:
    """Show titles beside the names of embedded notes, by their leaves; no row shifts."""
    layout.expansion.titles.update(titles)
    for leaf in titles:
        layout.relayout(layout.units.at(Position(leaf)))


def show_drawing(layout: Layout, leaf: int, drawing: "Drawing | None") -> bool:
    """Show a drawing in the place of the source of a diagram, or the source; return whether rows have shifted."""
    if layout.expansion.drawings.get(leaf) == drawing:
        return False
    if drawing is None:
        del layout.expansion.drawings[leaf]
    else:
        layout.expansion.drawings[leaf] = drawing
    made = layout.units.made
    if not layout.units.complete and (not made or made[-1].start <= Position(leaf)):
        # It will be laid out with its drawing.
        return False
    layout.relayout(layout.units.at(Position(leaf)))
    return True


def toggle_fold(layout: Layout, leaf: int) -> None:
    """Fold or unfold what follows the title at a leaf; the rows below shift.

    The time it takes has a bound: of a long fold, only the beginning is laid out, and the rest as in a new layout.
    """
    layout.expansion.toggled ^= {leaf}
    title = layout.units.at(Position(leaf))
    layout.relayout(title)
    first, made = title + 1, layout.units.upto(title + 1 + AT_ONCE)
    following = range(first, min(first + AT_ONCE, len(made)))
    stop = next((number for number in following if all(fold.leaf != leaf for fold in made[number].folds)), None)
    layout.relayout_below(first, stop)


def unfold(layout: Layout, position: Position) -> bool:
    """Unfold everything around a position; return whether anything was folded there."""
    units = layout.units.upto(number := layout.units.at(position))
    folded = [fold for fold in units[number].folds if layout.expansion.is_folded(fold)] if units else []
    for fold in folded:
        toggle_fold(layout, fold.leaf)
    return bool(folded)
