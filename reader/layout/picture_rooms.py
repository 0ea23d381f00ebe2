"""The rooms of pictures on the page: known from their sizes, before any of them is decoded."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from reader.language import _
from reader.lean_dataclasses import dataclass, field

COVER = -1
"""Stands for the leaf of the cover, the picture under the title, which is not in the text."""

_NARROWEST = 8
"""The minimum width in cells of a column in which pictures have rooms."""

_TRACKER = 3
"""The maximum size in pixels of spacers and tracking pixels, which have no room."""

_CELL = 8, 16
"""The assumed size of a cell in pixels, which decides how large a small picture is shown."""

_LABELLED = 3, 14
"""The minimum rows and cells of a room with a frame around its label."""


class PictureSize(NamedTuple):
    """The size of a picture in pixels, after it was turned upright."""

    width: int
    height: int


class PictureProblem(StrEnum):
    """Why a picture is not shown."""

    WEB = "web"
    MISSING = "missing"
    OUTSIDE = "outside"
    UNSUPPORTED = "unsupported"
    TOO_LARGE = "too large"
    BROKEN = "broken"
    LATE = "late"


class PictureRow(NamedTuple):
    """The part of a picture in a line, in the runs of `Role.PICTURE`.

    Attributes:
        leaf: The number of the picture's leaf.
        row: The row of the picture, from 0.
        rows: The number of its rows.
        cells: Its width in cells.
    """

    leaf: int
    row: int
    rows: int
    cells: int


@dataclass(frozen=True, slots=True)
class PictureRooms:
    """The sizes and problems of the pictures of a document, and the room that they get.

    Attributes:
        found: The size of each picture, or why it is not shown, by the number of its leaf.
        most_rows: The maximum height of a picture in rows; 0 if no picture can be painted.
        cell: The width and height of a cell in pixels, of which only the ratio matters.
    """

    found: Mapping[int, PictureSize | PictureProblem] = field(default_factory=dict)
    most_rows: int = 16
    cell: tuple[int, int] = _CELL

    def room(self, leaf: int, width: int) -> tuple[int, int] | None:
        """The cells and rows of a picture in a column of `width` cells; None if it has no room."""
        size = self.found.get(leaf)
        if not isinstance(size, PictureSize) or not self.most_rows or width < _NARROWEST or min(size) <= _TRACKER:
            return None
        # Small pictures are not enlarged to the column.
        cells = min(width, max(-(-size.width // _CELL[0]), 2))
        rows = _rounded(cells * self.cell[0] * size.height, size.width * self.cell[1])
        if rows > self.most_rows:
            rows = self.most_rows
            cells = min(cells, _rounded(rows * self.cell[1] * size.width, size.height * self.cell[0]))
        return cells, rows

    def reason(self, leaf: int) -> str:
        """Why a picture is not shown, in a word or two; empty if it is shown, or if nothing is known of it."""
        problem = self.found.get(leaf)
        return problem_name(problem) if isinstance(problem, PictureProblem) else ""


def problem_name(problem: PictureProblem) -> str:  # noqa: PLR0911 - one name each
    """Why a picture is not shown, in a word or two."""
    match problem:
        case PictureProblem.WEB:
            return _("on the web")
        case PictureProblem.MISSING:
            return _("not found")
        case PictureProblem.OUTSIDE:
            return _("outside the archive")
        case PictureProblem.UNSUPPORTED:
            return _("format not supported")
        case PictureProblem.TOO_LARGE:
            return _("too large")
        case PictureProblem.BROKEN:
            return _("damaged")
        case PictureProblem.LATE:
            return _("not read in time")


def has_frame(cells: int, rows: int) -> bool:
    """Whether a room is large enough for a frame with a label."""
    return rows >= _LABELLED[0] and cells >= _LABELLED[1]


def _rounded(numerator: int, denominator: int) -> int:
    return max((2 * numerator + denominator) // (2 * denominator), 1)
