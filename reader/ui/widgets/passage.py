"""A static text with the same line breaking as the page."""

from functools import lru_cache

from rich.style import Style
from rich.text import Text
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from reader.settings.options import Settings, Typesetting
from reader.ui import late


class Passage(Widget):
    """A wrapped text with automatic height."""

    DEFAULT_CSS = "Passage { width: 100%; height: auto; text-wrap: nowrap; }"

    def __init__(self, text: str = "", *, id: str, parts: bool = False) -> None:  # noqa: A002 - Textual's name
        """Show `text`; with `parts`, lines break only at the `·` between parts."""
        super().__init__(id=id)
        self._text = text
        self._parts = parts
        self._style: Style | None = None

    @property
    def text(self) -> str:
        """The text."""
        return self._text

    def show(self, text: str, style: Style | None = None) -> None:
        """Replace the text, with an optional style."""
        self._text, self._style = text, style
        self.refresh(layout=True)

    def _lines(self, width: int) -> tuple[str, ...]:
        # Apps other than the reader have no settings.
        settings: Settings = getattr(self.app, "settings", Settings())
        return _set(self._text, width, settings.typesetting, parts=self._parts)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of rows at a width in cells."""
        del container, viewport
        return len(self._lines(width)) if self._text else 0

    def render(self) -> Content:
        """Render the wrapped lines."""
        lines = "\n".join(self._lines(self.content_size.width))
        return Content(lines) if self._style is None else Content.from_rich_text(Text(lines, self._style))


@lru_cache(maxsize=8)
def _set(text: str, width: int, typesetting: Typesetting, *, parts: bool) -> tuple[str, ...]:
    return tuple((late.set_parts if parts else late.set_plain)(text, width, typesetting))
