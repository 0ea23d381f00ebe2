"""Backups while the screen is open: after the start, and regularly after changes."""

from pathlib import Path

import pytest

from reader.errors import StoreError
from reader.marks.backups import Backup, backups
from reader.marks.facade import Marks
from reader.ui.commands import store_care
from tests.ui.marking import Make
from tests.ui.test_reading import opened
from tests.ui.waiting import until


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_care, "_SETTLED", 0.05)
    monkeypatch.setattr(store_care, "_AGAIN", 0.1)


def starred(copy: Path) -> int:
    """The number of starred articles in a backup."""
    held = Marks(copy)
    ((count,),) = held.store.rows("SELECT count(*) FROM article WHERE starred_at IS NOT NULL")
    held.close()
    return int(count)


async def test_marks_made_while_reading_are_backed_up(make_app: Make, tmp_path: Path) -> None:
    app, store = make_app(), tmp_path / "marks.db"
    async with app.run_test(size=(100, 12)) as pilot:
        await opened(pilot)
        await until(pilot, lambda: bool(backups(store)))
        await pilot.press("*")
        await until(pilot, lambda: starred(backups(store)[0].path) == 1)


async def test_unchanged_store_is_not_read_again(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Path] = []
    compared: list[Path] = []
    monkeypatch.setattr(store_care, "damage", lambda path, _stop: looked.append(path) or "")
    monkeypatch.setattr(store_care, "traces", lambda path: compared.append(path) or ("always the same",))
    app = make_app()
    async with app.run_test(size=(100, 12)) as pilot:
        await opened(pilot)
        await until(pilot, lambda: len(compared) > 3)
        assert len(looked) == 1


async def test_failing_backup_is_reported_once(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[Path] = []

    def full(store: Path, _stop: object) -> Backup | None:
        tried.append(store)
        raise StoreError("no room")

    monkeypatch.setattr(store_care, "back_up_changed", full)
    app = make_app()
    said: list[StoreError] = []
    monkeypatch.setattr(app.session, "report", said.append)
    async with app.run_test(size=(100, 12)) as pilot:
        await opened(pilot)
        await until(pilot, lambda: len(tried) > 2)
    assert len(said) == 1
