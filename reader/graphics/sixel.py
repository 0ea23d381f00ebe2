"""Sixel graphics (DEC STD 070, VT340 Programmer Reference Manual, chapter 14).

Six rows of pixels make a band. A band is written colour by colour, each over the whole width: one character for each
column, whose code is 63 plus the bits of those of its six pixels that have the colour.
"""

from collections.abc import Sequence
from functools import cache

from reader.regex import regex

_BAND = 6

_REPEATED = regex(rb"(.)\1{3,}")
"""Repeated columns, which are written as a count and one column: `!4~` for `~~~~`."""

_AS_CHARACTER = bytes((code + 63) % 256 for code in range(256))
"""The character for the bits of a column."""


def sixel_picture(indices: bytes, width: int, height: int, palette: Sequence[tuple[int, int, int]]) -> str:
    """Return the sequence that draws a picture at the cursor.

    Args:
        indices: For each pixel, row by row, the index of its colour in `palette`.
        width: The width in pixels.
        height: The height in pixels.
        palette: The red, green and blue of each colour, 0 to 255.
    """
    used = sorted({*indices})
    colours = "".join(f"#{one};2;{_percent(palette[one])}" for one in used)
    bands = [
        _band([indices[row * width : (row + 1) * width] for row in range(top, min(top + _BAND, height))])
        for top in range(0, height, _BAND)
    ]
    return f'\x1bP0;1;0q"1;1;{width};{height}{colours}{"-".join(bands)}\x1b\\'


def _percent(colour: tuple[int, int, int]) -> str:
    return ";".join(str((100 * part + 127) // 255) for part in colour)


def _band(rows: Sequence[bytes]) -> str:
    """A band: one colour after the other, each drawn from the left edge."""
    width = len(rows[0])
    drawn = []
    for colour in sorted({*b"".join(rows)}):
        bits = 0
        for number, row in enumerate(rows):
            if colour in row:
                bits |= int.from_bytes(row.translate(_is_colour(colour)), "big") << number
        columns = bits.to_bytes(width, "big").translate(_AS_CHARACTER).rstrip(b"?")
        packed = _REPEATED.sub(lambda found: b"!%d%c" % (len(found[0]), found[0][0]), columns)
        drawn.append(f"#{colour}{packed.decode('ascii')}")
    return "$".join(drawn)


@cache
def _is_colour(colour: int) -> bytes:
    """A table for `bytes.translate`: 1 for the colour, 0 for others."""
    return bytes(code == colour for code in range(256))
