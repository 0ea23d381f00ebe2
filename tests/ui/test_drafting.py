"""The draft of a note survives the end of the program, and is offered again at its place."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from reader.ui.app import ReaderApp
from reader.ui.screens import note
from reader.ui.screens.note import NoteScreen
from reader.ui.widgets.passage import Passage
from tests.ui.marking import FIRST, Make, said
from tests.ui.test_reading import opened
from tests.ui.waiting import until

SIZE = (90, 24)


def drafts(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "drafts"
    return sorted(folder.iterdir()) if folder.exists() else []


async def write(pilot: Pilot[None], *keys: str) -> None:
    """Begin a note on the first sentence, and type."""
    await pilot.press("v", "n")
    await pilot.pause()
    assert isinstance(pilot.app.screen, NoteScreen)
    await pilot.press(*keys)
    await pilot.pause()


def area(app: ReaderApp) -> str:
    return app.screen.query_one(TextArea).text


def label(app: ReaderApp) -> str:
    return str(app.screen.query_one("#note-said", Passage).text)


async def until_kept(pilot: Pilot[None], tmp_path: Path) -> None:
    await until(pilot, lambda: bool(drafts(tmp_path)))


async def test_draft_of_an_ended_program_is_offered_again(make_app: Make, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await write(pilot, "h", "a", "l", "f")
        # Exit without asking, as on a signal.
        await app.run_action("leave")
    app.library.close()
    assert len(drafts(tmp_path)) == 1
    again = make_app()
    async with again.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await until(pilot, lambda: bool(again._notifications))
        (notice,) = again._notifications
        assert "The note that you were writing on" in notice.message
        assert FIRST[:10] in notice.message
        await write(pilot)
        assert area(again) == "half"
        assert "Unsaved draft" in label(again)
        await pilot.press("space", "d", "o", "n", "e", "ctrl+s")
        await pilot.pause()
        assert "Highlighted with a note" in await said(pilot)
        assert [one.note for one in again.library.marks.highlights.all()] == ["half done"]
        assert drafts(tmp_path) == []
        await write(pilot)
        assert area(again) == "half done"
        assert "Unsaved draft" not in label(again)


async def test_draft_is_saved_while_typing_and_removed_when_discarded(
    make_app: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(note, "_KEEP", 0.01)
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await write(pilot, "x")
        await until_kept(pilot, tmp_path)
        await pilot.press("escape")
        await pilot.pause()
        assert len(drafts(tmp_path)) == 1
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, NoteScreen)
        assert drafts(tmp_path) == []
        assert app.library.marks.highlights.all() == []


async def test_draft_of_a_highlight_does_not_change_its_note(
    make_app: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(note, "_KEEP", 0.01)
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await write(pilot, "o", "l", "d", "ctrl+s")
        await pilot.pause()
        await write(pilot, "e", "r")
        await until_kept(pilot, tmp_path)
        await app.run_action("leave")
    app.library.close()
    again = make_app()
    async with again.run_test(size=SIZE) as pilot:
        await opened(pilot)
        assert [one.note for one in again.library.marks.highlights.all()] == ["old"]
        await write(pilot)
        assert area(again) == "older"
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert drafts(tmp_path) == []
        assert [one.note for one in again.library.marks.highlights.all()] == ["old"]


async def test_a_saved_note_leaves_no_draft_even_if_its_timer_fires_late(make_app: Make, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await write(pilot, "o", "l", "d")
        screen = app.screen
        assert isinstance(screen, NoteScreen)
        screen.action_keep()
        screen._flush()
        await until(pilot, lambda: app.screen is not screen)
        assert [one.note for one in app.library.marks.highlights.all()] == ["old"]
        assert drafts(tmp_path) == []


async def test_unchanged_note_leaves_no_draft(make_app: Make, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await write(pilot)
        await app.run_action("leave")
    assert drafts(tmp_path) == []
