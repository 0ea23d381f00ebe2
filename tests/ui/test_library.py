"""The library on the screen: shelves, search, jumping, stars, and messages about the archives."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import Input

from reader.search.query_tree import State
from reader.shelves.counts import SortBy, View
from reader.ui.app import ReaderApp
from reader.ui.reading.reading_screen import ReadingScreen
from reader.ui.screens.palette import PaletteScreen
from reader.ui.screens.search import SearchScreen
from reader.ui.widgets.passage import Passage
from reader.ui.widgets.results import Results
from reader.ui.widgets.sidebar import Sidebar
from tests.ui.conftest import write
from tests.ui.marking import said
from tests.ui.test_reading import opened
from tests.ui.waiting import until

Make = Callable[..., ReaderApp]


def shown(sidebar: Sidebar) -> list[str]:
    """The rows of the sidebar, without counts and markers."""
    return [
        "".join(segment.text for segment in sidebar.row(number, 60, lit=False)).strip()
        for number in range(sidebar.count())
    ]


async def searched(pilot: Pilot[None], query: str, count: int) -> Results:
    """The results of a query, after waiting for the given number."""
    await pilot.press("F")
    await until(pilot, lambda: isinstance(pilot.app.screen, SearchScreen))
    screen = pilot.app.screen
    assert isinstance(screen, SearchScreen)
    # The input selects its initial text after it is mounted.
    await until(pilot, screen.ready.is_set)
    screen.query_one(Input).value = query
    results = screen.query_one(Results)
    await until(pilot, lambda: not results.offering and len(results.found) == count)
    return results


def note(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one("#search-note", Passage).text)


async def test_the_next_match_of_an_article_found_by_its_title_is_the_title(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        await searched(pilot, "keeps", 1)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ReadingScreen))
        screen = app.screen
        assert isinstance(screen, ReadingScreen)
        await until(pilot, lambda: screen.reading is not None and "Keeps" in screen.reading.article.title)
        await pilot.press("end", "n")
        assert "“keeps” is not in the text: the article was found by its title" in await said(pilot)
        assert screen.page.scroll_y == 0
        await pilot.press("slash", *"lamp", "enter", "escape", "n")
        assert "found by its title" not in await said(pilot)


async def test_results_appear_while_typing_and_open_at_the_match(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        results = await searched(pilot, "mercury", 1)
        assert results.found[0].article.title == "The Light That Keeps Itself"
        await until(pilot, lambda: note(pilot).startswith("1 found"))
        await pilot.press("enter")
        screen = await opened(pilot, "The Light That Keeps Itself")
        await until(pilot, lambda: screen.view.finding.active)
        assert screen.view.finding.note == "“mercury”  1/1"
        assert any("mercury" in row.text for row in map(screen.page.render_line, range(screen.page.size.height)))
        await pilot.press("n")
        assert screen.view.finding.note == "“mercury”  1/1"


async def test_a_query_is_completed_by_the_right_arrow(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        await pilot.press("F")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen))
        line = app.screen.query_one(Input)
        await pilot.press(*"is:o")
        await until(pilot, lambda: line._suggestion == "is:orphan")
        await pilot.press("right")
        assert line.value == "is:orphan"
        await pilot.press("ctrl+u", *"link:The")
        await until(pilot, lambda: not line._suggestion)
        await pilot.press("ctrl+u", *'link:"The')
        await until(pilot, lambda: line._suggestion.startswith('link:"The ') and line._suggestion.endswith('"'))


async def test_results_stay_until_the_next_ones_and_no_match_is_reported(make_app: Make) -> None:
    async with make_app().run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        results = await searched(pilot, "灯塔", 1)
        screen = pilot.app.screen
        screen.query_one(Input).value = "没有的词语"
        assert len(results.found) == 1
        await until(pilot, lambda: not results.found)
        assert "没有的词语" in "".join(segment.text for segment in results.row(0, 80, lit=False))
        screen.query_one(Input).value = ""
        await until(pilot, lambda: results.offering)


async def test_error_in_a_query_is_shown_at_its_position(make_app: Make) -> None:
    async with make_app().run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        await searched(pilot, "灯塔", 1)
        screen = pilot.app.screen
        assert isinstance(screen, SearchScreen)
        screen.query_one(Input).value = "灯塔 autor:x"
        await until(pilot, lambda: "author" in note(pilot))
        assert screen._mistake.span == (3, 9)
        screen.query_one(Input).value = "灯塔 author:航标处"
        await until(pilot, lambda: screen._mistake.span is None)


async def test_tab_sorts_by_date_and_a_search_is_resumed(make_app: Make) -> None:
    async with make_app().run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        await searched(pilot, "len:>10", 3)
        await pilot.press("tab")
        await until(pilot, lambda: "newest" in note(pilot))
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, ReadingScreen)
        await pilot.press("F")
        await until(pilot, lambda: isinstance(pilot.app.screen, SearchScreen))
        assert pilot.app.screen.query_one(Input).value == "len:>10"
        await until(pilot, lambda: "newest" in note(pilot))


async def test_saved_search_is_a_shelf_until_it_is_deleted(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 24)) as pilot:
        screen = await opened(pilot)
        await searched(pilot, "len:>10", 3)
        await pilot.press("ctrl+s")
        await pilot.pause()
        app.screen.query_one(Input).value = "all of them"
        await pilot.press("enter", "escape")
        await until(pilot, lambda: shown(screen.sidebar)[0].startswith("▸ ⌕ all of them"))
        assert shown(screen.sidebar)[0].endswith(" 3")
        screen.sidebar.focus()
        await pilot.press("home", "enter", "down", "down", "down", "enter")
        await opened(pilot, "守塔日记")
        assert screen.sidebar.cursor == 3
        await pilot.press("K")
        await opened(pilot, "The Light That Keeps Itself")
        assert screen.sidebar.cursor == 2
        screen.sidebar.focus()
        await pilot.press("home", "x")
        await until(pilot, lambda: "⌕" not in "".join(shown(screen.sidebar)))


async def test_views_and_orders_are_chosen_and_saved(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("S")
        assert isinstance(app.screen, PaletteScreen)
        app.screen.query_one(Input).value = "sort title"
        await pilot.press("enter", "V", "V")
        await until(pilot, lambda: app.commands.shelves.view is View.ALL and len(shown(screen.sidebar)) == 3)
        assert app.commands.shelves.sort is SortBy.TITLE
        titles = [screen.sidebar.article_at(number) for number in range(3)]
        assert [one.title for one in titles if one] == ["The Light That Keeps Itself", "十二座灯塔换上新灯", "守塔日记"]
    again = make_app()
    async with again.run_test(size=(120, 24)) as pilot:
        await opened(pilot)
        assert (again.commands.shelves.view, again.commands.shelves.sort) == (View.ALL, SortBy.TITLE)


async def test_typing_in_the_sidebar_jumps_to_titles_and_shelves(make_app: Make) -> None:
    async with make_app().run_test(size=(120, 24)) as pilot:
        screen = await opened(pilot)
        screen.sidebar.focus()
        await pilot.press("slash", *"keeps")
        await until(pilot, lambda: _title(screen.sidebar) == "The Light That Keeps Itself")
        await pilot.press("escape")
        assert _title(screen.sidebar) == "十二座灯塔换上新灯"
        await pilot.press("slash", *"essays", "enter")
        await until(pilot, lambda: shown(screen.sidebar)[screen.sidebar.cursor].startswith("▾ Essays"))
        assert screen.sidebar.has_focus


def _title(sidebar: Sidebar) -> str:
    article = sidebar.article_at(sidebar.cursor)
    return article.title if article else ""


async def test_stars_and_read_articles_are_shown_and_searched(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("asterisk")
        assert screen.reading
        assert app.library.is_marked(screen.reading.article, State.STARRED)
        assert any(row.startswith("*") for row in shown(screen.sidebar))
        await searched(pilot, "is:starred", 1)
        await pilot.press("escape", "asterisk")
        assert not app.library.is_marked(screen.reading.article, State.STARRED)
        was_read = app.library.is_marked(screen.reading.article, State.READ)
        await pilot.press("r")
        assert app.library.is_marked(screen.reading.article, State.READ) is not was_read


async def test_duplicate_is_shown_once_with_its_other_path(make_app: Make, archive: Path) -> None:
    body = "".join(
        f"<p>这是同一篇文章里的第{number}段，写得足够长，好让它不会和别的文章混在一起。</p>" for number in range(9)
    )
    write(archive, "copy-one", "潮汐表", "2022-01-01 10:00:00", ("海洋",), body)
    write(archive, "copy-two", "潮汐表", "2022-01-01 10:00:00", ("海洋",), body)
    app = make_app()
    async with app.run_test(size=(120, 24)) as pilot:
        screen = await opened(pilot, "潮汐表")
        await until(pilot, lambda: screen.sidebar.total == 4)
        app.commands.opening.open(screen.reading.article)  # type: ignore[union-attr]
        await until(pilot, lambda: "copy-" in screen.status.render_line(0).text)


async def test_unreadable_files_are_reported_once(make_app: Make, archive: Path) -> None:
    (archive / "empty.md").write_bytes(b"\x00\x01\x02" * 4_000)
    app = make_app()
    async with app.run_test(size=(120, 24)) as pilot:
        await opened(pilot)
        assert any("reader check" in notice.message for notice in app._notifications)
    again = make_app()
    async with again.run_test(size=(120, 24)) as pilot:
        await opened(pilot)
        assert not any("reader check" in notice.message for notice in again._notifications)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
def test_the_search(snap_compare: Callable[..., bool], make_app: Make, size: tuple[int, int]) -> None:
    async def search(pilot: Pilot[None]) -> None:
        await opened(pilot)
        await searched(pilot, "灯", 1)
        await until(pilot, lambda: note(pilot).startswith("1 篇"))

    assert snap_compare(make_app(chinese=True), terminal_size=size, run_before=search)


async def test_message_about_a_query_breaks_like_the_page(make_app: Make) -> None:
    app = make_app(chinese=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("F")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen) and app.screen.ready.is_set())
        app.screen.query_one(Input).value = "autor:x"
        await until(pilot, lambda: "author" in note(pilot))
        said = app.screen.query_one("#search-note", Passage)
        lines = str(said.render()).split("\n")
        assert len(lines) == 2
        # A line that ended at the only space would leave half of its room.
        assert said.content_size.width - cell_len(lines[0]) < 4
        assert lines[1][0] not in "，？；：·”"
