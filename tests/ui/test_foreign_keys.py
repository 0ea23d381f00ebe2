"""Keys that the hand knows from vim, less, newsboat and Obsidian do something like it, or say what to press."""

from pathlib import Path

import pytest

from reader.keymap.actions import Context
from reader.keymap.foreign_keys import EVERYWHERE, OF_PRESETS, foreign_keys
from reader.keymap.keymap import Keymap
from reader.keymap.presets import PRESETS
from reader.library.library import Library
from reader.settings.options import Settings
from reader.settings.user_keymap import keymap_of
from reader.ui.app import ReaderApp
from tests.ui.test_chords import calm, status
from tests.ui.test_counts import long
from tests.ui.test_reading import opened
from tests.ui.waiting import until

__all__ = ["calm", "long"]


def app_of(folder: Path, tmp_path: Path, preset: str) -> ReaderApp:
    settings = Settings(keymap=preset)
    return ReaderApp(Library([folder], tmp_path / "marks.db"), settings, keymap_of(settings))


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize(
    ("preset", "key", "told"),
    [
        ("vim", "full_stop", ".: articles are read here, not written · e opens the source in $EDITOR"),
        ("vim", "x", "x: articles are never deleted · r marks one as read"),
        ("obsidian", "ctrl+n", "Ctrl+N: articles are read here, not written"),
        ("newsboat", "D", "D: articles are never deleted · N marks one as read"),
        ("newsboat", "A", "A: to mark a whole list as read, press Ctrl+A in the sidebar, then N"),
        ("newsboat", "R", "R: new and changed files are found automatically · g sorts them"),
        ("default", "exclamation_mark", "!: | pipes the article to a command"),
        ("default", "ctrl+a", "Ctrl+A: v selects text, y copies the section"),
        ("less", "full_stop", ""),
    ],
)
async def test_a_key_of_another_program_says_what_to_press(
    long: Path, tmp_path: Path, preset: str, key: str, told: str
) -> None:
    app = app_of(long, tmp_path, preset)
    async with app.run_test(size=(100, 20)) as pilot:
        await opened(pilot, "Long")
        await pilot.press(key)
        if told:
            await until(pilot, lambda: told in status(app))
        else:
            await pilot.pause(0.05)
            assert "does nothing" not in status(app)
    app.library.close()


@pytest.mark.usefixtures("calm")
async def test_without_a_key_for_the_action_the_usual_explanation_is_shown(long: Path, tmp_path: Path) -> None:
    settings = Settings(keys={"edit_source": ()})
    app = ReaderApp(Library([long], tmp_path / "marks.db"), settings, keymap_of(settings))
    async with app.run_test(size=(100, 20)) as pilot:
        await opened(pilot, "Long")
        await pilot.press("insert")
        await until(pilot, lambda: "Insert does nothing here" in status(app))
    app.library.close()


@pytest.mark.parametrize("preset", PRESETS)
def test_keys_that_are_explained_have_no_action_and_name_existing_ones(preset: str) -> None:
    keymap = keymap_of(Settings(keymap=preset))
    of_page = {key for action in keymap.of(Context.PAGE) for key in action.keys}
    for key in OF_PRESETS.get(preset, {}):
        assert key not in of_page, "it would never be explained"
    for foreign in foreign_keys(preset).values():
        assert all(keymap.label(name) for name in foreign.actions)


def test_in_the_usual_keymap_all_of_them_are_explained() -> None:
    assert not EVERYWHERE.keys() & {key for action in Keymap().of(Context.PAGE) for key in action.keys}


async def test_windows_of_vim_are_the_panes(long: Path, tmp_path: Path) -> None:
    app = app_of(long, tmp_path, "vim")
    async with app.run_test(size=(120, 20)) as pilot:
        screen = await opened(pilot, "Long")
        await pilot.press("ctrl+w", "h")
        assert screen.sidebar.has_focus
        await pilot.press("ctrl+w", "w")
        assert not screen.sidebar.has_focus
        before = screen.view.panes.zen
        await pilot.press("ctrl+w", "o")
        assert screen.view.panes.zen != before
        await pilot.press("5", "ctrl+n", "0")
        assert screen.page.scroll_y == 5
        assert type(app.screen).__name__ == "ReadingScreen", "0 is the beginning of a line"
        await pilot.press("question_mark", *"word")
        assert screen.view.find_line.has_focus
    app.library.close()


async def test_the_selection_is_found(long: Path, tmp_path: Path) -> None:
    app = app_of(long, tmp_path, "vim")
    async with app.run_test(size=(100, 20)) as pilot:
        screen = await opened(pilot, "Long")
        await pilot.press("v", "w", "asterisk")
        assert not screen.view.selection.by_keys
        assert len(screen.view.finding.hits) == 60, "“Paragraph” begins every one"
        at = screen.page.scroll_y
        await pilot.press("n", "n", "n", "n")
        assert screen.page.scroll_y > at
    app.library.close()


@pytest.mark.parametrize("key", ["asterisk", "number_sign"])
async def test_the_stars_of_vim_find_and_change_no_mark(long: Path, tmp_path: Path, key: str) -> None:
    app = app_of(long, tmp_path, "vim")
    async with app.run_test(size=(100, 20)) as pilot:
        screen = await opened(pilot, "Long")
        await pilot.press(key, *"paragraph", "enter")
        assert len(screen.view.finding.hits) == 60
        stars = "SELECT count(*) FROM article WHERE starred_at IS NOT NULL"
        assert app.library.marks.store.rows(stars) == [(0,)]
        await pilot.press("g", "s")
        assert app.library.marks.store.rows(stars) == [(1,)]
    app.library.close()


async def test_leaving_a_search_says_that_it_went_back(long: Path, tmp_path: Path) -> None:
    app = app_of(long, tmp_path, "default")
    async with app.run_test(size=(100, 20)) as pilot:
        screen = await opened(pilot, "Long")
        await pilot.press("slash", *"paragraph", "enter", *"nnnnnn")
        assert screen.page.scroll_y > 0
        await pilot.press("escape")
        assert screen.page.scroll_y == 0
        assert "Back to where the search began" in status(app)
        await pilot.press("slash", *"paragraph", "enter")
        screen.view.say("")
        await pilot.press("escape")
        assert "Back to" not in status(app), "it has not gone anywhere"
    app.library.close()


async def test_the_key_that_ends_other_programs_says_what_does(long: Path, tmp_path: Path) -> None:
    app = app_of(long, tmp_path, "default")
    async with app.run_test(size=(100, 20)) as pilot:
        await opened(pilot, "Long")
        await pilot.press("y")
        assert [one.message for one in app._notifications] == []
        await pilot.press("v", "ctrl+c")
        assert [one.message for one in app._notifications] == [], "it copies what is selected"
        await pilot.press("ctrl+c")
        assert [one.message for one in app._notifications] == ["Ctrl+C copies the section · q quits"]
    app.library.close()
