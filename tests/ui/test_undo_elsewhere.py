"""Undo and redo ask before they affect another archive, or a database that has replaced another one."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from reader.archive.article import Article
from reader.marks.backups import back_up
from reader.marks.facade import Marks
from reader.marks.restoring import restore
from reader.ui.screens.undo_prompt import UndoScreen
from reader.ui.widgets.passage import Passage
from tests.marks.making import article
from tests.ui.marking import Make, said
from tests.ui.test_reading import opened

SIZE = (90, 24)


@pytest.fixture(autouse=True)
def _other_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each database of this test appear to be opened by a separate process that has ended."""
    numbers = iter(range(100))
    monkeypatch.setattr("reader.marks.store.reader_token", lambda: f"{'0' * 12}-{next(numbers)}-{'0' * 32}")


def elsewhere() -> Article:
    return article("elsewhere", Path("/archives/另一处/潮汐表.md"), "潮汐表")


def starred(store: Path) -> set[str]:
    marks = Marks(store)
    try:
        return marks.store.ids("SELECT id FROM article WHERE starred_at IS NOT NULL")
    finally:
        marks.close()


def star(store: Path, one: Article) -> None:
    marks = Marks(store)
    marks.articles.star(one, starred=True)
    marks.close()


async def text(pilot: Pilot[None]) -> str:
    await pilot.pause()
    assert isinstance(pilot.app.screen, UndoScreen)
    return " ".join(pilot.app.screen.query_one("#undo-text", Passage).text.split())


async def test_change_in_another_archive_is_undone_only_after_confirmation(make_app: Make, tmp_path: Path) -> None:
    store = tmp_path / "marks.db"
    star(store, elsewhere())
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("U")
        shown = await text(pilot)
        assert "outside the open archives" in shown
        assert "star added" in shown
        assert "潮汐表" in shown
        assert "/archives/另一处/" in shown
        await pilot.press("escape")
        await pilot.pause()
        assert starred(store) == {"elsewhere"}
        await pilot.press("U")
        await text(pilot)
        await pilot.press("enter")
        assert "Undone: star added · 潮汐表 · /archives/另一处/" in await said(pilot)
        assert starred(store) == set()
        # After a confirmation there is no second question.
        await pilot.press("ctrl+y")
        assert "Redone: star added" in await said(pilot)
        assert starred(store) == {"elsewhere"}


async def test_redo_in_another_archive_asks_too(make_app: Make, tmp_path: Path) -> None:
    store = tmp_path / "marks.db"
    star(store, elsewhere())
    marks = Marks(store)
    assert marks.undo() is not None
    marks.close()
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("ctrl+y")
        assert "outside the open archives" in await text(pilot)
        await pilot.press("enter")
        assert "Redone: star added" in await said(pilot)
        assert starred(store) == {"elsewhere"}


async def test_changes_here_or_of_this_session_are_undone_at_once(make_app: Make, tmp_path: Path) -> None:
    store = tmp_path / "marks.db"
    first = make_app()
    async with first.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("*")
        await pilot.pause()
        assert len(starred(store)) == 1
        # A list of the marks in all archives can change marks of other archives.
        first.library.marks.articles.star(elsewhere(), starred=True)
        await pilot.press("U")
        assert "Undone: star added · 潮汐表 · /archives/另一处/" in await said(pilot)
    first.library.close()
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("U")
        assert "Undone: star added" in await said(pilot)
        assert starred(store) == set()


@pytest.mark.parametrize("by_this_reader", [True, False])
async def test_store_that_replaced_another_is_not_changed_silently(
    make_app: Make,
    tmp_path: Path,
    by_this_reader: bool,  # noqa: FBT001
) -> None:
    store = tmp_path / "marks.db"
    star(store, elsewhere())
    copy = back_up(store, why="daily")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("*")
        await pilot.pause()
        if by_this_reader:
            app.library.restore()
            app.session.marks_replaced()
        else:
            restore(store, copy.path)
        before = starred(store)
        await pilot.press("U")
        assert "Nothing to undo: the marks database was replaced meanwhile" in await said(pilot)
        assert starred(store) >= before
        await pilot.press("*")
        await pilot.press("U")
        assert "Undone: star" in await said(pilot)


async def test_undo_of_a_change_from_before_the_replacement_asks(make_app: Make, tmp_path: Path) -> None:
    store = tmp_path / "marks.db"
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        reading = app.reading_screen.view.reading
        assert reading is not None
        star(store, reading.article)
        app.library.marks.close()
        app.library._open_marks()
        app.session.marks_replaced()
        await pilot.press("U")
        assert "from before that" in await text(pilot)
        await pilot.press("enter")
        assert "Undone: star added" in await said(pilot)
        assert starred(store) == set()


def test_articles_inside_the_archive_are_known_before_indexing(make_app: Make) -> None:
    app = make_app()
    here = article("new", app.library.roots[0] / "new.md")
    app.library.marks.articles.star(here, starred=True)
    pending = app.library.marks.next_undo()
    assert pending is not None
    assert app.commands.undoing._place(pending) == ""
