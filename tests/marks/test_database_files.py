"""The file is deleted, replaced or overwritten while readers have it open: acknowledged changes are not lost."""

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path

import apsw
import pytest

from reader.document.document import Position
from reader.errors import CorruptStoreError, StoreError
from reader.marks import database_files
from reader.marks.backups import back_up, damage
from reader.marks.facade import Marks
from reader.marks.restoring import restore
from reader.search.query_tree import State
from tests.marks.file_events import (
    ALL,
    REPLACED,
    Happening,
    added,
    another,
    garbage,
    in_file,
    no_files,
    no_folder,
    no_log,
)
from tests.marks.making import article, filled, held, in_state, names


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "data" / "reader" / "marks.db"


@pytest.mark.parametrize("happening", ALL)
def test_one_reader_continues_without_loss(store: Path, happening: Happening) -> None:
    marks = filled(store)
    before = held(marks)
    happening(store)
    added(marks, "one")
    assert {*before["bookmarks"]} <= {*held(marks)["bookmarks"]}
    assert {"a 一处", "a 改过", "one"} <= in_file(store)
    added(marks, "two")
    after = held(marks)
    marks.close()
    again = Marks(store)
    assert held(again) == after
    assert {"one", "two"} <= names(again)
    assert (again.articles.place("a1"), in_state(again, State.STARRED)) == (Position(7, 2), {"a1"})
    assert len(again.days.all()) == 1
    assert [*store.parent.glob("*.tmp*")] == []
    again.close()


@pytest.mark.parametrize("happening", ALL)
def test_two_readers_continue_without_loss(store: Path, happening: Happening) -> None:
    first, second = Marks(store), Marks(store)
    added(first, "first's")
    added(second, "second's")
    happening(store)
    added(second, "second's since")
    assert {"first's", "second's", "second's since"} <= in_file(store)
    added(first, "first's since")
    assert {"first's", "second's", "second's since", "first's since"} <= in_file(store)
    assert names(first) == names(second) or happening in {no_log, *REPLACED}
    second.store.changed_elsewhere()
    assert names(second) == names(first)
    for marks in (first, second):
        marks.close()
    assert {"first's", "second's", "second's since", "first's since"} <= names(Marks(store))


@pytest.mark.parametrize("happening", [one for one in ALL if one is not no_log])
def test_closing_saves_what_was_acknowledged(store: Path, happening: Happening) -> None:
    marks = Marks(store)
    added(marks, "acknowledged")
    happening(store)
    marks.close()
    assert "acknowledged" in in_file(store)
    marks.close()
    shutil.rmtree(store.parent)
    marks.close()
    assert not store.exists()


def test_deleted_wal_costs_nothing_even_if_the_reader_is_killed(store: Path) -> None:
    marks = Marks(store)
    added(marks, "before")
    no_log(store)
    added(marks, "acknowledged")
    # Simulate a kill: connections are not closed, and only files with a name remain.
    left = shutil.copytree(store.parent, store.parent.with_name("left"))
    assert in_file(left / "marks.db") == {"before", "acknowledged"}


def test_file_that_is_not_a_store_is_set_aside_not_deleted(store: Path) -> None:
    marks = Marks(store)
    added(marks, "one")
    garbage(store)
    added(marks, "two")
    (aside,) = store.parent.glob("marks-damaged-*.db")
    assert aside.read_bytes() == b"garbage" * 2_000


def test_store_of_a_newer_version_is_left_alone_until_it_is_gone(store: Path) -> None:
    marks = Marks(store)
    added(marks, "one")
    another(store, 99)
    for _ in range(2):
        with pytest.raises(StoreError, match="newer"):
            added(marks, "not acknowledged")
    assert names(marks) == {"one"}
    assert in_file(store) == {"another's"}
    store.unlink()
    added(marks, "two")
    assert in_file(store) == {"one", "two"}


def test_another_store_keeps_its_content_and_is_not_damaged_by_the_old_wal(store: Path) -> None:
    marks = Marks(store)
    made = [marks.bookmarks.add(article("z"), Position(number), f"mine {number}") for number in range(20)]
    assert store.with_name("marks.db-wal").stat().st_size > 0
    another(store)
    # Row ids differ: the first row of the replacing database is not a mark of this reader.
    marks.bookmarks.delete(made[0])
    marks.bookmarks.rename(made[1], "renamed")
    assert in_file(store) == {"another's", "renamed", *(f"mine {number}" for number in range(2, 20))}


def test_row_ids_of_searches_and_highlights_do_not_match_in_another_store(store: Path) -> None:
    marks, other = filled(store), filled(store.with_name("other.db"), "b")
    (highlight, *_), (search,) = marks.highlights.all(), marks.searches.all()
    other.close()
    store.with_name("other.db").replace(store)
    marks.highlights.delete(highlight)
    marks.searches.delete(search)
    assert len(marks.highlights.all()) == 3
    assert [one.name for one in marks.searches.all()] == ["b 搜索"]


