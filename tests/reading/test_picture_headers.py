"""The sizes of pictures from their headers: those of Pillow for valid files, in bounded work for all others."""

import struct
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from reader.layout.picture_rooms import PictureProblem, PictureSize
from reader.linking.picture_files import PictureFile, PictureReader
from reader.reading.picture_headers import picture_size


class CountedStarts(PictureReader):
    """Counts the bytes that are read."""

    def __init__(self) -> None:
        super().__init__()
        self.bytes = 0

    def read(self, picture: PictureFile, most: int) -> tuple[bytes, int]:
        data, size = super().read(picture, most)
        self.bytes += len(data)
        return data, size


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(between: bytes = b"") -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 10, 7, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress((b"\0" + bytes(30)) * 7))
    return b"\x89PNG\r\n\x1a\n" + header + between + pixels + chunk(b"IEND")


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def size_of(folder: Path, data: bytes) -> PictureSize | PictureProblem:
    (folder / "a.png").write_bytes(data)
    return picture_size(PictureFile(folder / "a.png"))


def upright(data: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(data)) as image:
        return ImageOps.exif_transpose(image).size


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA"])
@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("PNG", {}),
        ("GIF", {}),
        ("GIF", {"comment": b"c" * 3_000}),
        ("BMP", {}),
        ("WEBP", {}),
        ("WEBP", {"lossless": True}),
        ("WEBP", {"icc_profile": b"p" * 500}),
        ("JPEG", {}),
        ("JPEG", {"progressive": True, "comment": b"c" * 500}),
        ("JPEG", {"icc_profile": b"p" * 600_000}),
    ],
)
def test_sizes_are_those_of_pillow(tmp_path: Path, kind: str, options: dict[str, object], mode: str) -> None:
    for size in ((1, 1), (3, 500), (257, 16)):
        image = Image.new("RGB", size, (1, 2, 3)).convert(mode)
        image = image.convert("RGB") if kind == "JPEG" and mode in ("P", "RGBA") else image
        data = encoded(image, kind, **options)
        assert size_of(tmp_path, data) == upright(data) == size


def test_sizes_of_avif_are_those_of_pillow(tmp_path: Path) -> None:
    pytest.importorskip("PIL._avif")
    data = encoded(Image.new("RGB", (70, 33)), "AVIF")
    assert size_of(tmp_path, data) == (70, 33)
    assert size_of(tmp_path, data[:100]) is PictureProblem.BROKEN


def test_animations_have_the_size_of_their_first_frame(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (8, 5), colour) for colour in ((250, 0, 0), (0, 250, 0))]
    for kind in ("GIF", "WEBP", "PNG"):
        assert size_of(tmp_path, encoded(frames[0], kind, save_all=True, append_images=frames[1:])) == (8, 5)


def test_a_gif_may_have_no_screen(tmp_path: Path) -> None:
    data = encoded(Image.new("P", (8, 5)), "GIF")
    assert size_of(tmp_path, data[:6] + bytes(4) + data[10:]) == upright(data[:6] + bytes(4) + data[10:]) == (8, 5)


def test_bmp_files_may_be_old_or_have_their_first_row_on_top(tmp_path: Path) -> None:
    data = encoded(Image.new("RGB", (8, 5)), "BMP")
    on_top = data[:22] + struct.pack("<i", -5) + data[26:]
    old = b"BM" + struct.pack("<IIIIHHHH", 26 + 24 * 5, 0, 26, 12, 8, 5, 1, 24) + bytes(24 * 5)
    for one in (on_top, old):
        assert size_of(tmp_path, one) == upright(one) == (8, 5)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("turned", range(10))
def test_photographs_are_turned_as_by_pillow(tmp_path: Path, turned: int, order: str) -> None:
    exif = Image.Exif()
    exif.endian = order
    exif[0x010F] = "Maker"
    exif[0x0112] = turned
    xmp = f'<rdf:Description tiff:Orientation="{turned}"/>'.encode()
    image = Image.new("RGB", (40, 30))
    for options in ({"exif": exif}, {"xmp": xmp}, {"exif": exif, "xmp": b'tiff:Orientation="6"'}):
        data = encoded(image, "JPEG", **options)
        assert size_of(tmp_path, data) == upright(data)


@pytest.mark.parametrize(
    "between", [chunk(b"juNk") * 20_000, chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(2**20))) * 50]
)
def test_a_png_of_many_chunks_costs_no_more_than_a_plain_one(tmp_path: Path, between: bytes) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png(between))
    with CountedStarts() as starts:
        assert picture_size(PictureFile(path), starts) == (10, 7)
    assert starts.bytes <= 2**16


def test_of_a_jpeg_a_bounded_beginning_is_read(tmp_path: Path) -> None:
    plain = encoded(Image.new("RGB", (8, 5)), "JPEG")
    large = (b"\xff\xfe\xff\xff" + bytes(0xFFFD)) * 100
    for between, expected in ((b"\xff\xfe\0\2" * 100, (8, 5)), (large, PictureProblem.BROKEN)):
        path = tmp_path / "a.jpg"
        path.write_bytes(plain[:2] + between + plain[2:])
        with CountedStarts() as starts:
            assert picture_size(PictureFile(path), starts) == expected
        assert starts.bytes <= 2**16 + 2**20


def test_only_the_beginning_of_a_member_is_decompressed(tmp_path: Path) -> None:
    noise = encoded(Image.effect_noise((400, 400), 80), "PNG")
    assert len(noise) > 2**16
    for name, member in (("a.zip", "i/a.png"), ("a.epub", "i/a.png")):
        with ZipFile(tmp_path / name, "w", ZIP_DEFLATED) as file:
            file.writestr("mimetype", "application/epub+zip")
            file.writestr("i/a.png", noise)
            file.writestr("note.md", "# N")
        with CountedStarts() as starts:
            assert picture_size(PictureFile(tmp_path / name, member), starts) == (400, 400)
        assert starts.bytes == 2**16


STARTS = [
    encoded(Image.new("RGB", (40, 30)), kind, **({"xmp": b"x", "exif": Image.Exif()} if kind == "JPEG" else {}))
    for kind in ("PNG", "GIF", "BMP", "WEBP", "JPEG")
]


@given(st.sampled_from(STARTS), st.lists(st.tuples(st.integers(0, 60), st.binary(max_size=4))), st.integers(0, 300))
def test_no_damage_raises(start: bytes, damage: list[tuple[int, bytes]], end: int) -> None:
    data = bytearray(start)
    for at, put in damage:
        data[at : at + len(put)] = put
    starts = _Data(bytes(data[:end]))
    assert isinstance(picture_size(PictureFile(Path("a")), starts), PictureSize | PictureProblem)


class _Data(PictureReader):
    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.data = data

    def read(self, picture: PictureFile, most: int) -> tuple[bytes, int]:
        del picture
        return self.data[:most], len(self.data)
