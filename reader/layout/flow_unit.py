"""The unit of layout."""

from reader.document.blocks import CodeBlock, Leaf, Paragraph
from reader.document.document import Position
from reader.layout.folds import Fold
from reader.layout.lines import Run
from reader.layout.margins import PAGE, ContainingBlock
from reader.layout.pieces import Piece
from reader.layout.table import RowGroup
from reader.lean_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FlowUnit:
    """The unit of layout: a leaf, a piece of a long leaf, some rows of a table, or a row without text.

    Attributes:
        content: The leaf, the table rows, or the runs of a row without text.
        start: The start of its text: its first leaf, and for a piece of a leaf the offset in that leaf.
        container: The innermost container.
        opened: How many of the innermost containers start with it.
        gap: Blank rows above it.
        gap_container: The container whose bars continue beside the blank rows.
        tail: Runs after its last character.
        piece: Which piece of the leaf it is, if the leaf is long.
        folds: The folds around it, outermost first.
        own_fold: The fold whose title it is.
    """

    content: Leaf | RowGroup | tuple[Run, ...]
    start: Position
    container: ContainingBlock = PAGE
    opened: int = 0
    gap: int = 0
    gap_container: ContainingBlock = PAGE
    tail: tuple[Run, ...] = ()
    piece: Piece | None = None
    folds: tuple[Fold, ...] = ()
    own_fold: Fold | None = None

    @property
    def own_content(self) -> Leaf | RowGroup | tuple[Run, ...]:
        """The content, or if this is a piece of a leaf, a copy of that piece."""
        if self.piece is not None and isinstance(self.content, Paragraph | CodeBlock):
            return self.piece.of(self.content)
        return self.content
