"""Embedded notes on the page: opened and folded by Enter and by the mouse."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from reader.ui.app import ReaderApp
from reader.ui.reading.reading_screen import ReadingScreen
from tests.ui.marking import said
from tests.ui.test_reading import opened, rows
from tests.ui.waiting import until

Make = Callable[..., ReaderApp]
ONE = """---
title: 甲文
date: 2024-01-02
---

开头。

![[two]]

![[two#第二节|节]]

![[one#尾]]

![[two#没有的节]]

## 尾

结尾。
"""
TWO = """---
title: 乙文的标题
date: 2024-01-01
---

乙的正文，见[[three]]。

## 第二节

节的正文。

![[one]]
"""
THREE = """---
title: 丙文
date: 2023-01-01
---

丙的正文。
"""


@pytest.fixture
def app(archive: Path, make_app: Make) -> ReaderApp:
    for file in archive.iterdir():
        file.unlink()
    for name, text in (("one", ONE), ("sub/two", TWO), ("sub/three", THREE)):
        path = archive / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return make_app()


def shown(screen: ReadingScreen) -> str:
    return "\n".join(rows(screen))


async def until_shown(pilot: Pilot[None], screen: ReadingScreen, text: str) -> None:
    await until(pilot, lambda: text in shown(screen))


async def test_enter_opens_and_folds_a_transclusion_and_follows_its_links(app: ReaderApp) -> None:
    async with app.run_test(size=(60, 40)) as pilot:
        screen = await opened(pilot, "甲文")
        await until_shown(pilot, screen, "▸ two  乙文的标题")
        folded = rows(screen)
        await pilot.press("}")
        assert "Embedded: 乙文的标题" in await said(pilot)
        await pilot.press("enter")
        await until_shown(pilot, screen, "▏ 乙的正文，见three。")
        assert "▾ two" in shown(screen)
        assert "▏ one" in shown(screen)
        await pilot.press("enter")
        await pilot.pause()
        assert rows(screen)[:-1] == folded[:-1]
        await pilot.press("enter")
        await until_shown(pilot, screen, "▏ 乙的正文")
        # The links of a transclusion are relative to the transcluded article.
        await pilot.press("f", "j")
        await until_shown(pilot, screen, "丙的正文。")


async def test_sections_are_transcluded_also_of_the_same_article(app: ReaderApp) -> None:
    async with app.run_test(size=(60, 40)) as pilot:
        screen = await opened(pilot, "甲文")
        await until_shown(pilot, screen, "▸ 节  乙文的标题")
        await pilot.press("}", "}", "enter")
        await until_shown(pilot, screen, "▏ 节的正文。")
        assert "乙的正文" not in shown(screen)
        await pilot.press("}", "enter")
        await until_shown(pilot, screen, "▏ 结尾。")
        await pilot.press("}", "enter")
        await until_shown(pilot, screen, "▾ two › 没有的节")
        assert "No such section" in await said(pilot)
        await pilot.press("O")
        await until_shown(pilot, screen, "Mon 2024-01-01")


async def test_the_mouse_opens_a_transclusion_and_the_link_below_it_goes_there(app: ReaderApp) -> None:
    async with app.run_test(size=(60, 40)) as pilot:
        screen = await opened(pilot, "甲文")
        await until_shown(pilot, screen, "▸ 节  乙文的标题")
        row = next(number for number, text in enumerate(rows(screen)) if "▸ 节" in text)
        await pilot.click(screen.page, offset=(screen.page._left, row))
        await until_shown(pilot, screen, "▏ → Open the article")
        row = next(number for number, text in enumerate(rows(screen)) if "→ Open" in text)
        await pilot.click(screen.page, offset=(screen.page._left + 4, row))
        await until_shown(pilot, screen, "Mon 2024-01-01")
        assert screen.reading is not None
        assert screen.reading.article.title == "乙文的标题"
