"""Keys without a meaning in lists, in dialogs and while text is selected are explained; the help opens everywhere."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from reader.ui.screens.dialog import Dialog
from reader.ui.widgets.passage import Passage
from tests.ui.test_chords import calm, status
from tests.ui.test_counts import long
from tests.ui.test_foreign_keys import app_of
from tests.ui.test_reading import opened
from tests.ui.waiting import until

__all__ = ["calm", "long"]

pytestmark = pytest.mark.usefixtures("calm")


async def dialog(pilot: Pilot[None], key: str) -> Dialog[object]:
    """Open the dialog of a key."""
    await pilot.press(key)
    await until(pilot, lambda: isinstance(pilot.app.screen, Dialog))
    found = pilot.app.screen
    assert isinstance(found, Dialog)
    return found


def shown(box: Dialog[object]) -> str:
    """The text of the line of hints."""
    return str(box.query_one("#box-keys", Passage).render()).replace("\n", " ")


@pytest.mark.parametrize("name", ["highlights", "recent", "statistics", "help", "palette"])
async def test_an_unknown_key_in_a_dialog_is_explained(long: Path, tmp_path: Path, name: str) -> None:
    app = app_of(long, tmp_path, "default")
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, "Long")
        await app.action_perform(name)
        await until(pilot, lambda: isinstance(app.screen, Dialog))
        box = app.screen
        assert isinstance(box, Dialog)
        await pilot.press("Z")
        if name == "palette":
            await pilot.pause(0.05)
            assert "does nothing" not in shown(box), "it is typed"
        else:
            await until(pilot, lambda: "Z does nothing here" in shown(box))
        assert app.screen is box
    app.library.close()


async def test_the_hints_come_back(long: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.ui.screens.dialog._MESSAGE_SECONDS", 0.01)
    app = app_of(long, tmp_path, "default")
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, "Long")
        box = await dialog(pilot, "i")
        hints = shown(box)
        told: list[str] = []
        passage = box.query_one("#box-keys", Passage)
        monkeypatch.setattr(
            passage, "say", lambda text, seconds: (told.append(text), Passage.say(passage, text, seconds))
        )
        await pilot.press("Z")
        await until(pilot, lambda: bool(told))
        await until(pilot, lambda: shown(box) == hints)
        assert told == ["Z does nothing here · ? shows the keys"]
    app.library.close()


async def test_the_help_opens_over_a_dialog_and_closes_to_it(long: Path, tmp_path: Path) -> None:
    app = app_of(long, tmp_path, "default")
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, "Long")
        box = await dialog(pilot, "h")
        for key in ("question_mark", "f1", "？"):
            await pilot.press(key)
            await until(pilot, lambda: type(app.screen).__name__ == "HelpScreen")
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is box)
    app.library.close()


async def test_the_key_of_the_help_closes_it_and_is_typed_in_text(long: Path, tmp_path: Path) -> None:
    app = app_of(long, tmp_path, "default")
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, "Long")
        await dialog(pilot, "question_mark")
        await pilot.press("question_mark")
        await until(pilot, lambda: app.screen is screen)
        await dialog(pilot, "number_sign")
        await pilot.press("question_mark")
        await pilot.pause(0.05)
        assert len(app.screen_stack) == 2
    app.library.close()


@pytest.mark.parametrize("key", ["dollar_sign", "Z", "g", "1"])
async def test_an_unknown_key_of_the_selection_is_explained(long: Path, tmp_path: Path, key: str) -> None:
    app = app_of(long, tmp_path, "default")
    label = "$" if key == "dollar_sign" else key
    async with app.run_test(size=(100, 20)) as pilot:
        screen = await opened(pilot, "Long")
        await pilot.press("v", key)
        if key == "1":
            await pilot.pause(0.05)
            assert "does nothing" not in status(app), "it highlights"
        else:
            await until(pilot, lambda: f"{label} does nothing here" in status(app))
            assert screen.view.selection.by_keys
    app.library.close()


@pytest.mark.parametrize(("key", "label"), [("ctrl+g", "Ctrl+G"), ("alt+left", "Alt+←"), ("f9", "F9")])
@pytest.mark.parametrize("place", ["search", "palette"])
async def test_an_unknown_chord_is_explained_while_text_is_typed(
    long: Path, tmp_path: Path, place: str, key: str, label: str
) -> None:
    app = app_of(long, tmp_path, "default")
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, "Long")
        await app.action_perform(place)
        await until(pilot, lambda: isinstance(app.screen, Dialog))
        box = app.screen
        assert isinstance(box, Dialog)
        await pilot.press(key)
        await until(pilot, lambda: f"{label} does nothing here" in shown(box))
        await pilot.press("up", "home", "x")
        await until(pilot, lambda: box.query_one(Input).value == "x")
    app.library.close()
