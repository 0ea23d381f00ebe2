"""Keys that arrive in one burst with the key that opens an input, as over a slow connection."""

from collections.abc import Callable

import pytest
from textual.events import Key
from textual.keys import _character_to_key as character_to_key

from reader.ui.app import ReaderApp
from reader.ui.screens.search import SearchScreen
from reader.ui.widgets.clean_input import CleanInput
from reader.ui.widgets.find_bar import FindBar
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
