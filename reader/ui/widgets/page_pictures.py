"""The pictures on the page: requested for the rows in sight, and painted into their rooms once they are scaled.

Their rooms are part of the layout, so nothing moves when they arrive.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from rich.segment import Segment
from textual.app import App
from textual.strip import Strip

from reader.document.blocks import Image
from reader.layout.lines import Line, Role
from reader.layout.picture_rooms import PictureProblem, PictureRooms, PictureRow, problem_name
from reader.settings.options import Typesetting
from reader.ui import late
from reader.ui.cell_size import USUAL, cell_shape
from reader.ui.colours import Colours
from reader.ui.half_blocks import half_block_row
from reader.ui.page_geometry import PageGeometry
from reader.ui.strips import written_over

if TYPE_CHECKING:
    from reader.linking.picture_files import PictureFile
    from reader.reading.picture_scaling import Pixels, Scaling
    from reader.reading.picture_sizes import ArticlePictures

_KEPT_BYTES = 16 * 2**20
"""The maximum size in bytes of the scaled pictures that are kept: about a thousand screens."""

_KEPT_ROWS = 160
"""The maximum number of painted rows that are kept."""

_AHEAD = 3
"""The number of pictures below those in sight that are requested with them."""

_LEAVES_AHEAD = 60
"""The number of leaves in which such pictures are looked for."""


class PicturePage(Protocol):
    """The page that shows the pictures."""

    @property
    def app(self) -> App[Any]:
        """The app."""

    @property
    def layout_in_use(self) -> "late.Layout | None":
        """The layout of the article."""

    def call_later(self, callback: Callable[..., object], *args: Any) -> bool:
        """Call after the current event, in the screen's thread."""

    def refresh(self) -> object:
        """Paint the page again."""


