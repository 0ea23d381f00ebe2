"""The script of Chinese on the page: the key, the outline, finding, copying, and the next start."""

from pathlib import Path

import pytest

from reader.settings.options import ChineseScript, Settings
from reader.ui.app import ReaderApp
from tests.ui.conftest import write
from tests.ui.marking import Make
from tests.ui.test_reading import opened, rows

BODY = "\n## 默认设置\n\n软件的“博客”在里面。\n"


@pytest.fixture(autouse=True)
def _simplified(archive: Path) -> None:
    write(archive, "simplified", "简体的博客", "2022-01-01 10:00:00", ("海洋",), BODY)


def text_of(app: ReaderApp) -> str:
    return "\n".join(rows(app.reading_screen))


async def test_key_shows_every_script_and_then_the_source(make_app: Make) -> None:
    async with make_app().run_test(size=(100, 20)) as pilot:
        screen = await opened(pilot, "简体的博客")
        app = screen.app
        assert isinstance(app, ReaderApp)
        before = text_of(app)
        assert "软件的“博客”在里面" in before
        await pilot.press("T")
        assert "軟件的「博客」在裡面" in text_of(app)
        await pilot.press("T")
        assert "軟體的「部落格」在裡面" in text_of(app)
        assert "預設設定" in "".join(segment.text for segment in app.reading_screen.view.outline.row(0, 30, lit=False))
        # The status line names the section as its heading is shown, but files as they are called.
        await pilot.press("G")
        screen.view._footer.hush()
        screen.view.follow()
        line = app.reading_screen.view.status.render_line(0).text
        assert "預設設定" in line
        assert "默认设置" not in line
        await pilot.press("g", "T", "T")
        assert text_of(app) == before


async def test_word_of_the_page_is_found(make_app: Make) -> None:
    async with make_app().run_test(size=(100, 20)) as pilot:
        screen = await opened(pilot, "简体的博客")
        await pilot.press("T", "T", "slash", *"軟體", "enter")
        assert len(screen.view.finding.hits) == 1


@pytest.mark.parametrize(("as_shown", "copied"), [(False, "软件的“博客”在里面。"), (True, "軟體的「部落格」在裡面。")])
async def test_copying_follows_the_setting(make_app: Make, as_shown: bool, copied: str) -> None:  # noqa: FBT001
    async with make_app(Settings(copy_as_shown=as_shown)).run_test(size=(100, 20)) as pilot:
        screen = await opened(pilot, "简体的博客")
        await pilot.press("T", "T")
        assert copied in screen.view.selected_text()


async def test_choice_is_kept(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 20)) as pilot:
        await opened(pilot, "简体的博客")
        await pilot.press("T", "T")
    async with make_app().run_test(size=(100, 20)) as pilot:
        screen = await opened(pilot, "简体的博客")
        assert screen.view.typesetting.options.chinese is ChineseScript.TAIWAN
        assert any("部落格" in row for row in rows(screen))


async def test_readings_of_rare_characters_then_of_all_then_none(make_app: Make) -> None:
    pytest.importorskip("pypinyin")
    async with make_app().run_test(size=(100, 20)) as pilot:
        screen = await opened(pilot, "简体的博客")
        before = rows(screen)
        await pilot.press("R")
        assert rows(screen)[:-1] == before[:-1]
        await pilot.press("R")
        assert any("ruǎn" in row for row in rows(screen))
        await pilot.press("R")
        assert rows(screen)[:-1] == before[:-1]


async def test_selection_is_read(make_app: Make) -> None:
    pytest.importorskip("pypinyin")
    async with make_app().run_test(size=(100, 20)) as pilot:
        screen = await opened(pilot, "简体的博客")
        await pilot.press("v", "r")
        assert "mò rèn shè zhì" in screen.status.render_line(0).text


async def test_han_is_found_by_pinyin(make_app: Make) -> None:
    pytest.importorskip("pypinyin")
    async with make_app().run_test(size=(100, 20)) as pilot:
        screen = await opened(pilot, "简体的博客")
        await pilot.press("slash", *"ruanjian", "enter")
        assert len(screen.view.finding.hits) == 1
