"""The tree that a Markdown text is parsed into."""

from enum import StrEnum
from typing import Any

from reader.lean_dataclasses import dataclass

NESTING = 60
"""The maximum number of nodes around a text; nobody writes text that is nested deeper."""


class Kind(StrEnum):
    """The kinds of nodes. A comment gives the type of `value`, if it has one."""

    DOCUMENT = "document"
    PARAGRAPH = "paragraph"
    HEADING = "heading"  # int: the level
    CODE_BLOCK = "code block"  # (info string, literal)
    HTML_BLOCK = "html block"  # str
    RULE = "rule"
    QUOTE = "quote"
    CALLOUT = "callout"  # (kind, fold: None, True = collapsed, False = open)
    CALLOUT_TITLE = "callout title"
    DIRECTIVE = "directive"  # (info string, whether it has a closing fence)
    LIST = "list"  # (ordered, start)
    ITEM = "item"  # bool | None: whether it is checked, for a task
    DEFINITIONS = "definitions"
    DEFINITION = "definition"
    TERM = "term"
    DETAILS = "details"
    TABLE = "table"  # tuple[str, ...]: "left", "center", "right" or "" per column
    ROW = "row"  # bool: whether it is the header
    CELL = "cell"
    FOOTNOTE = "footnote"  # (name, number of references)

    SOFT_BREAK = "soft break"
    HARD_BREAK = "hard break"
    CODE = "code"  # str
    HTML = "html"  # str: one tag
    STRONG = "strong"
    EMPHASIS = "emphasis"
    STRIKE = "strike"
    MARKED = "marked"
    SUBSCRIPT = "subscript"
    SUPERSCRIPT = "superscript"
    LINK = "link"  # str: the target
    IMAGE = "image"  # str: the URL
    WIKILINK = "wikilink"  # (target, whether it is an embed)
    REFERENCE = "reference"  # str: the name of a footnote
    MATH = "math"  # (TeX, whether it is a display formula)

    # The hash of an enumeration takes several times as long, and every node is looked up by its kind.
    __hash__ = str.__hash__


@dataclass(slots=True)
class Node:
    """A node of the tree; text among its children is a plain string."""

    kind: Kind
    value: Any
    children: list["Node | str"]


Children = list[Node | str]
"""Nodes and text in order."""
