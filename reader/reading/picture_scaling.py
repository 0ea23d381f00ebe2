"""What is asked of the process that scales pictures, and what it returns."""

from typing import NamedTuple

from reader.linking.picture_files import PictureFile


class Scaling(NamedTuple):
    """How a picture is to be scaled.

    Attributes:
        picture: Where it is.
        pixels: The width and height of the result, which need not have the same ratio.
        crop: The part of the picture to scale, as fractions of its width and height: left, top, right, bottom.
        paper: The red, green and blue of what lies below transparent pixels.
        is_256: Whether only the colours 16 to 255 of xterm are used, dithered.
    """

    picture: PictureFile
    pixels: tuple[int, int]
    paper: tuple[int, int, int]
    is_256: bool = False
    crop: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)


class Pixels(NamedTuple):
    """A scaled picture: its width and height, and three bytes for each pixel."""

    width: int
    height: int
    rgb: bytes
