"""Marks that continue in memory while another process locks the database, and are saved later."""

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from reader.document.document import Position
from reader.errors import BusyStoreError
from reader.marks.facade import Marks
from reader.marks.marks_in_memory import Reopening
from tests.marks.making import anchor, article, filled, held


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "marks.db"
    filled(path).close()
    return path


@pytest.fixture
def marks(store: Path) -> Iterator[Marks]:
    marks = Marks(store)
    marks.store.lock_wait.limit(10)
    yield marks
    marks.close()


@pytest.fixture
def holder(store: Path, marks: Marks) -> Iterator[apsw.Connection]:
    """Another process that holds the write lock until it is closed."""
    assert marks.store.path == store
    connection = apsw.Connection(str(store))
    connection.execute("BEGIN IMMEDIATE")
    yield connection
    connection.close()


def detached(store: Path, marks: Marks) -> Reopening:
    unsaved = Reopening(store, marks, BusyStoreError("busy"))
    marks.store.detach()
    return unsaved


def test_change_waits_no_longer_than_its_limit(marks: Marks, holder: apsw.Connection) -> None:
    with pytest.raises(BusyStoreError):
        marks.articles.star(article("new"), starred=True)
    holder.close()
    marks.articles.star(article("new"), starred=True)


def test_marks_stay_valid_when_the_store_is_detached(store: Path, marks: Marks, holder: apsw.Connection) -> None:
    before = held(marks)
    bookmark, highlight = marks.bookmarks.all()[0], marks.highlights.all()[0]
    unsaved = detached(store, marks)
    assert held(marks) == before
    assert not unsaved.is_unsaved
    marks.bookmarks.rename(bookmark, "renamed")
    marks.highlights.change(highlight, note="renoted")
    assert (unsaved.is_unsaved, unsaved.count()) == (True, 2)
    assert unsaved.attempt() is None
    holder.close()
    now = unsaved.attempt()
    assert now is not None
    assert held(now) == held(marks) != before
    now.close()


def test_earlier_changes_can_be_undone_meanwhile(store: Path, marks: Marks) -> None:
    before = held(marks)
    marks.bookmarks.add(article("new"), Position(3), "new")
    marks.highlights.add(article("new"), anchor("a sentence"), "section", 1)
    connection = apsw.Connection(str(store))
    connection.execute("BEGIN IMMEDIATE")
    unsaved = detached(store, marks)
    for detail in ("a sentence", "new"):
        change = marks.undo()
        assert change is not None
        assert (change.detail, change.whole) == (detail, True)
    assert held(marks) == before
    assert unsaved.count() == 2
    connection.close()
    now = unsaved.attempt()
    assert now is not None
    assert held(now) == before
    now.close()


def test_nothing_is_written_to_a_detached_store(store: Path, marks: Marks) -> None:
    with_lock = held(marks)
    detached(store, marks)
    marks.articles.star(article("new"), starred=True)
    store.unlink()
    marks.articles.keep_for_later(article("new"), later=True)
    marks.close()
    assert not store.exists()
    assert with_lock
