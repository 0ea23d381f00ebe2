"""The rooms of pictures: their size, and that positions and text stay what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.blocks import Image, Inline, ListBlock, ListItem, Paragraph
from reader.document.document import Document, Position
from reader.layout.cells import Cells
from reader.layout.head import set_cover
from reader.layout.layout import Layout
from reader.layout.lines import Role
from reader.layout.picture_rooms import COVER, PictureProblem, PictureRooms, PictureSize
from reader.settings.options import ShownReadings, Typesetting

SIZES = st.builds(PictureSize, st.integers(1, 200_000), st.integers(1, 200_000))


@given(size=SIZES, width=st.integers(2, 200), most=st.integers(1, 60))
def test_a_room_fits_into_the_column_and_the_page(size: PictureSize, width: int, most: int) -> None:
    room = PictureRooms({0: size}, most).room(0, width)
    if room is None:
        assert width < 8 or min(size) <= 3
        return
    cells, rows = room
    assert 1 <= cells <= width
    assert 1 <= rows <= most


def test_a_room_has_the_shape_of_the_picture() -> None:
    rooms = PictureRooms({0: PictureSize(1600, 800), 1: PictureSize(400, 4000), 2: PictureSize(80, 80)}, 20)
    assert rooms.room(0, 80) == (80, 20)
    assert rooms.room(0, 40) == (40, 10)
    assert rooms.room(1, 80) == (4, 20)
    assert rooms.room(2, 80) == (10, 5)


def laid_out(*sizes: PictureSize | PictureProblem, alt: str = "一座灯塔", width: int = 40) -> Layout:
    """Paragraphs, each with a picture below it."""
    blocks = [
        block
        for number in range(len(sizes))
        for block in (Paragraph(Inline(f"第{number}段")), Image(Inline(alt), f"{number}.png"))
    ]
    found = {2 * number + 1: size for number, size in enumerate(sizes)}
    return Layout(Document((*blocks, Paragraph(Inline("end")))), width, Typesetting(), rooms=PictureRooms(found, 10))


def test_the_rows_of_a_picture_are_one_picture() -> None:
    layout = laid_out(PictureSize(320, 160))
    rows = [line.picture for line in layout.lines(0, layout.height) if line.picture is not None]
    assert [(one.leaf, one.row, one.rows, one.cells) for one in rows] == [(1, row, 10, 40) for row in range(10)]
    width = Cells(1).width
    for line in layout.lines(0, layout.height):
        framed = "".join(run.text for run in line.runs if run.style.role is Role.PICTURE)
        assert line.picture is None or width(framed) == 40


@given(
    sizes=st.lists(SIZES | st.sampled_from(PictureProblem), min_size=1, max_size=4),
    alt=st.sampled_from(["", "塔", "image"]),
)
def test_texts_and_positions_are_kept(sizes: list[PictureSize | PictureProblem], alt: str) -> None:
    layout = laid_out(*sizes, alt=alt)
    shown: dict[int, str] = {}
    for line in layout.lines(0, layout.height):
        assert Cells(1).width("".join(run.text for run in line.runs)) <= 40
        for run in line.runs:
            if run.start < run.end:
                text = layout.document.text(run.block)[run.start : run.end]
                shown[run.block] = shown.get(run.block, "") + text
    for number, leaf in enumerate(layout.document.leaves):
        assert shown.get(number, "") == leaf.text.text
        assert layout.position_at(layout.row_of(Position(number))) <= Position(number)


def test_a_position_at_a_picture_is_its_first_row() -> None:
    layout = laid_out(PictureSize(320, 160))
    row = layout.row_of(Position(1))
    assert layout.line(row).picture is not None
    assert layout.line(row).picture.row == 0  # type: ignore[union-attr]
    assert layout.row_of(Position(1, 1)) == row + 10


def test_a_frame_says_why_a_picture_is_not_shown() -> None:
    layout = laid_out(PictureProblem.WEB, PictureProblem.BROKEN)
    texts = [line.text for line in layout.lines(0, layout.height)]
    assert any("Image 1 · on the web" in text for text in texts)
    assert any("Image 2 · damaged" in text for text in texts)


def test_a_picture_in_a_list_fits_beside_the_marker() -> None:
    block = ListBlock((ListItem((Paragraph(Inline("a")), Image(Inline(), "a.png"))),), ordered=False)
    layout = Layout(Document((block,)), 40, Typesetting(), rooms=PictureRooms({1: PictureSize(4000, 1000)}, 10))
    lines = layout.lines(0, layout.height)
    assert any(line.picture is not None for line in lines)
    assert all(Cells(1).width("".join(run.text for run in line.runs)) <= 40 for line in lines)


def test_without_colours_there_is_no_room_but_a_reason() -> None:
    rooms = PictureRooms({0: PictureSize(320, 160), 1: PictureProblem.WEB}, 0)
    assert rooms.room(0, 40) is None
    assert (rooms.reason(0), rooms.reason(1)) == ("", "on the web")


def test_rooms_change_with_the_layout() -> None:
    layout = laid_out(PictureSize(320, 160))
    assert layout.resized(40).height < layout.resized(40, PictureRooms(layout.rooms.found, 4)).height < layout.height  # type: ignore[union-attr]


def test_the_cover_is_half_as_high_as_other_pictures_and_followed_by_a_blank_row() -> None:
    rooms = PictureRooms({COVER: PictureSize(4000, 4000), 0: PictureSize(4000, 4000)}, 20)
    *rows, blank = set_cover(rooms, 60)
    assert (len(rows), rooms.room(0, 60)) == (10, (40, 20))
    assert [(row.picture.leaf, row.picture.row) for row in rows if row.picture] == [(COVER, at) for at in range(10)]
    assert {len("".join(run.text for run in row.runs)) for row in rows} == {40}
    assert (blank.runs, blank.picture) == ((), None)
    assert set_cover(PictureRooms({0: PictureSize(40, 40)}, 20), 60) == []
    assert set_cover(PictureRooms({COVER: PictureSize(40, 40)}, 0), 60) == []


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("img/a%20b.png?w=3#x", "Image · not found · a b.png"),
        ("data:image/0123456789abcdef.png", "Image · not found"),
        ("a\x1b[31m.png", "Image · not found · a[31m.png"),
    ],
)
def test_a_missing_picture_without_a_description_has_the_name_of_its_file(source: str, shown: str) -> None:
    rooms = PictureRooms({0: PictureProblem.MISSING})
    (line,) = Layout(Document((Image(Inline(""), source),)), 60, Typesetting(), rooms=rooms).lines(0, 1)
    assert line.text == shown


def test_a_caption_with_readings_is_centred_below_its_picture() -> None:
    pytest.importorskip("pypinyin")
    document = Document((Paragraph(Inline("海边的灯塔夜里亮着。")), Image(Inline("守塔人"), "lamp.png")))
    rooms = PictureRooms({1: PictureSize(320, 160)}, 4)
    layout = Layout(document, 60, Typesetting(readings=ShownReadings.ALL), rooms=rooms)
    readings, caption = layout.lines(0, 99)[-2:]
    assert readings.is_reading
    assert readings.text.split() == ["shǒu", "tǎ", "rén"]
    before = len(readings.text) - len(readings.text.lstrip())
    assert before == (60 - len(readings.text.strip())) // 2
    assert "".join(caption.text.split()) == "守塔人"
