"""A filter that keeps the colour of the placeholders of pictures, which is part of a picture's number."""

from collections.abc import Callable

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from reader.graphics.kitty import PLACEHOLDER


class PlaceholderInk(LineFilter):
    """Restores the colour of placeholders after other filters and dimming."""

    def __init__(self, ink: Callable[[], Style]) -> None:
        """Use the style that `ink` returns."""
        super().__init__()
        self._ink = ink

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with unchanged texts."""
        del background
        if not any(segment.text.startswith(PLACEHOLDER) for segment in segments):
            return segments
        ink = self._ink()
        return [
            Segment(one.text, (one.style or ink) + ink, one.control) if one.text.startswith(PLACEHOLDER) else one
            for one in segments
        ]
