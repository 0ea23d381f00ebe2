"""A Textual filter that leaves the background of the page to the terminal."""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from reader.ui.session import Session
from reader.ui.transparency import without_paper


class TransparentPaper(LineFilter):
    """Applies `without_paper` to every strip of every widget."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments on the background of the terminal."""
        del background
        return without_paper(segments, self._session)
