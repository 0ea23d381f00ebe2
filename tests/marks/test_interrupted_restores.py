"""Restores that run in another process, or were interrupted."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.errors import BusyStoreError
from reader.marks.database_files import STAMP
from reader.marks.interrupted_restores import is_being_replaced, unfinished, wait_until_replaced


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "marks.db"
    path.write_bytes(b"the store")
    return path


@pytest.fixture(scope="module")
def ended() -> int:
    """The PID of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


@pytest.fixture(scope="module")
def running() -> Iterator[int]:
    """The PID of another process that runs."""
    with subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE) as process:
        yield process.pid
        process.communicate()


def restored(store: Path, process: int, day: int = 1, kind: str = "restored") -> Path:
    stamp = datetime(2026, 11, day, 12, tzinfo=UTC).strftime(STAMP)
    path = store.with_name(f"{store.stem}-{kind}-{process}-{stamp}{'.db' if kind == 'restored' else '.tmp'}")
    path.write_bytes(f"of day {day}".encode())
    return path


def test_the_files_are_being_replaced_while_a_running_process_has_a_complete_database(
    store: Path, ended: int, running: int
) -> None:
    assert not is_being_replaced(store)
    restored(store, running, kind="restoring")
    restored(store, ended)
    assert not is_being_replaced(store)
    restored(store, running)
    assert is_being_replaced(store)
    assert not is_being_replaced(store.with_name("other.db"))


def test_a_database_that_was_written_long_ago_is_of_another_process(
    store: Path, running: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = restored(store, running).stat().st_ctime
    for seconds, replaced in ((59, True), (61, False)):
        monkeypatch.setattr("reader.marks.interrupted_restores.time.time", lambda seconds=seconds: made + seconds)
        assert is_being_replaced(store) == replaced


def test_waiting_ends_with_the_replacement_or_an_error(
    store: Path, running: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait_until_replaced(store, 0)
    path = restored(store, running)
    with pytest.raises(BusyStoreError):
        wait_until_replaced(store, 20)
    monkeypatch.setattr("reader.marks.interrupted_restores.time.sleep", lambda _seconds: path.unlink())
    wait_until_replaced(store, 60_000)


def test_the_latest_complete_database_of_an_ended_process_is_unfinished(store: Path, ended: int, running: int) -> None:
    assert unfinished(store) is None
    restored(store, running, 9)
    assert unfinished(store) is None
    early, late = restored(store, ended, 3), restored(store, ended, 7)
    incomplete = restored(store, ended, 8, kind="restoring")
    found = unfinished(store)
    assert found is not None
    assert (found.path, found.made.day, found.completed) == (late, 7, False)
    assert not incomplete.exists()
    assert early.exists()


def test_a_second_link_to_the_store_is_removed_and_counts_less_than_an_unfinished_restore(
    store: Path, ended: int
) -> None:
    link = restored(store, ended, 5)
    link.unlink()
    link.hardlink_to(store)
    found = unfinished(store)
    assert found is not None
    assert (found.path, found.made.day, found.completed) == (store, 5, True)
    assert not link.exists()
    link.hardlink_to(store)
    early = restored(store, ended, 2)
    found = unfinished(store)
    assert found is not None
    assert (found.path, found.completed) == (early, False)


def test_a_name_without_a_time_is_ignored(store: Path, ended: int) -> None:
    path = store.with_name(f"{store.stem}-restored-{ended}-99T.db")
    path.write_bytes(b"")
    assert unfinished(store) is None
    assert path.exists()
