"""An app whose frames end with pictures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.driver import Driver
from textual.filter import LineFilter
from textual.geometry import Region, Size
from textual.screen import Screen

from reader.settings.options import PictureStyle
from reader.ui.graphics_detection import GraphicsDetection
from reader.ui.picture_output import PictureOutput
from reader.ui.placeholder_ink import PlaceholderInk
from reader.ui.terminal_replies import TerminalReplies, terminal_writer

if TYPE_CHECKING:
    from textual.timer import Timer

_REST = 0.08
"""Seconds for which a picture must rest before it is drawn, so that none is sent while the page is scrolled."""


class PictureApp(App[None]):
    """Sends pictures with each frame.

    Attributes:
        terminal_replies: Receives the terminal's replies to queries, and its reports.
        picture_output: Sends pictures to the terminal.
        graphics_detection: Asks the terminal which pictures it can show.
    """

    def __init__(self, style: PictureStyle, driver: type[Driver] | None, *, ansi_color: bool | None) -> None:
        """Show pictures in a style; the other options are those of Textual's own app."""
        super().__init__(driver_class=driver, ansi_color=ansi_color)
        self.terminal_replies = TerminalReplies()
        self.picture_output = PictureOutput(self._draw_pictures_later)
        self.graphics_detection = GraphicsDetection(self, style, self.terminal_replies, self.picture_output)
        self._picture_ink = PlaceholderInk(lambda: self.picture_output.ink)
        self._send_pictures = terminal_writer(self)
        self._known_size = Size(0, 0)
        self._written_regions: Sequence[Region] = ()
        self._drawing_timer: Timer | None = None

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Keep the colours of the cells of pictures."""
        return [*super().get_line_filters(), self._picture_ink]

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Display a frame, and remember which regions it writes over."""
        if self._known_size != self.size:
            self._known_size = self.size
            self.graphics_detection.resized()
        if isinstance(renderable, LayoutUpdate):
            self._written_regions = (renderable.region,)
        elif isinstance(renderable, ChopsUpdate):
            self._written_regions = [Region(start, y, end - start, 1) for y, start, end in renderable.spans]
        super()._display(screen, renderable)

    def _end_update(self) -> None:
        """Send pictures before the terminal shows the frame."""
        written, self._written_regions = self._written_regions, ()
        self._send_pictures(self.picture_output.after_frame(written))
        super()._end_update()

    def _draw_pictures_later(self) -> None:
        if self._drawing_timer is not None:
            self._drawing_timer.stop()
        self._drawing_timer = self.set_timer(_REST, self._draw_pictures)

    def _draw_pictures(self) -> None:
        self._drawing_timer = None
        self._send_pictures(self.picture_output.draw_resting())


def output_of(app: App[Any]) -> PictureOutput:
    """Return the picture output of an app."""
    assert isinstance(app, PictureApp)  # noqa: S101 - every app is one
    return app.picture_output
