"""Corrupt and unfinished backups, and errors of making them."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import apsw
import pytest

from reader.document.document import Position
from reader.errors import CorruptStoreError, StoreError
from reader.marks import backups as module
from reader.marks.backups import Backup, back_up, back_up_changed, backups, damage, holds, newest_good, unusable
from reader.marks.facade import Marks
from tests.marks.clock import START, Clock
from tests.marks.making import article, filled
from tests.marks.test_migrations import old_store


def test_corrupt_store_is_not_backed_up(store: Path) -> None:
    filled(store).close()
    copy = back_up(store, why="daily")
    content = bytearray(store.read_bytes())
    content[4096 * 3 : 4096 * 4] = os.urandom(4096)
    store.write_bytes(content)
    assert damage(store)
    with pytest.raises(apsw.CorruptError):
        back_up(store, why="migration")
    copy.path.unlink()
    with pytest.raises(StoreError, match="Cannot back up") as told:
        back_up_changed(store)
    assert not isinstance(told.value, CorruptStoreError)
    assert [*copy.path.parent.iterdir()] == []


def test_newest_intact_backup_is_restored(store: Path, clock: type[Clock]) -> None:
    marks = Marks(store)
    made: list[Backup] = []
    for number in range(5):
        marks.bookmarks.add(article(), Position(number), f"bookmark {number}")
        clock.at = START + timedelta(days=number)
        made.append(back_up(store, why="daily"))
    assert newest_good(store) == made[4]
    made[4].path.write_bytes(made[4].path.read_bytes()[:-4096])
    assert newest_good(store) == made[3]
    made[3].path.write_bytes(b"")
    assert newest_good(store) == made[2]
    # SQLite itself does not detect invalid UTF-8.
    made[2].path.write_bytes(made[2].path.read_bytes().replace(b"bookmark 2", b"bookmark\xff\xff"))
    assert newest_good(store) == made[1]
    made[1].path.unlink()
    made[1].path.mkdir()
    assert newest_good(store) == made[0]
    made[0].path.unlink()
    assert newest_good(store) is None


def test_marks_in_a_backup_are_counted_in_older_versions_too(store: Path) -> None:
    filled(store).close()
    assert holds(back_up(store, why="daily").path) == (2, 2)
    for file in store.parent.glob("marks.db*"):
        file.unlink()
    old_store(store, 1)
    assert holds(store) == (0, 3)
    store.write_bytes(b"no store at all")
    assert holds(store) == (0, 0)
    assert holds(store.with_name("nowhere.db")) == (0, 0)


@pytest.mark.parametrize("content", [b"", b"x", b"SQLite format 3\0", b"SQLite format 3\0" + bytes(8_000), None])
def test_file_that_is_not_a_store_is_corrupt(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "x.db").write_bytes(content)
    assert unusable(tmp_path / "x.db")
    assert damage(tmp_path)


def test_store_being_written_is_not_corrupt(store: Path) -> None:
    marks = filled(store)
    marks.store.connection.execute("BEGIN EXCLUSIVE")
    assert damage(store) == ""


def test_failed_backup_leaves_nothing(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(store).close()
    copy = back_up(store, why="daily")

    def half(_source: Path, target: Path, _stop: object) -> None:
        for name in (target.name, target.name + "-journal"):
            target.with_name(name).write_bytes(b"half")
        raise apsw.FullError("database or disk is full")

    monkeypatch.setattr(module, "copy_store", half)
    with pytest.raises(StoreError, match="the free disk space"):
        back_up(store, why="daily")
    monkeypatch.setattr(module, "copy_store", lambda _source, target, _stop: target.write_bytes(b"half"))
    with pytest.raises(apsw.CorruptError):
        back_up(store, why="daily")
    assert [*copy.path.parent.iterdir()] == [copy.path]


def test_backup_that_cannot_be_deleted_is_not_an_error(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(store).close()

    def held(_path: Path, **_options: object) -> None:
        raise PermissionError

    monkeypatch.setattr(module, "_OTHERS", 1)
    monkeypatch.setattr(Path, "unlink", held)
    made = [back_up(store, why="restore") for _ in range(3)]
    assert backups(store) == made[::-1]


def test_folder_that_cannot_be_created_is_reported(store: Path) -> None:
    filled(store).close()
    (store.parent / "backups").touch()
    with pytest.raises(StoreError, match="backups"):
        back_up_changed(store)


def test_unfinished_backup_of_a_killed_process_is_removed_at_once(tmp_path: Path) -> None:
    store = tmp_path / "marks.db"
    filled(store).close()
    made = back_up(store, why="daily").path
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    left = {who: made.with_name(f"{made.stem}-{pid}.tmp") for who, pid in (("dead", ended.pid), ("own", os.getpid()))}
    left["running"] = made.with_name(f"{made.stem}-{os.getppid()}.tmp")
    for path in left.values():
        path.touch()
        path.with_name(f"{path.name}-journal").touch()
    assert back_up_changed(store) is None
    assert {who for who, path in left.items() if path.exists()} == {"own", "running"}
    assert len([*made.parent.glob("*-journal")]) == 2
    (journal,) = (path.with_name(f"{path.name}-journal") for who, path in left.items() if who == "dead")
    journal.touch()
    assert back_up_changed(store) is None
    assert not journal.exists()


def test_unreadable_folder_of_backups_does_not_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tmp_path / "marks.db"
    filled(store).close()
    made = back_up(store, why="daily")

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "glob", refused)
    assert back_up_changed(store) is None
    assert made.path.exists()
