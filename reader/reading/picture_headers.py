"""The sizes of pictures, read from the headers at the beginning of their files.

They are read while the page waits, so the work is bounded whatever the file contains. Pillow would examine all chunks
before the pixels. The formats: PNG (W3C PNG 5.6), GIF89a, the WebP container and RFC 6386, BITMAPINFOHEADER, JPEG
(ITU T.81 B.2, Exif 2.3); the results for valid files are those of Pillow.
"""

import zlib
from collections.abc import Callable
from io import BytesIO
from itertools import islice
from struct import Struct, error

from reader.errors import ArchiveError
from reader.layout.picture_rooms import PictureProblem, PictureSize
from reader.linking.picture_files import PictureFile, PictureReader
from reader.regex import regex

LARGEST = 32 * 2**20
"""The maximum size of a picture in bytes."""

MOST_PIXELS = 60_000_000
"""The maximum number of pixels: decoded, they take 240 MB."""

_START = 2**16
"""The number of bytes from the beginning of a file that are read first."""

_JPEG_START = 2**20
"""The maximum number of bytes before the size in a JPEG file; colour profiles of printers take half of that."""

_MOST_SEGMENTS = 500
"""The maximum number of segments before the size in a JPEG file, or of blocks before the picture in a GIF file."""

_MOST_FIELDS = 500
"""The maximum number of EXIF fields among which the orientation is looked for."""

_ORIENTATION = 0x0112
"""The EXIF tag of the orientation."""

_ON_SIDE = (5, 6, 7, 8)

_EXIF = b"Exif\0\0"
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_XMP_ORIENTATION = regex(rb'tiff:Orientation(?:="|>)([0-9])')

