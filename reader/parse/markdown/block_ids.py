"""Block ids and ids of empty elements: names for links, which belong to the block that they are in or beside.

Block ids of Obsidian and Logseq stand at the end of a paragraph, or alone below another block: `^name`. Elements with
an id stand alone above a block: `<a id="name"></a>`.
"""

import re

from reader.document.blocks import Anchored, Block, Inline, Paragraph
from reader.lean_dataclasses import replace
from reader.parse.markdown.nodes import Children, Kind, Node
from reader.regex import regex

_BLOCK_ID = regex(r"(?:^|[ \t])\^(?=[A-Za-z0-9-]*[A-Za-z]|\d{6})([A-Za-z0-9-]+)[ \t]*$")
"""A block id; one of digits only must have six or more, as ids that Obsidian makes, because `^2` is a power."""
_LONE_ID = regex(r"\^([A-Za-z0-9-]+)")
_EMPTY_ELEMENTS = regex(r"(?:\s*<(a|span|b|i|em|strong)\s[^<>]*>\s*</\1\s*>)+\s*", re.IGNORECASE)


def without_block_id(children: Children) -> tuple[Children, str]:
    """Split a trailing block id from the nodes of a paragraph."""
    last = children[-1] if children else None
    if not isinstance(last, str) or "^" not in last:
        return children, ""
    if len(children) == 1 and (alone := _LONE_ID.fullmatch(last.strip())):
        return [], alone[1]
    found = _BLOCK_ID.search(last)
    if found is None:
        return children, ""
    before = last[: found.start()].rstrip()
    kept: Children = [*children[:-1], before] if before else list(children[:-1])
    while kept and isinstance(kept[-1], Node) and kept[-1].kind is Kind.SOFT_BREAK:
        kept.pop()
    return kept, found[1]


def lone_id(name: str) -> Block:
    """An empty paragraph with a block id, which `append` recognizes."""
    return Paragraph(Inline(), name)


def lone_id_of(text: str) -> Block | None:
    """The same if the text of a paragraph is only a block id, else None."""
    found = _LONE_ID.fullmatch(text.strip())
    return lone_id(found[1]) if found else None


def empty_elements(node: Node) -> str:
    """The HTML of a paragraph that has only empty elements, whose ids may be for the block below; else empty."""
    first = node.children[0] if node.kind is Kind.PARAGRAPH and node.children else None
    if not isinstance(first, Node) or first.kind is not Kind.HTML:
        return ""
    pieces: list[str] = []
    for child in node.children:
        if isinstance(child, str):
            pieces.append(child)
        elif child.kind is Kind.HTML:
            pieces.append(child.value)
        elif child.kind is not Kind.SOFT_BREAK:
            return ""
    tags = "".join(pieces)
    return tags if _EMPTY_ELEMENTS.fullmatch(tags) else ""


def append(made: list[Block], blocks: list[Block]) -> None:
    """Append blocks; a lone block id is given to the block above, as Obsidian does below lists and tables.

    If there is no block above, the id waits for the next block; `settled` drops it if none follows.
    """
    anchor = _lone_anchor(blocks)
    if anchor and made:
        made[-1] = with_anchor(made[-1], anchor)
    elif (waiting := _lone_anchor(made)) and blocks:
        made[:] = [with_anchor(blocks[0], waiting), *blocks[1:]]
    else:
        made += blocks


def settled(made: list[Block]) -> list[Block]:
    """The blocks that `append` has collected, without a block id that belongs to none of them."""
    return [] if _lone_anchor(made) else made


def _lone_anchor(blocks: list[Block]) -> str:
    """The block id if there is one block and it is a lone block id; else empty."""
    only = blocks[0] if len(blocks) == 1 else None
    return only.anchor if isinstance(only, Paragraph) and not only.text else ""


def with_anchor(block: Block, name: str) -> Block:
    """A copy of a block with one more name for links, or the same block if it cannot have names."""
    return replace(block, anchor=f"{block.anchor} {name}".strip()) if isinstance(block, Anchored) else block
