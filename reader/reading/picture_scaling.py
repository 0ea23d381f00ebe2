"""The requests to the process that scales pictures, and its results."""

from enum import StrEnum
from typing import NamedTuple

from reader.linking.picture_files import PictureFile


class Encoding(StrEnum):
    """The form of a scaled picture."""

    RGB = "rgb"  # three bytes for each pixel
    PNG = "png"
    SIXEL = "sixel"  # as a sequence for the terminal


class Scaling(NamedTuple):
    """How a picture is to be scaled.

    Attributes:
        picture: Where it is.
        pixels: The width and height of the result, which need not have the same ratio.
        paper: The red, green and blue (0 to 255) of the background of transparent pixels.
        is_256: Whether only the colours 16 to 255 of xterm are used, dithered.
        crop: The part of the picture to scale, as fractions of its width and height: left, top, right, bottom.
        encoding: The form of the result.
        registers: The maximum number of colours of sixels.
    """

    picture: PictureFile
    pixels: tuple[int, int]
    paper: tuple[int, int, int]
    is_256: bool = False
    crop: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    encoding: Encoding = Encoding.RGB
    registers: int = 256


class Pixels(NamedTuple):
    """A scaled picture: its width and height in pixels, and the picture in the encoding that was asked for."""

    width: int
    height: int
    data: bytes
