"""An app whose frames end with pictures."""

from collections.abc import Sequence
from typing import Any

from rich.console import RenderableType
from textual.app import App
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen

from reader.settings.options import PictureStyle
from reader.ui.terminal_pictures import TerminalPictures
from reader.ui.terminal_replies import TerminalReplies


class PictureApp(App[None]):
    """Sends pictures with each frame.

    Attributes:
        terminal_replies: Receives what the terminal replies to queries, and its reports.
        terminal_pictures: The pictures on the terminal.
    """

    def __init__(self, style: PictureStyle, driver: type[Driver] | None, *, ansi_color: bool | None) -> None:
        """Show pictures in a style; the other options are those of Textual's own app."""
        super().__init__(driver_class=driver, ansi_color=ansi_color)
        self.terminal_replies = TerminalReplies()
        self.terminal_pictures = TerminalPictures(self, style, self.terminal_replies)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Keep the colours of the cells of pictures."""
        return [*super().get_line_filters(), self.terminal_pictures.ink]

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Display a frame, and pictures after it."""
        self.terminal_pictures.begin_frame(renderable)
        super()._display(screen, renderable)

    def _end_update(self) -> None:
        """Send pictures before the terminal shows the frame."""
        self.terminal_pictures.end_frame()
        super()._end_update()
