"""Clearing the reading history removes it from the bytes of every file in the data folder."""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apsw
import pytest

from reader.errors import CorruptStoreError, StoreError
from reader.marks.backups import back_up, backups, damage
from reader.marks.database_files import put_aside
from reader.marks.dump import dump
from reader.marks.exchange import decoded, encoded
from reader.marks.facade import Marks
from reader.marks.restoring import restore
from reader.marks.unsaved_file_paths import name_once_added, unsaved_name
from tests.marks.making import names
from tests.marks.test_history import DAY, SECTION, traces_by_file, with_history


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "data" / "marks.db"


def readable(store: Path) -> list[bytes]:
    """The history in the form of a file of marks."""
    marks = Marks(store)
    rows = marks.store.rows("SELECT opened_at FROM article WHERE opened_at IS NOT NULL")
    marks.close()
    moments = {datetime.fromtimestamp(at, UTC).isoformat(timespec="microseconds")[:26] for (at,) in rows}
    return [SECTION.encode(), DAY.isoformat().encode(), *(moment.encode() for moment in moments)]


def _aside(store: Path) -> Path:
    """A database set aside as damaged that SQLite can still read, with its WAL."""
    whole = store.with_name("whole")
    back_up(store, why="daily").path.replace(whole)
    aside = put_aside(store)
    whole.replace(store)
    return aside


def _corrupt_backup(store: Path) -> Path:
    """A backup with some pages overwritten."""
    copy = back_up(store, why="daily").path
    connection = apsw.Connection(str(copy), apsw.SQLITE_OPEN_READONLY)
    rows: list[Any] = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'saved_search'").fetchall()
    page = int(rows[0][0])
    connection.close()
    content = bytearray(copy.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    copy.write_bytes(content)
    assert damage(copy)
    return copy


def _interrupted(store: Path) -> Path:
    """The new database of an interrupted restore, and one that was set aside."""
    copy = back_up(store, why="daily").path
    path = store.with_name("marks-unfinished-1-20261124T103000000000Z.db")
    path.write_bytes(copy.read_bytes())
    return path


def _unsaved(store: Path) -> Path:
    """A file of marks that an earlier session left."""
    marks = Marks(store)
    path = store.with_name(unsaved_name(store, "20261124T103000000000Z"))
    path.write_bytes(encoded(dump(marks.store.rows)))
    marks.close()
    return path


def _added(store: Path) -> Path:
    path = _unsaved(store)
    path.rename(name_once_added(path))
    return name_once_added(path)


@pytest.mark.parametrize("make", [_aside, _corrupt_backup, _interrupted, _unsaved, _added])
def test_no_file_of_the_folder_contains_the_history(store: Path, make: Callable[[Path], Path]) -> None:
    marks, traces = with_history(store)
    marks.close()
    traces += readable(store)
    copy = make(store)
    assert copy.name in traces_by_file(store.parent, traces)
    marks = Marks(store)
    before = names(marks)
    forgotten = marks.clear_history()
    assert forgotten.days >= 1
    assert traces_by_file(store.parent, traces) == {}
    assert names(marks) == before
    marks.close()
    assert traces_by_file(store.parent, traces) == {}
    assert copy.exists()
    if copy.suffix == ".json":
        file = decoded(copy.read_bytes())
        assert sum(len(record.bookmarks) for record in file.articles) == 2
        assert sum(len(record.highlights) for record in file.articles) == 2
        assert {record.read for record in file.articles if record.id == "a2"} == {None}
        assert next(record for record in file.articles if record.id == "a1").place == (7, 2)
    else:
        assert damage(copy) == ""
        kept = Marks(copy)
        assert names(kept) == before
        kept.close()


def test_corrupt_backup_is_rewritten_and_counted(store: Path) -> None:
    marks, _traces = with_history(store)
    copies = [_corrupt_backup(store), back_up(store, why="migration").path]
    assert marks.clear_history().rewritten == 1
    assert [damage(copy) for copy in copies] == ["", ""]
    assert marks.clear_history().rewritten == 0
    assert {path.suffix for path in copies[0].parent.iterdir()} == {".db"}


def test_unreadable_file_is_named_and_kept(store: Path) -> None:
    marks, traces = with_history(store)
    marks.close()
    aside = _aside(store)
    aside.write_bytes(b"garbage" * 2_000)
    broken = _unsaved(store)
    broken.write_bytes(b"{")
    marks = Marks(store)
    with pytest.raises(StoreError) as error:
        marks.clear_history()
    assert not isinstance(error.value, CorruptStoreError)
    assert "delete this file yourself" in error.value.hint
    assert aside.name in error.value.message or broken.name in error.value.message
    assert traces_by_file(store.parent, traces) == {}
    assert aside.read_bytes() == b"garbage" * 2_000
    broken.unlink()
    with pytest.raises(StoreError, match=aside.name):
        marks.clear_history()
    aside.unlink()
    marks.clear_history()


def test_files_of_killed_processes_are_removed(store: Path) -> None:
    marks, traces = with_history(store)
    backup = back_up(store, why="daily").path
    left = [backup.with_suffix(".tmp"), store.with_name("marks.db.0123abcd.tmp")]
    for path in left:
        path.write_bytes(backup.read_bytes())
        os.utime(path, (time.time() - 3_600, time.time() - 3_600))
    young = backup.with_name("marks-20261124T103000000000Z-daily.tmp")
    young.touch()
    marks.clear_history()
    assert traces_by_file(store.parent, traces) == {}
    assert [path.exists() for path in (*left, young)] == [False, False, True]


def test_reading_process_postpones_the_vacuum_and_nothing_is_left(store: Path) -> None:
    marks, traces = with_history(store)
    marks.store.connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    other = apsw.Connection(str(store))
    cursor = other.execute("SELECT * FROM article")
    next(cursor)
    marks.store.connection.set_busy_timeout(10)
    marks.clear_history()
    cursor.close()
    other.close()
    marks.close()
    assert traces_by_file(store.parent, traces) == {}


def test_backup_of_a_restore_is_cleared_too(store: Path) -> None:
    marks, traces = with_history(store)
    back_up(store, why="daily")
    marks.close()
    aside = restore(store).aside
    assert aside.name in traces_by_file(store.parent, traces)
    marks = Marks(store)
    marks.clear_history()
    marks.close()
    assert traces_by_file(store.parent, traces) == {}
    assert len(backups(store)) == 1