def test_another_store_counts_as_replaced_and_a_rewritten_one_does_not(store: Path) -> None:
    first, second = Marks(store), Marks(store)
    added(first, "mine")
    assert not first.is_replaced()
    no_folder(store)
    added(first, "written again")
    assert not first.is_replaced()
    assert not second.is_replaced()
    another(store)
    assert first.is_replaced()
    assert second.is_replaced()
    assert not Marks(store).is_replaced()


def test_manually_restored_store_is_merged_into(store: Path) -> None:
    marks = Marks(store)
    added(marks, "one")
    copy = back_up(store, why="daily").path
    added(marks, "two")
    shutil.copy(copy, store.with_name("coming"))
    store.with_name("coming").replace(store)
    added(marks, "three")
    assert in_file(store) == {"one", "two", "three"}


def test_restored_store_is_adopted_by_readers_with_the_old_one_open(store: Path) -> None:
    first, second = filled(store), Marks(store)
    back_up(store, why="daily")
    added(first, "since")
    restore(store)
    assert second.store.changed_elsewhere()
    added(second, "second's")
    added(first, "first's")
    assert {"a 一处", "since", "second's", "first's"} <= in_file(store)
    assert damage(store) == ""


# Obstacles


def test_folder_that_cannot_be_recreated_is_an_error_and_nothing_is_lost_later(store: Path) -> None:
    marks = Marks(store)
    added(marks, "one")
    shutil.rmtree(store.parent.parent)
    store.parent.parent.write_text("in the way")
    for _ in range(2):
        with pytest.raises(StoreError):
            added(marks, "not acknowledged")
        with pytest.raises(StoreError):
            marks.undo()
    assert not marks.store.changed_elsewhere()
    assert names(marks) == {"one"}
    store.parent.parent.unlink()
    added(marks, "two")
    assert in_file(store) == {"one", "two"}


def test_missing_folder_does_not_prevent_closing(store: Path) -> None:
    marks = Marks(store)
    shutil.rmtree(store.parent.parent)
    store.parent.parent.write_text("in the way")
    marks.close()


def _no_room(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("failing", ["put_in_place", "copy_open", "clear_logs"])
def test_failed_rewrite_is_repeated_next_time(store: Path, failing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = Marks(store)
    added(marks, "one")
    no_files(store)
    monkeypatch.setattr(f"reader.marks.store.{failing}", _no_room)
    with pytest.raises(StoreError, match="nothing is lost"):
        added(marks, "not acknowledged")
    assert [*store.parent.iterdir()] == []
    assert names(marks) == {"one"}
    monkeypatch.undo()
    added(marks, "two")
    assert in_file(store) == {"one", "two"}


def test_failed_merge_is_repeated_next_time(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = Marks(store)
    added(marks, "one")
    another(store)

    def fails(*_: object, **__: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(marks.store, "_merge", fails)
    with pytest.raises(StoreError, match="full"):
        added(marks, "not acknowledged")
    assert names(marks) == {"one"}
    assert in_file(store) == {"another's"}
    assert not marks.store.changed_elsewhere()
    monkeypatch.undo()
    added(marks, "two")
    assert in_file(store) == {"another's", "one", "two"}


def test_corrupt_store_is_not_rewritten(store: Path) -> None:
    marks = Marks(store)
    for number in range(200):
        added(marks, f"{number} " + "x" * 100)
    marks.store.connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    content = bytearray(store.read_bytes())
    content[4096 * 8 : 4096 * 9] = b"\xff" * 4096
    store.write_bytes(content)
    # Cached values are still known; a reader without them reports the error.
    other = Marks(store)
    store.rename(store.with_name("gone.db"))
    with pytest.raises(CorruptStoreError):
        added(other, "not acknowledged")
    assert not store.exists()


def test_file_overwritten_in_place_is_corrupt(store: Path) -> None:
    marks = filled(store)
    copy = back_up(store, why="daily")
    marks.store.connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    store.write_bytes(b"garbage" * 10_000)
    # SQLite continues with its cached pages, or reports corruption.
    with suppress(CorruptStoreError):
        for number in range(3):
            added(marks, str(number))
            marks.bookmarks.all()
    marks.close()
    restored = restore(store)
    assert restored.backup == copy
    assert {"a 一处", "a 改过"} <= in_file(store)


def test_of_two_readers_that_rewrite_the_file_the_second_merges(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = Marks(store), Marks(store)
    added(first, "one")
    no_files(store)
    real = database_files.put_in_place

    def late(fresh: Path, path: Path, before: database_files.FileIdentities) -> bool:
        monkeypatch.undo()
        added(first, "first's")
        return real(fresh, path, before)

    monkeypatch.setattr("reader.marks.store.put_in_place", late)
    added(second, "second's")
    assert in_file(store) == {"one", "first's", "second's"}
    added(first, "again")
    assert in_file(store) == {"one", "first's", "second's", "again"}
    assert names(first) == names(second)


def test_file_system_without_hard_links_suffices(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", no_links)
    marks = Marks(store)
    added(marks, "one")
    no_folder(store)
    added(marks, "two")
    assert in_file(store) == {"one", "two"}
    assert [one.name for one in store.parent.iterdir() if "tmp" in one.name] == []
    store.with_name("fresh").write_bytes(b"")
    assert not database_files.put_in_place(store.with_name("fresh"), store)
