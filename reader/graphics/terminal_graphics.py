"""The graphics that a terminal supports."""

from enum import StrEnum

from reader.lean_dataclasses import dataclass

_ASSUMED_CELL = 10, 20
"""The size of a cell in pixels if the terminal does not report it: that of the VT340, for which sixels are defined."""


class GraphicsProtocol(StrEnum):
    """How pictures are sent to the terminal."""

    BLOCKS = "blocks"  # as half blocks, which are text
    KITTY = "kitty"  # by kitty's protocol, with Unicode placeholders
    SIXEL = "sixel"
    ITERM = "iterm"  # as inline files of iTerm2


@dataclass(frozen=True, slots=True)
class TerminalGraphics:
    """The graphics of a terminal.

    Attributes:
        protocol: How pictures are sent to it.
        cell: The width and height of a cell in pixels; None if the terminal does not report them.
        registers: The number of colours of a sixel picture.
        largest: The maximum width and height of a sixel picture in pixels; None without a limit.
        in_tmux: Whether kitty's sequences must be passed through tmux.
    """

    protocol: GraphicsProtocol = GraphicsProtocol.BLOCKS
    cell: tuple[int, int] | None = None
    registers: int = 256
    largest: tuple[int, int] | None = None
    in_tmux: bool = False

    @property
    def pixels(self) -> tuple[int, int]:
        """The width and height of a cell in pixels, as the terminal reports them, or else as assumed."""
        return self.cell or _ASSUMED_CELL
