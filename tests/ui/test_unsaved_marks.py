"""Marks while the database cannot be used: a warning, retries, and a question before quitting."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest

from reader.errors import StoreError
from reader.marks import marks_in_memory
from reader.marks.exchange import decoded
from reader.marks.facade import Marks
from reader.ui.app import ReaderApp
from reader.ui.commands import unsaved_marks
from reader.ui.screens.unsaved import UnsavedScreen
from tests.ui.marking import Make, said
from tests.ui.test_reading import opened
from tests.ui.waiting import until

SIGN = "⚠ Marks not saved"
SIZE = (90, 24)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unsaved_marks, "_RETRY", 0.05)
    for module in ("restoring", "known_articles"):
        monkeypatch.setattr(f"reader.marks.{module}._PATIENCE", 20)


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Lock the database exclusively in another process; yields a function that releases the lock."""
    store = tmp_path / "marks.db"
    Marks(store).close()
    connection = apsw.Connection(str(store))
    connection.pragma("locking_mode", "exclusive")
    connection.execute("BEGIN EXCLUSIVE")
    yield connection.close
    connection.close()


def starred(path: Path) -> list[str]:
    marks = Marks(path)
    try:
        return [str(title) for (title,) in marks.store.rows("SELECT title FROM article WHERE starred_at IS NOT NULL")]
    finally:
        marks.close()


def box(app: ReaderApp) -> bool:
    return isinstance(app.screen, UnsavedScreen)


async def test_busy_store_is_waited_for_and_gets_the_marks(
    make_app: Make, tmp_path: Path, holder: Callable[[], None]
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        assert (await said(pilot)).startswith(SIGN)
        await pilot.press("*")
        assert app.library.unsaved is not None
        assert app.library.unsaved.count() == 1
        assert (await said(pilot)).startswith(SIGN)
        holder()
        await until(pilot, lambda: app.library.store_error is None)
        assert "your marks are saved" in await said(pilot)
        assert SIGN not in await said(pilot)
        title = app.reading_screen.view.reading.article.title if app.reading_screen.view.reading else ""
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert not box(app)
    app.library.close()
    assert starred(tmp_path / "marks.db") == [title]


@pytest.mark.parametrize("size", [(90, 24), (40, 12)])
async def test_quitting_with_unsaved_marks_asks(
    make_app: Make, tmp_path: Path, holder: Callable[[], None], size: tuple[int, int]
) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        assert (await said(pilot)).startswith("⚠")
        await pilot.press("*", "ctrl+q")
        await until(pilot, lambda: box(app))
        await pilot.press("escape")
        await until(pilot, lambda: not box(app))
        assert app.is_running
        await pilot.press("ctrl+q")
        await until(pilot, lambda: box(app))
        await pilot.press("enter")
        await until(pilot, lambda: not app.is_running)
    (file,) = tmp_path.glob("marks-unsaved-*.json")  # noqa: ASYNC240 - it has ended
    assert len(decoded(file.read_bytes()).articles) == 1
    app.library.close()
    holder()
    again = make_app()
    async with again.run_test(size=size) as pilot:
        await opened(pilot)
        await until(pilot, lambda: bool(starred(tmp_path / "marks.db")))
        assert [one.name for one in tmp_path.glob("marks-*.json")] == [  # noqa: ASYNC240 - one small folder
            file.name.replace("unsaved", "added")
        ]
        await pilot.press("U")
        # The second form is correct if the position in the open article was saved since.
        assert re.match(r"Undone(?: except for later changes)?: marks imported", await said(pilot))
        assert starred(tmp_path / "marks.db") == []


async def test_discarding_leaves_no_file(make_app: Make, tmp_path: Path, holder: Callable[[], None]) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("*", "ctrl+q")
        await until(pilot, lambda: box(app))
        await pilot.press("d")
        await until(pilot, lambda: not app.is_running)
    assert app.library.unsaved is not None
    assert not app.library.unsaved.is_unsaved
    holder()
    app.library.close()
    assert starred(tmp_path / "marks.db") == []
    assert [*tmp_path.glob("*.json")] == []  # noqa: ASYNC240 - it has ended


async def test_without_marks_quitting_does_not_ask(make_app: Make, holder: Callable[[], None]) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("j", "*", "*", "ctrl+q")
        await until(pilot, lambda: not app.is_running)
    holder()


async def test_lock_taken_meanwhile_costs_no_mark(
    make_app: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.library.library._LONGEST", 20)
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("*")
        title = (await said(pilot)).removeprefix("Starred: ").partition("  ")[0]
        connection = apsw.Connection(str(tmp_path / "marks.db"))
        connection.execute("BEGIN IMMEDIATE")
        await pilot.press("w")
        assert (await said(pilot)).startswith(f"{SIGN}  Added to read later: {title}")
        assert any("saved once it has finished" in one.message for one in app._notifications)
        await pilot.press("U")
        assert "Undone: added to read later" in await said(pilot)
        await pilot.press("U")
        assert "Undone: star added" in await said(pilot)
        await pilot.press("w", "ctrl+q")
        await until(pilot, lambda: box(app))
        await pilot.press("escape")
        assert starred(tmp_path / "marks.db") == [title]
        connection.close()
        await until(pilot, lambda: app.library.store_error is None)
        assert SIGN not in await said(pilot)
        assert starred(tmp_path / "marks.db") == []
        later = app.library.marks.store.rows("SELECT title FROM article WHERE later_at IS NOT NULL")
        assert [one for (one,) in later] == [title]
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running)


async def test_unwritable_file_keeps_the_program_open(
    make_app: Make, monkeypatch: pytest.MonkeyPatch, holder: Callable[[], None]
) -> None:
    def full(*_: object) -> None:
        raise StoreError("the disk is full")

    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("*", "ctrl+q")
        await until(pilot, lambda: box(app))
        monkeypatch.setattr(marks_in_memory.Reopening, "write_file", full)
        await pilot.press("enter")
        await until(pilot, lambda: not box(app))
        assert app.is_running
        assert app.library.unsaved is not None
        assert app.library.unsaved.is_unsaved
        assert "the disk is full" in [one.message for one in app._notifications]
    holder()
