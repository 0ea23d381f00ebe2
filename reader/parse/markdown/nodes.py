"""The tree that a Markdown text is parsed into."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

NESTING = 60
"""Nodes around one text; what is nested deeper was not written by a person."""


class Kind(StrEnum):
    """What a node is. The comment says what its `value` holds, where it holds anything."""

    DOCUMENT = "document"
    PARAGRAPH = "paragraph"
    HEADING = "heading"  # int: the level
    CODE_BLOCK = "code block"  # (info string, literal)
    HTML_BLOCK = "html block"  # str
    RULE = "rule"
    QUOTE = "quote"
    CALLOUT = "callout"  # (kind, fold: None, True = folded, False = open)
    CALLOUT_TITLE = "callout title"
    DIRECTIVE = "directive"  # (info string, whether its closing fence is there)
    LIST = "list"  # (ordered, start)
    ITEM = "item"  # bool | None: whether its box is checked
    DEFINITIONS = "definitions"
    DEFINITION = "definition"
    TERM = "term"
    DETAILS = "details"
    TABLE = "table"  # tuple[str, ...]: "left", "center", "right" or "" a column
    ROW = "row"  # bool: whether it is the head
    CELL = "cell"
    FOOTNOTE = "footnote"  # (name, how often the text refers to it)

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
    LINK = "link"  # str: where it leads
    IMAGE = "image"  # str: its address
    WIKILINK = "wikilink"  # (target, whether it embeds what it names)
    REFERENCE = "reference"  # str: the name of a footnote
    MATH = "math"  # (TeX, whether it is displayed)


@dataclass(slots=True)
class Node:
    """A piece of Markdown; text among its children is a plain string."""

    kind: Kind
    value: Any
    children: list["Node | str"]


class NestedTooDeepError(Exception):
    """The text is nested beyond all writing."""
