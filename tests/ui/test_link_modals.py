"""The modals of links: the list of all, the box of a footnote, and the front page."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from textual.geometry import Size
from textual.pilot import Pilot
from textual.widgets import Label

from reader.document.document import Position
from reader.library.front_page import FrontRow
from reader.library.library import Library
from reader.settings.options import Settings
from reader.ui.app import ReaderApp
from reader.ui.reading.reading_screen import ReadingScreen
from reader.ui.screens.footnote_box import FootnoteScreen
from reader.ui.screens.front_page_screen import FrontPageScreen, _FrontRows
from reader.ui.screens.link_list import LinksScreen
from reader.ui.widgets.page import Page
from reader.ui.widgets.passage import Passage
from tests.articles import write_article
from tests.ui.conftest import write
from tests.ui.marking import said
from tests.ui.test_following import asked
from tests.ui.test_reading import opened, rows
from tests.ui.waiting import until

__all__ = ["asked"]
Make = Callable[..., ReaderApp]
NOTES = (
    "灯塔[^1]与雾号[^b]。\n\n"
    + "".join(f"第{n}段。\n\n" for n in range(40))
    + "[^1]: 见 [年鉴](https://example.org/book) 与 [目录](https://example.org/list)。\n\n[^b]: 号角。\n"
)


@pytest.fixture
def app(archive: Path, make_app: Make) -> ReaderApp:
    (archive / "notes.md").write_text(
        f"---\ntitle: 脚注\ndate: 2022-01-01\ncategories: [海洋, 航标]\n---\n\n{NOTES}", encoding="utf-8"
    )
    return make_app()


async def typed(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


def shown(app: ReaderApp, selector: str) -> str:
    page = app.screen.query_one(selector)
    return "\n".join(page.render_line(y).text for y in range(page.size.height))


def shows(app: ReaderApp, screen: str) -> bool:
    return type(app.screen).__name__ == screen


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
async def test_a_footnote_opens_beside_its_mark_and_leads_there_and_back(app: ReaderApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot, "脚注")
        mark = screen.page.screen_cell(screen.page.visible_links()[0])
        await typed(pilot, "}")
        assert "Footnote: 见 年鉴" in await said(pilot)
        await typed(pilot, "enter")
        assert isinstance(app.screen, FootnoteScreen)
        assert "见 年鉴 与 目录。" in shown(app, "#note-page")
        box = app.screen.query_one("#box").region
        assert not box.contains(*mark)
        assert box.bottom <= size[1]
        assert box.right <= size[0]
        assert abs(box.y - mark[1]) == 1 or box.bottom == mark[1]
        await typed(pilot, "escape")
        assert isinstance(app.screen, ReadingScreen)
        await typed(pilot, "enter", "enter")
        assert isinstance(app.screen, ReadingScreen)
        assert screen.page.progress == 1
        await typed(pilot, "H")
        assert screen.page.place == Position(0)


async def test_a_link_in_a_footnote_is_followed(app: ReaderApp, asked: list[str]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "脚注")
        await typed(pilot, "f", "f", "tab", "tab", "enter")
        assert asked == ["https://example.org/list"]
        assert isinstance(app.screen, ReadingScreen)


async def test_the_links_of_a_footnote_are_labelled(app: ReaderApp, asked: list[str]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "脚注")
        await typed(pilot, "}", "enter", "f")
        assert "f" in shown(app, "#note-page").split("见")[1][:2]
        await typed(pilot, "escape")
        assert isinstance(app.screen, FootnoteScreen)
        await typed(pilot, "ctrl+k", "2")
        assert isinstance(app.screen, ReadingScreen)
        assert asked == ["https://example.org/list"]


async def test_a_link_in_a_footnote_is_copied(app: ReaderApp, asked: list[str]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "脚注")
        await typed(pilot, "}", "enter", "Y")
        assert app.clipboard == "https://example.org/book"
        await typed(pilot, "tab", "tab", "shift+f7")
        assert app.clipboard == "https://example.org/list"
        assert isinstance(app.screen, FootnoteScreen)
        page = app.screen.query_one(Page)
        first, second = (page.screen_cell(link) for link in page.visible_links()[:2])
        await pilot.hover(offset=first)
        await typed(pilot, "Y")
        assert app.clipboard == "https://example.org/book"
        assert not asked
        await pilot.click(offset=second)
        await pilot.pause()
        assert isinstance(app.screen, ReadingScreen)
        assert asked == ["https://example.org/list"]


async def test_a_click_beside_the_box_closes_it(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "脚注")
        await pilot.click("#page", offset=screen.page.screen_cell(screen.page.visible_links()[1]))
        await pilot.pause()
        assert isinstance(app.screen, FootnoteScreen)
        assert "号角" in shown(app, "#note-page")
        await pilot.click(offset=(70, 22))
        await pilot.pause()
        assert isinstance(app.screen, ReadingScreen)


async def test_all_links_are_listed_and_filtered(app: ReaderApp, asked: list[str]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "脚注")
        await typed(pilot, "l")
        assert isinstance(app.screen, LinksScreen)
        assert "年鉴  https://example.org/book" in shown(app, "#links")
        await typed(pilot, *"list")
        assert "年鉴" not in shown(app, "#links")
        title = app.screen.query_one("#box-title", Label)
        assert str(title.content) == "1 of 4 links"
        await typed(pilot, "enter")
        assert asked == ["https://example.org/list"]
        # The kinds filter, too.
        await typed(pilot, "l", *"web")
        assert shown(app, "#links").count("https://") == 2
        await typed(pilot, "ctrl+u", *"ＷＥＢ")
        assert shown(app, "#links").count("https://") == 2
        await typed(pilot, "ctrl+u", *"here")
        assert "https://" not in shown(app, "#links")
        assert "号角" in shown(app, "#links")
        await typed(pilot, "escape", "l", *"nothing", "enter")
        assert isinstance(app.screen, LinksScreen)
        assert "No match" in shown(app, "#links")


async def test_a_link_to_a_note_is_listed_by_its_name(archive: Path, make_app: Make) -> None:
    (archive / "wiki.md").write_text(
        "---\ntitle: 札记\ndate: 2023-01-01\n---\n\n见[[没有的|那里]]。\n", encoding="utf-8"
    )
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "札记")
        await typed(pilot, "l")
        assert "那里  没有的" in shown(app, "#links")
        about = app.screen.query_one("#links-about", Passage)
        texts = "".join(about.render_line(y).text for y in range(about.size.height))
        assert "[[没有的]]" in texts
        assert "wiki:" not in texts


async def test_an_article_without_links_has_no_list(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "脚注")
        await typed(pilot, "J")
        await opened(pilot)
        await typed(pilot, "l")
        assert "No links in this article" in await said(pilot)


async def test_the_front_page_opens_an_unfinished_article(app: ReaderApp, archive: Path) -> None:
    write(archive, "day", "那年今日", "2019-01-01 10:00:00", (), "<p>一</p>")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "脚注")
        await typed(pilot, "j", "j", "j", "w", "J")
        await opened(pilot)
        await typed(pilot, "0")
        await until(pilot, lambda: isinstance(app.screen, FrontPageScreen))
        text = shown(app, "#front")
        assert "Continue reading" in text
        assert "脚注" in text
        # The cursor skips the names of the sections.
        await typed(pilot, "home", "up", "enter")
        await opened(pilot, "脚注")
        assert rows(screen)


async def test_the_front_page_is_shown_at_the_start_where_nothing_is_left_open(make_app: Make) -> None:
    first = make_app()
    async with first.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await typed(pilot, "G")
        assert screen.page.progress == 1
        await typed(pilot, "q")
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, FrontPageScreen))
        assert "random" in shown(app, "#front")
        await typed(pilot, "0")
        assert isinstance(app.screen, ReadingScreen)


async def test_the_front_page_has_its_height_before_the_first_layout(app: ReaderApp) -> None:
    async with app.run_test(size=(40, 12)) as pilot:
        await opened(pilot, "脚注")
        await typed(pilot, "0")
        await until(pilot, lambda: isinstance(app.screen, FrontPageScreen))
        front = app.screen.query_one("#front", _FrontRows)
        unmounted = _FrontRows(front.colours, [line for line in front.lines if isinstance(line, FrontRow)], 0)
        assert unmounted.count() > 1
        assert unmounted.get_content_height(Size(0, 0), Size(0, 0), 20) == unmounted.count()


async def test_a_key_of_the_page_closes_the_front_page_and_acts(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "脚注")
        for key, screen in (("question_mark", "HelpScreen"), ("colon", "PaletteScreen")):
            await typed(pilot, "0")
            await until(pilot, lambda: isinstance(app.screen, FrontPageScreen))
            await typed(pilot, key)
            await until(pilot, partial(shows, app, screen))
            await typed(pilot, "escape")
        await typed(pilot, "0")
        await until(pilot, lambda: isinstance(app.screen, FrontPageScreen))
        await typed(pilot, "J")
        await opened(pilot)


async def test_no_front_page_at_the_first_start_with_an_archive(make_app: Make, tmp_path: Path) -> None:
    first = make_app()
    async with first.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await typed(pilot, "G", "q")
    other = tmp_path / "other"
    write_article(other / "a.md", "Other", "<p>One.</p>" * 50, day=1)
    library = Library([other], tmp_path / "marks.db")
    try:
        app = ReaderApp(library, Settings())
        async with app.run_test(size=(80, 24)) as pilot:
            await opened(pilot, "Other")
            await until(pilot, lambda: library.catalogue.newest() is not None)
            await pilot.pause()
            assert not app.commands._front._is_unasked
            assert isinstance(app.screen, ReadingScreen)
    finally:
        library.close()
