"""The pictures on the page: requested for the rows in sight, and painted into their rooms once they are scaled.

Their rooms are part of the layout, so nothing moves when they arrive. Their cells are placeholders of kitty's protocol,
or half blocks, over which sixels and inline files are drawn.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from rich.segment import Segment
from textual.app import App
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from reader.document.blocks import Image
from reader.layout.lines import Line, Role
from reader.layout.picture_rooms import COVER, PictureProblem, PictureRooms, PictureRow, problem_name
from reader.memory import exempt_from_collection
from reader.settings.options import Typesetting
from reader.ui import late
from reader.ui.cell_size import cell_shape_on
from reader.ui.colours import Colours
from reader.ui.half_blocks import half_block_row
from reader.ui.page_geometry import PageGeometry
from reader.ui.picture_app import output_of
from reader.ui.picture_output import DrawnPicture, PictureOutput
from reader.ui.picture_scalings import scalings
from reader.ui.scaled_pictures import ScaledPictures
from reader.ui.strips import written_over
from reader.ui.uncovered_regions import is_uncovered
from reader.ui.widgets.visible_links import LinkOverlays

if TYPE_CHECKING:
    from reader.linking.picture_files import PictureFile
    from reader.reading.picture_scaling import Pixels, Scaling
    from reader.reading.picture_sizes import ArticlePictures

_KEPT_ROWS = 160
"""The maximum number of painted rows that are kept."""

_AHEAD = 3
"""The number of pictures below those in sight that are requested with them."""

_LEAVES_AHEAD = 60
"""The number of leaves in which such pictures are looked for."""


class PicturePage(Protocol):
    """The page that shows the pictures, a widget."""

    colours: Colours
    links: LinkOverlays

    @property
    def app(self) -> App[Any]:
        """The app."""

    @property
    def text_region(self) -> Region:
        """The region of the screen that contains the rows of the article, without margins."""

    @property
    def lines_on_screen(self) -> Sequence[tuple[int, int, Line]]:
        """The screen column and row at which each line in sight begins, and the line."""

    @property
    def layout_in_use(self) -> "late.Layout | None":
        """The layout of the article."""

    def call_later(self, callback: Callable[..., object], *args: Any) -> bool:
        """Call after the current event, in the screen's thread."""

    def refresh(self) -> object:
        """Paint the page again."""


class _Room(NamedTuple):
    """The room of a picture, the colour of the page, and whether the terminal has only 256 colours."""

    leaf: int
    cells: int
    rows: int
    paper: tuple[int, int, int]
    is_256: bool


