"""Folding by keys, and placing the current line, as in vi."""

from pathlib import Path

import pytest

from reader.settings.options import Settings
from reader.settings.user_keymap import keymap_of
from tests.ui.conftest import write
from tests.ui.marking import Make, said
from tests.ui.test_counts import app_of, long
from tests.ui.test_reading import opened, rows

__all__ = ["long"]

VIM = keymap_of(Settings(keymap="vim"))

FOLDS = """
开头。

<details><summary>问题</summary>

答案甲。

</details>

> [!note]- 注
> 答案乙。

> [!tip]+ 提示
> 答案丙。

结尾。
"""


def shown(lines: list[str]) -> str:
    """The answers on the page."""
    return "".join(one for one in "甲乙丙" if any(f"答案{one}" in row for row in lines))


async def test_folds_are_opened_and_closed(make_app: Make, archive: Path) -> None:
    write(archive, "folds", "折叠", "2022-01-01 10:00:00", ("海洋",), FOLDS)
    async with make_app().run_test(size=(80, 30)) as pilot:
        screen = await opened(pilot, "折叠")
        for key, expected in (
            *(("alt+u", "甲丙"), ("alt+u", "甲乙丙"), ("alt+d", "乙丙"), ("alt+f", "甲乙丙"), ("alt+k", "")),
            *(("alt+f", "甲"), ("alt+i", "甲乙丙"), ("alt+d", "乙丙"), ("alt+k", "")),
        ):
            await pilot.press(key)
            assert shown(rows(screen)) == expected, key
        await pilot.press("alt+d")
        assert "All that is in sight is folded" in await said(pilot)


async def test_the_focused_fold_comes_first(make_app: Make, archive: Path) -> None:
    body = FOLDS.replace("提示", "提示 [图](https://example.com/a)").replace("丙。", "丙 [海](https://example.com/b)。")
    write(archive, "folds", "折叠", "2022-01-01 10:00:00", ("海洋",), body)
    async with make_app().run_test(size=(80, 30)) as pilot:
        screen = await opened(pilot, "折叠")
        await pilot.press("alt+i", "shift+down")
        assert screen.view.links.focused == "https://example.com/a"
        for key, expected in (("alt+d", "甲乙"), ("alt+u", "甲乙丙"), ("alt+f", "甲乙"), ("alt+f", "甲乙丙")):
            await pilot.press(key)
            assert shown(rows(screen)) == expected, key
        await pilot.press("shift+down")
        assert screen.view.links.focused == "https://example.com/b"
        await pilot.press("alt+d")
        assert shown(rows(screen)) == "甲乙"


async def test_a_fold_that_changes_clears_the_message_about_folds(make_app: Make, archive: Path) -> None:
    write(archive, "folds", "折叠", "2022-01-01 10:00:00", ("海洋",), FOLDS)
    async with make_app().run_test(size=(80, 30)) as pilot:
        screen = await opened(pilot, "折叠")
        for change in ("alt+d", "alt+k"):
            await pilot.press("alt+i", "alt+u")
            assert "All that is in sight is unfolded" in await said(pilot)
            await pilot.press(change)
            assert "unfolded" not in screen.status.render_line(0).text


@pytest.mark.parametrize("key", ["alt+f", "alt+u", "alt+i"])
async def test_without_folds_a_message_says_so(long: Path, tmp_path: Path, key: str) -> None:
    app = app_of(long, tmp_path)
    async with app.run_test(size=(80, 20)) as pilot:
        await opened(pilot, "Long")
        await pilot.press(key)
        assert "can be folded" in await said(pilot)
    app.library.close()


async def test_chords_of_vim_place_the_current_line(long: Path, tmp_path: Path) -> None:
    app = app_of(long, tmp_path, VIM)
    async with app.run_test(size=(80, 21)) as pilot:
        screen = await opened(pilot, "Long")
        page = screen.page
        await pilot.press("slash", *"Paragraph 20", "enter")

        def row() -> int:
            return next(y for y, text in enumerate(rows(screen)) if "Paragraph 20 " in text)

        last = page.size.height - 1
        for keys, expected in (("zt", 0), ("zb", last), ("zz", round(last / 2))):
            await pilot.press(*keys)
            assert row() == expected, keys
        await pilot.press("g", "g", "z", "t")
        assert page.scroll_y == last // 2, "without a match in sight, the line in the middle"
        await pilot.press("g", "j", "g", "k")
        assert page.scroll_y == last // 2
    app.library.close()


async def test_the_placed_line_stays_the_current_one_until_the_page_is_scrolled(long: Path, tmp_path: Path) -> None:
    app = app_of(long, tmp_path, VIM)
    async with app.run_test(size=(80, 21)) as pilot:
        screen = await opened(pilot, "Long")
        page = screen.page
        last = page.size.height - 1
        await pilot.press("3", "0", "j")
        start = page.scroll_y
        row = start + last // 2
        for keys, top in (("zt", row), ("zt", row), ("zb", row - last), ("zb", row - last), ("zt", row)):
            await pilot.press(*keys)
            assert page.scroll_y == top, keys
        await pilot.press("z", "z")
        assert page.scroll_y == row - round(last / 2)
        await pilot.press("z", "t", "j", "z", "t")
        assert page.scroll_y == row + 1 + last // 2, "after the page was scrolled, the line in the middle"
    app.library.close()
