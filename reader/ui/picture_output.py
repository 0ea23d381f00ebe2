"""Output of pictures to the terminal, after the text of each frame.

With kitty's protocol a picture is sent once, and its cells are text. Sixels and inline files are drawn over cells that
show the picture in half blocks. This happens once the picture rests wholly in sight, and again after a frame has
written over it. A frame that moves or covers a picture thus erases it, and no part of it is left behind.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from secrets import randbelow
from typing import TYPE_CHECKING, NamedTuple, Protocol

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region

from reader.graphics import kitty
from reader.graphics.iterm import inline_picture
from reader.graphics.terminal_graphics import GraphicsProtocol, TerminalGraphics

if TYPE_CHECKING:
    from reader.reading.picture_scaling import Pixels, Scaling

_MOST_PIXELS = 32 * 2**20
"""The maximum number of pixels of the pictures in a terminal's memory, at four bytes each: several screens."""

_MOST_PICTURES = 128
"""The maximum number of pictures in a terminal's memory; a picture's number has a byte for its index."""

_FIRST_COLOUR, _COLOURS = 16, 240
"""The range of the random colour of placeholders, which is part of a picture's number: it keeps two programs apart."""


class DrawnPicture(NamedTuple):
    """A picture that is to be drawn over the cells of a region of the screen."""

    region: Region
    scaling: "Scaling"
    pixels: "Pixels"


class ShowsPictures(Protocol):
    """A widget that shows pictures."""

    def drawn_pictures(self) -> Iterable[DrawnPicture]:
        """The pictures that are wholly in sight, uncovered, and encoded to be drawn."""

    def adapt_pictures(self) -> None:
        """Scale pictures again for what the terminal can show."""


class PictureOutput:
    """The pictures of the screen.

    Attributes:
        graphics: What the terminal can show.
    """

    def __init__(self, draw_later: Callable[[], object]) -> None:
        """Start without pictures; `draw_later` arranges that `draw_resting` is called when the screen has rested."""
        self.graphics = TerminalGraphics()
        self._draw_later = draw_later
        self._sources: list[ShowsPictures] = []
        self._numbers: OrderedDict[Scaling, tuple[int, int]] = OrderedDict()
        """The numbers and pixel counts of the pictures in the terminal's memory, the last painted at the end."""
        self._colour = _FIRST_COLOUR + randbelow(_COLOURS)
        self._index = 0
        self._queue: list[str] = []
        self._drawn: set[tuple[Region, Scaling]] = set()
        self._has_left = False

    def adapt(self, graphics: TerminalGraphics) -> None:
        """Adapt the pictures to what the terminal can show."""
        self.graphics = graphics
        for source in self._sources:
            source.adapt_pictures()

    # Pictures in cells of text

    def _number_of(self, scaling: "Scaling", pixels: "Pixels", cells: int, rows: int) -> int:
        kept = self._numbers.get(scaling)
        if kept is not None:
            self._numbers.move_to_end(scaling)
            return kept[0]
        number = kitty.picture_number(self._index, self._colour)
        self._index = (self._index + 1) % (2 * _MOST_PICTURES)
        self._numbers[scaling] = number, pixels.width * pixels.height
        self._queue.append(
            kitty.transmission(number, pixels.data, cells, rows, in_tmux=self.graphics.in_tmux),
        )
        while len(self._numbers) > 1 and (len(self._numbers) > _MOST_PICTURES or self._pixels > _MOST_PIXELS):
            self._delete(self._numbers.popitem(last=False)[1][0])
        return number

    @property
    def _pixels(self) -> int:
        return sum(pixels for _number, pixels in self._numbers.values())

    def placeholders(self, scaling: "Scaling", pixels: "Pixels", row: int, room: tuple[int, int]) -> Segment:
        """Return a row of a picture in a room of (cells, rows); queue the picture if the terminal lacks it."""
        cells, rows = room
        number = self._number_of(scaling, pixels, cells, rows)
        return Segment(kitty.placeholders(number, row, cells), self.ink)

    @property
    def ink(self) -> Style:
        """The style of placeholders; filters must not change it."""
        return Style.from_color(Color.from_ansi(self._colour))

    def forget(self, scalings: Iterable["Scaling"]) -> None:
        """Delete pictures that are not shown any more from the terminal's memory."""
        for scaling in scalings:
            kept = self._numbers.pop(scaling, None)
            if kept is not None:
                self._delete(kept[0])

    def _delete(self, number: int) -> None:
        self._queue.append(kitty.deletion(number, in_tmux=self.graphics.in_tmux))

    # Pictures that are drawn over cells

    @property
    def draws_over(self) -> bool:
        """Whether pictures are drawn over the cells."""
        return self.graphics.protocol in (GraphicsProtocol.SIXEL, GraphicsProtocol.ITERM)

    def add_source(self, source: ShowsPictures) -> None:
        """Draw the pictures of a widget."""
        self._sources.append(source)

    def remove_source(self, source: ShowsPictures) -> None:
        """Stop drawing the pictures of a widget."""
        self._sources.remove(source)

    def after_frame(self, written: Sequence[Region]) -> str:
        """Return the output that follows a frame that has written over regions of the screen."""
        if self._has_left:
            # Cells that were painted before refer to pictures that the terminal does not have any more.
            self._has_left = False
            self.adapt(self.graphics)
        sent = "".join(self._queue)
        self._queue.clear()
        if not self.draws_over:
            return sent
        wiped = {one for one in self._drawn if any(one[0].overlaps(region) for region in written)}
        self._drawn -= wiped
        wanted = self._wanted()
        self._drawn &= wanted.keys()
        if wanted.keys() - self._drawn - wiped:
            self._draw_later()
        # A picture that has not moved is drawn at once, so that it does not flicker.
        return sent + self._draw(wiped & wanted.keys(), wanted)

    def draw_resting(self) -> str:
        """Return the output that draws the pictures that are not drawn yet."""
        wanted = self._wanted() if self.draws_over else {}
        return self._draw(wanted.keys() - self._drawn, wanted)

    def end(self) -> str:
        """Return the output that deletes all pictures before the screen is left; they are sent again on return."""
        self._has_left = True
        self._queue.clear()
        self.forget([*self._numbers])
        self._drawn.clear()
        sent = "".join(self._queue)
        self._queue.clear()
        return sent

    def _wanted(self) -> "dict[tuple[Region, Scaling], DrawnPicture]":
        return {(one.region, one.scaling): one for source in self._sources for one in source.drawn_pictures()}

    def _draw(
        self, places: "Iterable[tuple[Region, Scaling]]", wanted: "dict[tuple[Region, Scaling], DrawnPicture]"
    ) -> str:
        sent = []
        for place in places:
            region, _scaling, pixels = wanted[place]
            self._drawn.add(place)
            if self.graphics.protocol is GraphicsProtocol.SIXEL:
                picture = pixels.data.decode("ascii")
            else:
                picture = inline_picture(pixels.data, region.width, region.height)
            sent.append(f"\x1b7\x1b[{region.y + 1};{region.x + 1}H{picture}\x1b8")
        return "".join(sent)
