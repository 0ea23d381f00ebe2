"""How pictures are scaled for what the terminal can show."""

from typing import TYPE_CHECKING

from reader.graphics.kitty import MOST as MOST_CELLS
from reader.graphics.terminal_graphics import GraphicsProtocol, TerminalGraphics
from reader.ui import late

if TYPE_CHECKING:
    from reader.reading.picture_scaling import Scaling

_MOST_PIXELS = 4 * 2**20
"""The maximum number of pixels of a picture that is sent: a screen of 2,560 × 1,600."""


def scalings(graphics: TerminalGraphics, blocks: "Scaling") -> "tuple[Scaling, ...]":
    """Return how a picture is scaled for its cells and, if necessary, for drawing over them.

    Args:
        graphics: What the terminal can show.
        blocks: How the picture is scaled to half blocks, two pixels to a cell.
    """
    cells, rows = blocks.pixels[0], blocks.pixels[1] // 2
    width, height = cells * graphics.pixels[0], rows * graphics.pixels[1]
    drawn = blocks._replace(pixels=_limited(width, height), is_256=False, encoding=late.Encoding.PNG)
    match graphics.protocol:
        case GraphicsProtocol.KITTY if max(cells, rows) <= MOST_CELLS:
            return (drawn,)
        case GraphicsProtocol.ITERM:
            return blocks, drawn
        case GraphicsProtocol.SIXEL if _fits(width, height, graphics.largest):
            sixel = late.Encoding.SIXEL
            return blocks, drawn._replace(encoding=sixel, registers=graphics.registers)
    return (blocks,)


def _limited(width: int, height: int) -> tuple[int, int]:
    """Reduce a size to the maximum number of pixels; the terminal enlarges the picture to its cells."""
    factor = min(1.0, (_MOST_PIXELS / (width * height)) ** 0.5)
    return max(1, int(width * factor)), max(1, int(height * factor))


def _fits(width: int, height: int, largest: tuple[int, int] | None) -> bool:
    """Whether the terminal can draw sixels of this size; it cannot enlarge smaller ones."""
    return width * height <= _MOST_PIXELS and (largest is None or (width <= largest[0] and height <= largest[1]))
