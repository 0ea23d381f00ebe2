"""Clearing the reading history: nothing of it is left in any file, and the marks stay."""

import struct
from datetime import date
from pathlib import Path

import apsw
import pytest

from reader.document.document import Position
from reader.errors import BusyStoreError, CorruptStoreError, StoreError
from reader.marks.backups import back_up, backups, damage
from reader.marks.exchange import decoded
from reader.marks.facade import Marks
from reader.marks.merging import import_marks
from tests.marks.making import article, exported, filled, held, names, progress
from tests.marks.test_migrations import old_store

SECTION = "节的题目，哪里也没有第二处"
DAY = date(2019, 8, 7)
PROGRESS = 0.637218


def with_history(store: Path) -> tuple[Marks, list[bytes]]:
    """A database with marks and history, and the bytes that reveal the history."""
    marks = filled(store)
    for number in range(30):
        marks.articles.save_position(
            article(f"h{number}"), Position(4, number), PROGRESS, {(SECTION, number): PROGRESS}
        )
    marks.days.add(DAY, 61.7, 1_234)
    opened = marks.store.rows(
        "SELECT opened_at FROM article WHERE opened_at IS NOT NULL"
        " UNION SELECT read_at FROM article WHERE read_at IS NOT NULL"
    )
    return marks, [
        SECTION.encode(),
        DAY.isoformat().encode(),
        struct.pack(">d", PROGRESS),
        *(struct.pack(">d", at) for (at,) in opened),
    ]


def traces_by_file(folder: Path, traces: list[bytes]) -> dict[str, int]:
    """The number of traces of the history in each file."""
    found: dict[str, int] = {}
    for file in folder.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        count = sum(trace in content for trace in traces)
        if count:
            found[file.name] = count
    return found


def test_no_history_is_left_in_the_store_its_wal_and_its_backups(store: Path) -> None:
    marks, traces = with_history(store)
    back_up(store, why="daily")
    back_up(store, why="migration")
    assert len(traces_by_file(store.parent, traces)) >= 3
    before, places = held(marks), [marks.articles.place(one) for one in ("a1", "h3", "h29")]
    marks.clear_history()
    assert traces_by_file(store.parent, traces) == {}
    assert held(marks) == before
    assert [marks.articles.place(one) for one in ("a1", "h3", "h29")] == places
    assert places[1] == Position(4, 3)
    assert (marks.articles.visited(), marks.articles.opened_ids(), marks.articles.last_opened()) == ([], [], None)
    assert (marks.days.all(), marks.articles.sections("h3"), progress(marks, "h3")) == ({}, {}, 0.0)
    for copy in backups(store):
        assert damage(copy.path) == ""
        assert held(Marks(copy.path)) == before
    marks.close()
    assert traces_by_file(store.parent, traces) == {}
    assert held(Marks(store)) == before


def test_marks_can_still_be_undone(store: Path) -> None:
    marks, _traces = with_history(store)
    before = held(marks)
    marks.bookmarks.add(article(), Position(0), "new")
    marks.clear_history()
    assert marks.undo() is not None
    assert held(marks) == before
    for _ in range(20):
        marks.undo()
    assert names(marks) == set()


def test_import_leaves_no_trace_of_times_of_opening(store: Path, tmp_path: Path) -> None:
    other, traces = with_history(tmp_path / "other" / "marks.db")
    content = exported(other)
    marks = Marks(store)
    import_marks(marks.store, decoded(content))
    assert traces_by_file(store.parent, traces)
    marks.clear_history()
    other.close()
    for file in (tmp_path / "other").iterdir():
        file.unlink()
    assert traces_by_file(tmp_path, traces) == {}
    assert marks.redo() is None
    assert held(marks)["bookmarks"] == held(Marks(store))["bookmarks"] != {}


def test_a_new_history_begins(store: Path) -> None:
    marks, _traces = with_history(store)
    marks.clear_history()
    marks.articles.save_position(article("h3"), Position(5), 0.25, {("新", 0): 0.5})
    marks.days.add(DAY, 1, 1)
    assert [one.id for one in marks.articles.visited()] == ["h3"]
    assert marks.articles.sections("h3") == {("新", 0): 0.5}
    assert len(marks.days.all()) == 1


def test_other_reader_continues(store: Path) -> None:
    marks, traces = with_history(store)
    other = Marks(store)
    before = held(other)
    marks.clear_history()
    assert held(other) == before
    other.bookmarks.add(article(), Position(0), "since")
    assert "since" in names(marks)
    assert other.articles.visited() == []
    other.close()
    marks.close()
    assert traces_by_file(store.parent, traces) == {}


def test_reader_in_a_query_only_postpones_the_vacuum(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.marks.transactions.PATIENCE", 10)
    marks, _traces = with_history(store)
    other = apsw.Connection(str(store))
    cursor = other.execute("SELECT * FROM article")
    next(cursor)
    marks.clear_history()
    assert marks.articles.visited() == []
    # A process that is writing makes it fail, before anything is postponed.
    held_by = apsw.Connection(str(store))
    with marks.store.change(None):
        pass
    cursor.close()
    held_by.execute("BEGIN IMMEDIATE")
    with pytest.raises(BusyStoreError):
        marks.clear_history()


def test_store_that_is_busy_after_clearing_is_not_an_error(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marks, _traces = with_history(store)
    real = marks.store.connection

    class Busy:
        def __getattr__(self, name: str) -> object:
            return getattr(real, name)

        @staticmethod
        def execute(statement: str, *values: object) -> object:
            if statement == "VACUUM":
                raise apsw.BusyError("database is locked")
            return real.execute(statement, *values)  # type: ignore[arg-type]

    monkeypatch.setattr(marks.store, "connection", Busy())
    marks.clear_history()
    assert marks.articles.visited() == []


def test_corrupt_backup_is_reported_and_the_others_are_cleared(store: Path) -> None:
    marks, traces = with_history(store)
    copies = [back_up(store, why="daily") for _ in range(3)]
    copies[1].path.write_bytes(b"garbage" * 1_000)
    with pytest.raises(StoreError, match=copies[1].path.name) as error:
        marks.clear_history()
    assert not isinstance(error.value, CorruptStoreError)
    assert traces_by_file(store.parent, traces) == {}
    copies[1].path.unlink()
    marks.clear_history()


@pytest.mark.parametrize("version", [1, 2])
def test_backups_of_older_versions_are_cleared_too(store: Path, version: int) -> None:
    old_store(store, version)
    marks = Marks(store)
    moments = marks.store.rows(
        "SELECT opened_at FROM article WHERE id = 'a' UNION SELECT read_at FROM article WHERE read_at > 0"
    )
    traces = [struct.pack(">d", at) for (at,) in moments]
    (copy,) = backups(store)
    assert copy.path.name in traces_by_file(store.parent, traces)
    marks.clear_history()
    assert traces_by_file(store.parent, traces) == {}
    assert len(Marks(copy.path).bookmarks.all()) == 3


def test_history_in_memory_can_be_cleared() -> None:
    marks = filled(None)
    marks.clear_history()
    assert marks.articles.visited() == []
    assert len(names(marks)) == 2
