"""Rebuilding blocks with other leaves in them."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from reader.document.blocks import (
    Block,
    Definition,
    DefinitionList,
    Details,
    Figure,
    Footnotes,
    Leaf,
    ListBlock,
    Paragraph,
    Quote,
    Table,
    leaves,
)

DEEPEST = 64
"""Containers within containers that are rebuilt: the map recurses, while documents nest to any depth."""


def map_leaves(block: Block, change: Callable[[Leaf], Leaf]) -> Block:
    """`block` with each of its leaves replaced by what `change` makes of it.

    `change` is called once with every leaf, in reading order. What lies more than `DEEPEST` containers deep stays as it
    is, whatever `change` makes of it.

    Raises:
        TypeError: `change` makes something else than a paragraph of a definition's term or the summary of details.
    """
    return _mapped(block, change, 0)


def _mapped(block: Block, change: Callable[[Leaf], Leaf], depth: int) -> Block:  # noqa: C901, PLR0911 - one a container
    if isinstance(block, Leaf):
        return change(block)
    if depth >= DEEPEST:
        for leaf in leaves(block):
            change(leaf)
        return block

    def each(inner: Iterable[Block]) -> tuple[Block, ...]:
        return tuple([_mapped(one, change, depth + 1) for one in inner])

    def entry_of(one: Definition) -> Definition:
        terms = tuple([_paragraph(change(term)) for term in one.terms])
        return replace(one, terms=terms, blocks=each(one.blocks))

    match block:
        case Quote(inner):
            return replace(block, blocks=each(inner))
        case Details(summary, inner):
            return replace(block, summary=_paragraph(change(summary)), blocks=each(inner))
        case ListBlock(items):
            return replace(block, items=tuple([replace(item, blocks=each(item.blocks)) for item in items]))
        case DefinitionList(entries):
            return replace(block, entries=tuple([entry_of(one) for one in entries]))
        case Table():
            caption = each(block.caption)
            rows = [tuple([replace(cell, blocks=each(cell.blocks)) for cell in row]) for row in block.rows]
            return replace(block, caption=caption, rows=tuple(rows))
        case Figure(inner, caption):
            return replace(block, blocks=each(inner), caption=each(caption))
        case Footnotes(notes):
            return replace(block, notes=tuple([replace(note, blocks=each(note.blocks)) for note in notes]))


def _paragraph(leaf: Leaf) -> Paragraph:
    if not isinstance(leaf, Paragraph):
        raise TypeError(leaf)
    return leaf
