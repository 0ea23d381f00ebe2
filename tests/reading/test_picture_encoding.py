"""The forms in which scaled pictures leave their process."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from reader.linking.picture_files import PictureFile
from reader.reading import picture_encoding
from reader.reading.picture_encoding import encoded
from reader.reading.picture_scaling import Encoding, Scaling
from tests.graphics.sixels import decoded


def wanted(encoding: Encoding, *, registers: int = 256) -> Scaling:
    return Scaling(PictureFile(Path("a")), (0, 0), (0, 0, 0), encoding=encoding, registers=registers)


def noise() -> Image.Image:
    bands = [Image.effect_noise((60, 40), spread) for spread in (40, 60, 80)]
    return Image.merge("RGB", bands)


def test_png_has_the_same_pixels() -> None:
    image = noise()
    with Image.open(BytesIO(encoded(image, wanted(Encoding.PNG)))) as read:
        assert read.format == "PNG"
        assert read.convert("RGB").tobytes() == image.tobytes()


def test_sixels_have_the_colours_of_the_picture() -> None:
    image = Image.new("RGB", (30, 20), (200, 30, 10))
    image.paste((0, 100, 250), (10, 5, 20, 15))
    found = decoded(encoded(image, wanted(Encoding.SIXEL)).decode("ascii"))
    for y in range(20):
        for x in range(30):
            pixel, shown = image.getpixel((x, y)), found.rows[y][x]
            assert isinstance(pixel, tuple)
            assert shown is not None
            assert all(abs(100 * part / 255 - percent) <= 1 for part, percent in zip(pixel, shown, strict=True))


@pytest.mark.parametrize("registers", [2, 16, 256])
def test_sixels_have_no_more_colours_than_the_terminal(registers: int) -> None:
    found = decoded(encoded(noise(), wanted(Encoding.SIXEL, registers=registers)).decode("ascii"))
    colours = {pixel for row in found.rows for pixel in row}
    assert None not in colours
    assert 2 <= len(colours) <= registers


def test_noise_gets_fewer_colours_rather_than_megabytes(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = len(encoded(noise(), wanted(Encoding.SIXEL)))
    monkeypatch.setattr(picture_encoding, "MOST_SIXELS", whole - 1)
    assert len(encoded(noise(), wanted(Encoding.SIXEL))) < whole
