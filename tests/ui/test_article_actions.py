"""The keys that act on articles work wherever they are printed: in the menu, the sidebar and the lists."""

import re
from typing import Any

import pytest
from textual.pilot import Pilot

from reader.document.document import Position
from reader.keymap.key_names import key_label
from reader.keymap.presets import PRESETS
from reader.library.front_page import FrontRow
from reader.search.query_tree import State
from reader.settings.options import Settings
from reader.settings.user_keymap import keymap_of
from reader.shelves.counts import SortBy
from reader.ui.app import ReaderApp
from reader.ui.article_keys import ARTICLE_ACTIONS
from reader.ui.screens.article_menu import ArticleMenu
from reader.ui.screens.bookmark_list import BookmarksScreen
from reader.ui.screens.front_page_screen import FrontPageScreen
from reader.ui.screens.highlight_list import HighlightsScreen
from reader.ui.screens.pipe_prompt import PipePrompt
from reader.ui.screens.recent import RecentScreen
from reader.ui.screens.search import SearchScreen
from reader.ui.screens.tags import TagsScreen
from reader.ui.widgets.passage import Passage
from tests.marks.making import anchor, article
from tests.ui.marking import Exports, Make
from tests.ui.test_many_at_once import flat, starred
from tests.ui.test_reading import opened
from tests.ui.waiting import until


def with_preset(make_app: Make, preset: str) -> ReaderApp:
    settings = Settings(keymap=preset)
    return ReaderApp(make_app().library, settings, keymap_of(settings))


def key_named(app: ReaderApp, label: str) -> str:
    """The key with a label as it is printed."""
    keys = {key for action in app.session.keymap.actions for key in action.keys}
    return next(key for key in keys if key_label(key) == label)


@pytest.mark.parametrize("preset", PRESETS)
async def test_every_key_that_the_menu_prints_works_in_it(
    make_app: Make, preset: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = with_preset(make_app, preset)
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        done: list[str] = []
        monkeypatch.setattr(app.commands.batch, "perform", lambda name, _articles: done.append(name))
        catalogue = app.library.catalogue
        articles = catalogue.articles(catalogue.refs(SortBy.DATE))
        for number, name in enumerate(ARTICLE_ACTIONS):
            app.commands.batch.choose(articles)
            await until(pilot, lambda: isinstance(app.screen, ArticleMenu))
            assert isinstance(app.screen, ArticleMenu)
            label = app.screen._list.render_line(number).text.split()[-1]
            await pilot.press(key_named(app, label))
            await until(pilot, lambda: not isinstance(app.screen, ArticleMenu))
            assert done.pop() == name, label


@pytest.mark.parametrize("preset", PRESETS)
async def test_the_keys_printed_for_marked_rows_of_the_sidebar_work_in_it(make_app: Make, preset: str) -> None:
    app = with_preset(make_app, preset)
    async with app.run_test(size=(160, 20)) as pilot:
        screen = await opened(pilot)
        screen.sidebar.focus()
        await until(pilot, lambda: screen.sidebar.has_focus)
        await pilot.press("home", "insert")
        line = screen.status.render_line(0).text
        printed = dict(re.findall(r"(\S+) (read|star|read later|tags|pipe)(?= ·)", line))
        assert len(printed) == 5, line
        keys = {word: key_named(app, label) for label, word in printed.items()}
        for word, state in (("read", State.READ), ("star", State.STARRED), ("read later", State.LATER)):
            await pilot.press(keys[word])
            assert starred(app, state), (word, keys[word])
        for word, box in (("tags", TagsScreen), ("pipe", PipePrompt)):
            await pilot.press(keys[word])
            await until(pilot, lambda box=box: isinstance(app.screen, box))  # type: ignore[misc]
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is screen)


async def test_the_undo_key_that_the_sidebar_prints_works_in_it(make_app: Make) -> None:
    app = with_preset(make_app, "vim")
    async with app.run_test(size=(120, 20)) as pilot:
        screen = await opened(pilot)
        await flat(pilot)
        await pilot.press("right_curly_bracket")
        (label,) = re.findall(r"(\S+) undoes", screen.status.render_line(0).text)
        assert starred(app, State.READ)
        await pilot.press(key_named(app, label))
        assert not starred(app, State.READ)


