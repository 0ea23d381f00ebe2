"""Disable syncing to disk, which is slow: no test cuts the power."""

import pytest


@pytest.fixture(autouse=True)
def _in_the_machine(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "on_the_disk" not in request.fixturenames:
        monkeypatch.setattr("reader.marks.store_opening.SYNCHRONOUS", "off")
        monkeypatch.setattr("reader.marks.backups.SYNCHRONOUS", "off")
        monkeypatch.setattr("reader.marks.database_files.sync_folder", lambda _folder: None)


@pytest.fixture
def on_the_disk() -> None:
    """Sync to disk like the program."""
