"""Flow of a document: a block tree of any depth becomes a flat list of units that are laid out independently.

Units are built on demand, so the first page of a document needs only its first units. As no unit depends on another,
the middle of a document can be shown before its beginning is laid out.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reader.document.blocks import (
    Block,
    DefinitionList,
    Details,
    Embed,
    Figure,
    Footnote,
    Footnotes,
    Heading,
    Image,
    Leaf,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from reader.document.document import Position
from reader.layout.callout_names import callout_role
from reader.layout.cells import Cells
from reader.layout.flow_unit import FlowUnit
from reader.layout.folds import Fold
from reader.layout.glyphs import Glyphs, glyphs
from reader.layout.lines import Role, Run, Style
from reader.layout.links import reference_link
from reader.layout.margins import PAGE, ContainingBlock, blank, common
from reader.layout.markers import footnote_labels, footnote_rule, markers
from reader.layout.pieces import Piece, pieces
from reader.layout.table import RowGroup, row_groups
from reader.lean_dataclasses import replace
from reader.settings.options import Typesetting

if TYPE_CHECKING:
    from reader.layout.vertical_text import UprightForms

_MAX_TABLE_DEPTH = 2
"""Maximum depth of nested tables that are drawn; deeper tables become plain blocks, as there is no room for columns."""


def flow(  # noqa: PLR0913 - where the blocks are
    blocks: Iterable[Block],
    typesetting: Typesetting,
    *,
    first_leaf: int = 0,
    container: ContainingBlock = PAGE,
    depth: int = 0,
    upright: "UprightForms | None" = None,
) -> Iterator[FlowUnit]:
    """Build the units of `blocks`, one by one on demand.

    Args:
        blocks: The blocks in reading order.
        typesetting: The typesetting options.
        first_leaf: The number of their first leaf in the document.
        container: The container around them.
        depth: The number of tables around them.
        upright: The forms of characters in vertical text; None for horizontal text.
    """
    return _Flow(typesetting, first_leaf, depth, upright).run(blocks, container)


_Entry = tuple[Block, ContainingBlock, int]
"""A block, its container, and the number of blank rows above it."""


class _Flow:
    """One traversal of blocks. Containers are generators on an explicit stack, so nesting cannot overflow Python's."""

    def __init__(self, typesetting: Typesetting, first_leaf: int, depth: int, upright: "UprightForms | None") -> None:
        self._typesetting = typesetting
        self._upright = upright
        self._glyphs: Glyphs = glyphs(typesetting)
        self._space = " " if upright is None else ""
        self._bar = self._glyphs.horizontal * 2 if upright is not None else f"{self._glyphs.bar} "
        self._cells = Cells(typesetting.ambiguous_width)
        self._spacing = typesetting.paragraph_spacing
        self._leaf = first_leaf
        self._depth = depth
        self._units: list[FlowUnit] = []
        """Units that were not yielded yet. The last one stays until the next one is created: it may get a tail."""
        self._opened: list[ContainingBlock] = []
        self._gap = 0
        self._folds: tuple[Fold, ...] = ()
        self._own_fold: Fold | None = None
        self._markers: dict[str, tuple[Run, ...]] = {}
        """The runs of markers, shared by all items of a list."""

    def run(self, blocks: Iterable[Block], container: ContainingBlock) -> Iterator[FlowUnit]:
        """All units."""
        stack = [self._blocks(blocks, container)]
        while stack:
            if len(self._units) > 1:
                yield from self._units[:-1]
                del self._units[:-1]
            entry = next(stack[-1], None)
            if entry is None:
                stack.pop()
                continue
            block, around, gap = entry
            self._gap = max(self._gap, gap)
            if isinstance(block, Leaf):
                self._add_leaf(block, around)
            else:
                stack.append(self._container(block, around))
        yield from self._units

    # Units

    def _add_leaf(self, leaf: Leaf, container: ContainingBlock) -> None:
        if is_shown(leaf):
            if isinstance(leaf, Heading):
                self._gap = max(self._gap, self._spacing + (leaf.level == 1), 1)
            for piece in tuple(pieces(leaf)) or (None,):
                self._add(leaf, container, Position(self._leaf, piece.start if piece else 0), piece)
                self._gap = self._typesetting.line_spacing if isinstance(leaf, Paragraph) else 0
            self._gap = 0
        self._leaf += 1

    def _add(
        self,
        content: Leaf | RowGroup | tuple[Run, ...],
        container: ContainingBlock,
        start: Position,
        piece: Piece | None = None,
    ) -> None:
        before = self._units[-1] if self._units else None
        gap = self._gap if before else 0
        if before and isinstance(before.content, Heading):
            # A heading belongs to the text below it, so the gap below must not exceed the gap above.
            gap = min(gap, 1)
        gap_container = common(before.container, container) if before and gap else PAGE
        opened, folds, own = len(self._opened), self._folds, self._own_fold
        self._units.append(FlowUnit(content, start, container, opened, gap, gap_container, (), piece, folds, own))
        self._opened.clear()
        self._gap = 0

    def _open(  # noqa: PLR0913 - the attributes of a container
        self,
        parent: ContainingBlock,
        marker: tuple[Run, ...] = (),
        rest: tuple[Run, ...] | None = None,
        *,
        base: Style | None = None,
        bullets: int = 0,
        prose: bool = False,
    ) -> ContainingBlock:
        """Create a container that starts with the next unit; `rest` is blank if not given."""
        cells = sum(self._cells.width(run.text) for run in marker)
        container = ContainingBlock(
            parent,
            base or parent.base,
            marker,
            ((blank(cells),) if cells else ()) if rest is None else rest,
            cells,
            parent.indent + cells,
            parent.bullets + bullets,
            prose,
        )
        self._opened.append(container)
        return container

    def _close(self, container: ContainingBlock, *, show_marker: bool = False) -> None:
        """Leave a container; if it is empty, its marker gets a row of its own if `show_marker`, else it is dropped."""
        if not self._opened or self._opened[-1] is not container:
            return
        if show_marker:
            self._add((), container, Position(self._leaf))
        else:
            self._opened.pop()

    # Containers

    def _container(self, block: Block, container: ContainingBlock) -> Iterator[_Entry]:  # noqa: PLR0911 - one per kind
        match block:
            case Quote():
                return self._quote(block, container)
            case ListBlock():
                return self._list(block, container)
            case DefinitionList():
                return self._definitions(block, container)
            case Table():
                return self._table(block, container)
            case Figure():
                return self._figure(block, container)
            case Details():
                return self._details(block, container)
            case Footnotes():
                return self._footnotes(block, container)
            case _:
                raise AssertionError(block)  # pragma: no cover - leaves are handled by the caller

    def _blocks(self, blocks: Iterable[Block], container: ContainingBlock, *, tight: bool = False) -> Iterator[_Entry]:
        previous: Block | None = None
        for block in blocks:
            if previous is None or tight:
                gap = 0
            elif isinstance(previous, Paragraph) and isinstance(block, Paragraph):
                gap = self._spacing
            else:
                gap = max(self._spacing, 1)
            yield block, container, gap
            previous = block

    def _quote(self, block: Quote, container: ContainingBlock) -> Iterator[_Entry]:
        role = callout_role(block.kind) if block.kind else Role.QUOTE
        bar = (Run(self._bar, Style(role)),)
        base = container.base if block.kind else replace(container.base, role=Role.QUOTE)
        inner = self._open(container, bar, bar, base=base, prose=container.prose)
        blocks, around = block.blocks, self._folds
        if block.kind and blocks:
            # The first block of a callout is its title.
            title = self._open(inner, base=replace(inner.base, role=role, bold=True))
            yield from self._title(blocks[0], title, folded=block.folded)
            blocks = blocks[1:]
        yield from self._blocks(blocks, inner)
        self._folds = around
        self._close(inner)

    def _title(self, block: Block, title: ContainingBlock, *, folded: bool | None) -> Iterator[_Entry]:
        """The title of blocks that follow, which can be folded unless `folded` is None."""
        fold = Fold(self._leaf, folded) if folded is not None and isinstance(block, Paragraph) and block.text else None
        self._own_fold = fold
        yield block, title, 0
        self._own_fold = None
        self._close(title)
        if fold is not None:
            self._folds = (*self._folds, fold)

    def _list(self, block: ListBlock, container: ContainingBlock) -> Iterator[_Entry]:
        texts = markers(block, self._glyphs, container.bullets, self._upright)
        width_of = {text: self._cells.width(text) for text in set(texts)}
        widths = [width_of[text] for text in texts]
        widest = max(widths, default=0)
        tight = all(sum(not isinstance(child, ListBlock) for child in item.blocks) <= 1 for item in block.items)
        for number, (item, text, cells) in enumerate(zip(block.items, texts, widths, strict=True)):
            if number and not tight:
                self._gap = max(self._gap, self._spacing, 1)
            # Right-align numbers, so that their full stops are in one column.
            pad = " " * (widest - cells)
            marker = f"{pad}{text}{self._space}" if block.ordered else f"{text}{pad}{self._space}"
            runs = self._markers.setdefault(marker, (Run(marker, Style(Role.MARK)),))
            inner = self._open(container, runs, bullets=not block.ordered)
            yield from self._blocks(item.blocks, inner, tight=tight)
            self._close(inner, show_marker=True)

    def _definitions(self, block: DefinitionList, container: ContainingBlock) -> Iterator[_Entry]:
        for number, entry in enumerate(block.entries):
            if number:
                self._gap = max(self._gap, self._spacing)
            term = self._open(container, base=replace(container.base, bold=True))
            yield from self._blocks(entry.terms, term, tight=True)
            self._close(term)
            inner = self._open(container, (blank(4),))
            yield from self._blocks(entry.blocks, inner)
            self._close(inner)

    def _table(self, block: Table, container: ContainingBlock) -> Iterator[_Entry]:
        caption = self._open(container, base=replace(container.base, bold=True))
        yield from self._blocks(block.caption, caption)
        self._close(caption)
        if self._depth >= _MAX_TABLE_DEPTH or is_wrapper(block):
            for row in block.rows:
                for cell in row:
                    self._gap = max(self._gap, self._spacing)
                    yield from self._blocks(cell.blocks, container)
            return
        for rows in row_groups(block, self._leaf):
            self._add(rows, container, Position(self._leaf))
            self._leaf = rows.stop_leaf

    def _figure(self, block: Figure, container: ContainingBlock) -> Iterator[_Entry]:
        if not block.caption_above:
            yield from self._blocks(block.blocks, container)
        # Align the caption with the text inside a picture's frame, and with code.
        caption = self._open(container, (blank(2),), base=replace(container.base, role=Role.MUTED))
        yield from self._blocks(block.caption, caption)
        self._close(caption)
        if block.caption_above:
            yield from self._blocks(block.blocks, container)

    def _details(self, block: Details, container: ContainingBlock) -> Iterator[_Entry]:
        around = self._folds
        summary = self._open(container, base=replace(container.base, bold=True))
        yield from self._title(block.summary, summary, folded=not block.is_open)
        inner = self._open(container, (blank(2),))
        yield from self._blocks(block.blocks, inner)
        self._folds = around
        self._close(inner)

    def _footnotes(self, block: Footnotes, container: ContainingBlock) -> Iterator[_Entry]:
        if block.notes and not self._depth:
            rule = Run(footnote_rule(self._glyphs, self._upright), Style(Role.RULE))
            self._add((rule,), container, Position(self._leaf))
        labels = footnote_labels(block, self._upright)
        widest = max(map(self._cells.width, labels), default=0)
        for note, label in zip(block.notes, labels, strict=True):
            pad = " " * (widest - self._cells.width(label))
            yield from self._footnote(note, pad + label, container)

    def _footnote(self, note: Footnote, marker: str, container: ContainingBlock) -> Iterator[_Entry]:
        inner = self._open(container, (Run(marker, Style(Role.MUTED)),), base=replace(container.base, role=Role.MUTED))
        yield from self._blocks(note.blocks, inner)
        self._close(inner, show_marker=True)
        back = Run(f" {self._glyphs.back}", Style(Role.LINK), link=reference_link(note.label))
        last = self._units[-1]
        if isinstance(last.content, Paragraph | tuple):
            self._units[-1] = replace(last, tail=(back,))
        else:
            self._add((replace(back, text=self._glyphs.back),), inner, Position(self._leaf))


def is_shown(leaf: Leaf) -> bool:
    """Whether a leaf has rows: not the repeated title, and not empty text except pictures, embeds and rules."""
    if isinstance(leaf, Heading):
        return bool(leaf.text) and leaf.level > 0
    return bool(leaf.text) or isinstance(leaf, Image | Embed | Rule)


def is_wrapper(table: Table) -> bool:
    """Whether a table only wraps blocks, as in table-based page layouts: it has no second column."""
    return all(len(row) <= 1 for row in table.rows) and not table.header_rows
