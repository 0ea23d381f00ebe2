"""Undo and redo of two readers of one database."""

import multiprocessing
import os
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from reader.document.document import Position
from reader.marks import undo_log
from reader.marks.change_kinds import ChangeKind
from reader.marks.facade import Marks
from reader.search.query_tree import State
from tests.marks.making import anchor, article, in_state, names


@pytest.fixture
def two(store: Path) -> tuple[Marks, Marks]:
    return Marks(store), Marks(store)


def test_each_reader_undoes_its_own_and_earlier_changes(store: Path) -> None:
    before = Marks(store)
    before.bookmarks.add(article(), Position(0), "before")
    first, second = Marks(store), Marks(store)
    first.bookmarks.add(article(), Position(1), "first")
    second.bookmarks.add(article(), Position(2), "second")
    for marks, left in ((first, {"before", "second"}), (first, {"second"}), (second, set[str]())):
        assert marks.undo() is not None
        assert names(first) == names(second) == left
    assert first.undo() is second.undo() is None


def test_later_reader_undoes_what_another_did_before_its_start(two: tuple[Marks, Marks], store: Path) -> None:
    first, _second = two
    first.bookmarks.add(article(), Position(1), "first")
    third = Marks(store)
    first.bookmarks.add(article(), Position(1), "later")
    assert third.undo() is not None
    assert third.undo() is None
    assert names(first) == {"later"}


def test_mark_deleted_by_another_reader_stays_deleted(two: tuple[Marks, Marks]) -> None:
    first, second = two
    made = first.bookmarks.add(article(), Position(0), "x")
    first.bookmarks.rename(made, "y")
    second.bookmarks.delete(made)
    change = first.undo()
    assert change is not None
    assert not change.whole
    assert names(first) == set()
    assert second.undo() is not None
    assert names(first) == {"y"}


def test_mark_changed_by_another_reader_is_not_removed(two: tuple[Marks, Marks]) -> None:
    first, second = two
    made = first.highlights.add(article(), anchor(), "", 1)
    second.highlights.change(made, note="worth keeping")
    change = first.undo()
    assert change is not None
    assert not change.whole
    assert [one.note for one in first.highlights.all()] == ["worth keeping"]


def test_of_one_mark_each_reader_undoes_its_own_columns(two: tuple[Marks, Marks]) -> None:
    first, second = two
    bookmark = first.bookmarks.add(article(), Position(0), "x")
    highlight = first.highlights.add(article(), anchor(), "", 1)
    first.bookmarks.rename(bookmark, "y")
    second.bookmarks.letter(bookmark, "q")
    second.highlights.change(highlight, note="second's")
    first.highlights.change(highlight, colour=3)
    for marks, expected in (
        (first, ("y", "q", 1, "second's")),
        (first, ("x", "q", 1, "second's")),
        (second, ("x", "q", 1, "")),
        (second, ("x", "", 1, "")),
    ):
        change = marks.undo()
        assert change is not None
        assert change.whole
        (one,), (other,) = marks.bookmarks.all(), marks.highlights.all()
        assert (one.name, one.letter, other.colour, other.note) == expected
    for marks in (second, first, first, second):
        change = marks.redo()
        assert change is not None
        assert change.whole
    (one,), (other,) = first.bookmarks.all(), first.highlights.all()
    assert (one.name, one.letter, other.colour, other.note) == ("y", "q", 3, "second's")


def test_change_of_the_same_column_by_another_reader_stays(two: tuple[Marks, Marks]) -> None:
    first, second = two
    made = first.bookmarks.add(article(), Position(0), "x")
    first.bookmarks.rename(made, "first's")
    second.bookmarks.rename(made, "second's")
    change = first.undo()
    assert change is not None
    assert not change.whole
    assert change.overtaken
    assert names(first) == {"second's"}


def test_change_that_cannot_be_undone_is_dropped_and_the_previous_one_is_next(two: tuple[Marks, Marks]) -> None:
    first, second = two
    first.bookmarks.add(article(), Position(0), "before")
    made = first.highlights.add(article(), anchor(), "", 1)
    first.highlights.change(made, note="note from A")
    second.highlights.change(made, note="note from B")
    first.articles.star(article(), starred=True)
    (merged,) = [one.note for one in first.highlights.all()]
    assert "note from A" in merged
    assert "note from B" in merged
    revised = first.store.revised()
    told = [(change.kind, change.overtaken) for change in iter(first.undo, None) if change is not None]
    assert told == [
        (ChangeKind.STAR, False),
        (ChangeKind.HIGHLIGHT_CHANGED, True),
        (ChangeKind.HIGHLIGHT, True),
        (ChangeKind.BOOKMARK, False),
    ]
    assert (names(first), [one.note for one in first.highlights.all()]) == (set(), [merged])
    # Redo repeats what was undone, and nothing else.
    told = [(change.kind, change.overtaken) for change in iter(first.redo, None) if change is not None]
    assert told == [(ChangeKind.BOOKMARK, False), (ChangeKind.STAR, False)]
    assert (names(first), in_state(first, State.STARRED)) == ({"before"}, {"a"})
    assert [one.note for one in first.highlights.all()] == [merged]
    assert second.undo() is not None
    assert [one.note for one in first.highlights.all()] == ["note from A"]
    assert revised == {"a"}


