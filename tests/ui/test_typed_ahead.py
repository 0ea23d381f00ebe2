"""Keys that arrive in one burst with the key that opens an input, as over a slow connection."""

from collections.abc import Callable
from threading import Event

import pytest
from textual.events import Key
from textual.keys import _character_to_key as character_to_key

from reader.finding.finder import Finder
from reader.ui.app import ReaderApp
from reader.ui.screens.search import SearchScreen
from reader.ui.screens.search_counts import SearchCounts
from reader.ui.widgets.clean_input import CleanInput
from reader.ui.widgets.find_bar import FindBar
from reader.ui.widgets.results import Results
from tests.ui.test_reading import opened
from tests.ui.waiting import until

Make = Callable[..., ReaderApp]


def type_at_once(app: ReaderApp, text: str) -> None:
    for character in text:
        app.post_message(Key(character_to_key(character), character))


async def test_keys_typed_at_once_with_find_are_its_text(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(90, 20)) as pilot:
        screen = await opened(pilot)
        # The second text replaces the first one, which is selected.
        for text in ("/灯塔st", "/sE"):
            type_at_once(app, text)
            await pilot.pause()
            assert screen.query_one(FindBar).needle == text[1:]
            assert app.screen is screen
            await pilot.press("enter")


@pytest.mark.parametrize("text", ["F灯塔st"])
async def test_keys_typed_at_once_with_search_are_its_text(make_app: Make, text: str) -> None:
    app = make_app()
    async with app.run_test(size=(90, 20)) as pilot:
        await opened(pilot)
        type_at_once(app, text)
        await until(pilot, lambda: isinstance(app.screen, SearchScreen))
        assert app.screen.query_one(CleanInput).value == text[1:]


@pytest.mark.parametrize("before", ["", "日记", "keeps"])
async def test_enter_opens_what_was_typed_although_its_results_are_yet_to_arrive(
    before: str, make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, may_answer, ask = make_app(), Event(), Finder.ask
    may_answer.set()

    def ask_late(*given: object) -> object:
        may_answer.wait(20)
        return ask(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(Finder, "ask", ask_late)
    async with app.run_test(size=(90, 20)) as pilot:
        screen = await opened(pilot)
        await pilot.press("F")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen))
        line, results = app.screen.query_one(CleanInput), app.screen.query_one(Results)
        line.value = before
        await until(pilot, lambda: bool(results.found) if before else results.offering)
        may_answer.clear()
        line.value = "守塔"
        await pilot.press("enter")
        assert isinstance(app.screen, SearchScreen)
        assert line.value == "守塔"
        may_answer.set()
        await until(pilot, lambda: app.screen is screen)
        await opened(pilot, "守塔日记")


async def test_a_count_while_results_are_awaited_does_not_replace_their_search(
    make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, may_answer, ask = make_app(), Event(), Finder.ask
    may_answer.set()

    def ask_late(*given: object) -> object:
        may_answer.wait(20)
        return ask(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(Finder, "ask", ask_late)
    async with app.run_test(size=(90, 20)) as pilot:
        screen = await opened(pilot)
        await pilot.press("F")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen))
        search = app.screen
        assert isinstance(search, SearchScreen)
        results = search.query_one(Results)
        search.query_one(CleanInput).value = "keeps"
        await until(pilot, lambda: bool(results.found))
        may_answer.clear()
        search.query_one(CleanInput).value = "守塔"
        await pilot.press("enter")
        # Indexing goes on, and the query that is awaited has more matches than are listed for the one before.
        monkeypatch.setattr(SearchCounts, "may_differ", lambda _counts: True)
        monkeypatch.setattr(Finder, "recount", lambda _finder, _text: (len(results.found) + 1, 0))
        search._recount()
        await pilot.pause()
        may_answer.set()
        await until(pilot, lambda: app.screen is screen)
        await opened(pilot, "守塔日记")


async def test_alt_with_b_and_f_moves_by_words_in_an_input(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(90, 20)) as pilot:
        screen = await opened(pilot)
        type_at_once(app, "/ab cd")
        await pilot.pause()
        line = screen.query_one(CleanInput)
        message = screen.status.render_line(0).text
        for key, place in (("alt+b", 3), ("alt+b", 0), ("alt+f", 3), ("alt+f", 5)):
            await pilot.press(key)
            assert line.cursor_position == place
        assert screen.status.render_line(0).text == message
