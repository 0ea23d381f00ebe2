"""Nested lists in HTML, from items that state their depth."""

from collections.abc import Iterable
from typing import NamedTuple


class MarkedItem(NamedTuple):
    """An item of a list: its depth or indent, the element of its list (`ul` or `ol`), and its content in HTML."""

    depth: int
    tag: str
    html: str


def list_html(items: Iterable[MarkedItem]) -> str:
    """Return items as lists: a deeper item is within the item above it; another element at a depth begins a list."""
    made: list[str] = []
    opened: list[tuple[int, str]] = []
    for item in items:
        here = (item.depth, item.tag)
        while opened and opened[-1] != here and opened[-1][0] >= item.depth:
            made.append(f"</li></{opened.pop()[1]}>")
        if opened and opened[-1] == here:
            made.append("</li>")
        else:
            made.append(f"<{item.tag}>")
            opened.append(here)
        made.append(f"<li>{item.html}")
    made += (f"</li></{tag}>" for _depth, tag in reversed(opened))
    return "".join(made)
