"""Index clients: the process that watches archives, and the thread."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Event as Flag
from typing import TYPE_CHECKING

import pytest

from reader.index.index import Index
from reader.index.index_file import exclusive_lock
from reader.indexing import client as clients
from reader.indexing.client import ProcessClient
from reader.indexing.protocol import IndexerSetup, IndexEvent
from tests.articles import write_article
from tests.indexing.event_recorder import PATIENCE, EventRecorder, count
from tests.indexing.indexer_setups import setup_for

if TYPE_CHECKING:
    import subprocess


class Process:
    """An indexer process for a folder, with its events and the content of the index."""

    def __init__(self, setup: IndexerSetup) -> None:
        self.client = ProcessClient(setup)
        self.heard = EventRecorder()
        (kept,) = setup.archives
        self.index = Index(kept.archive, kept.index)
        self._process: subprocess.Popen[str] | None = None
        self._folders = 1 + sum(path.is_dir() for path in kept.archive.root.rglob("*"))

    def start(self) -> IndexEvent:
        """Start it; return its first summary."""
        self.client.start(self.heard)
        return self.heard.summary()

    @property
    def process(self) -> "subprocess.Popen[str]":
        """The process, even after it was closed."""
        self._process = self.client._process or self._process
        assert self._process is not None
        return self._process

    def watched(self) -> None:
        """Wait until the watch is active, for which there is no event."""
        deadline = time.monotonic() + PATIENCE
        while self._watches() < self._folders:
            assert time.monotonic() < deadline
            Flag().wait(0.01)

    def _watches(self) -> int:
        count = 0
        for file in Path("/proc", str(self.process.pid), "fdinfo").iterdir():
            # The process may close a file between the listing and the reading.
            with suppress(FileNotFoundError):
                count += file.read_text().count("inotify wd:")
        return count

    def titles(self) -> dict[str, str]:
        """The id of each article, by title."""
        return {one.title: one.id for one in self.index.articles(self.index.shown_keys()).values()}

    def close(self) -> None:
        """Kill it and close its pipes."""
        self.index.close()
        inner = self.process
        if inner.poll() is None:
            inner.kill()
        self.close_kindly()
        if inner.stdout is not None:
            inner.stdout.close()

    def close_kindly(self) -> None:
        """Close it like the program, and wait for the end of the listener."""
        self.client.close()
        self.listened()

    def listened(self) -> None:
        """Wait until all its events were received."""
        for thread in threading.enumerate():
            if thread.name.endswith("(_listen)"):
                thread.join(PATIENCE)


@pytest.fixture
def process(folder: Path, tmp_path: Path) -> Iterator[Process]:
    process = Process(setup_for(folder, tmp_path / "cache" / "a.db"))
    yield process
    process.close()


needs_proc = pytest.mark.skipif(not Path("/proc/self/fdinfo").exists(), reason="looks at a process in /proc")


@needs_proc
def test_changes_of_files_are_reported_and_indexed(process: Process, folder: Path, tmp_path: Path) -> None:
    assert count(process.start()) == (3, 0, 0, 0)
    ids = process.titles()
    process.watched()

    behind = len(process.heard.events)
    # Create the file where no process watches, then move it, so that it appears complete.
    write_article(tmp_path / "new.md", "新的", "<p>新的灯塔</p>").rename(folder / "x" / "new.md")
    assert count(process.heard.summary(behind)) == (1, 0, 0, 0)
    assert process.titles().keys() - ids.keys() == {"新的"}

    behind = len(process.heard.events)
    write_article(tmp_path / "0.md", "改了", "<p>改了的灯塔，长了一些</p>").replace(folder / "x" / "0.md")
    assert count(process.heard.summary(behind)) == (0, 1, 0, 0)
    assert process.titles()["改了"] == ids["第0篇"]

    behind = len(process.heard.events)
    (folder / "x" / "1.md").rename(folder / "moved.md")
    event = process.heard.summary(behind)
    assert event.summary is not None
    moved = (ids["第1篇"], str(folder / "x" / "1.md"), str(folder / "moved.md"))
    assert (count(event), event.summary.moved) == ((0, 0, 1, 0), (moved,))
    assert process.titles()["第1篇"] == ids["第1篇"]

    behind = len(process.heard.events)
    (folder / "x" / "2.md").unlink()
    assert count(process.heard.summary(behind)) == (0, 0, 0, 1)
    assert process.titles().keys() == {"新的", "改了", "第1篇"}


@needs_proc
def test_moved_folder_keeps_its_articles(process: Process, folder: Path) -> None:
    process.start()
    ids = process.titles()
    process.watched()
    behind = len(process.heard.events)
    (folder / "x").rename(folder / "y")
    assert count(process.heard.summary(behind)) == (0, 0, 3, 0)
    assert process.titles() == ids


@needs_proc
def test_paused_indexer_does_nothing_and_completes_after_resuming(
    process: Process, folder: Path, tmp_path: Path
) -> None:
    process.start()
    process.watched()
    process.client.pause()
    write_article(tmp_path / "new.md", "新的", "<p>新的灯塔</p>").rename(folder / "new.md")
    behind = len(process.heard.events)
    process.client.resume()
    assert count(process.heard.summary(behind)) == (1, 0, 0, 0)


def test_indexer_waiting_for_another_process_is_paused_and_resumes(process: Process) -> None:
    with exclusive_lock(Path(process.index.path)) as is_locked:
        assert is_locked
        process.client.start(process.heard)
        process.client.pause()
        process.client.resume()
        assert process.titles() == {}
    assert count(process.heard.summary()) == (3, 0, 0, 0)


def test_index_is_rebuilt_in_a_new_file(process: Process) -> None:
    process.start()
    inode = Path(process.index.path).stat().st_ino
    ids, behind = process.titles(), len(process.heard.events)
    kept_open = Index(process.index.archive, process.index.path)
    assert kept_open.shown() == 3
    process.client.rebuild(0)
    assert count(process.heard.summary(behind)) == (3, 0, 0, 0)
    assert Path(process.index.path).stat().st_ino != inode
    assert process.titles() == ids
    assert kept_open.shown() == 3
    kept_open.close()


def test_file_that_is_not_a_database_is_rebuilt_and_reported_in_the_users_language(
    folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.db").write_bytes(b"no database" * 1_000)
    process = Process(replace(setup_for(folder, tmp_path / "a.db"), language="zh"))
    process.start()
    first, second, *_ = process.heard.events
    assert first.rebuilt
    assert not first.rebuilt.isascii()
    assert second.progress is not None
    assert len(process.titles()) == 3
    process.close()


def test_unwritable_cache_is_an_error(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    process = Process(setup_for(folder, tmp_path / "file" / "cache" / "a.db"))
    process.client.start(process.heard)
    message, hint = process.heard.wait_for(lambda event: bool(event.error[0])).error
    assert "a.lock" in message
    assert "XDG_CACHE_HOME" in hint
    process.close()


# Exit


def test_closing_ends_the_process(process: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "_EXIT_SECONDS", PATIENCE)
    process.start()
    inner = process.process
    assert inner.poll() is None
    process.client.close()
    # It exited by itself and was not killed.
    assert inner.poll() == 0
    process.client.close()


def test_process_exits_when_its_parent_is_gone(process: Process) -> None:
    process.client.start(process.heard)
    inner = process.process
    assert inner.stdin is not None
    inner.stdin.close()
    assert inner.wait(PATIENCE) == 0


def test_process_that_does_not_exit_is_killed(process: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    process.client.start(process.heard)
    inner = process.process
    monkeypatch.setattr(clients, "_EXIT_SECONDS", 0.01)
    process.client.close()
    assert inner.poll() is not None


def test_commands_to_a_dead_process_are_ignored_and_it_is_closed(process: Process) -> None:
    process.client.start(process.heard)
    inner = process.process
    inner.kill()
    inner.wait(PATIENCE)
    for ask in (process.client.pause, process.client.resume, lambda: process.client.rebuild(0), process.client.close):
        ask()


def test_dead_process_is_reported(process: Process) -> None:
    process.client.start(process.heard)
    process.process.kill()
    process.listened()
    assert process.heard.events


def test_nothing_stays_open_after_closing(process: Process) -> None:
    process.client.start(process.heard)
    inner = process.process
    inner.kill()
    process.close_kindly()
    assert inner.stdout is None or inner.stdout.closed


def test_client_that_was_never_started_can_be_closed(folder: Path, tmp_path: Path) -> None:
    client = ProcessClient(setup_for(folder, tmp_path / "a.db"))
    client.pause()
    client.close()
    assert not (tmp_path / "a.db").exists()


def test_launched_process_is_the_started_one_in_its_own_session(process: Process) -> None:
    process.client.launch()
    number = process.process.pid
    process.client.launch()
    assert count(process.start()) == (3, 0, 0, 0)
    assert process.process.pid == number
    assert os.getsid(process.process.pid) == process.process.pid
    # The first articles of an update are read at normal priority, the others at low priority.
    assert os.getpriority(os.PRIO_PROCESS, process.process.pid) == os.getpriority(os.PRIO_PROCESS, 0)
