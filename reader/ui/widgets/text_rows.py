"""Wrapped lines of text that are scrolled, with nothing to choose."""

from collections.abc import Sequence

from rich.segment import Segment

from reader.layout.wrapping import set_plain
from reader.settings.options import Typesetting
from reader.ui.colours import Colours
from reader.ui.text_fitting import fitted
from reader.ui.widgets.rows import RowList

_MOST = 20_000
"""The maximum number of lines that are shown."""

PaintedLine = tuple[str, str, bool]
"""A line of text, its role in the theme, and whether it is bold."""


class TextRows(RowList):
    """Lines of text, wrapped."""

    SHOWS_CURSOR = False

    def __init__(self, colours: Colours, typesetting: Typesetting, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(colours, id=id)
        self._typesetting = typesetting
        self._lines: Sequence[PaintedLine] = ()
        self._rows: list[PaintedLine] = []
        self._set_for: tuple[Sequence[PaintedLine], int] | None = None

    def show(self, lines: Sequence[PaintedLine]) -> None:
        """Replace the lines."""
        if lines != self._lines:
            self._lines = lines[:_MOST]
            self.rebuild()

    def _set(self) -> list[PaintedLine]:
        key = self._lines, self.row_width
        if key != self._set_for:
            width = max(self.row_width, 1)
            self._rows = [
                (row, role, bold)
                for text, role, bold in self._lines
                for row in (set_plain(text, width, self._typesetting) or [""])
            ]
            self._set_for = key
        return self._rows

    def count(self) -> int:
        """The number of rows."""
        return len(self._set())

    def action_cursor(self, step: int) -> None:
        """Scroll, because there is nothing to choose."""
        self.scroll_to(y=self.scroll_y + step, animate=False)

    def action_cursor_to(self, number: int) -> None:
        """Scroll to the beginning, or to the end."""
        self.scroll_to(y=0 if number >= 0 else self.max_scroll_y, animate=False)

    def action_choose(self) -> None:
        """Do nothing, because there is nothing to choose."""

    def row(self, number: int, width: int, *, lit: bool) -> list[Segment]:
        """Render a row."""
        del lit
        text, role, bold = self._set()[number]
        return [Segment(fitted(text, width), self.colours.role(role, bold=bold))]
