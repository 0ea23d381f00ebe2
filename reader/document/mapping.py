"""Rebuilding blocks with other leaves in them."""

from collections.abc import Callable, Iterable

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
from reader.lean_dataclasses import replace

DEEPEST = 64
"""Maximum depth of nested containers that are rebuilt: the map recurses, while documents nest to any depth."""


def map_leaves(block: Block, change: Callable[[Leaf], Leaf]) -> Block:
    """Rebuild `block` with each of its leaves replaced by the result of `change`.

    `change` is called once for every leaf, in reading order. Its result is ignored for leaves more than `DEEPEST`
    containers deep, which stay as they are.

    Raises:
        TypeError: `change` returned something other than a paragraph for a definition's term or the summary of
            details.
    """
    return _mapped(block, change, 0)


def _mapped(block: Block, change: Callable[[Leaf], Leaf], depth: int) -> Block:  # noqa: C901, PLR0911 - one per kind
    if isinstance(block, Leaf):
        return change(block)
    if depth >= DEEPEST:
        for leaf in leaves(block):
            change(leaf)
        return block

    def each(inner: Iterable[Block]) -> tuple[Block, ...]:
        return tuple([_mapped(each_entry, change, depth + 1) for each_entry in inner])

    def entry_of(each_entry: Definition) -> Definition:
        terms = tuple([_paragraph(change(term)) for term in each_entry.terms])
        return replace(each_entry, terms=terms, blocks=each(each_entry.blocks))

    match block:
        case Quote(inner):
            return replace(block, blocks=each(inner))
        case Details(summary, inner):
            return replace(block, summary=_paragraph(change(summary)), blocks=each(inner))
        case ListBlock(items):
            return replace(block, items=tuple([replace(item, blocks=each(item.blocks)) for item in items]))
        case DefinitionList(entries):
            return replace(block, entries=tuple([entry_of(each_entry) for each_entry in entries]))
        case Table():
            caption = each(block.caption)
            rows = [tuple([replace(cell, blocks=each(cell.blocks)) for cell in row]) for row in block.rows]
            return replace(block, caption=caption, rows=tuple(rows))
        case Figure(inner, caption, True):
            above = each(caption)
            return replace(block, caption=above, blocks=each(inner))
        case Figure(inner, caption):
            return replace(block, blocks=each(inner), caption=each(caption))
        case Footnotes(notes):
            return replace(block, notes=tuple([replace(note, blocks=each(note.blocks)) for note in notes]))


def _paragraph(leaf: Leaf) -> Paragraph:
    if not isinstance(leaf, Paragraph):
        raise TypeError(leaf)
    return leaf
