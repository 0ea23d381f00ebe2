"""The part of a document that an embedded note shows: all of it, a section, or a block."""

from collections.abc import Sequence

from reader.document.blocks import Block, CodeBlock, Heading, Inline, Leaf, ListBlock, Paragraph, leaves
from reader.document.document import Document, Position
from reader.lean_dataclasses import replace
from reader.linking.fragments import anchored_containers, place_of

_MOST_CHARACTERS = 8_000
_MOST_LEAVES = 300
"""Maximum size of a part that is shown: longer ones are cut."""


def transcluded_part(document: Document, fragment: str) -> tuple[Block, ...] | None:
    """The blocks that an embedded note shows, without the repeated title, at most some pages of them.

    Args:
        document: The document that is embedded.
        fragment: A heading, of which the section is shown, or a block id; empty for the whole document.

    Returns:
        The blocks; None if the fragment means no place in the document.
    """
    place = place_of(document, fragment)
    if place is None:
        return None
    blocks = document.blocks if not fragment else _from(document, place, fragment)
    shown = [block for block in blocks if not (isinstance(block, Heading) and block.level == 0)]
    return tuple(_limited(shown))


def _from(document: Document, place: Position, fragment: str) -> Sequence[Block]:
    """The section whose heading is at a place, or the block there."""
    if named := dict(reversed([*anchored_containers(document)])).get(fragment.removeprefix("^")):
        return [named]
    firsts = document.first_leaves
    number = max((at for at, first in enumerate(firsts) if first <= place.block), default=0)
    block = document.blocks[number] if document.blocks else None
    if block is None:
        return ()
    if isinstance(block, Heading) and not fragment.startswith("^"):
        end = number + 1
        while end < len(document.blocks):
            other = document.blocks[end]
            if isinstance(other, Heading) and other.level <= block.level:
                break
            end += 1
        return document.blocks[number:end]
    leaf = document.leaves[place.block]
    return [_innermost(block, leaf)]


def _innermost(block: Block, leaf: Leaf) -> Block:
    """If a leaf begins an item of a list, a list of that item with its nested blocks; else the block."""
    while isinstance(block, ListBlock):
        item = next(item for item in block.items if any(_holds(child, leaf) for child in item.blocks))
        if item.blocks[0] is leaf:
            return replace(block, items=(item,))
        block = next(child for child in item.blocks if _holds(child, leaf))
    return block


def _holds(block: Block, leaf: Leaf) -> bool:
    return any(one is leaf for one in leaves(block))


def _limited(blocks: Sequence[Block]) -> list[Block]:
    """As many blocks as may be shown; of a long text its beginning."""
    found: list[Block] = []
    characters = count = 0
    for block in blocks:
        own = list(leaves(block))
        characters += sum(len(leaf.text.text) for leaf in own)
        count += len(own)
        if characters > _MOST_CHARACTERS or count > _MOST_LEAVES:
            if not found and isinstance(block, Paragraph | CodeBlock):
                found.append(replace(block, text=_cut(block.text)))
            break
        found.append(block)
    return found


def _cut(text: Inline) -> Inline:
    spans = tuple(
        replace(span, end=min(span.end, _MOST_CHARACTERS)) for span in text.spans if span.start < _MOST_CHARACTERS
    )
    return Inline(text.text[:_MOST_CHARACTERS].rstrip("\n") + " …", spans)
