"""Exports that are stopped, by a key or by quitting: what was saved is told, and that links lead nowhere."""

from pathlib import Path
from threading import Event

import pytest

from reader.ui import late
from reader.ui.clean_exit import print_unsaid
from reader.ui.commands import export_job
from tests.ui.marking import Exports, said
from tests.ui.test_exporting import app_of, linked, mark_all
from tests.ui.test_reading import opened
from tests.ui.waiting import until

__all__ = ["linked"]


class _Pause:
    """Lets the first article pass, and waits at the second one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached, self.goes_on = Event(), Event()
        self._calls, self._placed = 0, late.placed
        monkeypatch.setattr(late, "placed", self._wait)

    def _wait(self, *arguments: object) -> object:
        self._calls += 1
        if self._calls == 2:
            self.reached.set()
            self.goes_on.wait(120)
        return self._placed(*arguments)  # type: ignore[arg-type]


async def test_stopped_export_tells_what_was_saved_and_which_links_lead_nowhere(
    linked: Path, tmp_path: Path, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    app = app_of(linked, tmp_path, told)
    async with app.run_test(size=(160, 20)) as pilot:
        await opened(pilot, "Lamp")
        await mark_all(pilot, 2)
        pause = _Pause(monkeypatch)
        await pilot.press("E")
        await until(pilot, pause.reached.is_set)
        await pilot.press("E")
        pause.goes_on.set()
        await until(pilot, lambda: app.commands._exporting._job is None)
        assert (await said(pilot)).startswith("The export was stopped: 1 of 2 saved to /")
    assert "The saved files link to 1 article that was not saved" in "\n".join(told)
    assert len(exports("*.md")) == 1


async def test_export_that_quitting_stops_is_told_at_the_end(
    linked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], exports: Exports
) -> None:
    app = app_of(linked, tmp_path, [])
    async with app.run_test(size=(120, 20)) as pilot:
        await opened(pilot, "Lamp")
        await mark_all(pilot, 2)
        pause = _Pause(monkeypatch)
        await pilot.press("E")
        await until(pilot, pause.reached.is_set)
        app.commands.end()
        pause.goes_on.set()
        await until(pilot, lambda: app.commands._exporting._job is None)
    print_unsaid(app.commands.unsaid)
    assert capsys.readouterr().err.startswith("The export was stopped: 1 of 2 saved to /")
    assert len(exports("*.md")) == 1


async def test_export_says_that_it_waits_for_the_index(
    linked: Path, tmp_path: Path, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_of(linked, tmp_path, [])
    monkeypatch.setattr("reader.linking.archive_links.ArchiveLinks.waiting", lambda _links: 1)
    monkeypatch.setattr(export_job, "_POLL", 0.01)
    said_so: list[str] = []
    async with app.run_test(size=(120, 20)) as pilot:
        await opened(pilot, "Lamp")
        await mark_all(pilot, 2)
        app.host.say = lambda *variants: said_so.append(variants[0])  # type: ignore[method-assign]
        await pilot.press("E")
        await until(pilot, lambda: app.commands._exporting._job is None)
    assert said_so[0] == "Waiting for the index · E stops"
    assert len(exports("*.md")) == 2


async def test_links_of_the_only_article_to_others_are_told(linked: Path, tmp_path: Path, exports: Exports) -> None:
    told: list[str] = []
    app = app_of(linked, tmp_path, told)
    async with app.run_test(size=(120, 20)) as pilot:
        await opened(pilot, "Lamp")
        await until(pilot, lambda: app.commands.shelves.is_current)
        await pilot.press("E")
        await until(pilot, lambda: app.commands._exporting._job is None)
    assert "1 link refers to something that is not exported: " in "\n".join(told)
    assert len(exports("*.md")) == 1
