"""Block ids of Obsidian and Logseq: `^name` at the end of a paragraph, or alone below another block."""

from reader.document.blocks import Anchored, Block, Inline, Paragraph
from reader.lean_dataclasses import replace
from reader.parse.markdown.nodes import Children, Kind, Node
from reader.regex import regex

_BLOCK_ID = regex(r"(?:^|[ \t])\^(?=[A-Za-z0-9-]*[A-Za-z]|\d{6})([A-Za-z0-9-]+)[ \t]*$")
"""A name; digits alone only if they are as many as in a name that Obsidian makes, since `^2` is a power."""
_LONE_ID = regex(r"\^([A-Za-z0-9-]+)")


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
    """A paragraph that is only a block id, for `append`."""
    return Paragraph(Inline(), name)


def lone_id_of(text: str) -> Block | None:
    """The same for the text of a paragraph; None if it is anything else."""
    found = _LONE_ID.fullmatch(text.strip())
    return lone_id(found[1]) if found else None


def append(made: list[Block], blocks: list[Block]) -> None:
    """Append blocks; a lone block id is given to the block above, as Obsidian does below lists and tables."""
    only = blocks[0] if len(blocks) == 1 else None
    if isinstance(only, Paragraph) and only.anchor and not only.text:
        if made:
            made[-1] = with_anchor(made[-1], only.anchor)
    else:
        made += blocks


def with_anchor(block: Block, name: str) -> Block:
    """A block with one more name that links refer to, if it can have any."""
    return replace(block, anchor=f"{block.anchor} {name}".strip()) if isinstance(block, Anchored) else block