class PagePictures:
    """The pictures of a page.

    Attributes:
        shown: The pictures of the article; set by `show`, before the article itself is shown.
    """

    def __init__(self, page: PicturePage) -> None:
        """Start without an article; `page` is refreshed when pictures arrive."""
        self._page = page
        self.shown: ArticlePictures | None = None
        self._scalings: dict[_Room, tuple[Scaling, ...]] = {}
        self._known = ScaledPictures(self._drop)
        self._rows: OrderedDict[tuple[Scaling, int], list[Segment]] = OrderedDict()
        self._unknown: dict[_Room, None] = {}
        """Pictures in sight that are to be requested, in order."""
        self._requested: set[Scaling] = set()
        self._scaler: late.PictureScaler | None = None
        self._has_some = False

    def show(self, pictures: "ArticlePictures | None") -> None:
        """Show the pictures of another article."""
        self.shown = pictures
        self._has_some = False
        for kept in (self._scalings, self._known, self._rows, self._unknown):
            kept.clear()
        self._requested = set()
        if self._scaler is not None:
            self._scaler.request(())

    def end(self) -> None:
        """End the process that scales pictures."""
        if self._scaler is not None:
            self._scaler.end()
            self._scaler = None

    @property
    def kept_bytes(self) -> int:
        """The size in bytes of the scaled pictures that are kept."""
        return self._known.size

    def rooms(self, geometry: PageGeometry, typesetting: Typesetting, colours: Colours) -> PictureRooms | None:
        """Return the rooms of the pictures; None without pictures."""
        has_colours = not colours.plain and self._page.app.console.color_system in ("256", "truecolor")
        cell = cell_shape_on(self._page.app)
        return geometry.rooms(self.shown, typesetting, has_colours=has_colours, cell=cell)

    # Painting

    def painted(self, strip: Strip, line: Line, colours: Colours) -> Strip:
        """Paint a row of a picture over its frame if the picture is known; else request the picture."""
        picture = line.picture
        if picture is None or colours.plain:
            return strip
        start = _start(line)
        room = self._room(picture, colours)
        scalings = self._scalings_of(room)
        if not scalings:
            return strip
        problem = self._known.problem(scalings[0])
        if problem is not None:
            return _explained(strip, start, picture, problem, colours)
        if any(map(self._known.lacks, scalings)):
            self._want(room)
        segments = self._segments(scalings[0], picture)
        if segments is None:
            return strip
        end = start + picture.cells
        return Strip([*strip.crop(0, start), *segments, *strip.crop(end, max(end, strip.cell_length))])

    def _room(self, picture: PictureRow, colours: Colours) -> _Room:
        is_256 = self._page.app.console.color_system == "256"
        return _Room(picture.leaf, picture.cells, picture.rows, colours.paper, is_256)

    def _segments(self, scaling: "Scaling", picture: PictureRow) -> list[Segment] | None:
        pixels = self._known.get(scaling)
        if pixels is None:
            return None
        if scaling.encoding is late.Encoding.PNG:
            room = picture.cells, picture.rows
            return [self._output.placeholders(scaling, pixels, picture.row, room)]
        place = scaling, picture.row
        if place in self._rows:
            self._rows.move_to_end(place)
            return self._rows[place]
        made = self._rows[place] = half_block_row(pixels.data, pixels.width, picture.row)
        if len(self._rows) > _KEPT_ROWS:
            self._rows.popitem(last=False)
        return made

    @property
    def _output(self) -> PictureOutput:
        return output_of(self._page.app)

    def drawn_pictures(self) -> Iterator[DrawnPicture]:
        """Yield the pictures that are wholly in sight, uncovered, and encoded to be drawn over their half blocks."""
        assert isinstance(self._page, Widget)  # noqa: S101 - the protocol cannot say so
        if self._page.links.has_labels:
            return
        shown = {(x, y): line for x, y, line in self._page.lines_on_screen if line.picture is not None}
        for (x, y), line in shown.items():
            picture = line.picture
            if picture is None or picture.row:
                continue
            last = shown.get((x, y + picture.rows - 1))
            if last is None or last.picture != picture._replace(row=picture.rows - 1):
                # The picture continues below the page, or in the next column.
                continue
            scalings = self._scalings_of(self._room(picture, self._page.colours))
            pixels = self._known.get(scalings[-1]) if len(scalings) > 1 else None
            region = Region(x + _start(line), y, picture.cells, picture.rows)
            if pixels is not None and is_uncovered(self._page, region):
                yield DrawnPicture(region, scalings[-1], pixels)

    # Requests

    def _want(self, room: _Room) -> None:
        if not self._unknown:
            # Wait for the other rows of the same frame.
            self._page.call_later(self._request)
        self._unknown[room] = None

    def _request(self) -> None:
        """Request the pictures that a frame lacked, and then those below them."""
        in_sight = [*self._unknown]
        self._unknown.clear()
        wanted = self._lacking(in_sight)
        if not wanted or self._requested.issuperset(wanted):
            return
        wanted |= self._lacking(self._below(in_sight[-1]))
        self._requested = {*wanted}
        if self._scaler is None:
            self._scaler = late.PictureScaler(self._receive)
        self._scaler.request([*wanted])

    def _lacking(self, rooms: Iterable[_Room]) -> "dict[Scaling, None]":
        """Return the unknown scalings of the pictures in rooms: first those for cells, then those drawn over cells."""
        all_scalings = [self._scalings_of(room) for room in rooms]
        ordered = [*(some[:1] for some in all_scalings), *(some[1:] for some in all_scalings)]
        return {one: None for some in ordered for one in some if self._known.lacks(one)}

    def _below(self, last: _Room) -> list[_Room]:
        """Return the rooms of the pictures after those in sight, assuming that none is in a list or quotation."""
        layout = self._page.layout_in_use
        rooms = layout.rooms if layout is not None else None
        if layout is None or rooms is None:
            return []
        leaves = range(last.leaf + 1, min(last.leaf + _LEAVES_AHEAD, len(layout.document.leaves)))
        found = ((leaf, rooms.room(leaf, layout.across or layout.width)) for leaf in leaves if leaf in rooms.found)
        return [_Room(leaf, room[0], room[1], last.paper, last.is_256) for leaf, room in found if room][:_AHEAD]

    def _scalings_of(self, room: _Room) -> "tuple[Scaling, ...]":
        """Return how the picture in a room is scaled for its cells and for drawing; empty if there is no picture."""
        if room not in self._scalings:
            picture = self._file(room.leaf)
            blocks = picture and late.Scaling(picture, (room.cells, 2 * room.rows), room.paper, room.is_256)
            self._scalings[room] = scalings(self._output.graphics, blocks) if blocks else ()
        return self._scalings[room]

    def _file(self, leaf: int) -> "PictureFile | None":
        shown = self.shown
        if shown is None or leaf >= len(shown.document.leaves):
            return None
        if leaf == COVER:
            return shown.cover
        block = shown.document.leaves[leaf]
        return late.picture_file(shown.article, block.source) if isinstance(block, Image) else None

    def _receive(self, scaling: "Scaling", pixels: "Pixels | PictureProblem") -> None:
        """Pass a picture on to the screen's thread; called in another thread."""
        self._page.call_later(self._keep, self.shown, scaling, pixels)

    def _keep(self, shown: object, scaling: "Scaling", pixels: "Pixels | PictureProblem") -> None:
        self._requested.discard(scaling)
        if shown is not self.shown:
            return
        if not self._has_some:
            # Painting creates thousands of objects, which starts garbage collection of all objects: up to 0.1 s.
            self._has_some = True
            exempt_from_collection()
        self._known.add(scaling, pixels)
        self._page.refresh()

    def _drop(self, dropped: "Iterable[Scaling]") -> None:
        self._output.forget(dropped)

    def adapt_pictures(self) -> None:
        """Scale the pictures again after the terminal has reported what it can show."""
        self._scalings.clear()
        self._page.refresh()


def _start(line: Line) -> int:
    """Return the cell at which the picture of a line begins."""
    start = 0
    for run in line.runs:
        if run.style.role is Role.PICTURE:
            break
        start += len(run.text)
    return start


def _explained(strip: Strip, start: int, picture: PictureRow, problem: PictureProblem, colours: Colours) -> Strip:
    """Write the reason why a picture is not shown into the middle of its frame."""
    name = problem_name(problem)
    room = picture.cells - 2
    if picture.row != picture.rows // 2 or late.Cells(1).width(name) > room:
        return strip
    inset = (picture.cells - late.Cells(1).width(name)) // 2
    return written_over(strip, start + inset, name, colours.role("muted"))
