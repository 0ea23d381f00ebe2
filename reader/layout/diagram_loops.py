"""Edges from a node to itself, which termaid may draw as a branch of another edge to or from the node."""

import re
from collections import Counter
from collections.abc import Sequence

from reader.regex import regex

_LINK = r"(?:[-=.]>|---|===|\.-|[-=.][ox](?=[ \t|]))[ \t]*+(?:\|[^|\n]*+\|[ \t]*+)?"
"""The end of an edge, which may be an arrow, a line, a circle or a cross, with its text.

Possessive, because a row of blanks would take cubic time.
"""
_LOOP = regex(rf"(?m)^[ \t]*([\w.-]+)(?=[ \t\[({{-])[^\n]*?{_LINK}\1(?![\w.-])")
_KINDS = ("graph", "flowchart", "state")


def loops_of(source: str) -> Counter[str]:
    """Return the number of edges from a node to itself, for each node of a flow chart or state diagram that has any."""
    return Counter(found[1] for found in _LOOP.finditer(source)) if source.startswith(_KINDS) else Counter()


def has_true_arrows(rows: Sequence[str], loops: Counter[str], source: str) -> bool:
    """Whether the drawing of a source tells the edges from a node to itself from all others.

    It does if no other edge leads to the node, and if no arrow ends where another edge leaves the node.
    """
    if any(len(re.findall(rf"{_LINK}{re.escape(node)}(?![\w.-])", source)) > count for node, count in loops.items()):
        return False
    return not loops or not any("├◄" in row or "►┤" in row for row in rows)
