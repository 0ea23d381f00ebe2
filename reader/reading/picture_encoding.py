"""The forms in which scaled pictures leave the process that decodes them: pixels, PNG, sixels."""

from io import BytesIO
from typing import TYPE_CHECKING

from reader.graphics.sixel import sixel_picture
from reader.graphics.xterm_palette import CUBE_LEVELS, GREYS
from reader.reading.picture_scaling import Encoding, Scaling

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_SIXELS = 2**20
"""The size in bytes above which sixels get fewer colours: noise in 256 colours takes five bytes a pixel."""

_FEWEST_COLOURS = 16
"""The minimum number of colours of sixels, whatever their size."""

_COMPRESSION = 3
"""The zlib level of PNG: half the time of the default, for files a tenth larger."""


def encoded(image: "Image", wanted: Scaling) -> bytes:
    """Encode a scaled RGB picture in the wanted form."""
    match wanted.encoding:
        case Encoding.PNG:
            stream = BytesIO()
            image.save(stream, "PNG", compress_level=_COMPRESSION)
            return stream.getvalue()
        case Encoding.SIXEL:
            return _sixels(image, wanted.registers)
        case Encoding.RGB:
            return (_in_xterm_colours(image) if wanted.is_256 else image).tobytes()


def _sixels(image: "Image", registers: int) -> bytes:
    """Draw a picture in colours of its own, dithered; in fewer colours if it would take too long to send."""
    from PIL.Image import Dither  # noqa: PLC0415 - only in the worker process

    colours = registers
    while True:
        palette = image.quantize(colours)
        drawn = image.quantize(palette=palette, dither=Dither.FLOYDSTEINBERG)
        parts = drawn.getpalette() or []
        triplets = list(zip(parts[::3], parts[1::3], parts[2::3], strict=False))
        sequence = sixel_picture(drawn.tobytes(), *drawn.size, triplets).encode("ascii")
        if len(sequence) <= MOST_SIXELS or colours <= _FEWEST_COLOURS:
            return sequence
        colours //= 4


def _in_xterm_colours(image: "Image") -> "Image":
    from PIL.Image import Dither  # noqa: PLC0415 - as above

    return image.quantize(palette=_xterm_palette(), dither=Dither.FLOYDSTEINBERG).convert("RGB")


def _xterm_palette() -> "Image":
    """A picture whose palette has the colours 16 to 255 of xterm: a cube of 6 × 6 × 6, and 24 greys."""
    from PIL import Image  # noqa: PLC0415 - as above

    levels = CUBE_LEVELS
    colours = [(red, green, blue) for red in levels for green in levels for blue in levels]
    colours += [(grey, grey, grey) for grey in GREYS]
    colours += [(0, 0, 0)] * (256 - len(colours))
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in colours for part in colour])
    return palette
