"""Fixtures of the tests of marks. Syncing to disk is disabled, because it is slow and no test cuts the power."""

from pathlib import Path

import pytest

from reader.marks import backups
from tests.marks.clock import START, Clock


@pytest.fixture(autouse=True)
def _in_the_machine(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "on_the_disk" not in request.fixturenames:
        monkeypatch.setattr("reader.marks.store_opening.SYNCHRONOUS", "off")
        monkeypatch.setattr("reader.marks.database_copies.SYNCHRONOUS", "off")
        monkeypatch.setattr("reader.marks.database_files.sync_folder", lambda _folder: None)


@pytest.fixture
def on_the_disk() -> None:
    """Sync to disk like the program."""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The path of a marks database, which does not exist yet."""
    return tmp_path / "marks.db"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    """The clock of backups, which stands still."""
    monkeypatch.setattr(Clock, "at", START)
    monkeypatch.setattr(backups, "datetime", Clock)
    return Clock
