"""One picture alone: opened by a key and a link, enlarged, moved, and opened in another program after a question."""

from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from textual.pilot import Pilot

from reader.settings.options import PictureStyle, Settings
from reader.ui.screens.link_prompts import OpenFileScreen
from reader.ui.screens.picture_box import PictureBox
from reader.ui.widgets.zoomed_picture import ZoomedPicture
from tests.ui.conftest import write
from tests.ui.marking import Make
from tests.ui.test_page_pictures import coloured
from tests.ui.test_reading import opened
from tests.ui.waiting import until

SIZE = (80, 30)


@pytest.fixture
def with_picture(archive: Path) -> None:
    """A picture whose upper left quarter is red, and whose others are blue."""
    write(archive, "pictures", "图片", "2022-01-01 10:00:00", ("海洋",), "文字。\n\n![一座灯塔](lamp.png)\n")
    image = Image.new("RGB", (400, 200), (0, 0, 250))
    image.paste((250, 0, 0), (0, 0, 200, 100))
    image.save(archive / "lamp.png")


async def shown(pilot: Pilot[None]) -> ZoomedPicture:
    await opened(pilot, "图片")
    await pilot.press("enter")
    assert isinstance(pilot.app.screen, PictureBox)
    return pilot.app.screen.picture


def colours(picture: ZoomedPicture) -> set[tuple[int, ...]]:
    """The colours of the upper halves of the cells."""
    strips = [picture.render_line(y) for y in range(picture.size.height)]
    return {
        tuple(one.style.color.triplet)
        for strip in strips
        for one in strip
        if "▀" in one.text and one.style and one.style.color and one.style.color.triplet
    }


RED, BLUE = (250, 0, 0), (0, 0, 250)


@pytest.mark.usefixtures("with_picture")
async def test_a_picture_is_enlarged_and_moved(make_app: Make) -> None:
    async with coloured(make_app()).run_test(size=SIZE) as pilot:
        picture = await shown(pilot)
        assert {RED, BLUE} <= colours(picture)
        width = max(len(picture.render_line(y).text.strip()) for y in range(picture.size.height))
        assert width == picture.size.width
        await pilot.press("plus", "plus", "plus")
        assert picture.zoom > 3
        await pilot.press(*["left", "up"] * 9)
        assert colours(picture) == {RED}
        await pilot.press(*["right"] * 40)
        assert colours(picture) == {BLUE}
        await pilot.press("0")
        assert picture.zoom == 1
        assert {RED, BLUE} <= colours(picture)
        await pilot.press("minus")
        assert picture.zoom == 1
        await pilot.press("escape")
        assert not isinstance(pilot.app.screen, PictureBox)


@pytest.mark.usefixtures("with_picture")
async def test_another_program_is_asked_for_once(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    files: list[Path] = []
    app = coloured(make_app())
    monkeypatch.setattr("reader.ui.textual_host.open_file", lambda _app, path, _notifier: files.append(path))
    async with app.run_test(size=SIZE) as pilot:
        await shown(pilot)
        await pilot.press("o")
        assert isinstance(app.screen, OpenFileScreen)
        await pilot.press("enter")
        assert [one.name for one in files] == ["lamp.png"]
        await pilot.press("enter", "o")
        assert [one.name for one in files] == ["lamp.png"] * 2


@pytest.mark.usefixtures("with_picture")
@pytest.mark.parametrize("settings", [Settings(theme="mono"), Settings(pictures=PictureStyle.FRAME)])
async def test_without_colours_the_file_is_opened(make_app: Make, settings: Settings) -> None:
    app = coloured(make_app(settings))
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot, "图片")
        app.commands.following.follow("lamp.png")
        await pilot.pause()
        assert isinstance(app.screen, OpenFileScreen)


@pytest.fixture
def with_embedded_picture(archive: Path) -> bytes:
    data = BytesIO()
    Image.effect_noise((60, 60), 80).save(data, "PNG")
    address = f"data:image/png;base64,{b64encode(data.getvalue()).decode()}"
    write(archive, "pictures", "图片", "2022-01-01 10:00:00", ("海洋",), f"文字。\n\n![一座灯塔]({address})\n")
    return data.getvalue()


@pytest.mark.parametrize("settings", [Settings(), Settings(theme="mono")])
async def test_another_program_opens_a_copy_of_an_embedded_picture(
    make_app: Make, monkeypatch: pytest.MonkeyPatch, with_embedded_picture: bytes, settings: Settings
) -> None:
    opened_files: list[tuple[Path, bytes]] = []
    app = coloured(make_app(settings))
    monkeypatch.setattr(
        "reader.ui.textual_host.open_file",
        lambda _app, path, _notifier: opened_files.append((path, path.read_bytes())),
    )
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot, "图片")
        await pilot.press("right_curly_bracket", "enter")
        if settings.theme != "mono":
            await pilot.press("o")
        await until(pilot, lambda: isinstance(app.screen, OpenFileScreen))
        await pilot.press("enter")
        ((path, content),) = opened_files
        assert content == with_embedded_picture
        await pilot.press("q")
    assert not path.exists()


async def test_the_status_line_says_where_an_embedded_picture_is(make_app: Make, with_embedded_picture: bytes) -> None:
    assert with_embedded_picture
    app = coloured(make_app())
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, "图片")
        await pilot.press("right_curly_bracket")
        await until(pilot, lambda: "Picture embedded in pictures.md" in screen.status.render_line(0).text)
