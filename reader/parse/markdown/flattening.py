"""The plain text of nodes that are nested too deep, and the release of the library's trees."""

from collections.abc import Sequence
from typing import Any

from reader.parse.markdown.nodes import Kind, Node

# Classes of the library's values, by name.
_LITERAL = frozenset(("Text", "Code", "HtmlInline", "Math", "CodeBlock", "HtmlBlock"))
_BREAKS = frozenset(("SoftBreak", "LineBreak"))
_INLINE = _LITERAL - {"CodeBlock", "HtmlBlock"} | _BREAKS | {
    "ShortCode",
    "Strong", "Emph", "Strikethrough", "Highlight", "Superscript", "Subscript", "Link", "Image", "WikiLink",
    "FootnoteReference",
}  # fmt: skip


def flattened(raws: Sequence[Any]) -> list[Node | str]:
    """Return the text of nodes of the library: a paragraph for each block with text, a string for inline nodes."""
    made: list[Node | str] = []
    pieces: list[str] = []
    waiting = [*reversed(raws)]
    while waiting:
        raw = waiting.pop()
        value = raw.node_value
        name = type(value).__name__
        if name not in _INLINE and pieces:
            made.append(Node(Kind.PARAGRAPH, None, ["".join(pieces)]))
            pieces = []
        if name in _BREAKS:
            pieces.append(" ")
        elif name in _LITERAL:
            pieces.append(getattr(value.value, "literal", value.value))
        elif name == "ShortCode":
            pieces.append(value.value.emoji)
        waiting += reversed(raw.children)
    text = "".join(pieces)
    if all(type(raw.node_value).__name__ in _INLINE for raw in raws):
        return [text]
    return [*made, Node(Kind.PARAGRAPH, None, [text])] if text else made


def release(root: Any) -> None:
    """Take a tree apart: the garbage collector does not see its cycles, and would never free it."""
    level = [root]
    while level:
        lower: list[Any] = []
        for node in level:
            if children := node.children:
                node.children = []
                lower += children
        level = lower
