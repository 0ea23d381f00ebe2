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


@pytest.mark.parametrize("title", ["甲文", "丁文"])
@pytest.mark.parametrize("fragment", ["第二节", "没有这一节"])
async def test_a_section_of_an_embedded_note_is_found_where_it_is_embedded(
    app: ReaderApp, archive: Path, fragment: str, title: str
) -> None:
    filler = "".join(f"第{number}段。\n\n" for number in range(60))
    text = f"---\ntitle: 甲文\ndate: 2024-01-02\n---\n\n[去](#{fragment})\n\n{filler}![[two]]\n\n{filler}"
    (archive / "one.md").write_text(text, encoding="utf-8")
    # The newest article is opened first.
    link = f"---\ntitle: 丁文\ndate: {2025 if title == '丁文' else 2023}-01-02\n---\n\n[去](one.md#{fragment})\n"
    (archive / "four.md").write_text(link, encoding="utf-8")
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await opened(pilot, title)
        await pilot.press("}", "enter")
        if fragment in TWO:
            await until_shown(pilot, screen, "▸ two")
            assert screen.page.scroll_y > 20
        else:
            await until(pilot, lambda: "No such section" in screen.status.render_line(0).text)


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