async def bookmarks(pilot: Pilot[Any]) -> None:
    """Open the list of bookmarks of two articles, and mark both rows."""
    app = pilot.app
    assert isinstance(app, ReaderApp)
    await pilot.press("m", "a", "J")
    await until(pilot, lambda: app.reading_screen.view.reading is not None)
    await pilot.press("m", "b", "apostrophe", "apostrophe")
    await until(pilot, lambda: isinstance(app.screen, BookmarksScreen))
    await pilot.press("ctrl+a")


async def test_articles_of_marked_bookmarks_are_starred_exported_and_piped(make_app: Make, exports: Exports) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        await bookmarks(pilot)
        await pilot.press("asterisk", "w", "ctrl+r")
        assert [len(starred(app, state)) for state in (State.STARRED, State.LATER, State.READ)] == [2, 2, 2]
        await pilot.press("u")
        assert len(starred(app, State.READ)) == 0
        await pilot.press("E")
        await until(pilot, lambda: len(exports("*.md")) == 2)
        for key, box in (("number_sign", TagsScreen), ("vertical_line", PipePrompt), ("f7", ArticleMenu)):
            await pilot.press(key)
            await until(pilot, lambda box=box: isinstance(app.screen, box))  # type: ignore[misc]
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, BookmarksScreen))


async def test_keys_of_the_list_of_highlights_come_first(make_app: Make, exports: Exports) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        screen = await opened(pilot)
        assert screen.view.reading is not None
        app.library.marks.highlights.add(screen.view.reading.article, anchor("One.", 0), "", 1)
        await pilot.press("A")
        await until(pilot, lambda: isinstance(app.screen, HighlightsScreen))
        await pilot.press("asterisk")
        assert len(starred(app)) == 1
        await pilot.press("E")
        (written,) = exports("*.md")
        assert "One." in written.read_text("utf-8")
        # While the filter is typed, letters are text.
        await pilot.press("slash", "asterisk", "w")
        assert (len(starred(app)), len(starred(app, State.LATER))) == (1, 0)


async def test_hints_of_a_list_tell_only_keys_that_work_while_the_filter_is_typed(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 24)) as pilot:
        await opened(pilot)
        await bookmarks(pilot)
        keys = app.screen.query_one("#box-keys", Passage)
        before = keys.text
        assert "d delete" in before
        assert "F7 actions" in before
        await pilot.press("slash")
        assert keys.text == "Enter show the list · Tab scope · Esc close"
        await pilot.press("enter")
        assert keys.text == before
        await pilot.press("escape", "escape", "escape", "question_mark", "slash")
        assert app.screen.query_one("#box-keys", Passage).text == "Enter show the list · Esc close"


