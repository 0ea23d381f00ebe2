"""A Textual filter that leaves the background of the page to the terminal."""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from reader.ui.transparency import without_paper


class TransparentPaper(LineFilter):
    """Applies `without_paper` to every strip of every widget.

    Attributes:
        paper: The background that is left to the terminal; if it is empty, the filter is disabled.
    """

    def __init__(self, paper: str = "") -> None:
        super().__init__(enabled=bool(paper))
        self.paper = paper

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments on the background of the terminal."""
        del background
        return without_paper(segments, self.paper)
