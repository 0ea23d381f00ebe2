"""The file vanishes, is replaced, or becomes garbage while readers have it open: what was acknowledged is in it."""

import errno
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.document import Position
from reader.errors import DamagedStoreError, StoreError
from reader.marks import standing
from reader.marks.backups import back_up, damage
from reader.marks.exchange import decoded
from reader.marks.marks import Marks
from reader.marks.merging import take_in
from reader.marks.restoring import restore
from tests.marks.making import article, exported, filled, held, names


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "data" / "reader" / "marks.db"


def added(marks: Marks, name: str) -> None:
    marks.bookmarks.add(article("a"), Position(0), name)


def in_file(store: Path) -> set[str]:
    """The names of the bookmarks that another program finds in the file."""
    assert damage(store) == ""
    connection = apsw.Connection(str(store), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        return {str(name) for (name,) in connection.execute("SELECT name FROM bookmark")}
    finally:
        connection.close()


# What may happen to a file


def no_folder(store: Path) -> None:
    shutil.rmtree(store.parent.parent)


def folder_renamed(store: Path) -> None:
    store.parent.rename(store.parent.with_name(f"old{len([*store.parent.parent.iterdir()])}"))


def no_file(store: Path) -> None:
    store.unlink()


def no_files(store: Path) -> None:
    for file in store.parent.glob("marks.db*"):
        file.unlink()


def no_log(store: Path) -> None:
    for file in store.parent.glob("marks.db-*"):
        file.unlink()


def another(store: Path, version: int = 0) -> None:
    """A store of somebody else's is put there."""
    with tempfile.TemporaryDirectory() as folder:
        made = Marks(Path(folder) / "other.db")
        added(made, "another's")
        if version:
            made.store.connection.pragma("user_version", version)
        made.close()
        shutil.copy(Path(folder) / "other.db", store.with_name("coming"))
    store.with_name("coming").replace(store)


def itself(store: Path) -> None:
    """A copy of the store is put there."""
    copy = back_up(store, why="daily").path
    copy.replace(store)


def garbage(store: Path) -> None:
    store.with_name("coming").write_bytes(b"garbage" * 2_000)
    store.with_name("coming").replace(store)


def emptied(store: Path) -> None:
    store.with_name("coming").touch()
    store.with_name("coming").replace(store)


def half(store: Path) -> None:
    """A store of which only the beginning was copied is put there."""
    with tempfile.TemporaryDirectory() as folder:
        filled(Path(folder) / "other.db").close()
        content = (Path(folder) / "other.db").read_bytes()
    store.with_name("coming").write_bytes(content[: len(content) // 2 // 4096 * 4096])
    store.with_name("coming").replace(store)


GONE = (no_folder, folder_renamed, no_file, no_files)
REPLACED = (another, itself, garbage, emptied, half)
ALL = (*GONE, *REPLACED, no_log)
Happening = Callable[[Path], None]


@pytest.mark.parametrize("happening", ALL)
def test_one_reader_goes_on_and_has_lost_nothing(store: Path, happening: Happening) -> None:
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
    assert (again.articles.place("a1"), again.articles.starred_ids()) == (Position(7, 2), {"a1"})
    assert len(again.days.all()) == 1
    assert [*store.parent.glob("*.tmp*")] == []
    again.close()


@pytest.mark.parametrize("happening", ALL)
def test_two_readers_go_on_and_have_lost_nothing(store: Path, happening: Happening) -> None:
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
def test_closing_leaves_what_was_acknowledged_behind(store: Path, happening: Happening) -> None:
    marks = Marks(store)
    added(marks, "acknowledged")
    happening(store)
    marks.close()
    assert "acknowledged" in in_file(store)
    marks.close()
    shutil.rmtree(store.parent)
    marks.close()
    assert not store.exists()


def test_a_log_that_was_removed_costs_nothing_though_the_reader_be_killed(store: Path) -> None:
    marks = Marks(store)
    added(marks, "before")
    no_log(store)
    added(marks, "acknowledged")
    # As if it were killed: nothing is closed, and all that is left is what has a name.
    left = shutil.copytree(store.parent, store.parent.with_name("left"))
    assert in_file(left / "marks.db") == {"before", "acknowledged"}


def test_what_no_store_is_put_aside_and_not_deleted(store: Path) -> None:
    marks = Marks(store)
    added(marks, "one")
    garbage(store)
    added(marks, "two")
    (aside,) = store.parent.glob("marks-damaged-*.db")
    assert aside.read_bytes() == b"garbage" * 2_000


def test_a_store_of_a_newer_reader_in_its_place_is_left_alone_until_it_is_gone(store: Path) -> None:
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


def test_another_store_keeps_what_it_holds_and_is_not_overwritten_by_the_old_log(store: Path) -> None:
    marks = Marks(store)
    made = [marks.bookmarks.add(article("z"), Position(number), f"mine {number}") for number in range(20)]
    assert store.with_name("marks.db-wal").stat().st_size > 0
    another(store)
    # Numbers of marks are others here: the first of the store that was put there is no mark of this reader's.
    marks.bookmarks.delete(made[0])
    marks.bookmarks.rename(made[1], "renamed")
    assert in_file(store) == {"another's", "renamed", *(f"mine {number}" for number in range(2, 20))}


def test_numbers_of_searches_and_highlights_are_no_others_in_another_store(store: Path) -> None:
    marks, other = filled(store), filled(store.with_name("other.db"), "b")
    (highlight, *_), (search,) = marks.highlights.all(), marks.searches.all()
    other.close()
    store.with_name("other.db").replace(store)
    marks.highlights.delete(highlight)
    marks.searches.delete(search)
    assert len(marks.highlights.all()) == 3
    assert [one.name for one in marks.searches.all()] == ["b 搜索"]


def test_what_was_restored_by_hand_is_added_to(store: Path) -> None:
    marks = Marks(store)
    added(marks, "one")
    copy = back_up(store, why="daily").path
    added(marks, "two")
    shutil.copy(copy, store.with_name("coming"))
    store.with_name("coming").replace(store)
    added(marks, "three")
    assert in_file(store) == {"one", "two", "three"}


def test_a_restored_store_is_taken_up_by_those_who_have_the_old_one_open(store: Path) -> None:
    first, second = filled(store), Marks(store)
    back_up(store, why="daily")
    added(first, "since")
    restore(store)
    assert second.store.changed_elsewhere()
    added(second, "second's")
    added(first, "first's")
    assert {"a 一处", "since", "second's", "first's"} <= in_file(store)
    assert damage(store) == ""


# What stands in the way


def test_a_folder_that_cannot_be_made_anew_is_an_error_and_nothing_is_lost_when_it_can(store: Path) -> None:
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


def test_a_folder_that_stays_away_keeps_no_one_from_closing(store: Path) -> None:
    marks = Marks(store)
    shutil.rmtree(store.parent.parent)
    store.parent.parent.write_text("in the way")
    marks.close()


def _no_room(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("failing", ["put_in_place", "copy_open", "clear_logs"])
def test_what_fails_while_it_is_written_anew_is_done_next_time(
    store: Path, failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
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


def test_what_fails_while_another_store_is_added_to_is_done_next_time(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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


def test_a_store_that_is_itself_damaged_is_not_written_anew(store: Path) -> None:
    marks = Marks(store)
    for number in range(200):
        added(marks, f"{number} " + "x" * 100)
    marks.store.connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    content = bytearray(store.read_bytes())
    content[4096 * 8 : 4096 * 9] = b"\xff" * 4096
    store.write_bytes(content)
    # What it has read it still knows; a reader that has not is told.
    other = Marks(store)
    store.rename(store.with_name("gone.db"))
    with pytest.raises(DamagedStoreError):
        added(other, "not acknowledged")
    assert not store.exists()


def test_a_file_overwritten_where_it_stands_is_damage(store: Path) -> None:
    marks = filled(store)
    copy = back_up(store, why="daily")
    marks.store.connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    store.write_bytes(b"garbage" * 10_000)
    # SQLite goes on with what it has at hand, or says that it is damaged.
    with suppress(DamagedStoreError):
        for number in range(3):
            added(marks, str(number))
            marks.bookmarks.all()
    marks.close()
    restored = restore(store)
    assert restored.backup == copy
    assert {"a 一处", "a 改过"} <= in_file(store)


def test_of_two_readers_that_write_the_file_anew_at_once_the_second_adds_to_it(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = Marks(store), Marks(store)
    added(first, "one")
    no_files(store)
    real = standing.put_in_place

    def late(fresh: Path, path: Path, before: standing.Standing) -> bool:
        monkeypatch.undo()
        added(first, "first's")
        return real(fresh, path, before)

    monkeypatch.setattr("reader.marks.store.put_in_place", late)
    added(second, "second's")
    assert in_file(store) == {"one", "first's", "second's"}
    added(first, "again")
    assert in_file(store) == {"one", "first's", "second's", "again"}
    assert names(first) == names(second)


def test_a_disk_that_knows_no_links_is_written_to_all_the_same(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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
    assert not standing.put_in_place(store.with_name("fresh"), store)


# What is undone and seen then


def test_each_still_undoes_its_own_after_the_file_was_written_anew(store: Path) -> None:
    before = Marks(store)
    added(before, "before")
    first, second = Marks(store), Marks(store)
    added(first, "first's")
    added(second, "second's")
    no_folder(store)
    added(first, "first's since")
    added(second, "second's since")
    for left in ({"second's", "first's", "first's since", "before"}, {"first's", "first's since", "before"}):
        assert second.undo() is not None
        assert names(first) == left
    assert second.undo() is not None
    assert names(first) == {"first's", "first's since"}
    assert second.undo() is None
    assert first.undo() is not None
    assert first.undo() is not None
    assert first.undo() is None
    assert names(second) == set()


def test_what_was_deleted_after_the_file_was_written_anew_stays_deleted(store: Path) -> None:
    first, second = Marks(store), Marks(store)
    added(first, "deleted")
    added(first, "kept")
    second.articles.keep_place(article("a"), Position(5), 0.5)
    no_folder(store)
    first.bookmarks.delete(first.bookmarks.all()[1])
    second.articles.keep_place(article("b"), Position(6), 0.5)
    assert names(second) == {"kept"}
    assert in_file(store) == {"kept"}
    assert (first.articles.place("a"), first.articles.place("b")) == (Position(5), Position(6))


def test_the_other_sees_that_the_file_was_written_anew_without_writing_itself(store: Path) -> None:
    first, second = Marks(store), Marks(store)
    added(first, "one")
    assert second.store.changed_elsewhere()
    second.store.revised()
    no_folder(store)
    assert not second.store.changed_elsewhere()
    added(first, "two")
    assert second.store.changed_elsewhere()
    assert second.store.revised() == {"a"}
    assert names(second) == {"one", "two"}
    assert not second.store.changed_elsewhere()


def test_what_is_no_store_yet_is_not_put_aside_by_who_only_looks(store: Path) -> None:
    marks = Marks(store)
    added(marks, "one")
    half(store)
    before = store.read_bytes()
    assert not marks.store.changed_elsewhere()
    assert store.read_bytes() == before
    assert names(marks) == {"one"}


def test_marks_in_memory_have_no_file_to_lose() -> None:
    marks = filled(None)
    marks.days.add(date(2026, 1, 1), 1, 1)
    assert not marks.store.changed_elsewhere()
    take_in(marks.store, decoded(exported(marks)))
    marks.close()


WHATS = ("add", "add", "look", "restart", "happen", "happen")
operations = st.tuples(
    st.integers(0, 1), st.sampled_from(WHATS), st.sampled_from([one for one in ALL if one is not itself])
)


@given(st.lists(operations, min_size=4, max_size=16))
@settings(max_examples=25, deadline=None)
def test_whatever_happens_in_whatever_order_nothing_that_was_acknowledged_is_lost(
    sequence: list[tuple[int, str, Happening]],
) -> None:
    folder = Path(tempfile.mkdtemp())
    store = folder / "data" / "reader" / "marks.db"
    try:
        readers = [Marks(store), Marks(store)]
        acknowledged: tuple[set[str], set[str]] = (set(), set())
        for number, (reader, what, happening) in enumerate(sequence):
            marks = readers[reader]
            if what == "add":
                added(marks, str(number))
                acknowledged[reader].add(str(number))
                assert acknowledged[reader] <= in_file(store)
            elif what == "look":
                marks.store.changed_elsewhere()
            elif what == "restart":
                marks.close()
                readers[reader] = Marks(store)
            elif store.exists():
                # As they do two times a second: what nobody has open any more cannot be brought back.
                for one in readers:
                    one.store.changed_elsewhere()
                happening(store)
        for marks in readers:
            added(marks, "last")
        for marks in readers:
            marks.close()
        assert acknowledged[0] | acknowledged[1] <= in_file(store)
    finally:
        shutil.rmtree(folder)
