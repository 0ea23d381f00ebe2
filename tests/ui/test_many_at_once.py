"""Several articles at once: marked in the sidebar or in search results, changed and undone in one step."""

from pathlib import Path
from typing import Any

import pytest

from reader.search.query_tree import State
from reader.settings.user_commands import PipedPart
from reader.shelves.counts import SortBy
from reader.ui.app import ReaderApp
from reader.ui.screens.output_box import OutputBox
from reader.ui.screens.palette import PaletteScreen
from reader.ui.screens.pipe_prompt import PipePrompt
from reader.ui.screens.search import SearchScreen
from reader.ui.screens.tags import TagsScreen
from reader.ui.widgets.marked_articles import MarkedArticles
from tests.ui.marking import Make
from tests.ui.test_reading import opened
from tests.ui.waiting import until


def starred(app: ReaderApp, state: State = State.STARRED) -> set[str]:
    catalogue = app.library.catalogue
    names = ("report", "essay", "long")
    articles = catalogue.articles(catalogue.refs(SortBy.DATE))
    assert {one.path.stem for one in articles} == set(names)
    return {one.path.stem for one in articles if app.library.is_marked(one, state)}


async def flat(pilot: Any) -> None:
    """Show all articles in one list, and focus it."""
    await pilot.press("V", "V", "shift+tab", "home")
    await until(pilot, lambda: pilot.app.reading_screen.sidebar.count() == 3)


def test_rows_are_toggled_and_ranges_added() -> None:
    marked = MarkedArticles()
    marked.toggle([3], 2)
    assert list(marked.rows_to(5)) == [2, 3, 4, 5]
    marked.toggle([3, 4], 1)
    assert list(marked.refs) == [3, 4], "a group of which not all are marked is marked"
    marked.toggle([4], 1)
    assert list(marked.refs) == [3]
    assert list(marked.rows_to(0)) == [0, 1]
    marked.clear()
    assert not marked
    assert list(marked.rows_to(7)) == [7]


async def test_marked_articles_are_starred_and_undone_in_one_step(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(160, 20)) as pilot:
        screen = await opened(pilot)
        await flat(pilot)
        await pilot.press("comma", "comma")
        assert "2 marked · r read · * star" in screen.status.render_line(0).text
        assert [screen.sidebar.render_line(y).text.count("✓") for y in range(1, 4)] == [1, 1, 0]
        await pilot.press("asterisk")
        assert starred(app) == {"report", "essay"}
        await pilot.press("U")
        assert starred(app) == set()
        await pilot.press("asterisk", "asterisk")
        assert starred(app) == set(), "if all have a star, it is removed"
        await pilot.press("escape")
        assert not screen.sidebar.marked
        assert screen.sidebar.has_focus


async def test_range_group_and_whole_list_are_marked(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 20)) as pilot:
        screen = await opened(pilot)
        await flat(pilot)
        await pilot.press("comma", "end", "semicolon")
        assert len(screen.sidebar.marked.refs) == 3
        await pilot.press("ctrl+a")
        assert not screen.sidebar.marked
        await pilot.press("ctrl+a", "w")
        assert len(starred(app, State.LATER)) == 3
        await pilot.press("escape", "V")
        await until(pilot, lambda: screen.sidebar.count() > 3)
        await pilot.press("home", "comma")
        assert "✓▸ ⌕ Read later" in screen.sidebar.render_line(1).text
        assert len(screen.sidebar.marked.refs) == 3, "a group is marked with all of its articles"


async def test_articles_above_and_below_are_marked_as_read(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 20)) as pilot:
        screen = await opened(pilot)
        await flat(pilot)
        await pilot.press("down", "right_curly_bracket")
        assert starred(app, State.READ) == {"long"}
        await pilot.press("left_curly_bracket")
        assert starred(app, State.READ) == {"report", "long"}
        await pilot.press("left_curly_bracket")
        assert "All of them are read" in screen.status.render_line(0).text
        await pilot.press("U", "U")
        assert starred(app, State.READ) == set()


async def test_common_tags_are_edited_and_others_stay(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 20)) as pilot:
        await opened(pilot)
        await flat(pilot)
        marks = app.library.marks
        catalogue = app.library.catalogue
        articles = catalogue.articles(catalogue.refs(SortBy.DATE))
        marks.articles.tag(articles[0], ["own", "both"])
        marks.articles.tag(articles[1], ["both"])
        marks.articles.tag(articles[2], ["both"])
        await pilot.press("ctrl+a", "number_sign")
        await until(pilot, lambda: isinstance(app.screen, TagsScreen))
        await pilot.press("ctrl+u", *"new", "enter")
        assert [marks.articles.tags(one.id) for one in articles] == [("own", "new"), ("new",), ("new",)]
        await pilot.press("U")
        assert [marks.articles.tags(one.id) for one in articles] == [("own", "both"), ("both",), ("both",)]


async def test_marked_articles_are_exported_and_piped(
    make_app: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = make_app()
    monkeypatch.setattr("reader.ui.session.export_folder", lambda _written: (tmp_path / "out", None))
    async with app.run_test(size=(120, 20)) as pilot:
        await opened(pilot)
        await flat(pilot)
        await pilot.press("ctrl+a", "E")
        await until(pilot, lambda: len(list((tmp_path / "out").glob("*.md"))) == 3)
        for part, begins in ((PipedPart.ARTICLE, "十二座灯塔换上新灯\n"), (PipedPart.NOTHING, "/")):
            await pilot.press("vertical_line")
            await until(pilot, lambda: isinstance(app.screen, PipePrompt))
            screen = app.screen
            assert isinstance(screen, PipePrompt)
            while screen._request.part is not part:
                await pilot.press("tab")
            await pilot.press(*"cat", "enter")
            await until(pilot, lambda: isinstance(app.screen, OutputBox) and app.screen._program.code == 0)
            box = app.screen
            assert isinstance(box, OutputBox)
            assert box._program.output.startswith(begins)
            assert box._program.output.count("report.md") == (part is PipedPart.NOTHING)
            await pilot.press("escape")


async def test_marked_search_results_have_a_palette(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await pilot.press("F")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen))
        await pilot.press(*"is:unread")
        screen = app.screen
        assert isinstance(screen, SearchScreen)
        await until(pilot, lambda: len(screen._results.found) == 3)
        await pilot.press("insert", "insert", "f6", "f6", "insert", "f7")
        await until(pilot, lambda: isinstance(app.screen, PaletteScreen))
        await pilot.press(*"star", "enter")
        await until(pilot, lambda: len(starred(app)) == 1)
