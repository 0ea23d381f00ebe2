"""Pictures as Pillow opens them: sizes from headers, pixels, and what is refused."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from reader.layout.picture_rooms import PictureProblem, PictureSize
from reader.linking.picture_files import PictureFile
from reader.reading import picture_headers
from reader.reading.picture_decoding import scaled
from reader.reading.picture_headers import picture_size
from reader.reading.picture_scaling import Pixels, Scaling

WHITE = (255, 255, 255)


def saved(folder: Path, name: str, size: tuple[int, int] = (40, 30), **options: object) -> PictureFile:
    """A red picture."""
    path = folder / name
    Image.new("RGB", size, (200, 0, 0)).save(path, **options)  # type: ignore[arg-type]
    return PictureFile(path)


def written(folder: Path, data: bytes, name: str = "a.png") -> PictureFile:
    path = folder / name
    path.write_bytes(data)
    return PictureFile(path)


def png_header(width: int, height: int) -> bytes:
    """A PNG that declares a size, and has no pixels."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))


def pixels(picture: PictureFile, **options: object) -> Pixels | PictureProblem:
    return scaled(Scaling(picture, (4, 6), WHITE, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.gif", "a.bmp", "a.webp", "wrong.gif.png"])
def test_pictures_have_a_size_and_pixels(tmp_path: Path, name: str) -> None:
    picture = saved(tmp_path, name)
    assert picture_size(picture) == PictureSize(40, 30)
    found = pixels(picture)
    assert isinstance(found, Pixels)
    assert (found.width, found.height, len(found.data)) == (4, 6, 72)
    assert all(abs(one - expected) < 8 for one, expected in zip(found.data[:3], (200, 0, 0), strict=True))


def test_the_format_is_that_of_the_content_not_of_the_name(tmp_path: Path) -> None:
    picture = written(tmp_path, saved(tmp_path, "a.jpg").path.read_bytes(), "b.png")
    assert picture_size(picture) == PictureSize(40, 30)


def test_a_photograph_is_turned_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = saved(tmp_path, "a.jpg", exif=exif)
    assert picture_size(picture) == PictureSize(30, 40)


def test_transparent_pixels_have_the_colour_of_the_page(tmp_path: Path) -> None:
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(tmp_path / "a.png")
    found = scaled(Scaling(PictureFile(tmp_path / "a.png"), (2, 2), (1, 2, 3)))
    assert found == Pixels(2, 2, bytes((1, 2, 3)) * 4)


def test_an_animation_shows_its_first_frame(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ((250, 0, 0), (0, 250, 0))]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    found = pixels(PictureFile(tmp_path / "a.gif"))
    assert isinstance(found, Pixels)
    assert found.data[0] > 200 > found.data[1]


def test_256_colours_are_those_of_xterm(tmp_path: Path) -> None:
    gradient = Image.linear_gradient("L").convert("RGB")
    gradient.save(tmp_path / "a.png")
    found = scaled(Scaling(PictureFile(tmp_path / "a.png"), (16, 64), WHITE, is_256=True))
    assert isinstance(found, Pixels)
    levels = {0, 95, 135, 175, 215, 255, *range(8, 239, 10)}
    assert set(found.data) <= levels
    assert len(set(found.data)) > 10


def test_a_part_is_shown_larger(tmp_path: Path) -> None:
    image = Image.new("RGB", (40, 40), (0, 0, 250))
    image.paste((250, 0, 0), (20, 20, 40, 40))
    image.save(tmp_path / "a.png")
    found = pixels(PictureFile(tmp_path / "a.png"), crop=(0.5, 0.5, 1.0, 1.0))
    assert found == Pixels(4, 6, bytes((250, 0, 0)) * 24)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", PictureProblem.UNSUPPORTED),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", PictureProblem.UNSUPPORTED),
        (b"\x89PNG\r\n\x1a\n", PictureProblem.BROKEN),
        (png_header(100_000, 100_000), PictureProblem.TOO_LARGE),
        (png_header(0, 10), PictureProblem.BROKEN),
        (png_header(20_000, 20_000), PictureProblem.TOO_LARGE),
    ],
)
def test_what_cannot_be_shown_has_a_reason(tmp_path: Path, data: bytes, problem: PictureProblem) -> None:
    picture = written(tmp_path, data)
    assert (picture_size(picture), pixels(picture)) == (problem, problem)


def test_a_bomb_of_small_size_is_refused(tmp_path: Path) -> None:
    stream = BytesIO()
    Image.new("1", (9_000, 9_000)).save(stream, "PNG")
    picture = written(tmp_path, stream.getvalue())
    assert len(stream.getvalue()) < 100_000
    assert picture_size(picture) is PictureProblem.TOO_LARGE


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp"])
def test_a_truncated_picture_has_a_size_and_no_pixels(tmp_path: Path, name: str) -> None:
    noise = Image.effect_noise((200, 200), 80).convert("RGB")
    noise.save(tmp_path / name)
    data = (tmp_path / name).read_bytes()
    picture = written(tmp_path, data[: len(data) // 2], name)
    assert isinstance(picture_size(picture), PictureSize | PictureProblem)
    assert pixels(picture) is PictureProblem.BROKEN


def test_files_above_the_limit_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = saved(tmp_path, "a.bmp")
    monkeypatch.setattr(picture_headers, "LARGEST", 1_000)
    assert picture_size(picture) is pixels(picture) is PictureProblem.TOO_LARGE


def test_a_missing_picture_is_said_to_be_missing(tmp_path: Path) -> None:
    assert picture_size(PictureFile(tmp_path / "a.png")) is PictureProblem.MISSING
    assert picture_size(PictureFile(tmp_path)) is PictureProblem.MISSING
