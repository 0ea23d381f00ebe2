"""Detection of the pictures that a terminal can show, by queries after the first paint."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.app import App

from reader.graphics.inquiry import PATTERNS, Inquiry
from reader.graphics.terminal_graphics import GraphicsProtocol
from reader.lean_dataclasses import replace
from reader.settings.options import PictureStyle
from reader.ui.cell_size import cell_pixels
from reader.ui.picture_output import PictureOutput
from reader.ui.terminal_replies import PATIENCE, TerminalReplies, terminal_writer

if TYPE_CHECKING:
    from textual.timer import Timer

_PATIENCE_IN_TMUX = 0.5
"""Seconds for which the reply of the terminal itself is awaited, after tmux has replied."""

_FORCED = {
    PictureStyle.KITTY: GraphicsProtocol.KITTY,
    PictureStyle.SIXEL: GraphicsProtocol.SIXEL,
    PictureStyle.ITERM: GraphicsProtocol.ITERM,
}
_CELL_SIZE = "\x1b[16t"
"""The query of the size of a cell, which changes with the font."""


@runtime_checkable
class QueriedDriver(Protocol):
    """A driver that separates replies of the terminal from keys, and deletes pictures before it leaves the screen."""

    before_leaving: Callable[[], str]


class GraphicsDetection:
    """Asks the terminal of an app for its graphics and the size of its cells, and adapts the pictures to them."""

    def __init__(self, app: App[Any], style: PictureStyle, replies: TerminalReplies, output: PictureOutput) -> None:
        """Adapt `output` to the `replies` of the terminal; until they arrive, it shows half blocks."""
        self._replies = replies
        self._output = output
        self._app = app
        self._style = style
        self._inquiry = Inquiry(cell_pixels())
        self._end_timer: Timer | None = None
        self._send = terminal_writer(app)

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
        driver.before_leaving = self._output.end
        self._ask(Inquiry.first)

    def resized(self) -> None:
        """Ask for the size of a cell again: the font may have changed."""
        if self._inquiry.is_complete and self._output.graphics.protocol is not GraphicsProtocol.BLOCKS:
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
        if self._output.graphics.cell != self._inquiry.found.cell:
            self._adapt()

    def _adapt(self) -> None:
        found = self._inquiry.found
        self._output.adapt(replace(found, protocol=_FORCED.get(self._style, found.protocol)))
