"""Links within the archive: to articles, sections and files, to what is missing, and from the web back into it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from reader.document.document import Position
from reader.library.library import Library
from reader.linking.archive_links import ArchiveLinks
from reader.settings.options import Settings
from reader.ui.app import ReaderApp
from reader.ui.reading.reading_screen import ReadingScreen
from reader.ui.screens.link_list import LinksScreen
from reader.ui.screens.link_prompts import MissingLinkScreen, OpenFileScreen
from reader.ui.screens.search import SearchScreen
from tests.ui.conftest import write
from tests.ui.marking import said
from tests.ui.test_following import asked
from tests.ui.test_reading import opened, rows
from tests.ui.waiting import until

__all__ = ["asked"]
Make = Callable[..., ReaderApp]
FILLER = "".join(f"第{n}段，没有链接。\n\n" for n in range(40))
ONE = f"""---
title: 甲文
date: 2024-01-02
---

见[乙的一节](sub/two.md#第二节)、[本文](#末节)、[没有的](sub/gone-for%20good.md)、[图](pic.png)、[坏](../../etc/passwd)、
[存档](http://www.example.org/two/?utm_source=x)、[网](https://example.com/)、[脚本](tool.sh)。

{FILLER}

## 末节

完。
"""
TWO = f"""---
title: 乙文
date: 2024-01-01
url: https://example.org/two
---

开头。

{FILLER}

## 第二节

正文，回到[甲](../one.md)。

{FILLER}
"""


@pytest.fixture
def app(archive: Path, make_app: Make) -> ReaderApp:
    for file in archive.iterdir():
        file.unlink()
    (archive / "sub").mkdir()
    (archive / "one.md").write_text(ONE, encoding="utf-8")
    (archive / "sub" / "two.md").write_text(TWO, encoding="utf-8")
    (archive / "pic.png").write_bytes(b"\x89PNG")
    (archive / "tool.sh").write_text("echo", encoding="utf-8")
    return make_app()


@pytest.fixture
def opened_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr("reader.ui.textual_host.open_file", lambda _app, path, _host: found.append(path.name))
    return found


async def typed(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def resolved(pilot: Pilot[None]) -> ReadingScreen:
    """Wait until it is known where the links of the first article lead."""
    app = pilot.app
    assert isinstance(app, ReaderApp)
    screen = await opened(pilot, "甲文")
    await until(pilot, lambda: bool(app.commands.following.kinds._known and screen.page.overlaid._link_kinds[0]))
    return screen


async def test_a_link_opens_another_article_at_its_section_and_leads_back(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await resolved(pilot)
        await typed(pilot, "}")
        assert "乙文 › 第二节" in await said(pilot)
        await typed(pilot, "f", "f")
        screen = await opened(pilot, "乙文")
        await until(pilot, lambda: "第二节" in "\n".join(rows(screen)[:2]))
        await typed(pilot, "H")
        screen = await opened(pilot, "甲文")
        assert screen.page.place == Position(0)
        await pilot.pause()
        # The link that was followed is focused again.
        assert "乙文 › 第二节" in await said(pilot)
        await typed(pilot, "enter")
        await opened(pilot, "乙文")


async def test_going_back_shows_the_same_rows_also_below_a_part_of_the_header(app: ReaderApp) -> None:
    async with app.run_test(size=(40, 12)) as pilot:
        screen = await resolved(pilot)
        await typed(pilot, "down", "down")
        before = rows(screen)
        assert "甲文" not in "".join(before[:2])
        await typed(pilot, "f", "f")
        await opened(pilot, "乙文")
        await typed(pilot, "H")
        screen = await opened(pilot, "甲文")
        await until(pilot, lambda: rows(screen) == before)
        # The header is in sight again after the beginning was asked for.
        await typed(pilot, "g")
        assert "甲文" in "".join(rows(screen)[:3])


async def test_jumps_to_the_ends_and_to_sections_lead_back(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await resolved(pilot)
        await typed(pilot, "G", "H")
        assert screen.page.place == Position(0)
        await typed(pilot, "pagedown")
        here = screen.page.place
        await typed(pilot, "g", "H")
        assert screen.page.place == here
        await typed(pilot, "]")
        assert screen.page.place != here
        await typed(pilot, "[", "H")
        assert screen.page.place == here


async def test_a_link_within_the_article_leads_to_its_section(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await resolved(pilot)
        await typed(pilot, "}", "}")
        assert "In this article: 末节" in await said(pilot)
        await typed(pilot, "enter")
        assert "末节" in "\n".join(rows(screen))
        await typed(pilot, "H")
        assert screen.page.place == Position(0)


async def test_a_link_to_an_id_shows_the_section_that_it_leads_to(archive: Path, make_app: Make) -> None:
    body = f"<p>见<a href='#c2-x'>后文</a>。</p><h2>第二章</h2><p>{'文字。' * 99}</p><p id='c2-x'>那一处。</p>"
    write(archive, "ids", "甲文", "2022-01-01 10:00:00", ("海洋",), body)
    async with make_app().run_test(size=(40, 12)) as pilot:
        await opened(pilot, "甲文")
        await typed(pilot, "}")
        assert "In this article: 第二章" in await said(pilot)


async def test_missing_target_is_named_and_a_search_offered(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await resolved(pilot)
        await typed(pilot, "f", "d")
        assert isinstance(app.screen, MissingLinkScreen)
        await typed(pilot, "enter")
        assert isinstance(app.screen, SearchScreen)
        assert app.screen.query_one(Input).value == "gone for good"


async def test_a_file_is_opened_in_another_program_after_one_question(app: ReaderApp, opened_files: list[str]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await resolved(pilot)
        await typed(pilot, "f", "k")
        assert isinstance(app.screen, OpenFileScreen)
        await typed(pilot, "escape")
        assert opened_files == []
        await typed(pilot, "f", "k", "enter", "f", "k")
        assert opened_files == ["pic.png", "pic.png"]


async def test_a_program_is_not_opened(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await resolved(pilot)
        await typed(pilot, "f", "g")
        assert isinstance(app.screen, ReadingScreen)
        assert "Files of this kind are not opened: tool.sh" in await said(pilot)


async def test_a_web_link_opens_the_saved_copy_and_another_key_the_web(app: ReaderApp, asked: list[str]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await resolved(pilot)
        await typed(pilot, "}", "}", "}", "}", "}", "}")
        assert "Saved: 乙文 · O opens" in await said(pilot)
        await typed(pilot, "O")
        assert asked == ["http://www.example.org/two/?utm_source=x"]
        link = next(link for link in screen.page.visible_links() if "utm_source" in link.target)
        await pilot.click("#page", offset=(screen.page._left + link.cell, link.row), control=True)
        await pilot.pause()
        assert asked == ["http://www.example.org/two/?utm_source=x"] * 2
        inside = screen.page.colours.theme.link_inside
        strips = [screen.page.render_line(y) for y in range(24)]
        painted = "".join(
            text for strip in strips for text, style, _ in strip if style and style.color and style.color.name == inside
        )
        assert painted == "乙的一节本文存档"
        await typed(pilot, "enter")
        await opened(pilot, "乙文")


async def test_the_list_says_where_links_lead(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await resolved(pilot)
        await typed(pilot, "l")
        assert isinstance(app.screen, LinksScreen)
        page = app.screen.query_one("#links")
        kinds = [page.render_line(y).text.split()[-1] for y in range(8)]
        assert kinds == ["archive", "here", "missing", "picture", "archive", "archive", "web", "file"]
        assert page.render_line(4).text.rstrip().endswith("outside the archive")


async def test_outside_the_archive_nothing_is_opened(app: ReaderApp, opened_files: list[str]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await resolved(pilot)
        await typed(pilot, "f", "s")
        assert not opened_files
        assert isinstance(app.screen, ReadingScreen | MissingLinkScreen)


async def test_failing_lookup_is_a_message(app: ReaderApp, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise KeyError("maybe")

    monkeypatch.setattr(ArchiveLinks, "waiting", fail)
    async with app.run_test(size=(120, 30)) as pilot:
        await opened(pilot, "甲文")
        status = app.reading_screen.status
        await until(pilot, lambda: "Links cannot be looked up" in status.render_line(0).text)


async def test_a_note_opened_alone_leads_to_its_vault_and_back(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    (vault / ".obsidian").mkdir(parents=True)
    (vault / "港").mkdir()
    (vault / "一.md").write_text("见[[灯塔]]。", encoding="utf-8")
    (vault / "港" / "灯塔.md").write_text("灯塔，再见[渡口](渡口.md)。", encoding="utf-8")
    (vault / "港" / "渡口.md").write_text("渡口。", encoding="utf-8")
    library = Library([vault / "一.md"], tmp_path / "marks.db")
    app = ReaderApp(library, Settings())
    async with app.run_test(size=(80, 24)) as pilot:
        for title, following in (("一", "灯塔"), ("灯塔", "渡口")):
            await opened(pilot, title)
            await typed(pilot, "}")
            assert f"Article: {following}" in await said(pilot)
            await typed(pilot, "enter")
        for title in ("渡口", "灯塔", "一"):
            await opened(pilot, title)
            await typed(pilot, "H")
    library.close()
