"""Folding on the page: by Enter and by the mouse; what is found or gone to is unfolded."""

from pathlib import Path

import pytest

from reader.ui.reading.reading_screen import ReadingScreen
from tests.ui.conftest import write
from tests.ui.marking import Make
from tests.ui.test_reading import opened, rows
from tests.ui.waiting import until

BODY = "\n开头。\n\n<details><summary>问题</summary>\n\n藏着的答案。\n\n</details>\n\n结尾。\n"


LONG = (
    "\n开头。\n\n<details><summary>全书</summary>\n\n"
    + "".join(f"第{number}段，灯塔在夜里亮着，船从远处来，海面上有雾。\n\n" for number in range(4_000))
    + "藏着的答案。\n\n</details>\n\n结尾。\n"
)


@pytest.fixture
def _folded(archive: Path) -> None:
    write(archive, "folded", "折叠", "2022-01-01 10:00:00", ("海洋",), BODY)


def shows_answer(screen: ReadingScreen) -> bool:
    return any("藏着的答案" in row for row in rows(screen))


@pytest.mark.usefixtures("_folded")
async def test_enter_and_a_click_open_and_fold(make_app: Make) -> None:
    async with make_app().run_test(size=(80, 20)) as pilot:
        screen = await opened(pilot, "折叠")
        assert not shows_answer(screen)
        await pilot.press("enter")
        assert shows_answer(screen)
        row = next(y for y, text in enumerate(rows(screen)) if "问题" in text)
        await pilot.click(screen.page, offset=(rows(screen)[row].index("问") + 1, row))
        assert not shows_answer(screen)


@pytest.mark.usefixtures("_folded")
async def test_what_is_found_is_unfolded(make_app: Make) -> None:
    async with make_app().run_test(size=(80, 20)) as pilot:
        screen = await opened(pilot, "折叠")
        await pilot.press("slash", *"答案", "enter")
        assert shows_answer(screen)


async def test_what_is_found_at_the_end_of_a_long_fold_is_reached(make_app: Make, archive: Path) -> None:
    write(archive, "long", "长篇", "2022-01-01 10:00:00", ("海洋",), LONG)
    async with make_app().run_test(size=(80, 20)) as pilot:
        screen = await opened(pilot, "长篇")
        assert not shows_answer(screen)
        await pilot.press("slash", *"答案", "enter")
        await until(pilot, lambda: shows_answer(screen))
        await pilot.press("g")
        await until(pilot, lambda: any("▾ 全书" in row for row in rows(screen)))
