"""Commands and events of the indexer, called in this process; `test_client.py` tests it as a process."""

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event as Flag
from threading import Thread

import pytest

from reader.archive.archive import open_archives
from reader.index.progress import SyncProgress, SyncStage
from reader.indexing import indexer
from reader.indexing.indexer import _Indexer
from reader.indexing.priority import FIRST_ARTICLES
from reader.indexing.protocol import Coverage, IndexedArchive, IndexerSetup, IndexEvent, read_event
from reader.indexing.watching import Watcher
from tests.articles import write_article
from tests.indexing.event_recorder import PATIENCE


@pytest.fixture
def setup(tmp_path: Path) -> IndexerSetup:
    kept = []
    for number, name in enumerate("ab"):
        write_article(tmp_path / name / "x.md", "港口", "<p>灯塔</p>")
        (archive,) = open_archives([tmp_path / name])
        kept.append(IndexedArchive(number, archive, str(tmp_path / "cache" / f"{name}.db")))
    return IndexerSetup(tuple(kept), tmp_path / "marks.db", show_copies=False, language="en")


# Commands


class ProcessExit(BaseException):
    """Raised instead of ending the process."""


def listened(monkeypatch: pytest.MonkeyPatch, one: _Indexer, lines: str) -> None:
    def leave(_code: int) -> None:
        raise ProcessExit

    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    monkeypatch.setattr(os, "_exit", leave)
    monkeypatch.setattr(indexer, "_SHUTDOWN_SECONDS", 0)
    with pytest.raises(ProcessExit):
        one._listen()


def test_end_of_stdin_ends_the_work_and_then_the_process(monkeypatch: pytest.MonkeyPatch, setup: IndexerSetup) -> None:
    one = _Indexer(setup)
    listened(monkeypatch, one, "")
    assert one._stopped.is_set()
    assert not one._woken.is_set()


def test_commands_are_recorded(monkeypatch: pytest.MonkeyPatch, setup: IndexerSetup) -> None:
    one = _Indexer(setup)
    # The state after each line: stopped, woken, to be rebuilt.
    states: list[tuple[bool, bool, bool]] = []

    def lines() -> Iterator[str]:
        for line in ("pause\n", "pause\n", "resume\n", "rebuild 1\n", "resume\n", "pause\n"):
            yield line
            states.append((one._stopped.is_set(), one._woken.is_set(), one._rebuilds == {1}))

    monkeypatch.setattr(os, "_exit", lambda _code: None)
    monkeypatch.setattr(indexer, "_SHUTDOWN_SECONDS", 0)
    monkeypatch.setattr(sys, "stdin", lines())
    one._listen()
    assert states == [
        (True, False, False),
        (True, False, False),
        (False, True, False),
        (False, True, True),
        (False, True, True),
        (True, True, True),
    ]


def reported(capsys: pytest.CaptureFixture[str]) -> list[IndexEvent]:
    return [read_event(line) for line in capsys.readouterr().out.splitlines()]


def summaries(events: list[IndexEvent]) -> list[tuple[int, int, bool]]:
    """For each summary the archive, the number of new articles, and whether it is complete."""
    return [(event.archive, event.summary.new, event.summary.complete) for event in events if event.summary]


def test_every_archive_is_updated(capsys: pytest.CaptureFixture[str], setup: IndexerSetup) -> None:
    one = _Indexer(setup)
    one._update_all()
    assert summaries(reported(capsys)) == [(0, 1, True), (1, 1, True)]
    one._update_all()
    assert summaries(reported(capsys)) == [(0, 0, True), (1, 0, True)]


def test_rebuild_is_done_once_per_command(capsys: pytest.CaptureFixture[str], setup: IndexerSetup) -> None:
    one = _Indexer(setup)
    one._update_all()
    reported(capsys)
    one._rebuilds.add(1)
    one._update_all()
    assert summaries(reported(capsys)) == [(0, 0, True), (1, 1, True)]
    one._update_all()
    assert summaries(reported(capsys)) == [(0, 0, True), (1, 0, True)]


