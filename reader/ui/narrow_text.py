"""The strips of all widgets on terminals that draw characters of ambiguous width two cells wide."""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from reader.settings.options import Typesetting
from reader.ui.ambiguous_width import narrowed


class NarrowText(LineFilter):
    """Applies `narrowed` to strips, for such a terminal or for one without box-drawing characters."""

    def __init__(self, typesetting: Typesetting) -> None:
        super().__init__(enabled=typesetting.ambiguous_width == 2 or typesetting.ascii_borders)
        self._typesetting = typesetting

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with the same width."""
        del background
        return narrowed(segments, self._typesetting)
