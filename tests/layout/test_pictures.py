"""Pictures whose alternative text says nothing new are a single row with their label."""

import pytest

from reader.document.blocks import Block, Cell, Heading, Image, Inline, Paragraph, Table
from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.layout.layout import Layout
from reader.layout.pictures import picture_name
from reader.parse.parser import parse
from reader.settings.options import Typesetting
from tests.layout.laws import is_complete_and_fits, maps_both_ways


def rows(*blocks: Block) -> list[str]:
    lines = Layout(Document(blocks), 40, Typesetting()).lines(0, 99)
    return [line.text for line in lines if line.text]


def image(alt: str) -> Image:
    return Image(Inline(alt), "https://example.org/lamp.png")


@pytest.mark.parametrize("alt", ["image", "Image", "图片", "图片 3", "IMG_20210304", "image.png", "이미지", "画像"])
def test_a_name_of_any_picture_is_not_shown(alt: str) -> None:
    assert rows(image(alt)) == ["Image"]


@pytest.mark.parametrize("alt", ["图片里的灯塔", "image of a lamp", "figure skating", "海边"])
def test_a_description_is_framed(alt: str) -> None:
    assert any(alt in row for row in rows(image(alt)))


def test_without_a_description_it_has_the_name_of_its_file() -> None:
    assert rows(image("")) == ["Image · lamp.png"]
    table = Table(((Cell((Paragraph(Inline("灯")),)), Cell((image(""),))),))
    assert "Image · lamp.png" in rows(table)[1]
    assert rows(Image(Inline(""), "data:image/png;base64,AAAA")) == ["Image"]


@pytest.mark.parametrize(
    "name", ["249011f6173f09509a580ed7ddabb2b1.png", "v2-249011f6173f09509a580ed7_r.jpg", "640", "3_1.gif"]
)
def test_the_number_of_a_file_is_no_name(name: str) -> None:
    assert picture_name(f"https://example.org/{name}?w=1#x") == ""


def test_a_long_name_ends_with_an_ellipsis() -> None:
    image = Image(Inline(""), "https://example.org/the-lighthouse-at-the-end-of-the-mole.png")
    lines = Layout(Document((image,)), 24, Typesetting()).lines(0, 9)
    assert [line.text for line in lines] == ["Image · the-lighthouse-…"]


def test_a_repeated_title_or_caption_is_shown_once() -> None:
    title, caption = Heading(Inline("海边的灯塔"), 1), Paragraph(Inline("守塔人点灯。"))
    assert sum("海边的灯塔" in row for row in rows(title, Paragraph(Inline("文")), image("海边的灯塔"))) == 1
    assert sum("守塔人点灯" in row for row in rows(image("守塔人点灯"), caption)) == 1
    assert sum("守塔人点灯" in row for row in rows(caption, image("守塔人点灯"))) == 1


def test_a_title_that_only_the_front_matter_has_is_shown_once() -> None:
    document = parse(
        Body("海边。\n\n![海边的灯塔](a.png)\n\n![另一座塔](b.png)", BodyFormat.MARKDOWN, title="海边的灯塔")
    )
    lines = Layout(document, 40, Typesetting()).lines(0, 99)
    assert not any("海边的灯塔" in line.text for line in lines)
    assert any("另一座塔" in line.text for line in lines)


def test_the_hidden_text_keeps_its_positions() -> None:
    document = Document((Paragraph(Inline("文")), image("image"), image("海边"), Paragraph(Inline("尾"))))
    for width in (10, 40):
        is_complete_and_fits(document, width, Typesetting())
        maps_both_ways(document, width, Typesetting())
