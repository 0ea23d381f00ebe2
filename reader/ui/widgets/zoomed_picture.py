"""One picture alone, scaled to the available cells, enlarged and moved by keys."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.app import RenderResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from reader.layout.picture_rooms import PictureProblem, PictureSize, problem_name
from reader.ui import late
from reader.ui.cell_size import cell_shape_on
from reader.ui.colours import Colours
from reader.ui.half_blocks import half_block_row
from reader.ui.picture_app import output_of
from reader.ui.picture_output import DrawnPicture
from reader.ui.picture_scalings import scalings
from reader.ui.text_fitting import fitted
from reader.ui.uncovered_regions import is_uncovered

if TYPE_CHECKING:
    from textual.events import Resize

    from reader.linking.picture_files import PictureFile
    from reader.reading.picture_scaling import Pixels, Scaling

_STEP = 1.5
"""The factor of one step of enlarging."""

_LARGEST = 32.0
"""The maximum enlargement, relative to the picture that fits."""

_MOVED = 0.25
"""The share of the visible width or height by which the picture is moved."""


class ZoomedPicture(Widget, can_focus=True):
    """A picture; at first as large as fits.

    Attributes:
        zoom: The enlargement, from 1 for a picture that fits.
    """

    def __init__(self, colours: Colours, picture: "PictureFile", pixels: PictureSize) -> None:
        """Show a picture of a known size."""
        super().__init__(id="zoomed-picture")
        self.zoom = 1.0
        self._colours = colours
        self._picture = picture
        self._pixels = pixels
        self._centre = [0.5, 0.5]
        self._shown: dict[Scaling, Pixels | PictureProblem] = {}
        self._wanted: tuple[Scaling, ...] = ()
        """How the picture is scaled for the cells and, if necessary, for drawing over them."""
        self._room = 0, 0
        self._rooms: dict[Scaling, tuple[int, int]] = {}
        self._scaler = late.PictureScaler(self._receive)

    def on_mount(self) -> None:
        """Have the picture drawn with each frame."""
        output_of(self.app).add_source(self)

    def on_unmount(self) -> None:
        """End the process that scales the picture."""
        output = output_of(self.app)
        output.remove_source(self)
        output.forget([*self._shown])
        self._scaler.end()

    def on_resize(self, event: "Resize") -> None:
        """Scale the picture to the new size."""
        del event
        self._request()

    # Zoom

    def enlarge(self, steps: int) -> None:
        """Enlarge the picture by steps, or make it smaller if negative, until it fits."""
        self.zoom = min(max(self.zoom * _STEP**steps, 1.0), _LARGEST)
        self._request()

    def fit(self) -> None:
        """Show the whole picture."""
        self.zoom, self._centre = 1.0, [0.5, 0.5]
        self._request()

    def move(self, right: int, down: int) -> None:
        """Move to another part; each step is a quarter of the visible width or height."""
        for axis, steps in enumerate((right, down)):
            self._centre[axis] += steps * _MOVED * self._visible()[axis]
        self._request()

    def _whole(self) -> tuple[float, float]:
        """The cells and rows of the whole picture, enlarged."""
        width, height = self._pixels
        cell_width, cell_height = cell_shape_on(self.app)
        ratio = cell_height / cell_width
        scale = min(self.size.width / width, ratio * self.size.height / height) * self.zoom
        return max(width * scale, 1.0), max(height * scale / ratio, 1.0)

    def _visible(self) -> tuple[float, float]:
        """The visible shares of the width and the height, up to 1."""
        cells, rows = self._whole()
        return min(1.0, self.size.width / cells), min(1.0, self.size.height / rows)

    def _request(self) -> None:
        if not self.size.width or not self.size.height:
            return
        visible = self._visible()
        for axis in (0, 1):
            self._centre[axis] = min(max(self._centre[axis], visible[axis] / 2), 1 - visible[axis] / 2)
        cells, rows = self._whole()
        self._room = max(1, round(cells * visible[0])), max(1, round(rows * visible[1]))
        is_256 = self.app.console.color_system == "256"
        (x, y), (wide, high) = self._centre, visible
        crop = x - wide / 2, y - high / 2, x + wide / 2, y + high / 2
        pixels = self._room[0], 2 * self._room[1]
        blocks = late.Scaling(self._picture, pixels, self._colours.paper, is_256, crop)
        self._wanted = scalings(output_of(self.app).graphics, blocks)
        self._scaler.request([one for one in self._wanted if one not in self._shown])

    def _receive(self, scaling: "Scaling", pixels: "Pixels | PictureProblem") -> None:
        """Pass the picture on to the screen's thread; called in another thread."""
        self.call_later(self._show, scaling, pixels)

    def _show(self, scaling: "Scaling", pixels: "Pixels | PictureProblem") -> None:
        if scaling in self._wanted:
            # The previous picture stays on the screen until the next one arrives.
            dropped = {one for one in self._shown if one not in self._wanted}
            output_of(self.app).forget(dropped)
            self._shown = {one: of for one, of in self._shown.items() if one not in dropped} | {scaling: pixels}
            self._rooms = {one: self._rooms.get(one, self._room) for one in self._shown}
            self.refresh()

    def adapt_pictures(self) -> None:
        """Scale the picture again for what the terminal can show."""
        self._request()

    # Painting

    def render(self) -> RenderResult:
        """Nothing, because `render_line` renders the rows."""
        return ""

    def render_line(self, y: int) -> Strip:
        """Render a row: the picture in the middle, or why it is not shown."""
        width, height, base = self.size.width, self.size.height, self._colours.text
        scaling, shown = next(iter(self._shown.items()), (None, None))
        blank = Strip([Segment(" " * width, base)])
        if scaling is None or shown is None or isinstance(shown, PictureProblem):
            if y != height // 2:
                return blank
            text = fitted(problem_name(shown) if isinstance(shown, PictureProblem) else _loading(), width)
            return Strip([Segment(text, self._colours.role("muted"))]).adjust_cell_length(width, base)
        cells, rows = self._rooms[scaling]
        row = y - max(height - rows, 0) // 2
        if not 0 <= row < rows:
            return blank
        left = Segment(" " * (max(width - cells, 0) // 2), base)
        if scaling.encoding is late.Encoding.PNG:
            painted = [output_of(self.app).placeholders(scaling, shown, row, (cells, rows))]
        else:
            painted = half_block_row(shown.data, shown.width, row)
        return Strip([left, *painted]).adjust_cell_length(width, base)

    def drawn_pictures(self) -> Iterator[DrawnPicture]:
        """Yield the picture, if it is to be drawn over its cells."""
        pixels = self._shown.get(self._wanted[-1]) if len(self._wanted) > 1 else None
        if pixels is None or isinstance(pixels, PictureProblem) or self._wanted[0] not in self._shown:
            return
        (cells, rows), place = self._room, self.content_region
        left, top = max(place.width - cells, 0) // 2, max(place.height - rows, 0) // 2
        region = Region(place.x + left, place.y + top, cells, rows)
        if is_uncovered(self, region):
            yield DrawnPicture(region, self._wanted[-1], pixels)


def _loading() -> str:
    return "…"