_FILL = regex(rb"\xff+")
"""The fill bytes before a marker."""

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of the segments with the size: start of frame."""

_UINTS = {order: {size: Struct(order + code) for size, code in ((2, "H"), (4, "I"))} for order in "<>"}


def picture_size(picture: PictureFile, pictures: PictureReader | None = None) -> PictureSize | PictureProblem:
    """Return the size of a picture from its header, or why it cannot be shown. Raises nothing.

    Args:
        picture: The picture.
        pictures: Reads the beginnings of the pictures, if there are several.
    """
    try:
        if pictures is not None:
            return _checked_size(picture, pictures)
        with PictureReader() as only:
            return _checked_size(picture, only)
    except ArchiveError:
        return PictureProblem.MISSING
    except MemoryError:
        return PictureProblem.TOO_LARGE
    except (OSError, ValueError, error, IndexError):
        return PictureProblem.BROKEN


def kind_of(start: bytes) -> str:
    """Return the format of a picture, as Pillow calls it, from its first 16 bytes; empty if it cannot be shown."""
    kind = next((kind for sign, kind in _SIGNS if start.startswith(sign)), "")
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "WEBP"
    return "AVIF" if start[4:12] in (b"ftypavif", b"ftypavis") else kind


def _checked_size(picture: PictureFile, pictures: PictureReader) -> PictureSize | PictureProblem:
    data, size = pictures.read(picture, _START)
    if size > LARGEST:
        return PictureProblem.TOO_LARGE
    kind = kind_of(data)
    if not kind:
        return PictureProblem.UNSUPPORTED
    found: PictureSize | None
    if kind == "AVIF":
        found = _avif(pictures.read(picture, LARGEST)[0])
    elif kind == "JPEG":
        found = _jpeg(data)
        if not found and size > len(data):
            found = _jpeg(pictures.read(picture, _JPEG_START)[0])
    else:
        found = _READERS[kind](data)
    if found is None or min(found) < 1:
        return PictureProblem.BROKEN
    return found if found.width * found.height <= MOST_PIXELS else PictureProblem.TOO_LARGE


def _uint(data: bytes, offset: int, size: int, order: str = "<") -> int:
    """Read an unsigned integer of 2 or 4 bytes. Raises `struct.error` beyond the end."""
    return int(_UINTS[order][size].unpack_from(data, offset)[0])


def _png(data: bytes) -> PictureSize | None:
    # The header is always the first chunk, of 13 bytes.
    if data[8:16] != b"\0\0\0\rIHDR" or zlib.crc32(data[12:29]) != _uint(data, 29, 4, ">"):
        return None
    return PictureSize(_uint(data, 16, 4, ">"), _uint(data, 20, 4, ">"))


def _bmp(data: bytes) -> PictureSize:
    if _uint(data, 14, 4) == 12:
        return PictureSize(_uint(data, 18, 2), _uint(data, 20, 2))
    height = _uint(data, 22, 4)
    # A negative height means that the first row is the top one.
    return PictureSize(_uint(data, 18, 4), 2**32 - height if height >= 2**31 else height)


def _webp(data: bytes) -> PictureSize | None:
    match data[12:16]:
        case b"VP8X":
            return PictureSize((_uint(data, 24, 4) & 0xFFFFFF) + 1, (_uint(data, 26, 4) >> 8) + 1)
        case b"VP8L" if data[20] == 0x2F:
            bits = _uint(data, 21, 4)
            return PictureSize((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        case b"VP8 " if data[23:26] == b"\x9d\x01\x2a":
            return PictureSize(_uint(data, 26, 2) & 0x3FFF, _uint(data, 28, 2) & 0x3FFF)
    return None


def _gif(data: bytes) -> PictureSize:
    """The size of the screen, or of the first picture if that is larger: some programs write a screen of 0 × 0."""
    screen = PictureSize(_uint(data, 6, 2), _uint(data, 8, 2))
    at = 13 + (3 << (data[10] & 7) + 1 if data[10] & 0x80 else 0)
    for _number in range(_MOST_SEGMENTS):
        block = data[at : at + 9]
        if block[:1] == b"," and len(block) == 9:
            left, top, width, height = (_uint(block, offset, 2) for offset in (1, 3, 5, 7))
            return PictureSize(max(screen.width, left + width), max(screen.height, top + height))
        if block[:1] != b"!":
            break
        # An extension: a label, and then blocks that begin with their length, until an empty one.
        at += 2
        while data[at : at + 1] > b"\0":
            at += data[at] + 1
        at += 1
    return screen


def _jpeg(data: bytes) -> PictureSize | None:
    """The size of a JPEG file, upright; None if the picture does not begin within the data, or is corrupt."""
    at, by_exif, by_xmp = 2, None, 0
    for _number in range(_MOST_SEGMENTS):
        fill = _FILL.match(data, at)
        if fill is None:
            return None
        at = fill.end()
        start, marker = at + 3, data[at : at + 1]
        if marker == b"\xda" or start + 5 > len(data):
            return None
        at += 1 + _uint(data, at + 1, 2, ">")
        if marker[0] in _FRAMES:
            height, width = _uint(data, start + 1, 2, ">"), _uint(data, start + 3, 2, ">")
            is_on_side = (by_xmp if by_exif is None else by_exif) in _ON_SIDE
            return PictureSize(height, width) if is_on_side else PictureSize(width, height)
        if marker == b"\xe1" and by_exif is None and data.startswith(_EXIF, start):
            by_exif = _exif_orientation(data[start + len(_EXIF) : at])
        elif marker == b"\xe1" and data.startswith(_XMP, start):
            found = _XMP_ORIENTATION.search(data, start, at)
            by_xmp = int(found[1]) if found else 0
    return None


def _exif_orientation(data: bytes) -> int | None:
    """The EXIF orientation, from 1 (upright) to 8; None if it is missing or corrupt."""
    order = "<" if data[:2] == b"II" else ">"
    try:
        fields = _uint(data, 4, 4, order)
        for at in islice(range(fields + 2, len(data), 12), min(_uint(data, fields, 2, order), _MOST_FIELDS)):
            if _uint(data, at, 2, order) == _ORIENTATION:
                size = {3: 2, 4: 4}.get(_uint(data, at + 2, 2, order))
                return _uint(data, at + 8, size, order) if size else data[at + 8]
    except (error, IndexError):
        pass
    return None


def _avif(data: bytes) -> PictureSize | None:
    # Compiled code reads the header, whose fields are spread over many boxes.
    from PIL.AvifImagePlugin import AvifImageFile  # noqa: PLC0415 - rare, and takes long to import

    try:
        with AvifImageFile(BytesIO(data)) as image:
            return PictureSize(*image.size)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - the library raises anything for a broken file
        return None


_SIGNS = ((b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"BM", "BMP"))
_READERS: dict[str, Callable[[bytes], PictureSize | None]] = {"PNG": _png, "BMP": _bmp, "WEBP": _webp, "GIF": _gif}
