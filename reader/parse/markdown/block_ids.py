"""Block ids and ids of empty elements: link targets for the block that they are in or next to.

Block ids of Obsidian and Logseq stand at the end of a paragraph, or alone below another block: `^name`. Elements with
an id stand alone above a block: `<a id="name"></a>`.
"""

import re

from reader.document.blocks import Block, Inline, Paragraph
from reader.parse.element_ids import with_anchor
from reader.parse.markdown.nodes import Children, Kind, Node
from reader.regex import regex

_BLOCK_ID = regex(r"(?:^|[ \t])\^(?=[A-Za-z0-9-]*[A-Za-z]|\d{6})([A-Za-z0-9-]+)[ \t]*$")
"""A block id; an id of digits only has six or more, like the ids that Obsidian generates, because `^2` is a power."""
_LONE_ID = regex(r"\^([A-Za-z0-9-]+)")
_BREAK = regex(r"(?i)<br\s*/?>")
_ATTRIBUTES = regex(r"\s*\{:?\s*(?=[#.])((?:[#.][\w:.-]+\s*|[\w-]+=(?:\"[^\"]*\"|\S+)\s*)+)\}\s*$")
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


def without_attributes(children: Children) -> tuple[Children, str]:
    """The nodes of a heading without trailing attributes (`{#name .class}`), and the name in the attributes."""
    last = children[-1] if children else None
    found = _ATTRIBUTES.search(last) if isinstance(last, str) and "}" in last else None
    if not found or not isinstance(last, str):
        return children, ""
    name = re.search(r"#([\w:.-]+)", found[1])
    return [*children[:-1], last[: found.start()]], name[1] if name else ""


def lone_id(name: str) -> Block:
    """An empty paragraph with a block id, which `append` recognizes."""
    return Paragraph(Inline(), name)


def lone_id_of(text: str) -> Block | None:
    """An empty paragraph with the block id if the text of a paragraph is nothing else, else None."""
    found = _LONE_ID.fullmatch(text.strip())
    return lone_id(found[1]) if found else None


def empty_elements(node: Node) -> str:
    """The HTML of a paragraph that has only empty elements, whose ids may be for the block below; else empty."""
    return _html_of_empty(node.children) if node.kind is Kind.PARAGRAPH else ""


def without_last_line_of_elements(node: Node) -> tuple[Node, str]:
    """Split off the empty elements on the last line of a paragraph, as HTML: their ids are for the block below."""
    children = node.children
    end = len(children) if node.kind is Kind.PARAGRAPH else 0
    while end and _is_break(children[end - 1]):
        end -= 1
    if not end or not _is_tag(children[end - 1]):
        return node, ""
    line = next((at for at in range(end - 1, 0, -1) if _is_break(children[at])), end)
    tags = _html_of_empty(children[line + 1 : end])
    return (Node(node.kind, node.value, children[:line]), tags) if tags else (node, "")


def _is_tag(node: Node | str) -> bool:
    return isinstance(node, Node) and node.kind is Kind.HTML and not _BREAK.fullmatch(node.value)


def _is_break(node: Node | str) -> bool:
    return isinstance(node, Node) and (
        node.kind is Kind.HARD_BREAK or (node.kind is Kind.HTML and _BREAK.fullmatch(node.value) is not None)
    )


def _html_of_empty(children: Children) -> str:
    """The HTML of nodes if they are only empty elements; else empty."""
    if not any(map(_is_tag, children[:2])):
        return ""
    pieces: list[str] = []
    for child in children:
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
    """The blocks that `append` has collected, without a block id that still waits for a block."""
    return [] if _lone_anchor(made) else made


def _lone_anchor(blocks: list[Block]) -> str:
    """The block id if there is one block and it is a lone block id; else empty."""
    only = blocks[0] if len(blocks) == 1 else None
    return only.anchor if isinstance(only, Paragraph) and not only.text else ""
