"""Opening and folding embedded notes, callouts and details in a layout."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reader.document.blocks import Block, CodeBlock, Details, Leaf, Quote, children
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
    """Open the transclusion of an embedded note, or fold it if None; return the count of its rows. Rows below shift."""
    if transclusion is not None:
        layout.expansion.opened[leaf] = transclusion
    else:
        layout.expansion.opened.pop(leaf, None)
    return layout.relayout(layout.units.at(Position(leaf)))


def show_titles(layout: Layout, titles: Mapping[int, str]) -> None:
    """Show titles beside the names of embedded notes; `titles` has them by leaf. No row shifts."""
    layout.expansion.titles.update(titles)
    for leaf in titles:
        layout.relayout(layout.units.at(Position(leaf)))


def show_drawing(layout: Layout, leaf: int, drawing: "Drawing | None") -> bool:
    """Show a drawing instead of the source of a diagram, or the source if None; return whether rows have shifted."""
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

    It takes limited time: only the beginning of a long fold is laid out at once, and the rest as in a new layout.
    """
    layout.expansion.toggled ^= {leaf}
    title = layout.units.at(Position(leaf))
    layout.relayout(title)
    first, made = title + 1, layout.units.upto(title + 1 + AT_ONCE)
    following = range(first, min(first + AT_ONCE, len(made)))
    stop = next((number for number in following if all(fold.leaf != leaf for fold in made[number].folds)), None)
    layout.relayout_below(first, stop)


def is_folded(layout: Layout, leaf: int) -> bool | None:
    """Whether what follows the title at a leaf is folded; None if there is no title of a fold."""
    units = layout.units.upto(number := layout.units.at(Position(leaf)))
    fold = units[number].own_fold if units else None
    return layout.expansion.is_folded(fold) if fold is not None and fold.leaf == leaf else None


def fold_around(layout: Layout, position: Position) -> int | None:
    """The leaf of the title of the innermost fold around a position, or None."""
    units = layout.units.upto(number := layout.units.at(position))
    return units[number].folds[-1].leaf if units and units[number].folds else None


def set_all_folds(layout: Layout, *, folded: bool) -> bool:
    """Fold or unfold all folds of a document, which then has to be laid out again; return whether there are any."""
    if not any(map(_has_folds, layout.document.blocks)):
        return False
    expansion, leaves = layout.expansion, layout.document.leaves
    expansion.all_folded = folded
    # Diagrams stay as they are.
    expansion.toggled = {leaf for leaf in expansion.toggled if isinstance(leaves[leaf], CodeBlock)}
    return True


def _has_folds(block: Block) -> bool:
    """Whether a block has a callout that folds, or details."""
    waiting = [block]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Details) or (isinstance(one, Quote) and one.folded is not None):
            return True
        if not isinstance(one, Leaf):
            waiting.extend(children(one))
    return False


def unfold(layout: Layout, position: Position) -> bool:
    """Unfold everything around a position; return whether anything was folded there."""
    units = layout.units.upto(number := layout.units.at(position))
    folded = [fold for fold in units[number].folds if layout.expansion.is_folded(fold)] if units else []
    for fold in folded:
        toggle_fold(layout, fold.leaf)
    return bool(folded)
