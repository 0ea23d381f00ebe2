"""Pictures as Pillow decodes them: their pixels, scaled to the cells of the page.

Pixels are decoded only in a worker process, whose CPU time is limited.
"""

from io import BytesIO
from typing import BinaryIO

from PIL import Image

from reader.errors import ArchiveError
from reader.layout.picture_rooms import PictureProblem
from reader.linking.picture_files import read_picture
from reader.reading import picture_headers
from reader.reading.picture_encoding import encoded
from reader.reading.picture_headers import kind_of
from reader.reading.picture_scaling import Pixels, Scaling

_LATE = {"WEBP": "WebPImagePlugin", "AVIF": "AvifImagePlugin"}
"""Plugins that must be imported beforehand, because Pillow would import all others with them."""

# `MOST_PIXELS` is checked before anything is decoded; Pillow's own limit would print a warning.
Image.MAX_IMAGE_PIXELS = None


def scaled(wanted: Scaling) -> Pixels | PictureProblem:
    """Scale a picture, or the first frame of an animated one; return why if it cannot be decoded. Raises nothing."""
    try:
        data, size = read_picture(wanted.picture, picture_headers.LARGEST)
        if size > picture_headers.LARGEST:
            return PictureProblem.TOO_LARGE
        with _opened(BytesIO(data)) as image:
            if image.width * image.height > picture_headers.MOST_PIXELS:
                return PictureProblem.TOO_LARGE
            return _pixels(image, wanted)
    except Exception as error:  # noqa: BLE001 - the library raises anything for a broken file
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


def _opened(stream: BinaryIO) -> Image.Image:
    """Open a picture in one of the formats that are shown.

    Raises:
        NotImplementedError: It has another format.
    """
    kind = kind_of(stream.read(16))
    stream.seek(0)
    if not kind:
        raise NotImplementedError
    if plugin := _LATE.get(kind):
        __import__(f"PIL.{plugin}")
    return Image.open(stream, formats=(kind,))


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
        # Crop first, because `resize` with a `box` also reads pixels outside it.
        box = left * plain.width, top * plain.height, right * plain.width, bottom * plain.height
        plain = plain.crop((round(box[0]), round(box[1]), max(round(box[2]), 1), max(round(box[3]), 1)))
    small = plain.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    if has_alpha:
        below = Image.new("RGBA", small.size, (*wanted.paper, 255))
        small = Image.alpha_composite(below, small).convert("RGB")
    return Pixels(width, height, encoded(small, wanted))
