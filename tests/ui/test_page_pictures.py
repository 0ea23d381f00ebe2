"""Pictures on the page: painted into rooms that are there before, without moving a row."""

from pathlib import Path

import pytest
from PIL import Image
from rich.color import ColorSystem
from textual.geometry import Region
from textual.pilot import Pilot

from reader.document.document import Position, Range
from reader.graphics.kitty import PLACEHOLDER
from reader.graphics.terminal_graphics import GraphicsProtocol, TerminalGraphics
from reader.settings.options import PictureStyle, Settings, Typesetting
from reader.ui import late
from reader.ui.app import ReaderApp
from reader.ui.colours import Colours
from reader.ui.reading.reading_screen import ReadingScreen
from reader.ui.widgets.page import Page
from tests.graphics.kitty_terminal import KittyMemory
from tests.graphics.sixels import decoded
from tests.ui.conftest import write
from tests.ui.marking import Make
from tests.ui.test_reading import opened, rows

BODY = """
第一段。

![一座灯塔](lamp.png)

第二段。

![](https://example.com/lamp.png)

![破损](broken.png)

第三段。

![](lamp.png)

第四段。
"""


@pytest.fixture
def with_pictures(archive: Path) -> None:
    write(archive, "pictures", "图片", "2022-01-01 10:00:00", ("海洋",), BODY)
    Image.new("RGB", (640, 160), (200, 30, 10)).save(archive / "lamp.png")
    noise = Image.effect_noise((320, 80), 60)
    noise.save(archive / "broken.png")
    data = (archive / "broken.png").read_bytes()
    (archive / "broken.png").write_bytes(data[: len(data) // 2])


class NoScaler:
    """Never scales a picture."""

    def __init__(self, receive: object) -> None:
        pass

    def request(self, wanted: object) -> None:
        pass

    def end(self) -> None:
        pass


def coloured(app: ReaderApp, colours: ColorSystem | None = ColorSystem.TRUECOLOR) -> ReaderApp:
    """An app on a terminal with colours, whatever the tests run on."""
    app.console._color_system = colours
    return app


def halves(page: Page) -> set[tuple[object, object]]:
    """The colours of the upper and lower halves of all cells of pictures."""
    strips = [page.render_line(y) for y in range(page.size.height)]
    return {
        (one.style.color and one.style.color.triplet, one.style.bgcolor and one.style.bgcolor.triplet)
        for strip in strips
        for one in strip
        if "▀" in one.text and one.style
    }


async def shown(pilot: Pilot[None]) -> ReadingScreen:
    screen = await opened(pilot, "图片")
    await pilot.pause()
    return screen


def text_rows(screen: ReadingScreen) -> dict[str, int]:
    return {row.strip(): number for number, row in enumerate(rows(screen)) if "段" in row or "灯塔" in row}


@pytest.mark.usefixtures("with_pictures")
async def test_pictures_are_painted_without_moving_a_row(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    async with coloured(make_app()).run_test(size=(80, 60)) as pilot:
        screen = await shown(pilot)
        there = text_rows(screen)
        assert halves(screen.page) == {((200, 30, 10), (200, 30, 10))}
        assert any("damaged" in row for row in rows(screen))
        assert any("on the web" in row for row in rows(screen))
        assert there["第二段。"] - there["第一段。"] > 8
        assert 0 < screen.page.pictures.kept_bytes < 100_000
    monkeypatch.setattr(late, "PictureScaler", NoScaler)
    async with coloured(make_app()).run_test(size=(80, 60)) as pilot:
        screen = await shown(pilot)
        assert not halves(screen.page)
        assert text_rows(screen) == there


@pytest.mark.usefixtures("with_pictures")
async def test_pictures_are_small_frames_without_colours_or_if_the_user_wants(make_app: Make) -> None:
    plain = coloured(make_app(Settings(theme="mono")))
    framed = coloured(make_app(Settings(pictures=PictureStyle.FRAME)))
    old = coloured(make_app(), ColorSystem.STANDARD)
    for app in (plain, framed, old):
        async with app.run_test(size=(80, 60)) as pilot:
            screen = await shown(pilot)
            assert not halves(screen.page)
            there = text_rows(screen)
            assert there["第二段。"] - there["第一段。"] < 8


@pytest.mark.usefixtures("with_pictures")
async def test_another_theme_keeps_the_place(make_app: Make) -> None:
    async with coloured(make_app()).run_test(size=(80, 10)) as pilot:
        screen = await shown(pilot)
        screen.page.go_to(Position(2))
        await pilot.pause()
        assert rows(screen)[0].strip() == "第二段。"
        for theme in ("mono", "paper"):
            screen.page.repaint(Colours(late.load_themes()[0][theme]))
            await pilot.pause()
            assert rows(screen)[0].strip() == "第二段。"


@pytest.mark.usefixtures("with_pictures")
async def test_a_match_in_the_alt_text_is_in_sight(make_app: Make) -> None:
    async with coloured(make_app()).run_test(size=(80, 14)) as pilot:
        screen = await shown(pilot)
        screen.page.show_hits((Range(Position(1), Position(1, 2)),), 0)
        await pilot.pause()
        assert any("一座灯塔" in row for row in rows(screen))


@pytest.mark.usefixtures("with_pictures")
async def test_the_rows_of_a_picture_are_scrolled_and_passed_by_the_selection(make_app: Make) -> None:
    async with coloured(make_app()).run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot)
        place = Position(0)
        seen = [place]
        for _ in range(12):
            place = screen.page.rows_on(place, 1)
            seen.append(place)
        assert [one.block for one in seen if one.block in (1, 2)][-1] == 2
        for _ in range(12):
            place = screen.page.rows_on(place, -1)
        assert place == Position(0)


def on_terminal(app: ReaderApp, protocol: GraphicsProtocol) -> ReaderApp:
    """An app on a terminal that has told what it can show."""
    app.picture_output.graphics = TerminalGraphics(protocol, (10, 20))
    return coloured(app)


@pytest.mark.usefixtures("with_pictures")
async def test_on_kitty_cells_are_placeholders(make_app: Make) -> None:
    app = on_terminal(make_app(), GraphicsProtocol.KITTY)
    async with app.run_test(size=(80, 60)) as pilot:
        screen = await shown(pilot)
        assert not halves(screen.page)
        drawn = [
            one for y in range(screen.page.size.height) for one in screen.page.render_line(y) if PLACEHOLDER in one.text
        ]
        assert {one.cell_length for one in drawn} == {76}
        assert {one.style.color for one in drawn if one.style} == {app.picture_output.ink.color}
        memory = KittyMemory()
        memory.feed(app.picture_output.after_frame(()))
        # The picture twice in the article is the same one in the terminal.
        assert [(picture.cells, picture.rows) for picture in memory.pictures.values()] == [(76, 10)]
        screen.page.pictures.show(None)
        memory.feed(app.picture_output.after_frame(()))
        assert memory.pictures == {}


@pytest.mark.usefixtures("with_pictures")
async def test_sixels_are_drawn_over_pictures_that_are_wholly_in_sight(make_app: Make) -> None:
    app = on_terminal(make_app(), GraphicsProtocol.SIXEL)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot)
        page = screen.page
        assert halves(page)
        (drawn,) = page.pictures.drawn_pictures()
        top = next(y for y in range(page.size.height) if "▀" in page.render_line(y).text)
        left = page.render_line(top).text.index("▀")
        assert drawn.region == Region(page.region.x + left, page.region.y + top, 76, 10)
        assert decoded(drawn.pixels.data.decode("ascii"))[:2] == (760, 200)
        page.scroll_rows(top + 1)
        await pilot.pause()
        assert drawn.scaling not in [
            one.scaling for one in page.pictures.drawn_pictures() if one.region.y < drawn.region.y
        ]
        page.to_top()
        await pilot.press("?")
        await pilot.pause()
        assert [*page.pictures.drawn_pictures()] == []


async def test_the_cover_is_under_the_title_and_moves_no_position(make_app: Make, archive: Path) -> None:
    Image.new("RGB", (640, 320), (10, 200, 30)).save(archive / "cover.png")
    text = "\n---\ntitle: 图片\ncover: cover.png\ndate: 2022-01-01 10:00:00\n---\n\n第一段。\n\n第二段。\n"
    (archive / "covered.md").write_text(text, encoding="utf-8")
    async with coloured(make_app()).run_test(size=(80, 40)) as pilot:
        screen = await shown(pilot)
        assert halves(screen.page) == {((10, 200, 30), (10, 200, 30))}
        shown_rows = rows(screen)
        first = next(at for at, row in enumerate(shown_rows) if "第一段" in row)
        painted = [at for at, row in enumerate(shown_rows) if "▀" in row]
        assert "图片" in "".join(shown_rows[: painted[0]])
        assert painted == [*range(painted[0], first - 1)]
        assert screen.page.picture_in_sight() is None
        screen.page.go_to(Position(1))
        await pilot.pause()
        assert screen.page.document.text(1) == "第二段。"


@pytest.mark.usefixtures("with_pictures")
@pytest.mark.parametrize("columns", [1, 2])
async def test_only_cells_of_pictures_are_drawn_over(make_app: Make, columns: int) -> None:
    settings = Settings(typesetting=Typesetting(columns=columns), measure=60)
    app = on_terminal(make_app(settings), GraphicsProtocol.SIXEL)
    async with app.run_test(size=(170, 24)) as pilot:
        page = (await shown(pilot)).page
        drawn_at_all = 0
        for _step in range(12):
            for drawn in page.pictures.drawn_pictures():
                left, top = drawn.region.x - page.region.x, drawn.region.y - page.region.y
                for y in range(top, top + drawn.region.height):
                    assert set(page.render_line(y).crop(left, left + drawn.region.width).text) == {"▀"}
                drawn_at_all += 1
            page.scroll_rows(1)
            await pilot.pause()
        assert drawn_at_all
