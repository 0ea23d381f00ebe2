"""Two readers whose database file is deleted or replaced: what each sees and can undo; nothing is lost."""

import shutil
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.document import Position
from reader.marks.exchange import decoded
from reader.marks.facade import Marks
from reader.marks.merging import import_marks
from tests.marks.file_events import ALL, Happening, added, half, in_file, itself, no_folder
from tests.marks.making import article, exported, filled, names


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "data" / "reader" / "marks.db"


def test_each_reader_undoes_its_own_changes_after_the_file_is_rewritten(store: Path) -> None:
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


def test_mark_deleted_after_the_rewrite_stays_deleted(store: Path) -> None:
    first, second = Marks(store), Marks(store)
    added(first, "deleted")
    added(first, "kept")
    second.articles.save_position(article("a"), Position(5), 0.5)
    no_folder(store)
    first.bookmarks.delete(first.bookmarks.all()[1])
    second.articles.save_position(article("b"), Position(6), 0.5)
    assert names(second) == {"kept"}
    assert in_file(store) == {"kept"}
    assert (first.articles.place("a"), first.articles.place("b")) == (Position(5), Position(6))


def test_other_reader_notices_the_rewrite_without_writing(store: Path) -> None:
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


def test_reading_does_not_set_an_unfinished_store_aside(store: Path) -> None:
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
    import_marks(marks.store, decoded(exported(marks)))
    marks.close()


WHATS = ("add", "add", "look", "restart", "happen", "happen")
operations = st.tuples(
    st.integers(0, 1), st.sampled_from(WHATS), st.sampled_from([one for one in ALL if one is not itself])
)


@given(st.lists(operations, min_size=4, max_size=16))
@settings(max_examples=25, deadline=None)
def test_no_acknowledged_change_is_lost_by_any_sequence_of_events(
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
                # The program does this twice a second: a deleted file that no process has open cannot be rewritten.
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