def test_change_that_cannot_be_redone_is_dropped_as_well(two: tuple[Marks, Marks]) -> None:
    first, second = two
    made = first.highlights.add(article(), anchor(), "", 1)
    first.highlights.change(made, note="first's")
    first.articles.star(article(), starred=True)
    assert first.undo() is not None
    assert first.undo() is not None
    second.highlights.change(made, note="second's")
    told = [(change.kind, change.overtaken) for change in iter(first.redo, None) if change is not None]
    assert told == [(ChangeKind.HIGHLIGHT_CHANGED, True), (ChangeKind.STAR, False)]
    assert [one.note for one in first.highlights.all()] == ["second's"]
    told = [(change.kind, change.overtaken) for change in iter(first.undo, None) if change is not None]
    assert told == [(ChangeKind.STAR, False), (ChangeKind.HIGHLIGHT, True)]


def test_partly_overwritten_change_is_undone_for_the_rest(two: tuple[Marks, Marks]) -> None:
    first, second = two
    made = first.highlights.add(article(), anchor(), "", 1)
    first.highlights.change(made, colour=3, note="first's")
    second.highlights.change(first.highlights.all()[0], colour=2)
    change = first.undo()
    assert change is not None
    assert (change.whole, change.overtaken) == (False, False)
    assert [(one.colour, one.note) for one in first.highlights.all()] == [(2, "")]
    assert first.redo() is not None
    assert [(one.colour, one.note) for one in first.highlights.all()] == [(2, "first's")]


def test_change_that_cannot_be_undone_notifies_nobody(two: tuple[Marks, Marks]) -> None:
    first, second = two
    made = first.bookmarks.add(article(), Position(0), "x")
    second.bookmarks.rename(made, "y")
    assert first.store.revised() == {"a"}
    assert first.undo() is not None
    assert first.store.revised() == set()


def test_position_saved_since_an_import_is_kept() -> None:
    from reader.marks.dump import dump  # noqa: PLC0415
    from reader.marks.merging import import_marks  # noqa: PLC0415

    other, marks = Marks(None), Marks(None)
    marks.articles.save_position(article(), Position(5, 1), 0.1)
    other.articles.save_position(article(), Position(5, 20), 0.5)
    other.articles.star(article(), starred=True)
    import_marks(marks.store, dump(other.store.rows))
    assert marks.articles.place("a") == Position(5, 20)
    marks.articles.save_position(article(), Position(5, 30), 0.5)
    change = marks.undo()
    assert change is not None
    assert not change.whole
    assert (marks.articles.place("a"), in_state(marks, State.STARRED)) == (Position(5, 30), set())


def _mark_and_wait(store: Path, said: Connection) -> None:
    marks = Marks(store)
    marks.bookmarks.add(article(), Position(0), "theirs")
    said.send("marked")
    said.recv()


def test_changes_of_another_running_process_belong_to_it(store: Path) -> None:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    other = context.Process(target=_mark_and_wait, args=(store, there))
    other.start()
    # With only one open end, a crash of the other process ends the wait for its message.
    there.close()
    assert here.recv() == "marked"
    marks = Marks(store)
    assert marks.undo() is None
    marks.bookmarks.add(article(), Position(1), "mine")
    assert marks.undo() is not None
    assert marks.undo() is None
    assert names(marks) == {"theirs"}
    other.kill()
    other.join(60)
    # Other processes cannot undo it.
    assert marks.undo() is not None
    assert names(marks) == set()


def test_process_counts_as_running_only_if_known() -> None:
    token = undo_log.reader_token()
    machine, _process, rest = token.split("-")
    parent = os.getppid()
    assert not undo_log.is_at_work(token)
    assert undo_log.is_at_work(f"{machine}-{parent}-{rest}")
    assert not undo_log.is_at_work(f"{'0' * 12}-{parent}-{rest}")
    for odd in ("", rest, f"{machine}-{10**9}-{rest}", f"{machine}-{parent}-{rest}'", f"{machine}-0x1-{rest}"):
        assert not undo_log.is_at_work(odd)


def test_each_reader_sees_changes_and_undos_of_the_other(two: tuple[Marks, Marks]) -> None:
    first, second = two
    assert not first.store.changed_elsewhere()
    made = first.bookmarks.add(article("a"), Position(0), "x")
    first.articles.mark_read(article("b"), read=True, by_hand=False)
    assert first.store.revised() == {"a", "b"}
    assert not first.store.changed_elsewhere()
    assert second.store.changed_elsewhere()
    assert second.store.revised() == {"a", "b"}
    assert not second.store.changed_elsewhere()
    assert second.store.revised() == set()
    for change in (
        lambda: first.bookmarks.rename(made, "y"),
        first.undo,
        first.redo,
        lambda: first.bookmarks.delete(made),
        first.undo,
    ):
        change()
        assert second.store.changed_elsewhere()
        assert second.store.revised() == {"a"}
    assert first.store.revised() == {"a"}


def test_saved_search_is_noticed_although_it_has_no_article(two: tuple[Marks, Marks]) -> None:
    first, second = two
    first.searches.save("一", "x")
    assert second.store.changed_elsewhere()
    assert second.store.revised() == set()
    assert [one.name for one in second.searches.all()] == ["一"]
