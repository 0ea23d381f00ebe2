"""Where pictures are on the screen, and how they are scaled for it."""

from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.geometry import Region
from textual.widget import Widget

from reader.graphics.kitty import MOST as MOST_CELLS
from reader.graphics.terminal_graphics import GraphicsProtocol, TerminalGraphics
from reader.ui import late
from reader.ui.cell_size import USUAL, cell_shape
from reader.ui.colours import Colours
from reader.ui.picture_output import PictureOutput
from reader.ui.terminal_pictures import TerminalPictures

if TYPE_CHECKING:
    from reader.reading.picture_scaling import Scaling

_MOST_PIXELS = 4 * 2**20
"""The maximum number of pixels of a picture that is sent: a screen of 2,560 × 1,600."""


def output_of(app: App[Any]) -> PictureOutput:
    """Return the way of pictures to the terminal of an app."""
    pictures = getattr(app, "terminal_pictures", None)
    assert isinstance(pictures, TerminalPictures)  # noqa: S101 - every app has them
    return pictures.output


def scalings(graphics: TerminalGraphics, blocks: "Scaling") -> "tuple[Scaling, ...]":
    """Return how a picture is scaled for its cells, and if need be also to be drawn over them.

    Args:
        graphics: What the terminal can show.
        blocks: How it is scaled to half blocks, two pixels to a cell.
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
    """Whether the terminal draws sixels of a size, which it cannot enlarge."""
    return width * height <= _MOST_PIXELS and (largest is None or (width <= largest[0] and height <= largest[1]))


def is_uncovered(widget: Widget, region: Region) -> bool:
    """Whether a region shows a widget alone, and is above the last row, where drawing could scroll the screen."""
    app = widget.app
    if widget.screen is not app.screen or region.bottom >= app.size.height:
        return False
    own = {widget, *widget.ancestors}
    others = (one for one in widget.screen.walk_children(Widget) if one not in own and one.display and one.visible)
    return not any(one.region.overlaps(region) for one in others)


def shape_on(app: App[Any]) -> tuple[int, int]:
    """Return the shape of a cell, as width and height."""
    return USUAL if app.is_headless else cell_shape()


def paper_of(colours: Colours) -> tuple[int, int, int]:
    """Return the red, green and blue of the page."""
    paper = colours.theme.paper.lstrip("#")
    red, green, blue = (int(paper[at : at + 2], 16) for at in (0, 2, 4))
    return red, green, blue
