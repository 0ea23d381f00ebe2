"""The mapping from block-level start tags to frames."""

import re
from collections.abc import Callable, Mapping

from reader.document.blocks import Block
from reader.parse.callouts import AsideBoxFrame, CalloutFrame, callout_kind
from reader.parse.frames import (
    AsideFrame,
    BlockFrame,
    DefinitionsFrame,
    DetailsFrame,
    EmbedFrame,
    FigureFrame,
    Frame,
    HeadingFrame,
    ListFrame,
    QuoteFrame,
    TableFrame,
)
from reader.parse.html_vocabulary import HEADINGS, Attributes, number, value
from reader.regex import regex

EMBEDS = {
    "video": "video",
    "audio": "audio",
    "iframe": "iframe",
    "object": "object",
    "embed": "object",
    "applet": "object",
}
"""Elements with embedded media, and their kinds."""
_STYLES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
_NOTE = regex("(?:foot|end|rear)note", re.IGNORECASE)
"""A word that distinguishes a note from other asides in `epub:type`, role, class or id (EPUB 3.3, DPUB-ARIA)."""
_CONTAINERS: Mapping[str, Callable[[str, int], BlockFrame]] = {
    "blockquote": QuoteFrame,
    "details": DetailsFrame,
    "dl": DefinitionsFrame,
    "table": TableFrame,
    "figure": FigureFrame,
    "figcaption": AsideFrame,
    "summary": AsideFrame,
    "aside": AsideBoxFrame,
}


def create_frame(tag: str, attributes: Attributes, blocks: list[Block], depth: int) -> Frame:
    """Create the frame for a start tag, except for list items and table parts.

    Args:
        tag: The tag name.
        attributes: The attributes.
        blocks: The blocks of the parent, to which a transparent element adds its own.
        depth: The number of open inline elements.
    """
    if tag in ("div", "aside") and (callout := callout_kind(attributes)):
        return CalloutFrame(tag, depth, callout)
    container = AsideFrame if tag == "aside" and _is_note(attributes) else _CONTAINERS.get(tag)
    if container is not None:
        frame = container(tag, depth)
        if isinstance(frame, DetailsFrame):
            frame.is_open = "open" in attributes
        return frame
    if level := HEADINGS.get(tag):
        return HeadingFrame(tag, depth, level)
    if tag in ("ul", "ol", "menu", "dir"):
        return _list(tag, attributes, depth)
    if kind := EMBEDS.get(tag):
        source = value(attributes, "src") or value(attributes, "data-src") or value(attributes, "data")
        return EmbedFrame(tag, depth, kind, source, value(attributes, "title") or value(attributes, "aria-label"))
    return Frame(tag, blocks, depth)


def _is_note(attributes: Attributes) -> bool:
    return any(_NOTE.search(value(attributes, name)) for name in ("epub:type", "role", "class", "id"))


def _list(tag: str, attributes: Attributes, depth: int) -> ListFrame:
    style = value(attributes, "type")
    if style not in ("a", "A", "i", "I"):
        css = value(attributes, "style").lower()
        style = next((one for name, one in _STYLES.items() if name in css), "1")
    start = number(attributes, "start")
    frame = ListFrame(tag, depth, start=1 if start is None else start, style=style)
    frame.reversed = "reversed" in attributes
    return frame
