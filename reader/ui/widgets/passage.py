"""A static text with the same line breaking as the page."""

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from reader.settings.options import Settings, Typesetting
from reader.ui import late

if TYPE_CHECKING:
    from textual.timer import Timer

_ROWS = 2
"""Rows of a text that may have a shorter form."""


class Passage(Widget):
    """A wrapped text with automatic height."""

    DEFAULT_CSS = "Passage { width: 100%; height: auto; text-wrap: nowrap; }"

    def __init__(self, text: str = "", *, id: str, parts: bool = False) -> None:  # noqa: A002 - Textual's name
        """Show `text`; with `parts`, lines break only at the `·` between parts."""
        super().__init__(id=id)
        self._text = text
        self._parts = parts
        self._style: Style | None = None
        self._shorter = ""
        self._said = ""
        self._timer: Timer | None = None

    @property
    def text(self) -> str:
        """The text."""
        return self._text

    def show(self, text: str, style: Style | None = None, *, shorter: str = "") -> None:
        """Replace the text, with an optional style; where it needs more than two rows, `shorter` is shown instead."""
        self._text, self._style, self._shorter, self._said = text, style, shorter, ""
        self.refresh(layout=True)

    def say(self, text: str, seconds: float) -> None:
        """Show another text for some seconds, or until the text is replaced."""
        self._said = text
        self.refresh(layout=True)
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(seconds, lambda: self.show(self._text, self._style, shorter=self._shorter))

    def _lines(self, width: int) -> tuple[str, ...]:
        # Apps other than the reader have no settings.
        settings: Settings = getattr(self.app, "settings", Settings())
        lines = _set(self._said or self._text, width, settings.typesetting, parts=self._parts)
        if self._shorter and not self._said and len(lines) > _ROWS:
            return _set(self._shorter, width, settings.typesetting, parts=self._parts)
        return lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of rows at a width in cells."""
        del container, viewport
        return len(self._lines(width)) if self._said or self._text else 0

    def render(self) -> Content:
        """Render the wrapped lines."""
        lines = "\n".join(self._lines(self.content_size.width))
        return Content(lines) if self._style is None else Content.from_rich_text(Text(lines, self._style))


@lru_cache(maxsize=8)
def _set(text: str, width: int, typesetting: Typesetting, *, parts: bool) -> tuple[str, ...]:
    return tuple((late.set_parts if parts else late.set_plain)(text, width, typesetting))
