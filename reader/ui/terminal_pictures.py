"""The terminal's graphics: asked for after the first paint, and used at the end of each frame."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.geometry import Region, Size

from reader.graphics.inquiry import PATTERNS, Inquiry
from reader.graphics.terminal_graphics import GraphicsProtocol
from reader.lean_dataclasses import replace
from reader.settings.options import PictureStyle
from reader.ui.cell_size import cell_pixels
from reader.ui.picture_output import PictureOutput
from reader.ui.placeholder_ink import PlaceholderInk
from reader.ui.terminal_replies import PATIENCE, TerminalReplies, terminal_writer

if TYPE_CHECKING:
    from textual.timer import Timer

_PATIENCE_IN_TMUX = 0.5
"""Seconds for which the reply of the terminal itself is awaited, after tmux has replied."""

_REST = 0.08
"""Seconds for which a picture has not moved before it is drawn: scrolling sends none of those that it passes."""

_FORCED = {
    PictureStyle.KITTY: GraphicsProtocol.KITTY,
    PictureStyle.SIXEL: GraphicsProtocol.SIXEL,
    PictureStyle.ITERM: GraphicsProtocol.ITERM,
}
_CELL_SIZE = "\x1b[16t"
"""The query of the size of a cell, which changes with the font."""


@runtime_checkable
class QueriedDriver(Protocol):
    """A driver that sets replies of the terminal apart from keys, and leaves the terminal clean."""

    before_leaving: Callable[[], str]


class TerminalPictures:
    """The pictures of an app on its terminal.

    Attributes:
        output: The way of pictures to the terminal.
        ink: A filter for the cells of pictures.
    """

    def __init__(self, app: App[Any], style: PictureStyle, replies: TerminalReplies) -> None:
        """Begin with half blocks, until the terminal has said in `replies` what it can show."""
        self._replies = replies
        self.output = PictureOutput(self._draw_later)
        self.ink = PlaceholderInk(lambda: self.output.ink)
        self._app = app
        self._style = style
        self._size = Size(0, 0)
        self._inquiry = Inquiry(cell_pixels())
        self._written: Sequence[Region] = ()
        self._timer: Timer | None = None
        self._end_timer: Timer | None = None
        self._send = terminal_writer(app)

    # Asking

    def ask(self) -> None:
        """Ask the terminal what it can show, unless pictures are wanted as text, or there are no colours."""
        driver = self._app._driver  # noqa: SLF001 - Textual does not make it public
        has_colours = self._app.console.color_system in ("256", "truecolor")
        if self._style in (PictureStyle.BLOCKS, PictureStyle.FRAME) or not has_colours:
            return
        if not isinstance(driver, QueriedDriver):
            return
        for pattern in PATTERNS:
            self._replies.on(pattern, lambda found: self._take(found[0]))
        driver.before_leaving = self.output.end
        self._ask(Inquiry.first)

    def _resized(self) -> None:
        """Ask for the size of a cell again."""
        if self._inquiry.is_complete and self.output.graphics.protocol is not GraphicsProtocol.BLOCKS:
            self._inquiry.assume_cell(cell_pixels())
            self._adapt_cell()
            self._ask(_CELL_SIZE)

    def _take(self, reply: str) -> None:
        was_complete = self._inquiry.is_complete
        self._ask(self._inquiry.take(reply))
        if self._inquiry.is_complete and not was_complete:
            self._adapt()
        elif was_complete:
            self._adapt_cell()
        elif self._inquiry.awaits_passage:
            self._end_after(_PATIENCE_IN_TMUX)

    def _ask(self, queries: str) -> None:
        if queries:
            self._replies.expect()
            self._send(queries)
            # Half blocks are shown meanwhile.
            self._end_after(PATIENCE)

    def _end_after(self, seconds: float) -> None:
        if self._end_timer is not None:
            self._end_timer.stop()
        self._end_timer = self._app.set_timer(seconds, self._end)

    def _end(self) -> None:
        if not self._inquiry.is_complete:
            self._inquiry.end()
            self._adapt()

    def _adapt_cell(self) -> None:
        if self.output.graphics.cell != self._inquiry.found.cell:
            self._adapt()

    def _adapt(self) -> None:
        found = self._inquiry.found
        self.output.adapt(replace(found, protocol=_FORCED.get(self._style, found.protocol)))

    # Frames

    def begin_frame(self, update: object) -> None:
        """Remember what a frame is about to write over."""
        if self._size != self._app.size:
            self._size = self._app.size
            self._resized()
        if isinstance(update, LayoutUpdate):
            self._written = (update.region,)
        elif isinstance(update, ChopsUpdate):
            self._written = [Region(start, y, end - start, 1) for y, start, end in update.spans]

    def end_frame(self) -> None:
        """Send pictures after the text of a frame."""
        written, self._written = self._written, ()
        self._send(self.output.after_frame(written))

    def _draw_later(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._app.set_timer(_REST, self._draw)

    def _draw(self) -> None:
        self._timer = None
        self._send(self.output.draw_resting())


def output_of(app: App[Any]) -> PictureOutput:
    """Return the way of pictures to the terminal of an app."""
    pictures = getattr(app, "terminal_pictures", None)
    assert isinstance(pictures, TerminalPictures)  # noqa: S101 - every app has them
    return pictures.output
