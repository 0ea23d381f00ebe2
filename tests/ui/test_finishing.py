"""An interrupted restore is offered at the start and when marks are listed: finished, set aside, or put off."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from reader import language
from reader.document.document import Position
from reader.marks.database_copies import copy_store
from reader.marks.database_files import STAMP
from reader.marks.facade import Marks
from reader.marks.interrupted_restores import unfinished
from reader.ui.app import ReaderApp
from reader.ui.screens.bookmark_list import BookmarksScreen
from reader.ui.screens.finish_prompt import FinishScreen
from reader.ui.screens.highlight_list import HighlightsScreen
from reader.ui.widgets.passage import Passage
from tests.marks.making import article, names
from tests.ui.marking import Make
from tests.ui.test_reading import opened
from tests.ui.waiting import until

SIZES = [(80, 24), (40, 12)]


def ended() -> int:
    """The PID of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """A restored database that was not moved into its place, beside a database with other content."""
    store = tmp_path / "marks.db"
    other = store.with_name("other.db")
    for place, name in ((store, "in use"), (other, "restored")):
        marks = Marks(place)
        marks.bookmarks.add(article(), Position(1), name)
        marks.close()
    made = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
    path = store.with_name(f"marks-restored-{ended()}-{made.strftime(STAMP)}.db")
    copy_store(other, path)
    other.unlink()
    assert unfinished(store) is not None
    return path


async def asked(pilot: Pilot[None]) -> str:
    await until(pilot, lambda: isinstance(pilot.app.screen, FinishScreen))
    return " ".join(pilot.app.screen.query_one("#restore-text", Passage).text.split())


def exists(path: Path) -> bool:
    return path.exists()


def content_of(path: Path) -> bytes:
    return path.read_bytes()


def notices(app: ReaderApp) -> str:
    return " ".join(word for notice in app._notifications for word in notice.message.split())


@pytest.mark.parametrize("size", SIZES)
async def test_it_is_finished_at_the_start(make_app: Make, left: Path, size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        shown = await asked(pilot)
        assert "interrupted on 2026-11-24 10:30" in shown
        assert "(highlights: 0, bookmarks: 1)" in shown
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, FinishScreen))
        assert names(app.library.marks) == {"restored", "in use"}
        assert "is finished; the old database is kept as" in notices(app)
    assert not exists(left)
    (aside,) = left.parent.glob("marks-damaged-*.db")
    kept = Marks(aside)
    assert names(kept) == {"in use"}
    kept.close()


async def test_it_is_set_aside_and_never_offered_again(make_app: Make, left: Path) -> None:
    content = content_of(left)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot)
        await pilot.press("d")
        await until(pilot, lambda: not isinstance(app.screen, FinishScreen))
        assert names(app.library.marks) == {"in use"}
        assert "is set aside" in notices(app)
        await pilot.press("A")
        await pilot.pause()
        assert isinstance(app.screen, HighlightsScreen)
    (aside,) = left.parent.glob("marks-unfinished-*.db")
    assert content_of(aside) == content
    assert unfinished(left.parent / "marks.db") is None


async def test_it_is_postponed_and_offered_again_before_marks_are_listed(make_app: Make, left: Path) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened_under(pilot)
        await pilot.press("apostrophe", "enter")
        await asked(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, BookmarksScreen)
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("A")
        await pilot.pause()
        assert isinstance(app.screen, HighlightsScreen)
        assert names(app.library.marks) == {"in use"}
    assert exists(left)


async def opened_under(pilot: Pilot[None]) -> None:
    """Postpone the question at the start, and wait for the article."""
    await asked(pilot)
    await pilot.press("escape")
    await opened(pilot)


async def test_second_offer_is_answered_before_the_list_is_shown(make_app: Make, left: Path) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened_under(pilot)
        await pilot.press("A")
        await asked(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, HighlightsScreen))
        assert names(app.library.marks) == {"restored", "in use"}
    assert not exists(left)


async def test_corrupt_store_is_restored_from_the_interrupted_restore(make_app: Make, left: Path) -> None:
    store = left.parent / "marks.db"
    store.write_bytes(b"garbage" * 2_000)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, FinishScreen))
        assert names(app.library.marks) == {"restored"}


@pytest.mark.parametrize(("code", "word"), [("zh", "恢复"), ("ja", "復元")])
async def test_it_is_offered_in_other_languages(make_app: Make, left: Path, code: str, word: str) -> None:
    app = make_app()
    language.use(code)
    async with app.run_test(size=(80, 24)) as pilot:
        assert word in await asked(pilot)
    assert exists(left)