class _Room(NamedTuple):
    """The room of a picture, on a paper, with or without true colour."""

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
        self._scalings: dict[_Room, Scaling | None] = {}
        self._known: OrderedDict[Scaling, Pixels] = OrderedDict()
        self._problems: dict[PictureFile, PictureProblem] = {}
        self._rows: OrderedDict[tuple[Scaling, int], list[Segment]] = OrderedDict()
        self._bytes = 0
        self._unknown: dict[_Room, None] = {}
        """Pictures in sight that are to be requested, in order."""
        self._requested: set[Scaling] = set()
        self._scaler: late.PictureScaler | None = None

    def show(self, pictures: "ArticlePictures | None") -> None:
        """Show the pictures of another article."""
        self.shown = pictures
        for kept in (self._scalings, self._known, self._problems, self._rows, self._unknown):
            kept.clear()
        self._requested = set()
        self._bytes = 0
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
        return self._bytes

    def rooms(self, geometry: PageGeometry, typesetting: Typesetting, colours: Colours) -> PictureRooms | None:
        """Return the rooms of the pictures; None without pictures."""
        has_colours = not colours.plain and self._page.app.console.color_system in ("256", "truecolor")
        cell = shape_on(self._page.app)
        return geometry.rooms(self.shown, typesetting, has_colours=has_colours, cell=cell)

    # Painting

    def painted(self, strip: Strip, line: Line, colours: Colours) -> Strip:
        """Paint the part of a picture over the frame in a row, if it is known; else request it."""
        picture = line.picture
        if picture is None or colours.plain:
            return strip
        start = 0
        for run in line.runs:
            if run.style.role is Role.PICTURE:
                break
            start += len(run.text)
        room = _Room(picture.leaf, picture.cells, picture.rows, paper_of(colours), self._is_256)
        scaling = self._scaling(room)
        if scaling is None:
            return strip
        problem = self._problems.get(scaling.picture)
        if problem is not None:
            return _explained(strip, start, picture, problem, colours)
        segments = self._segments(scaling, picture.row)
        if segments is None:
            self._want(room)
            return strip
        end = start + picture.cells
        return Strip([*strip.crop(0, start), *segments, *strip.crop(end, max(end, strip.cell_length))])

    def _segments(self, scaling: "Scaling", row: int) -> list[Segment] | None:
        kept = self._rows.get((scaling, row))
        if kept is not None:
            self._rows.move_to_end((scaling, row))
            return kept
        pixels = self._known.get(scaling)
        if pixels is None:
            return None
        self._known.move_to_end(scaling)
        made = self._rows[scaling, row] = half_block_row(pixels.rgb, pixels.width, row)
        if len(self._rows) > _KEPT_ROWS:
            self._rows.popitem(last=False)
        return made

    @property
    def _is_256(self) -> bool:
        return self._page.app.console.color_system == "256"

    # Requests

    def _want(self, room: _Room) -> None:
        if not self._unknown:
            # After the other rows of the same frame.
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
        """Return what is not known of the pictures in rooms, in order."""
        scalings = map(self._scaling, rooms)
        return {
            one: None
            for one in scalings
            if one is not None and one not in self._known and one.picture not in self._problems
        }

    def _below(self, last: _Room) -> list[_Room]:
        """Return the pictures after those in sight, in the rooms that they have outside lists and quotations."""
        layout = self._page.layout_in_use
        rooms = layout.rooms if layout is not None else None
        if layout is None or rooms is None:
            return []
        leaves = range(last.leaf + 1, min(last.leaf + _LEAVES_AHEAD, len(layout.document.leaves)))
        found = ((leaf, rooms.room(leaf, layout.width)) for leaf in leaves if leaf in rooms.found)
        return [_Room(leaf, room[0], room[1], last.paper, last.is_256) for leaf, room in found if room][:_AHEAD]

    def _scaling(self, room: _Room) -> "Scaling | None":
        """Return how the picture in a room is scaled; None if it is not in the archive."""
        if room not in self._scalings:
            picture = self._file(room.leaf)
            pixels = room.cells, 2 * room.rows
            self._scalings[room] = (
                late.Scaling(picture, pixels, room.paper, room.is_256) if picture is not None else None
            )
        return self._scalings[room]

    def _file(self, leaf: int) -> "PictureFile | None":
        shown = self.shown
        if shown is None or leaf >= len(shown.document.leaves):
            return None
        block = shown.document.leaves[leaf]
        return late.picture_file(shown.article, block.source) if isinstance(block, Image) else None

    def _receive(self, scaling: "Scaling", pixels: "Pixels | PictureProblem") -> None:
        """Pass a picture on to the screen's thread; called in another one."""
        self._page.call_later(self._keep, self.shown, scaling, pixels)

    def _keep(self, shown: object, scaling: "Scaling", pixels: "Pixels | PictureProblem") -> None:
        self._requested.discard(scaling)
        if shown is not self.shown:
            return
        if isinstance(pixels, PictureProblem):
            self._problems[scaling.picture] = pixels
        elif scaling not in self._known:
            self._known[scaling] = pixels
            self._bytes += len(pixels.rgb)
            while self._bytes > _KEPT_BYTES and len(self._known) > 1:
                self._bytes -= len(self._known.popitem(last=False)[1].rgb)
        self._page.refresh()


def shape_on(app: App[Any]) -> tuple[int, int]:
    """Return the shape of a cell, as width and height."""
    return USUAL if app.is_headless else cell_shape()


def paper_of(colours: Colours) -> tuple[int, int, int]:
    """Return the red, green and blue of the page."""
    paper = colours.theme.paper.lstrip("#")
    red, green, blue = (int(paper[at : at + 2], 16) for at in (0, 2, 4))
    return red, green, blue


def _explained(strip: Strip, start: int, picture: PictureRow, problem: PictureProblem, colours: Colours) -> Strip:
    """Write in the middle of a picture's frame why it is not shown."""
    name = problem_name(problem)
    room = picture.cells - 2
    if picture.row != picture.rows // 2 or late.Cells(1).width(name) > room:
        return strip
    inset = (picture.cells - late.Cells(1).width(name)) // 2
    return written_over(strip, start + inset, name, colours.role("muted"))
