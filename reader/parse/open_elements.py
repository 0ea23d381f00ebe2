"""The stack of open block elements, and the scope of end tags."""

from reader.parse.frames import BlockFrame, CellFrame, DefinitionsFrame, Frame, ListFrame, TableFrame
from reader.parse.inline import InlineBuilder
from reader.parse.open_languages import OpenLanguages

TABLE_PARTS = frozenset(("table", "tr", "td", "th", "thead", "tbody", "tfoot", "caption"))
_ROWS = frozenset(("tr", "thead", "tbody", "tfoot"))


class Stack:
    """Open block elements. Closing one adds its blocks to its parent and closes the inline elements inside.

    The text in an element must be flushed before the element is closed.

    Attributes:
        frames: The open elements, innermost last; the first is the body.
    """

    def __init__(self, flow: InlineBuilder, languages: OpenLanguages) -> None:
        self.frames: list[Frame] = [BlockFrame("", 0)]
        self._flow = flow
        self._languages = languages

    def push(self, frame: Frame) -> None:
        """Open an element."""
        self.frames.append(frame)

    def close_to(self, size: int) -> None:
        """Close the innermost elements until `size` are left."""
        while len(self.frames) > size:
            self.close_innermost()

    def close_innermost(self, *, ended: bool = False) -> None:
        """Close an element; `ended` if the source has its end tag."""
        frame = self.frames.pop()
        frame.close(self.frames[-1], ended=ended)
        self._flow.truncate(frame.depth)
        if self._languages:
            self._languages.close(len(self.frames))

    def end(self, tag: str) -> None:
        """Handle an end tag: close the innermost element of that name in scope, and everything inside it."""
        for place in range(len(self.frames) - 1, 0, -1):
            frame = self.frames[place]
            if frame.tag == tag:
                self.close_to(place + 1)
                self.close_innermost(ended=True)
                return
            if isinstance(frame, TableFrame):
                if tag in _ROWS:
                    self.close_to(place + 1)
                    frame.table.close_row()
                    frame.table.in_head = frame.table.in_head and tag == "tr"
                return
            if _ends_scope(frame, tag):
                return

    def nearest(self, wanted: type[Frame], through: type[Frame]) -> int | None:
        """Return the index of the innermost `wanted` frame in scope, ignoring transparent and `through` frames."""
        for place in range(len(self.frames) - 1, 0, -1):
            frame = self.frames[place]
            if isinstance(frame, wanted):
                return place
            if not frame.passing and not isinstance(frame, through):
                return None
        return None

    def table(self) -> TableFrame | None:
        """Close everything inside the innermost table and return it; None if there is no table."""
        for place in range(len(self.frames) - 1, 0, -1):
            frame = self.frames[place]
            if isinstance(frame, TableFrame):
                self.close_to(place + 1)
                return frame
        return None


def continues(implied: Frame, tag: str) -> bool:
    """Whether an element continues an implied list."""
    return tag == "li" if isinstance(implied, ListFrame) else tag in ("dt", "dd")


def _ends_scope(frame: Frame, tag: str) -> bool:
    """Whether this frame ends the scope of an end tag (HTML, “has an element in scope”)."""
    if isinstance(frame, CellFrame) or frame.tag == "caption":
        return tag not in TABLE_PARTS
    if tag == "p":
        return not frame.passing
    return (tag == "li" and isinstance(frame, ListFrame)) or (
        tag in ("dt", "dd") and isinstance(frame, DefinitionsFrame)
    )
