"""The database: opening, sharing between processes, errors if it cannot be used, and atomic changes."""

import multiprocessing
from datetime import date
from pathlib import Path

import apsw
import pytest

from reader.document.document import Position
from reader.errors import BusyStoreError, CorruptStoreError, StoreError
from reader.marks.backups import back_up
from reader.marks.change_kinds import ChangeKind
from reader.marks.facade import Marks
from reader.marks.migrations import MIGRATIONS
from tests.marks.making import article, exported, filled, names


def test_a_state_is_kept_by_its_key(tmp_path: Path) -> None:
    marks = Marks(tmp_path / "marks.db")
    assert marks.state("theme") is None
    marks.keep_state("theme", "night")
    marks.keep_state("theme", "sepia")
    marks.close()
    assert Marks(tmp_path / "marks.db").state("theme") == "sepia"


def test_opening_and_closing_changes_nothing(tmp_path: Path) -> None:
    filled(tmp_path / "marks.db").close()
    before = (tmp_path / "marks.db").read_bytes()
    Marks(tmp_path / "marks.db").close()
    assert (tmp_path / "marks.db").read_bytes() == before
    assert [one.name for one in tmp_path.iterdir() if one.suffix != ""] == ["marks.db"]


@pytest.mark.usefixtures("on_the_disk")
def test_change_is_on_disk_before_the_call_returns(tmp_path: Path) -> None:
    connection = Marks(tmp_path / "marks.db").store.connection
    assert (connection.pragma("journal_mode"), connection.pragma("synchronous")) == ("wal", 2)


def _write(store: Path, name: str) -> None:
    marks = Marks(store)
    for number in range(30):
        marks.bookmarks.add(article(name), Position(number), f"{name}{number}")
    marks.close()


def test_concurrent_writes_of_two_readers_are_all_kept(tmp_path: Path) -> None:
    store = tmp_path / "marks.db"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(store, name)) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert names(Marks(store)) == {f"{name}{number}" for name in "ab" for number in range(30)}


def _write_until_killed(store: Path, told: "multiprocessing.SimpleQueue[int]") -> None:
    marks = Marks(store)
    for number in range(10_000):
        marks.bookmarks.add(article(), Position(number), str(number))
        told.put(number)


def test_killed_reader_has_written_every_acknowledged_change(tmp_path: Path) -> None:
    store = tmp_path / "marks.db"
    context = multiprocessing.get_context("spawn")
    told = context.SimpleQueue()
    writer = context.Process(target=_write_until_killed, args=(store, told))
    writer.start()
    acknowledged = [told.get() for _ in range(20)]
    writer.kill()
    writer.join(60)
    marks = Marks(store)
    assert {str(number) for number in acknowledged} <= names(marks)
    # Everything in the change log can be undone.
    for _ in range(len(names(marks))):
        assert marks.undo() is not None
    assert (names(marks), marks.undo()) == (set(), None)


# Unusable databases


@pytest.mark.parametrize("content", [b"this is no database at all" * 100, b"x", b"SQLite format 3\0" + bytes(5_000)])
def test_corrupt_store_is_reported_and_left_unchanged(tmp_path: Path, content: bytes) -> None:
    store = tmp_path / "marks.db"
    store.write_bytes(content)
    with pytest.raises(CorruptStoreError, match=r"marks\.db") as told:
        Marks(store)
    assert told.value.path == str(store)
    assert store.read_bytes() == content


def test_store_truncated_to_nothing_is_corrupt_if_there_are_backups(tmp_path: Path) -> None:
    store = tmp_path / "marks.db"
    store.touch()
    # Without a backup, it is a database that another process is just creating.
    filled(store).close()
    back_up(store, why="daily")
    store.write_bytes(b"")
    with pytest.raises(CorruptStoreError, match="empty"):
        Marks(store)
    assert store.read_bytes() == b""


