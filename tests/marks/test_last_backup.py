"""The backup before the program exits: limited in time, and never incomplete."""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from threading import enumerate as enumerate_threads

import apsw
import pytest

from reader.document.document import Position
from reader.errors import StoreError
from reader.marks import backups as module
from reader.marks import database_copies
from reader.marks.backups import back_up, back_up_changed, back_up_within, backups, unusable
from reader.marks.facade import Marks
from reader.marks.read_only import check_integrity
from tests.marks.making import article, filled, full_of, names

PLENTY = 60.0
"""Seconds that suffice even on a busy machine."""


def files(store: Path) -> set[str]:
    folder = store.parent / "backups"
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def test_last_marks_are_in_a_backup_and_an_unchanged_store_gets_no_second_one(store: Path) -> None:
    marks = filled(store)
    back_up_within(store, PLENTY)
    assert len(backups(store)) == 1
    back_up_within(store, PLENTY)
    assert len(backups(store)) == 1
    marks.bookmarks.add(article(), Position(0), "the last one")
    back_up_within(store, PLENTY)
    newest = backups(store)[0]
    assert "the last one" in names(Marks(newest.path))
    assert unusable(newest.path) == ""


def test_backup_that_takes_too_long_leaves_nothing(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full_of(store).close()

    def too_long(path: Path, stop: Callable[[], bool]) -> object:
        # Otherwise a fast thread ends before this one notices that the time is over.
        while not stop():
            Event().wait(0.001)
        return back_up_changed(path, stop)

    with monkeypatch.context() as patch:
        patch.setattr(module, "back_up_changed", too_long)
        back_up_within(store, 0)
    # The thread continues until its next check of the time limit.
    for thread in enumerate_threads():
        if thread.name == module._THREAD:
            thread.join(PLENTY)
    assert not files(store)
    back_up_within(store, PLENTY)
    assert len(backups(store)) == 1
    assert {Path(name).suffix for name in files(store)} == {".db"}


def test_backup_that_cannot_be_cancelled_does_not_keep_the_process(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full_of(store).close()
    made = back_up(store, why="daily").path
    unfinished = made.with_name(f"{made.stem}-{os.getpid()}.tmp")
    unfinished.touch()
    released = Event()
    monkeypatch.setattr(module, "_STOPPING", 0.01)
    monkeypatch.setattr(module, "back_up_changed", lambda *_arguments: released.wait())
    try:
        back_up_within(store, 0.01)
        assert [one.daemon for one in enumerate_threads() if one.name == module._THREAD] == [True]
        assert not unfinished.exists()
    finally:
        released.set()


@pytest.mark.parametrize("question", range(6))
def test_whenever_it_is_stopped_there_is_a_complete_backup_or_none(
    store: Path, question: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_copies, "_PAGES", 8)
    monkeypatch.setattr("reader.marks.read_only._OPERATIONS", 500)
    full_of(store).close()
    asked, limit = 0, int(3**question)

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > limit

    made = back_up_changed(store, stop)
    assert (made is None) == (asked > limit)
    assert files(store) == ({made.path.name} if made else set())
    assert made is None or unusable(made.path) == ""
    assert back_up_changed(store) is not None or made is not None


def test_stopped_check_finds_no_damage(store: Path) -> None:
    full_of(store).close()
    found = check_integrity(store, lambda: True)
    assert found.damage == ""
    assert "interrupt" in found.obstacle


def test_change_by_another_process_does_not_restart_a_backup(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_copies, "_PAGES", 1)
    marks = full_of(store, 40)
    steps = 0

    def stop() -> bool:
        nonlocal steps
        steps += 1
        if steps < 5_000:
            marks.keep_state("steps", str(steps))
        return steps >= 5_000

    made = back_up(store, why="daily", stop=stop)
    assert unusable(made.path) == ""


def test_slow_disk_is_not_waited_for(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(store).close()
    answered = Event()
    ended = Event()

    def slow(*_: object) -> None:
        answered.wait(PLENTY)
        ended.set()

    monkeypatch.setattr(module, "back_up_changed", slow)
    back_up_within(store, 0.01)
    assert not ended.is_set()
    answered.set()


def test_backup_that_cannot_be_stopped_leaves_nothing_after_the_process(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(store).close()
    copied, answered = Event(), Event()

    def slow(*_: object) -> str:
        copied.set()
        answered.wait(PLENTY)
        return ""

    class Hanging(Thread):
        def join(self, timeout: float | None = None) -> None:
            """Return when the copy is written, whatever the time limit: the thread is still running then."""
            assert copied.wait(PLENTY), timeout

    monkeypatch.setattr(module, "unusable", slow)
    monkeypatch.setattr(module, "Thread", Hanging)
    back_up_within(store, PLENTY)
    assert not files(store)
    answered.set()
    for thread in enumerate_threads():
        if thread.name == module._THREAD:
            Thread.join(thread, PLENTY)
    assert not backups(store)


@pytest.mark.parametrize("call", range(2, 12))
def test_copy_that_is_removed_while_it_is_written_is_not_created_again(
    store: Path, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    monkeypatch.setattr(database_copies, "_PAGES", 1)
    full_of(store, 40).close()
    left = call

    def stop() -> bool:
        nonlocal left
        left -= 1
        if left == 0:
            for file in files(store):
                (store.parent / "backups" / file).unlink()
        assert not [file for file in files(store) if file.endswith(("-journal", "-wal"))]
        return False

    with pytest.raises((StoreError, apsw.Error)):
        back_up(store, why="daily", stop=stop)
    assert not files(store)


def test_backup_is_readable_without_another_file(store: Path) -> None:
    full_of(store).close()
    path = back_up(store, why="daily").path
    # The file format versions (https://www.sqlite.org/fileformat.html 1.3): 1 for a rollback journal, 2 for a WAL.
    assert path.read_bytes()[18:20] == b"\1\1"
    assert files(store) == {path.name}


def test_failed_backup_is_reported(store: Path, monkeypatch: pytest.MonkeyPatch, failing: Callable[..., None]) -> None:
    filled(store).close()
    monkeypatch.setattr(module, "copy_store", failing)
    with pytest.raises(StoreError, match="full"):
        back_up_within(store, PLENTY)


@pytest.fixture
def failing() -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise apsw.FullError("database or disk is full")

    return fail
