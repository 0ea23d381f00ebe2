"""Undo and redo: one reader, and two at the same time."""

from datetime import date
from pathlib import Path

import pytest

from reader.document.document import Position
from reader.marks import undo_log
from reader.marks.change_kinds import Change, ChangeKind
from reader.marks.facade import Marks
from reader.search.query_tree import State
from tests.marks.making import ODD_PATH, anchor, article, held, in_state, names


def test_new_store_has_nothing_to_undo() -> None:
    marks = Marks(None)
    assert marks.undo() is None
    assert marks.redo() is None


def test_change_has_its_kind_and_articles() -> None:
    marks = Marks(None)
    marks.bookmarks.add(article("a"), Position(0), "一处")
    marks.searches.save("搜索", "x")
    highlights = [marks.highlights.add(article(name), anchor(), "", 1) for name in "abc"]
    marks.highlights.delete(*highlights)
    told = [marks.undo() for _ in range(6)]
    assert told[0] == Change(ChangeKind.HIGHLIGHT_DELETED, "灯塔照着海", frozenset("abc"), whole=True)
    assert told[4] == Change(ChangeKind.SEARCH, "搜索", frozenset(), whole=True)
    assert told[5] == Change(ChangeKind.BOOKMARK, "一处", frozenset("a"), whole=True)
    assert [marks.redo() for _ in range(6)] == told[::-1]
    assert marks.redo() is None


def test_pending_change_is_described_with_the_first_of_its_articles(store: Path) -> None:
    marks = Marks(store)
    assert (marks.next_undo(), marks.next_redo()) == (None, None)
    marks.searches.save("搜索", "x")
    search = marks.next_undo()
    assert search is not None
    assert (search.kind, search.detail, search.articles, search.title, search.path) == (
        ChangeKind.SEARCH, "搜索", frozenset(), "", None,
    )  # fmt: skip
    highlights = [marks.highlights.add(article(name, path=ODD_PATH), anchor(), "", 1) for name in "cb"]
    marks.highlights.delete(*highlights)
    deleted = marks.next_undo()
    assert deleted is not None
    assert (deleted.kind, deleted.articles, deleted.is_earlier) == (
        ChangeKind.HIGHLIGHT_DELETED, frozenset("cb"), False,
    )  # fmt: skip
    assert (deleted.title, deleted.path) == ("文章 b", ODD_PATH)
    marks.undo()
    redone = marks.next_redo()
    assert redone is not None
    assert (redone.number, redone.title) == (deleted.number, "文章 b")
    marks.close()
    marks = Marks(store)
    pending = marks.next_undo()
    assert pending is not None
    # It was made when this process had opened the database before.
    assert (pending.kind, pending.is_earlier) == (ChangeKind.HIGHLIGHT, False)


def test_hundred_and_fifty_changes_are_undone_and_redone(store: Path) -> None:
    marks = Marks(store)
    states = [held(marks)]
    for number in range(50):
        bookmark = marks.bookmarks.add(
            article(str(number % 7)), Position(number), str(number), letter="abc"[number % 3]
        )
        states.append(held(marks))
        marks.bookmarks.rename(bookmark, f"{number}!")
        states.append(held(marks))
        marks.articles.tag(article(str(number % 5)), [str(number)])
        states.append(held(marks))
    for state in states[-2:80:-1]:
        assert marks.undo() is not None
        assert held(marks) == state
    marks.close()
    marks = Marks(store)
    for state in states[80::-1]:
        assert marks.undo() is not None
        assert held(marks) == state
    assert marks.undo() is None
    for state in states[1:]:
        assert marks.redo() is not None
        assert held(marks) == state
    assert marks.redo() is None


def test_new_change_clears_redo() -> None:
    marks = Marks(None)
    for number in range(4):
        marks.bookmarks.add(article(), Position(number), str(number))
    marks.undo()
    marks.undo()
    marks.bookmarks.add(article(), Position(9), "new")
    assert marks.redo() is None
    assert names(marks) == {"0", "1", "new"}
    for left in ({"0", "1"}, {"0"}, set()):
        assert marks.undo() is not None
        assert names(marks) == left
    assert marks.undo() is None


def test_automatic_changes_are_not_undone_and_survive_undo() -> None:
    marks = Marks(None)
    marks.bookmarks.add(article(), Position(0), "x")
    marks.articles.mark_read(article(), read=True, by_hand=False)
    marks.articles.save_position(article(), Position(3, 1), 0.5, {("节", 0): 1.0})
    marks.days.add(date(2026, 11, 24), 1, 1)
    marks.keep_state("theme", "night")
    marks.articles.moved([("a", Path("/b.md"))])
    assert marks.undo() is not None
    assert marks.undo() is None
    assert in_state(marks, State.READ) == {"a"}
    assert (marks.articles.place("a"), marks.articles.sections("a")) == (Position(3, 1), {("节", 0): 1.0})
    assert (marks.state("theme"), len(marks.days.all())) == ("night", 1)
    assert marks.redo() is not None
    assert marks.bookmarks.all()[0].path == Path("/b.md")


def test_log_keeps_the_newest_own_and_earlier_changes(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo_log, "_KEPT", 5)
    for start in range(4):
        marks = Marks(store)
        for number in range(4):
            marks.bookmarks.add(article(), Position(0), f"{start}{number}")
        assert len(marks.store.rows("SELECT 1 FROM change")) == min(4 * (start + 1), 5)
        marks.close()
    marks = Marks(store)
    for _ in range(5):
        assert marks.undo() is not None
    assert marks.undo() is None
    assert len(names(marks)) == 11