def test_invalid_text_is_corruption_and_no_other_error(tmp_path: Path) -> None:
    store = tmp_path / "marks.db"
    marks = Marks(store)
    marks.bookmarks.add(article(), Position(0), "to be damaged")
    marks.close()
    store.write_bytes(store.read_bytes().replace(b"to be damaged", b"to be \xff\xfe\xfdmaged"))
    with pytest.raises(CorruptStoreError):
        Marks(store).bookmarks.all()


def test_store_of_a_newer_version_is_not_changed(tmp_path: Path) -> None:
    store = tmp_path / "marks.db"
    Marks(store).close()
    connection = apsw.Connection(str(store))
    connection.pragma("user_version", len(MIGRATIONS) + 1)
    connection.close()
    before = store.read_bytes()
    with pytest.raises(StoreError, match="is newer than") as told:
        Marks(store)
    assert not isinstance(told.value, CorruptStoreError)
    assert store.read_bytes() == before


def test_folder_that_cannot_be_created_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="file"):
        Marks(tmp_path / "file" / "marks.db")


def test_low_priority_changes_do_not_wait_for_other_readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Longer than a test may take.
    monkeypatch.setattr("reader.marks.transactions.PATIENCE", 10**9)
    marks = Marks(tmp_path / "marks.db")
    other = apsw.Connection(str(tmp_path / "marks.db"))
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(BusyStoreError):
        marks.articles.save_position(article(), Position(1), 0.5)
    with pytest.raises(BusyStoreError):
        marks.days.add(date(2026, 11, 24), 1, 1)
    other.execute("ROLLBACK")
    marks.articles.save_position(article(), Position(1), 0.5)
    assert marks.articles.place("a") == Position(1)


def test_store_locked_by_another_process_is_an_error_after_a_timeout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.marks.transactions.PATIENCE", 10)
    marks = Marks(tmp_path / "marks.db")
    other = apsw.Connection(str(tmp_path / "marks.db"))
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="Another reader"):
        marks.bookmarks.add(article(), Position(0), "x")
    assert marks.bookmarks.all() == []
    other.execute("ROLLBACK")
    marks.bookmarks.add(article(), Position(0), "x")
    assert names(marks) == {"x"}


# Atomicity


def test_failed_change_leaves_nothing() -> None:
    marks = filled(None)
    before = exported(marks), marks.store.rows("SELECT * FROM change")
    one = article("new")

    def halfway() -> None:
        with marks.store.change(ChangeKind.BOOKMARK, "x", one) as connection:
            connection.execute("INSERT INTO tag VALUES ('new', 'x', 0)")
            raise KeyError

    with pytest.raises(KeyError):
        halfway()
    with pytest.raises(StoreError), marks.store.change(ChangeKind.BOOKMARK, "x", one) as connection:
        connection.execute("INSERT INTO tag VALUES ('new', 'x', 0), ('new', 'x', 0)")
    assert (exported(marks), marks.store.rows("SELECT * FROM change")) == before


def test_full_disk_costs_only_the_change(tmp_path: Path) -> None:
    marks = filled(tmp_path / "marks.db")
    before = exported(marks)
    pages = int(marks.store.connection.pragma("page_count"))
    marks.store.connection.pragma("max_page_count", pages)
    with pytest.raises(StoreError, match="full"):
        marks.keep_state("large", "x" * 500_000)
    with pytest.raises(StoreError, match="full"):
        marks.bookmarks.add(article(), Position(0), "x" * 500_000)
    assert exported(marks) == before
    marks.store.connection.pragma("max_page_count", 1_000_000)
    marks.bookmarks.add(article(), Position(0), "again")
    marks.close()
    assert "again" in names(Marks(tmp_path / "marks.db"))


def test_closed_store_is_an_error_and_no_crash(tmp_path: Path) -> None:
    marks = filled(tmp_path / "marks.db")
    marks.close()
    for ask in (marks.bookmarks.all, marks.undo, lambda: marks.keep_state("a", "b")):
        with pytest.raises(StoreError):
            ask()
    (tmp_path / "marks.db").unlink()
    filled(tmp_path / "marks.db", "b").close()
    assert not marks.store.changed_elsewhere()
    marks.close()
    assert names(Marks(tmp_path / "marks.db")) == {"b 一处", "b 改过"}
