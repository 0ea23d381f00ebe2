"""Parts of a document: some of its leaves, in the containers that hold them."""

from collections.abc import Callable, Iterable, Iterator
from itertools import count

from reader.document.blocks import (
    Block,
    Definition,
    DefinitionList,
    Details,
    Figure,
    Footnotes,
    Inline,
    Leaf,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Span,
    SpanKind,
    Table,
    leaves,
)
from reader.document.document import Document, Position, Range
from reader.document.mapping import DEEPEST
from reader.document.outline import Outline
from reader.lean_dataclasses import replace

_Cut = Callable[[Leaf], Leaf | None]
"""A function that is called for each leaf in reading order, and returns the part to keep, or None."""


def section_range(document: Document, outline: Outline, number: int) -> Range:
    """The range of section `number`, its index in `outline.sections`, including its subsections."""
    section = outline.sections[number]
    following = (one.start for one in outline.sections[number + 1 :] if one.level <= section.level)
    return Range(section.start, next(following, Position(len(document.leaves))))


def part_of(document: Document, span: Range) -> Document:
    """The leaves and characters of `span`, with the footnotes that they refer to.

    Items of ordered lists keep their numbers. Containers nested deeper than 64 levels are kept as a whole.
    """
    numbers = count()
    labels: set[str] = set()

    def cut(leaf: Leaf) -> Leaf | None:
        number = next(numbers)
        kept = _kept(leaf, number, span)
        if kept is not None:
            labels.update(one.value for one in kept.text.spans if one.kind is SpanKind.FOOTNOTE)
        return kept

    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Footnotes):
            blocks += _footnotes(block, cut, labels)
        elif (kept := _pruned(block, cut, 0)) is not None:
            blocks.append(kept)
    return replace(document, blocks=tuple(blocks))


def _kept(leaf: Leaf, number: int, span: Range) -> Leaf | None:
    start = span.start.offset if number == span.start.block else 0
    end = span.end.offset if number == span.end.block else len(leaf.text.text)
    if not span.start.block <= number <= span.end.block or (number == span.end.block and not end):
        return None
    if isinstance(leaf, Rule) or (start == 0 and end >= len(leaf.text.text)):
        return leaf
    return replace(leaf, text=sliced(leaf.text, start, end)) if start < end else None


def sliced(inline: Inline, start: int, end: int) -> Inline:
    """The characters `start` to `end` (exclusive) of a text, with their spans."""
    spans = (
        Span(max(one.start, start) - start, min(one.end, end) - start, one.kind, one.value)
        for one in inline.spans
        if one.start < end and one.end > start
    )
    return Inline(inline.text[start:end], tuple(sorted(spans, key=lambda one: (one.start, -one.end))))


def _footnotes(block: Footnotes, cut: _Cut, labels: set[str]) -> Iterator[Block]:
    """The footnotes that lie in the part, and those to which the part refers."""
    notes = []
    for note in block.notes:
        kept = _each(note.blocks, cut, 0)
        if note.label in labels or kept:
            notes.append(note if note.label in labels else replace(note, blocks=kept))
    if notes:
        yield Footnotes(tuple(notes))


def _each(blocks: Iterable[Block], cut: _Cut, depth: int) -> tuple[Block, ...]:
    kept = [_pruned(block, cut, depth + 1) for block in blocks]
    return tuple(block for block in kept if block is not None)


def _pruned(block: Block, cut: _Cut, depth: int) -> Block | None:  # noqa: PLR0911 - one per kind
    if isinstance(block, Leaf):
        return cut(block)
    if depth >= DEEPEST:
        return block if sum(cut(leaf) is not None for leaf in leaves(block)) else None
    match block:
        case Quote(blocks):
            kept = _each(blocks, cut, depth)
            # The first block of a callout is its title; without it, the rest is an ordinary quotation.
            whole = bool(kept) and kept[0] is blocks[0]
            return replace(block, blocks=kept, kind=block.kind if whole else "") if kept else None
        case Details(summary, blocks):
            title, kept = cut(summary), _each(blocks, cut, depth)
            paragraph = title if isinstance(title, Paragraph) else Paragraph(Inline())
            return replace(block, summary=paragraph, blocks=kept) if title is not None or kept else None
        case ListBlock():
            items = tuple(_items(block, cut, depth))
            return replace(block, items=items) if items else None
        case DefinitionList(entries):
            definitions = [_definition(entry, cut, depth) for entry in entries]
            found = tuple(one for one in definitions if one.terms or one.blocks)
            return replace(block, entries=found) if found else None
        case Table():
            return _table(block, cut, depth)
        case Figure(blocks, caption):
            kept, below = _each(blocks, cut, depth), _each(caption, cut, depth)
            return replace(block, blocks=kept, caption=below) if kept or below else None
        case Footnotes():
            return next(_footnotes(block, cut, set()), None)


def _items(block: ListBlock, cut: _Cut, depth: int) -> Iterator[ListItem]:
    number = block.start - 1
    for item in block.items:
        number = number + 1 if item.number is None else item.number
        if kept := _each(item.blocks, cut, depth):
            yield replace(item, blocks=kept, number=number if block.ordered else item.number)


def _definition(entry: Definition, cut: _Cut, depth: int) -> Definition:
    terms = [cut(term) for term in entry.terms]
    kept = tuple(term for term in terms if isinstance(term, Paragraph))
    return replace(entry, terms=kept, blocks=_each(entry.blocks, cut, depth))


def _table(table: Table, cut: _Cut, depth: int) -> Table | None:
    caption = _each(table.caption, cut, depth)
    rows = [tuple([replace(cell, blocks=_each(cell.blocks, cut, depth)) for cell in row]) for row in table.rows]
    has_text = [any(cell.blocks for cell in row) for row in rows]
    if not caption and not any(has_text):
        return None
    if all(has_text):
        return replace(table, rows=tuple(rows), caption=caption)
    kept = tuple(row for row, kept in zip(rows, has_text, strict=True) if kept)
    return replace(table, rows=kept, caption=caption, header_rows=sum(has_text[: table.header_rows]))
