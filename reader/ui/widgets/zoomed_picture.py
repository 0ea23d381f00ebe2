"""One picture alone, scaled to the available cells, enlarged and moved by keys."""

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.app import RenderResult
from textual.strip import Strip
from textual.widget import Widget

from reader.layout.picture_rooms import PictureProblem, PictureSize, problem_name
from reader.ui import late
from reader.ui.colours import Colours
from reader.ui.fitting import fitted
from reader.ui.half_blocks import half_block_row
from reader.ui.widgets.page_pictures import paper_of, shape_on

if TYPE_CHECKING:
    from textual.events import Resize

    from reader.linking.picture_files import PictureFile
    from reader.reading.picture_scaling import Pixels, Scaling

_STEP = 1.5
"""The factor of one step of enlarging."""

_LARGEST = 32.0
"""The maximum enlargement of the picture that fits."""

_MOVED = 0.25
"""The part of the visible width or height by which the picture is moved."""


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
        self._shown: Pixels | PictureProblem | None = None
        self._wanted: Scaling | None = None
        self._scaler = late.PictureScaler(self._receive)

    def on_unmount(self) -> None:
        """End the process that scales the picture."""
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
        """Move to another part, by a quarter of what is visible for each step."""
        for axis, steps in enumerate((right, down)):
            self._centre[axis] += steps * _MOVED * self._visible()[axis]
        self._request()

    def _whole(self) -> tuple[float, float]:
        """The cells and rows of the whole picture, enlarged."""
        width, height = self._pixels
        cell_width, cell_height = shape_on(self.app)
        ratio = cell_height / cell_width
        scale = min(self.size.width / width, ratio * self.size.height / height) * self.zoom
        return max(width * scale, 1.0), max(height * scale / ratio, 1.0)

    def _visible(self) -> tuple[float, float]:
        """The visible part of the width and of the height, up to 1."""
        cells, rows = self._whole()
        return min(1.0, self.size.width / cells), min(1.0, self.size.height / rows)

    def _request(self) -> None:
        if not self.size.width or not self.size.height:
            return
        visible = self._visible()
        for axis in (0, 1):
            self._centre[axis] = min(max(self._centre[axis], visible[axis] / 2), 1 - visible[axis] / 2)
        cells, rows = self._whole()
        size = max(1, round(cells * visible[0])), 2 * max(1, round(rows * visible[1]))
        is_256 = self.app.console.color_system == "256"
        (x, y), (wide, high) = self._centre, visible
        crop = x - wide / 2, y - high / 2, x + wide / 2, y + high / 2
        self._wanted = late.Scaling(self._picture, size, paper_of(self._colours), is_256, crop)
        self._scaler.request([self._wanted])

    def _receive(self, scaling: "Scaling", pixels: "Pixels | PictureProblem") -> None:
        """Pass the picture on to the screen's thread; called in another one."""
        self.call_later(self._show, scaling, pixels)

    def _show(self, scaling: "Scaling", pixels: "Pixels | PictureProblem") -> None:
        if scaling == self._wanted:
            self._shown = pixels
            self.refresh()

    # Painting

    def render(self) -> RenderResult:
        """Nothing, because `render_line` renders the rows."""
        return ""

    def render_line(self, y: int) -> Strip:
        """Render a row: the picture in the middle, or why it is not shown."""
        width, height, base = self.size.width, self.size.height, self._colours.text
        shown = self._shown
        blank = Strip([Segment(" " * width, base)])
        if shown is None or isinstance(shown, PictureProblem):
            if y != height // 2:
                return blank
            text = fitted(_loading() if shown is None else problem_name(shown), width)
            return Strip([Segment(text, self._colours.role("muted"))]).adjust_cell_length(width, base)
        row = y - max(height - shown.height // 2, 0) // 2
        if not 0 <= row < shown.height // 2:
            return blank
        left = Segment(" " * (max(width - shown.width, 0) // 2), base)
        return Strip([left, *half_block_row(shown.rgb, shown.width, row)]).adjust_cell_length(width, base)


def _loading() -> str:
    return "…"
