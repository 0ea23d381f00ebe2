"""Watching archives for changes."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
import watchfiles
from watchfiles import Change

from reader.archive.archive import open_archives
from reader.indexing import watching
from reader.indexing.protocol import Coverage
from reader.indexing.watching import Watcher

_PATIENCE = 60.0

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0

linux = pytest.mark.skipif(sys.platform != "linux", reason="folders are watched one by one on Linux alone")


class RunningWatcher:
    """A watcher and its reports."""

    def __init__(self, *paths: Path) -> None:
        self.watcher = Watcher(open_archives(paths))
        self.changes = Event()
        self.coverage: list[Coverage] = []
        self.stop = Event()

    def run(self) -> None:
        """Watch until stopped, or until nothing can be watched."""
        self.watcher.run(self.changes.set, self.coverage.append, self.stop)

    def sees(self, change: Callable[[], object]) -> bool:
        """Whether a change is detected; earlier changes do not count."""
        while True:
            self.changes.clear()
            # Longer than the time for which changes are collected.
            if not self.changes.wait(0.6):
                break
        change()
        return self.changes.wait(_PATIENCE)

    def wait_for(self, holds: Callable[[], bool]) -> None:
        """Wait until a condition holds."""
        deadline = time.monotonic() + _PATIENCE
        while not holds():
            assert time.monotonic() < deadline
            self.stop.wait(0.01)


@contextmanager
def watched(*paths: Path) -> Iterator[RunningWatcher]:
    """A watcher that is running."""
    found = RunningWatcher(*paths)
    thread = Thread(target=found.run)
    thread.start()
    try:
        assert found.changes.wait(_PATIENCE)
        yield found
    finally:
        found.stop.set()
        thread.join(_PATIENCE)
        assert not thread.is_alive()


def test_new_files_are_seen_in_new_folders_too(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with watched(tmp_path) as found:
        assert found.coverage == [Coverage(2, 0)] or sys.platform != "linux"
        assert found.sees(lambda: (tmp_path / "a" / "x.md").write_text("灯"))
        assert found.sees((tmp_path / "b").mkdir)
        assert found.sees(lambda: (tmp_path / "b" / "y.md").write_text("塔"))
        assert found.sees((tmp_path / "b" / "y.md").unlink)


def test_a_file_opened_alone_is_watched_however_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    file.write_text("灯")
    with watched(file) as found:
        assert found.sees(lambda: file.write_text("灯塔"))
        (tmp_path / "fresh").write_text("塔")
        assert found.sees(lambda: (tmp_path / "fresh").replace(file))
        assert found.sees(file.unlink)


def test_a_folder_and_a_file_elsewhere_are_watched_together(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "alone").mkdir()
    file = tmp_path / "alone" / "x.md"
    file.write_text("灯")
    with watched(tmp_path / "archive", file) as found:
        assert found.sees(lambda: file.write_text("灯塔"))
        assert found.sees(lambda: (tmp_path / "archive" / "y.md").write_text("塔"))


@linux
def test_linked_folders_are_watched_once_however_they_are_linked(tmp_path: Path) -> None:
    inside, outside = tmp_path / "archive", tmp_path / "outside"
    (outside / "deep").mkdir(parents=True)
    inside.mkdir()
    (inside / "one").symlink_to(outside)
    (inside / "other").symlink_to(outside)
    (outside / "back").symlink_to(inside)
    (inside / "broken").symlink_to(tmp_path / "missing")
    with watched(inside) as found:
        assert found.coverage == [Coverage(3, 0)]
        assert found.sees(lambda: (outside / "deep" / "x.md").write_text("灯"))


@linux
def test_folders_above_the_limit_are_reported_and_the_rest_is_watched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        (tmp_path / f"{number}" / "inner").mkdir(parents=True)
    monkeypatch.setattr(watching, "_limit", lambda: 6)
    with watched(tmp_path) as found:
        assert found.coverage == [Coverage(6, 5)]
        assert found.sees(lambda: (tmp_path / "4" / "x.md").write_text("灯"))


@linux
def test_hidden_folders_are_not_watched(tmp_path: Path) -> None:
    (tmp_path / ".git" / "objects").mkdir(parents=True)
    with watched(tmp_path) as found:
        assert found.coverage == [Coverage(1, 0)]


@linux
def test_folder_whose_name_is_not_utf8_is_reported(tmp_path: Path) -> None:
    try:
        os.mkdir(os.fsencode(tmp_path) + b"/\xff")  # noqa: PTH102 - bytes
    except OSError:
        pytest.skip("this file system takes UTF-8 alone")
    with watched(tmp_path) as found:
        assert found.coverage == [Coverage(1, 1)]


@linux
@pytest.mark.skipif(AS_ROOT, reason="root may read everything")
def test_unreadable_folders_do_not_affect_others(tmp_path: Path) -> None:
    for name in ("archive/a", "archive/locked", "alone"):
        (tmp_path / name).mkdir(parents=True)
    file = tmp_path / "alone" / "x.md"
    file.write_text("灯")
    for name in ("archive/locked", "alone"):
        (tmp_path / name).chmod(0o100)
    try:
        with watched(tmp_path / "archive", file) as found:
            # Of the unreadable folders only the one with the file cannot be watched.
            assert found.coverage == [Coverage(2, 1)]
            assert found.sees(lambda: (tmp_path / "archive" / "a" / "y.md").write_text("塔"))
    finally:
        for name in ("archive/locked", "alone"):
            (tmp_path / name).chmod(0o700)


@linux
def test_fewer_folders_are_watched_if_the_system_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        (tmp_path / f"{number}").mkdir()
    asked: list[int] = []
    watch = watchfiles.watch

    def refusing(*folders: str, **options: object) -> Iterator[set[tuple[Change, str]]]:
        asked.append(len(folders))
        if len(folders) > 2:
            raise OSError
        return watch(*folders, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(watchfiles, "watch", refusing)
    with watched(tmp_path) as found:
        assert asked == [8, 4, 2]
        assert found.coverage == [Coverage(2, 6)]


def test_impossible_watching_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(*_folders: str, **_options: object) -> Iterator[set[tuple[Change, str]]]:
        raise OSError

    monkeypatch.setattr(watchfiles, "watch", refusing)
    found = RunningWatcher(tmp_path)
    found.run()
    assert found.coverage == [Coverage(0, 1)]
    assert found.changes.is_set()


@pytest.mark.parametrize(
    ("name", "matters"),
    [
        ("x.md", True),
        ("x.HTML", True),
        ("folder", True),
        ("财经", True),
        ("x.jpg", False),
        ("x.md.part", False),
        ("._x.md", False),
        (".git", False),
    ],
)
def test_changes_of_articles_and_folders_matter(tmp_path: Path, name: str, *, matters: bool) -> None:
    watcher = Watcher(open_archives([tmp_path]))
    assert watcher._matters(Change.modified, str(tmp_path / name)) is matters
    # A deleted path may have been a folder, whatever its name.
    assert watcher._matters(Change.deleted, str(tmp_path / "2021.11"))
    assert Change.deleted == watching._DELETED


def test_other_files_beside_a_file_opened_alone_do_not_matter(tmp_path: Path) -> None:
    for name in ("x.md", "y.md"):
        (tmp_path / name).write_text("灯")
    watcher = Watcher(open_archives([tmp_path / "x.md"]))
    assert watcher._matters(Change.modified, str(tmp_path / "x.md"))
    assert not watcher._matters(Change.modified, str(tmp_path / "y.md"))
    assert not watcher._matters(Change.deleted, str(tmp_path / "y.md"))
