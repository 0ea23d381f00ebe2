"""Nobody pulls the plug in these tests: what is written need not be on the disk, which may be slow."""

import pytest


@pytest.fixture(autouse=True)
def _in_the_machine(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "on_the_disk" not in request.fixturenames:
        monkeypatch.setattr("reader.marks.store_opening.SYNCHRONOUS", "off")
        monkeypatch.setattr("reader.marks.backups.SYNCHRONOUS", "off")
        monkeypatch.setattr("reader.marks.database_files.sync_folder", lambda _folder: None)


@pytest.fixture
def on_the_disk() -> None:
    """All is written as it is where the program runs."""
