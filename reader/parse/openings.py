"""Block elements that begin: which frame stands for each."""

from collections.abc import Callable, Mapping

from reader.document.blocks import Block
from reader.parse.frames import (
    AsideFrame,
    DefinitionsFrame,
    DetailsFrame,
    EmbedFrame,
    FigureFrame,
    Frame,
    HeadingFrame,
    Holder,
    ListFrame,
    QuoteFrame,
    TableFrame,
)
from reader.parse.tags import HEADINGS, Attributes, number, value

EMBEDS = {
    "video": "video",
    "audio": "audio",
    "iframe": "iframe",
    "object": "object",
    "embed": "object",
    "applet": "object",
}
"""Elements that are played or opened, and what kind each is."""
_STYLES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
_HOLDERS: Mapping[str, Callable[[str, int], Holder]] = {
    "blockquote": QuoteFrame,
    "dl": DefinitionsFrame,
    "table": TableFrame,
    "figure": FigureFrame,
    "details": DetailsFrame,
    "figcaption": AsideFrame,
    "summary": AsideFrame,
}


def frame_of(tag: str, attributes: Attributes, blocks: list[Block], depth: int) -> Frame:
    """The frame of an element that begins, but for items and parts of tables.

    Args:
        tag: Its name.
        attributes: Its attributes.
        blocks: Those of the element around it, which it passes its own to unless it holds them.
        depth: How many inline elements are open.
    """
    if holder := _HOLDERS.get(tag):
        return holder(tag, depth)
    if level := HEADINGS.get(tag):
        return HeadingFrame(tag, depth, level)
    if tag in ("ul", "ol", "menu", "dir"):
        return _list(tag, attributes, depth)
    if kind := EMBEDS.get(tag):
        source = value(attributes, "src") or value(attributes, "data-src") or value(attributes, "data")
        return EmbedFrame(tag, depth, kind, source, value(attributes, "title") or value(attributes, "aria-label"))
    return Frame(tag, blocks, depth)


def _list(tag: str, attributes: Attributes, depth: int) -> ListFrame:
    style = value(attributes, "type")
    if style not in ("a", "A", "i", "I"):
        css = value(attributes, "style").lower()
        style = next((one for name, one in _STYLES.items() if name in css), "1")
    start = number(attributes, "start")
    frame = ListFrame(tag, depth, start=1 if start is None else start, style=style)
    frame.reversed = "reversed" in attributes
    return frame