def test_paused_update_reports_that_it_is_incomplete(capsys: pytest.CaptureFixture[str], setup: IndexerSetup) -> None:
    one = _Indexer(setup)
    one._stopped.set()
    one._update_all()
    assert [complete for _number, _new, complete in summaries(reported(capsys))] == [False, False]


def test_one_unwritable_index_does_not_affect_the_others(
    capsys: pytest.CaptureFixture[str], setup: IndexerSetup, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    first, second = setup.archives
    broken = IndexedArchive(0, first.archive, str(tmp_path / "file" / "a.db"))
    _Indexer(IndexerSetup((broken, second), None, show_copies=False, language="en"))._update_all()
    events = reported(capsys)
    assert [event.archive for event in events if event.error[0]] == [0]
    assert summaries(events) == [(1, 1, True)]


def test_events_to_a_closed_pipe_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with io.TextIOWrapper(os.fdopen(writing, "wb", buffering=0), write_through=True) as broken:
        monkeypatch.setattr(sys, "stdout", broken)
        indexer._send(IndexEvent(0))
        monkeypatch.undo()


# Watching


def test_reports_of_the_watcher_are_passed_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], setup: IndexerSetup
) -> None:
    one = _Indexer(setup)
    seen: list[tuple[bool, bool]] = []

    def run(_self: Watcher, changed: Callable[[], None], tell: Callable[[Coverage], None], _stop: Flag) -> None:
        for unwatched in (0, 3):
            tell(Coverage(5, unwatched))
            seen.append((one._watched, one._woken.is_set()))
            changed()
        seen.append((one._watched, one._woken.is_set()))

    monkeypatch.setattr(Watcher, "run", run)
    watching = Thread(target=one._watch, daemon=True)
    watching.start()
    few, enough = (IndexEvent(0, SyncProgress(SyncStage.HEADS, done)) for done in (FIRST_ARTICLES - 1, FIRST_ARTICLES))
    monkeypatch.setattr(one._priority, "articles_read", lambda _count: None)
    one._report(few)
    assert not one._has_listed.is_set()
    assert not seen
    one._report(enough)
    watching.join(PATIENCE)
    assert seen == [(True, False), (False, True), (False, True)]
    assert [event.coverage for event in reported(capsys)[2:]] == [Coverage(5, 0), Coverage(5, 3)]


def test_change_after_a_long_update_is_seen_at_once_unless_there_are_many(setup: IndexerSetup) -> None:
    one = _Indexer(setup)
    assert one._rest(100.0) <= 0.5
    one._in_a_row = 8
    assert one._rest(100.0) == 60.0
    assert one._rest(1.0) == 4.0


def test_commands_are_executed_without_a_pause(monkeypatch: pytest.MonkeyPatch, setup: IndexerSetup) -> None:
    one = _Indexer(setup)
    reading, writing = os.pipe()
    updates: list[str] = []
    again, ended = Flag(), Flag()
    listen = one._listen

    def listening() -> None:
        listen()
        ended.set()

    def running() -> None:
        with suppress(SystemExit):
            one.run()

    def update() -> None:
        updates.append("update")
        if len(updates) == 2:
            again.set()
            raise SystemExit
        os.write(writing, b"rebuild 0\n")

    for name, value in (("_listen", listening), ("_update_all", update), ("_watch", lambda: None)):
        monkeypatch.setattr(one, name, value)
    for name, number in (("_FIRST_REST", 1e6), ("_REST", 1e9), ("_SETTLED", 0.01), ("_SHUTDOWN_SECONDS", 0)):
        monkeypatch.setattr(indexer, name, number)
    monkeypatch.setattr(os, "_exit", lambda _code: None)
    with os.fdopen(reading) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        thread = Thread(target=running, daemon=True)
        thread.start()
        # A pause would last for days.
        at_once = again.wait(PATIENCE)
        thread.join(PATIENCE)
        os.close(writing)
        assert ended.wait(PATIENCE)
    assert at_once
