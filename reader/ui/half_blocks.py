"""Pictures in half blocks: each cell shows two pixels, as the foreground (upper) and background (lower) of ▀."""

from collections.abc import Iterator
from functools import lru_cache

from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style

_HALF = "▀"


def half_block_row(rgb: bytes, width: int, row: int) -> list[Segment]:
    """Return a row of cells of a picture `width` pixels wide, which has three bytes for each pixel."""
    stride = 3 * width
    start = 2 * row * stride
    upper, lower = rgb[start : start + stride], rgb[start + stride : start + 2 * stride]
    return [Segment(_HALF * count, _style(top, bottom)) for top, bottom, count in _merged(upper, lower)]


def _merged(upper: bytes, lower: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """Yield each run of equal pairs of pixels in a row: the upper and the lower pixel, and the length of the run."""
    previous, count = (upper[:3], lower[:3]), 0
    for at in range(0, len(upper), 3):
        pair = upper[at : at + 3], lower[at : at + 3]
        if pair != previous:
            yield *previous, count
            previous, count = pair, 0
        count += 1
    yield *previous, count


@lru_cache(maxsize=8_192)
def _style(upper: bytes, lower: bytes) -> Style:
    return Style.from_color(_colour(upper), _colour(lower))


@lru_cache(maxsize=8_192)
def _colour(rgb: bytes) -> Color:
    return Color.from_triplet(ColorTriplet(*rgb))
