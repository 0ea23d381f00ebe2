"""Marks of which only the time of change has changed since: undo and redo apply to them completely.

Another program, or an import of the same marks, may update that time without a visible change.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from reader.document.document import Position
from reader.marks.bookmarks import Bookmark
from reader.marks.facade import Marks
from reader.marks.highlights import Highlight
from tests.marks.making import anchor, article, held

Act = Callable[[Marks], object]


def add(marks: Marks) -> Bookmark:
    return marks.bookmarks.add(article(), Position(1), "一处", letter="a")


def highlight(marks: Marks) -> Highlight:
    return marks.highlights.add(article(), anchor(), "记", 1)


ACTS: list[tuple[str, Act, Act]] = [
    ("bookmark", add, lambda marks: marks.bookmarks.rename(marks.bookmarks.all()[0], "别处")),
    ("bookmark", add, lambda marks: marks.bookmarks.delete(marks.bookmarks.all()[0])),
    ("highlight", highlight, lambda marks: marks.highlights.delete(marks.highlights.all()[0])),
]


def touch(store: Path, table: str) -> None:
    """Update the time of change in all rows of a table."""
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute(f"UPDATE {table} SET changed_at = changed_at + 1000")  # noqa: S608 - a name of ours


@pytest.mark.parametrize(("table", "make"), [(table, make) for table, make, _ in ACTS[1:]])
def test_added_mark_is_removed_by_undo_although_touched(store: Path, table: str, make: Act) -> None:
    marks = Marks(store)
    before = held(marks)
    make(marks)
    touch(store, table)
    undone = marks.undo()
    assert undone is not None
    assert (undone.whole, undone.overtaken) == (True, False)
    assert held(marks) == before


@pytest.mark.parametrize(("table", "make", "act"), ACTS)
def test_change_of_a_touched_mark_is_undone_and_redone(store: Path, table: str, make: Act, act: Act) -> None:
    marks = Marks(store)
    make(marks)
    before = held(marks)
    act(marks)
    after = held(marks)
    touch(store, table)
    undone = marks.undo()
    assert undone is not None
    assert (undone.whole, undone.overtaken) == (True, False)
    assert held(marks) == before
    touch(store, table)
    again = marks.redo()
    assert again is not None
    assert (again.whole, again.overtaken) == (True, False)
    assert held(marks) == after


def test_mark_renamed_since_is_not_removed(store: Path) -> None:
    marks, other = Marks(store), Marks(store)
    bookmark = add(marks)
    other.bookmarks.rename(bookmark, "别处")
    undone = marks.undo()
    assert undone is not None
    assert (undone.whole, undone.overtaken) == (False, True)
    assert [one.name for one in marks.bookmarks.all()] == ["别处"]
