"""Marks made while the database cannot be used are saved later, or written to a file; other changes stay."""

import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import apsw
import pytest

from reader.document.document import Position
from reader.errors import BusyStoreError, CorruptStoreError, StoreError
from reader.marks.differences import added, count_changes
from reader.marks.dump import dump
from reader.marks.exchange import MarksFile, decoded
from reader.marks.facade import Marks
from reader.marks.marks_in_memory import Reopening
from reader.marks.merging import import_marks
from reader.marks.unsaved_file_paths import unsaved_files
from reader.search.query_tree import State
from tests.marks.making import anchor, article, filled, held, in_state

DAY = date(2027, 1, 2)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "marks.db"


@pytest.fixture
def others(store: Path) -> Iterator[Marks]:
    """The database with marks, opened by another reader."""
    marks = filled(store)
    yield marks
    marks.close()


def in_memory(store: Path, error: StoreError | None = None) -> tuple[Marks, Reopening]:
    """The marks of a database in memory, and the object that saves them later."""
    marks, kept = Marks(None), Marks(store)
    import_marks(marks.store, dump(kept.store.rows), undoable=False)
    kept.close()
    return marks, Reopening(store, marks, error or BusyStoreError("busy"))


def reopened(reopening: Reopening) -> Marks:
    marks = reopening.attempt()
    assert marks is not None
    return marks


def test_changes_in_memory_are_repeated_in_the_store(store: Path, others: Marks) -> None:
    memory, reopening = in_memory(store)
    assert (reopening.is_unsaved, reopening.count()) == (False, 0)
    before = held(others)
    memory.highlights.add(article("new"), anchor("新的一句"), "节", 1, "笔记")
    memory.bookmarks.add(article("new"), Position(3), "新的")
    memory.articles.star(article("new"), starred=True)
    memory.searches.save("新", "灯塔")
    memory.keep_state("theme", "night")
    first = memory.highlights.all()[-1]
    memory.highlights.delete(first)
    old = memory.bookmarks.all()[-1]
    memory.bookmarks.rename(old, "改名")
    assert reopening.is_unsaved
    wanted = held(memory)
    assert wanted != before
    assert reopening.count() == 6
    marks = reopened(reopening)
    assert held(marks) == wanted
    assert marks.state("theme") == "night"
    marks.close()


def test_repeating_them_twice_has_no_further_effect(store: Path, others: Marks) -> None:
    memory, reopening = in_memory(store)
    memory.bookmarks.add(article("new"), Position(3), "新的")
    memory.bookmarks.delete(memory.bookmarks.all()[-1])
    wanted = held(memory)
    for _ in range(2):
        marks = reopened(reopening)
        assert held(marks) == wanted
        marks.close()
    assert held(others) == wanted


def test_concurrent_changes_of_another_reader_stay(store: Path, others: Marks) -> None:
    memory, reopening = in_memory(store)
    gone, edited = others.highlights.all()[0], memory.bookmarks.all()[-1]
    memory.articles.star(article("mine"), starred=True)
    memory.bookmarks.delete(edited)
    others.highlights.delete(gone)
    theirs = next(one for one in others.bookmarks.all() if one.uid == edited.uid)
    others.bookmarks.rename(theirs, "von anderen")
    marks = reopened(reopening)
    # Marks that the other reader deleted stay deleted, and marks that it changed are not deleted.
    assert gone.uid not in held(marks)["highlights"]
    assert held(marks)["bookmarks"][edited.uid][2] == "von anderen"
    assert "mine" in in_state(marks, State.STARRED)
    marks.close()


def test_days_are_added_and_a_position_is_not_reset(store: Path, others: Marks) -> None:
    others.articles.save_position(article("long"), Position(40), 0.5, {}, "")
    others.days.add(DAY, 60.0, 500)
    memory = Marks(None)
    reopening = Reopening(store, memory, BusyStoreError("busy"))
    memory.articles.save_position(article("long"), Position(0), 0.0, {}, "")
    memory.articles.save_position(article("other"), Position(7), 0.2, {}, "")
    memory.days.add(DAY, 30.0, 200)
    marks = reopened(reopening)
    assert marks.articles.place("long") == Position(40)
    assert marks.articles.place("other") == Position(7)
    (day,) = [one for one in dump(marks.store.rows).days if one.day == DAY]
    assert (day.seconds, day.characters) == (90.0, 700)
    marks.close()


def test_saving_waits_for_another_writer_and_leaves_a_corrupt_store_alone(store: Path, others: Marks) -> None:
    memory, reopening = in_memory(store)
    memory.bookmarks.add(article("new"), Position(3), "新的")
    before = held(others)
    holder = apsw.Connection(str(store))
    holder.execute("BEGIN IMMEDIATE")
    assert reopening.attempt() is None
    assert isinstance(reopening.error, BusyStoreError)
    holder.execute("ROLLBACK")
    holder.close()
    assert held(others) == before
    damaged = Reopening(store, memory, CorruptStoreError("corrupt", "", str(store)))
    assert damaged.attempt() is None
    reopened(reopening).close()
    assert held(others) == held(memory)


def test_a_file_of_the_unsaved_marks_can_be_imported(store: Path, others: Marks) -> None:
    memory, reopening = in_memory(store)
    memory.highlights.add(article("new"), anchor("新的一句"), "节", 1, "笔记")
    path = reopening.write_file()
    assert unsaved_files(store) == [path]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    file = decoded(path.read_bytes())
    assert [record.id for record in file.articles] == ["new"]
    import_marks(others.store, file)
    assert held(others) == held(memory)


def test_file_is_written_to_the_first_writable_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    reopening = Reopening(tmp_path / "file" / "marks.db", Marks(None), StoreError("no folder"))
    assert reopening.write_file([tmp_path / "file" / "x", tmp_path / "home"]).parent == tmp_path / "home"
    # The reason is that of the database's own folder.
    with pytest.raises(StoreError, match=r"file/marks-unsaved.*File exists"):
        reopening.write_file([tmp_path / ("long" * 100)])
    assert unsaved_files(tmp_path / "file" / "marks.db") == []


def test_equal_states_have_no_differences(others: Marks) -> None:
    file = dump(others.store.rows)
    assert count_changes(file, file) == 0
    assert added(file, file) == MarksFile(file.format, file.version)
    assert added(MarksFile(file.format, file.version), file).articles == file.articles
