"""Pictures as Pillow opens them: their sizes from the header, and their pixels scaled to the cells of the page.

Sizes are read in this process, because layout needs them; pixels only in a worker process.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO

from PIL import Image

from reader.archive.files import open_binary
from reader.errors import ArchiveError
from reader.layout.picture_rooms import PictureProblem, PictureSize
from reader.linking.picture_files import PictureFile, read_picture
from reader.reading.picture_scaling import Pixels, Scaling

LARGEST = 32 * 2**20
"""The maximum size of a picture in bytes."""

MOST_PIXELS = 60_000_000
"""The maximum number of pixels: decoded, they take 240 MB."""

_ORIENTATION = 0x0112
"""The EXIF tag that tells how a picture is turned."""

_SIGNS = ((b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"BM", "BMP"))
_LATE = {"WEBP": "WebPImagePlugin", "AVIF": "AvifImagePlugin"}
"""Plugins that Pillow imports together with all others, unless they are imported alone."""

# The limit above is checked before anything is decoded; Pillow's own would print a warning.
Image.MAX_IMAGE_PIXELS = None


def picture_size(picture: PictureFile) -> PictureSize | PictureProblem:
    """Return the size of a picture from its header, or why it cannot be shown. Raises nothing."""
    try:
        with _stream(picture) as stream:
            return _declared_size(stream)
    except (ArchiveError, OSError, ValueError, MemoryError) as error:
        return _problem(error)


def _declared_size(stream: BinaryIO) -> PictureSize | PictureProblem:
    try:
        with _opened(stream) as image:
            if image.width * image.height > MOST_PIXELS:
                return PictureProblem.TOO_LARGE
            return PictureSize(*(image.size[::-1] if _is_on_side(image) else image.size))
    except Exception as error:  # noqa: BLE001 - the library raises anything for a broken file
        return _problem(error)


def scaled(wanted: Scaling) -> Pixels | PictureProblem:
    """Scale a picture, of an animated one its first frame; or return why it cannot be decoded. Raises nothing."""
    try:
        data, size = read_picture(wanted.picture, LARGEST)
        if size > LARGEST:
            return PictureProblem.TOO_LARGE
        with _opened(BytesIO(data)) as image:
            if image.width * image.height > MOST_PIXELS:
                return PictureProblem.TOO_LARGE
            return _pixels(image, wanted)
    except Exception as error:  # noqa: BLE001 - as in `_declared_size`
        return _problem(error)


def _problem(error: Exception) -> PictureProblem:
    match error:
        case ArchiveError():
            return PictureProblem.MISSING
        case MemoryError():
            return PictureProblem.TOO_LARGE
        case NotImplementedError():
            return PictureProblem.UNSUPPORTED
        case _:
            return PictureProblem.BROKEN


@contextmanager
def _stream(picture: PictureFile) -> Iterator[BinaryIO]:
    if picture.part:
        data, size = read_picture(picture, LARGEST)
        if size > LARGEST:
            raise MemoryError
        yield BytesIO(data)
        return
    with open_binary(picture.path) as (file, size):
        if size > LARGEST:
            raise MemoryError
        yield file


def _opened(stream: BinaryIO) -> Image.Image:
    """Open a picture in one of the formats that are shown.

    Raises:
        NotImplementedError: It has another one.
    """
    start = stream.read(16)
    stream.seek(0)
    kind = next((kind for sign, kind in _SIGNS if start.startswith(sign)), "")
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        kind = "WEBP"
    elif start[4:12] in (b"ftypavif", b"ftypavis"):
        kind = "AVIF"
    if not kind:
        raise NotImplementedError
    if plugin := _LATE.get(kind):
        __import__(f"PIL.{plugin}")
    return Image.open(stream, formats=(kind,))


def _is_on_side(image: Image.Image) -> bool:
    return image.format == "JPEG" and image.getexif().get(_ORIENTATION, 1) in (5, 6, 7, 8)


def _pixels(image: Image.Image, wanted: Scaling) -> Pixels:
    from PIL import ImageOps  # noqa: PLC0415 - not for sizes

    width, height = (max(1, one) for one in wanted.pixels)
    left, top, right, bottom = wanted.crop
    is_whole = wanted.crop == (0.0, 0.0, 1.0, 1.0)
    if is_whole:
        # JPEG files are decoded at a fraction of their size.
        side = max(width, height) * 2
        image.draft("RGB", (side, side))
    turned = ImageOps.exif_transpose(image)
    has_alpha = turned.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in turned.info
    plain = turned.convert("RGBA" if has_alpha else "RGB")
    if not is_whole:
        # Not by the `box` of `resize`, which also looks at pixels beyond it.
        box = left * plain.width, top * plain.height, right * plain.width, bottom * plain.height
        plain = plain.crop((round(box[0]), round(box[1]), max(round(box[2]), 1), max(round(box[3]), 1)))
    small = plain.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    if has_alpha:
        below = Image.new("RGBA", small.size, (*wanted.paper, 255))
        small = Image.alpha_composite(below, small).convert("RGB")
    if wanted.is_256:
        small = small.quantize(palette=_xterm_palette(), dither=Image.Dither.FLOYDSTEINBERG).convert("RGB")
    return Pixels(width, height, small.tobytes())


def _xterm_palette() -> Image.Image:
    """A picture whose palette has the colours 16 to 255 of xterm: a cube of 6 × 6 × 6, and 24 greys."""
    levels = (0, 95, 135, 175, 215, 255)
    colours = [(red, green, blue) for red in levels for green in levels for blue in levels]
    colours += [(grey, grey, grey) for grey in range(8, 239, 10)]
    colours += [(0, 0, 0)] * (256 - len(colours))
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in colours for part in colour])
    return palette
