"""Marks the invalid part of a query in its input."""

from rich.highlighter import Highlighter
from rich.style import Style as Paint
from rich.text import Text

from reader.ui.colours import Colours


class MistakeHighlighter(Highlighter):
    """Underlines the invalid part of a query.

    Attributes:
        span: Its start and end offset; None if the query is valid.
    """

    def __init__(self, colours: Colours) -> None:
        """Underline in the colour of errors."""
        self.span: tuple[int, int] | None = None
        self._paint = colours.role("error") + Paint(underline=True)

    def highlight(self, text: Text) -> None:
        """Underline the invalid part."""
        if self.span is not None:
            start, end = self.span
            text.stylize(self._paint, min(start, max(0, len(text) - 1)), end)
