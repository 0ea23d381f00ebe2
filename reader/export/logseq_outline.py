"""Documents as blocks of Logseq: every paragraph and list item is a bullet, nested below the heading of its section.

Logseq takes each line that begins with a hyphen for a block of its own, so the items of a list become blocks.
"""

from collections.abc import Collection, Iterator, Sequence

from reader.document.blocks import Block, DefinitionList, Details, Figure, Heading, ListBlock, ListItem
from reader.document.document import Document
from reader.export.markdown_blocks import BlockWriter, TextLines, unwrapped
from reader.export.markdown_context import MarkdownContext
from reader.export.markdown_notes import FootnoteReferences

_NUMBERED = "logseq.order-list-type:: number"
"""The property of a block that is an item of a numbered list."""

_DEEPEST = 20
"""The maximum depth of nested lists; deeper ones are flattened."""


def logseq_outline(document: Document, *, marks_with_signs: bool = False, named: Collection[str] = ()) -> str:
    """The blocks of a document without its repeated title, as the lines of a page; see `MarkdownContext`."""
    writer = _OutlineWriter(MarkdownContext(FootnoteReferences(document), marks_with_signs, named))
    return "\n".join(writer.lines(document.blocks))


class _OutlineWriter:
    def __init__(self, context: MarkdownContext) -> None:
        self._notes = context.notes
        self._writer = BlockWriter(context, 0)

    def lines(self, blocks: Sequence[Block]) -> Iterator[str]:
        """The lines of blocks and of their footnotes."""
        levels: list[int] = []
        for block in unwrapped(blocks, 0):
            if isinstance(block, Heading) and block.level:
                while levels and levels[-1] >= block.level:
                    levels.pop()
                yield from self._block(block, len(levels))
                levels.append(block.level)
            else:
                yield from self._block(block, len(levels))
        for name, note in self._notes.referred():
            yield from _bullet(self._writer.note(name, note), 0)
        for note in self._notes.unreferred():
            yield from self._blocks(note.blocks, 0)

    def _blocks(self, blocks: Sequence[Block], depth: int) -> Iterator[str]:
        for block in unwrapped(blocks, depth):
            yield from self._block(block, depth)

    def _block(self, block: Block, depth: int) -> Iterator[str]:
        match block:
            case ListBlock(items, ordered):
                for item in items:
                    yield from self._item(item, depth, ordered=ordered)
            case Details(summary, blocks):
                yield from self._block(summary, depth)
                yield from self._blocks(blocks, _below(depth))
            case Figure(blocks, caption):
                yield from self._blocks((*blocks, *caption), depth)
            case DefinitionList(entries):
                for entry in entries:
                    yield from self._blocks(entry.terms, depth)
                    yield from self._blocks(entry.blocks, _below(depth))
            case _:
                for lines in self._writer.each((block,)):
                    yield from _bullet(lines, depth)

    def _item(self, item: ListItem, depth: int, *, ordered: bool) -> Iterator[str]:
        blocks = [*unwrapped(item.blocks, depth)]
        state = "" if item.checked is None else "DONE " if item.checked else "TODO "
        if not blocks and not state:
            return
        # A block that consists of bullets itself is nested below an empty bullet.
        has_head = blocks and not isinstance(blocks[0], ListBlock | Details | Figure | DefinitionList)
        head: TextLines = self._writer.all(blocks[:1], 0) if has_head else []
        head = [f"{state}{head[0] if head else ''}", *head[1:]]
        yield from _bullet([*head, _NUMBERED] if ordered else head, depth)
        for block in blocks[1:] if has_head else blocks:
            yield from self._block(block, _below(depth))


def _below(depth: int) -> int:
    return min(depth + 1, _DEEPEST)


def _bullet(lines: Sequence[str], depth: int) -> Iterator[str]:
    indent = "\t" * depth
    for number, line in enumerate(lines):
        yield f"{indent}{'  ' if number else '- '}{line}".rstrip()