async def test_rows_of_the_front_page_and_of_the_recently_read_have_these_keys(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        screen = await opened(pilot)
        assert screen.view.reading is not None
        await pilot.press("0")
        await until(pilot, lambda: isinstance(app.screen, FrontPageScreen))
        front = app.screen
        assert isinstance(front, FrontPageScreen)
        await pilot.press("end")
        chosen = front._rows.choice_at(front._rows.cursor)
        await pilot.press("asterisk")
        assert app.screen is front
        assert starred(app) == {chosen.path.stem}  # type: ignore[union-attr]
        await pilot.press("escape", "U", "h")
        await until(pilot, lambda: isinstance(app.screen, RecentScreen))
        await pilot.press("w")
        assert starred(app, State.LATER) == {screen.view.reading.article.path.stem}
        assert isinstance(app.screen, RecentScreen)


async def test_rows_of_the_front_page_and_of_the_recently_read_can_be_marked(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        screen = await opened(pilot)
        assert screen.view.reading is not None
        await pilot.press("0")
        await until(pilot, lambda: isinstance(app.screen, FrontPageScreen))
        front = app.screen
        assert isinstance(front, FrontPageScreen)
        listed = front._rows
        shown = [line.article for line in listed.lines if isinstance(line, FrontRow)]
        assert len(shown) == 2
        await pilot.press("ctrl+a")
        assert listed.marked.keys() == {one.id for one in shown}
        numbers = [number for number in range(listed.count()) if listed.id_at(number)]
        ticks = [listed.row(number, 60, lit=False)[0].text for number in range(listed.count())]
        assert [number for number, tick in enumerate(ticks) if tick == "✓"] == numbers
        await pilot.press("asterisk")
        assert app.screen is front
        assert starred(app) == {one.path.stem for one in shown}
        # Esc unmarks first.
        await pilot.press("escape")
        assert (app.screen is front, len(listed.marked)) == (True, 0)
        await pilot.press("home", "space", "semicolon", "f7")
        await until(pilot, lambda: isinstance(app.screen, ArticleMenu))
        await pilot.press("escape", "escape", "escape")
        await until(pilot, lambda: app.screen is screen)
        app.library.marks.articles.save_position(article("elsewhere"), Position(0), 0.5)
        await pilot.press("h")
        await until(pilot, lambda: isinstance(app.screen, RecentScreen))
        await pilot.press("ctrl+a", "w")
        assert starred(app, State.LATER) == {screen.view.reading.article.path.stem}
        await pilot.press("escape", "home", "space", "escape")
        assert isinstance(app.screen, RecentScreen)


async def test_an_article_read_in_another_archive_is_named(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        await opened(pilot)
        app.library.marks.articles.save_position(article("elsewhere"), Position(0), 0.5)
        await pilot.press("h")
        await until(pilot, lambda: isinstance(app.screen, RecentScreen))
        # Either row is first: the place in the open article may be saved before or after that in the other one.
        await pilot.press("home", "asterisk", "end", "asterisk")
        wanted = f"Thearticleisnotinthesearchives:{article('elsewhere').path}"
        # Notifications are broken into lines.
        await until(pilot, lambda: wanted in {"".join(one.message.split()) for one in app._notifications})
        assert article("elsewhere").path.stem not in starred(app)


async def test_a_range_of_search_results_is_marked(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await pilot.press("F")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen))
        await pilot.press(*"is:unread")
        screen = app.screen
        assert isinstance(screen, SearchScreen)
        await until(pilot, lambda: len(screen._results.found) == 3)
        await pilot.press("down", "f8")
        assert len(screen._results.marked) == 1, "without a marked article, only the one under the cursor"
        await pilot.press("insert", "insert", "up", "up", "f8")
        assert len(screen._results.marked) == 3


async def test_a_range_marks_the_closed_groups_in_it(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(160, 20)) as pilot:
        screen = await opened(pilot)
        sidebar = screen.sidebar
        sidebar.focus()
        before = sidebar.render_line(1).text
        await pilot.press("V")
        await until(pilot, lambda: sidebar.render_line(1).text != before and app.commands.shelves.is_current)
        assert sidebar.count() > 1
        for number in reversed(range(sidebar.count())):
            sidebar.close_row(number)
        await pilot.press("home", "insert", "end", "semicolon")
        total = len(sidebar.marked.refs)
        assert total == 3
        assert [sidebar.render_line(y).text.count("✓") for y in range(1, sidebar.count() + 1)] == [1] * sidebar.count()
        assert f"{total} marked" in screen.status.render_line(0).text
        await pilot.press("asterisk")
        assert len(starred(app)) == total


async def test_all_above_and_below_a_group_are_marked_as_read(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(160, 20)) as pilot:
        screen = await opened(pilot)
        sidebar = screen.sidebar
        sidebar.focus()
        before = sidebar.render_line(1).text
        await pilot.press("V")
        await until(pilot, lambda: sidebar.render_line(1).text != before and app.commands.shelves.is_current)
        assert sidebar.count() > 1
        for number in reversed(range(sidebar.count())):
            sidebar.close_row(number)
        tops = [
            row for number in range(sidebar.count()) if (row := sidebar._list.rows.at(number)) and not row.shelf.aside
        ]
        assert len(tops) > 1
        await pilot.press("end", "right_curly_bracket")
        assert "nothing to mark" in screen.status.render_line(0).text
        assert starred(app, State.READ) == set()
        await pilot.press("left_curly_bracket")
        above = sum(row.shelf.count for row in tops[:-1])
        assert len(starred(app, State.READ)) == above
        await pilot.press("U", "home")
        while sidebar.held is not None and sidebar.held.shelf.aside:
            await pilot.press("down")
        await pilot.press("right_curly_bracket")
        assert len(starred(app, State.READ)) == 3 - tops[0].shelf.count
