"""Reviews of highlights: the schedule, the number a day, undo, export, import and marks in memory."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.errors import BusyStoreError, ExchangeError
from reader.marks.change_kinds import ChangeKind
from reader.marks.dump import dump
from reader.marks.exchange import decoded
from reader.marks.facade import Marks
from reader.marks.highlights import Highlight
from reader.marks.marks_in_memory import Reopening
from reader.marks.merging import import_marks
from reader.marks.reviews import Grade, graded
from tests.marks.making import anchor, article, exported

NOON = datetime(2030, 6, 15, 12, tzinfo=UTC)
"""Later than any test runs, so that the highlights made by it are of an earlier day."""


def days(count: float) -> datetime:
    return NOON + timedelta(days=count)


def highlighted(marks: Marks, count: int = 3) -> list[Highlight]:
    return [marks.highlights.add(article("ab"[n % 2]), anchor(f"第{n}处", n), "", 1) for n in range(count)]


def names(marks: Marks, most: int = 9, when: datetime = NOON) -> list[str]:
    return [card.highlight.name for card in marks.reviews.due(most, when)]


def test_a_highlight_is_due_from_the_day_after_it_was_made() -> None:
    marks = Marks(None)
    (made,) = highlighted(marks, 1)
    assert marks.reviews.due(9, made.created) == []
    assert names(marks, when=made.created + timedelta(days=1)) == ["第0处"]


def test_new_highlights_come_after_those_that_are_due_and_the_number_a_day_holds() -> None:
    marks = Marks(None)
    highlighted(marks, 5)
    assert names(marks, 2) == ["第0处", "第1处"]
    for _card in range(2):
        marks.reviews.grade(marks.reviews.due(2, NOON)[0], Grade.GOOD, NOON)
    assert (names(marks, 2), names(marks, 3), names(marks, 0)) == ([], ["第2处"], [])
    assert names(marks, 2, days(1)) == ["第2处", "第3处"]
    assert names(marks, 9, days(30)) == ["第0处", "第1处", "第2处", "第3处", "第4处"]


def test_better_grades_give_longer_intervals_that_grow() -> None:
    first = [graded(None, grade, NOON) for grade in Grade]
    assert [one.due for one in first] == sorted(one.due for one in first)
    assert first[0].days == 1
    second = graded(first[2], Grade.GOOD, first[2].due)
    third = graded(second, Grade.GOOD, second.due)
    assert first[2].days < second.days < third.days
    assert graded(third, Grade.AGAIN, third.due).days < second.days
    assert graded(third, Grade.HARD, third.due) == graded(third, Grade.HARD, third.due), "no chance in it"


def test_every_review_can_be_undone_and_redone_exactly(tmp_path: Path) -> None:
    marks = Marks(tmp_path / "marks.db")
    highlighted(marks)
    states = [exported(marks)]
    for number in range(8):
        when = days(number * 7)
        marks.reviews.grade(marks.reviews.due(9, when)[0], Grade(number % 4 + 1), when)
        states.append(exported(marks))
    for expected in states[-2::-1]:
        change = marks.undo()
        assert change is not None
        assert (change.kind, change.whole, exported(marks)) == (ChangeKind.REVIEW, True, expected)
    for expected in states[1:]:
        assert marks.redo() is not None
        assert exported(marks) == expected
    marks.close()


def test_deleting_a_highlight_and_undoing_that_keeps_its_schedule() -> None:
    marks = Marks(None)
    (made,) = highlighted(marks, 1)
    card = marks.reviews.due(9, NOON)[0]
    review = marks.reviews.grade(card, Grade.EASY, NOON)
    marks.highlights.delete(made)
    assert marks.reviews.due(9, days(999)) == []
    marks.undo()
    assert [one.review for one in marks.reviews.due(9, days(999))] == [review]


def test_a_highlight_that_another_process_deleted_is_not_reviewed() -> None:
    marks = Marks(None)
    (made,) = highlighted(marks, 1)
    card = marks.reviews.due(9, NOON)[0]
    marks.highlights.delete(made)
    marks.reviews.grade(card, Grade.GOOD, NOON)
    assert marks.store.rows("SELECT * FROM review") == []
    assert (change := marks.undo()) is not None
    assert change.kind is ChangeKind.HIGHLIGHT_DELETED


def test_a_review_follows_on_that_of_another_process_since_the_card_was_read() -> None:
    marks = Marks(None)
    highlighted(marks, 1)
    (card,) = marks.reviews.due(9, NOON)
    first = marks.reviews.grade(card, Grade.GOOD, NOON)
    assert marks.reviews.grade(card, Grade.AGAIN, days(1)) == graded(first, Grade.AGAIN, days(1))


def test_export_and_import_keep_the_later_review(tmp_path: Path) -> None:
    marks, other = Marks(tmp_path / "marks.db"), Marks(tmp_path / "other.db")
    highlighted(marks)
    marks.reviews.grade(marks.reviews.due(9, NOON)[0], Grade.GOOD, NOON)
    earlier = decoded(exported(marks))
    for _time in range(2):
        import_marks(other.store, earlier)
    assert exported(other) == exported(marks)
    marks.reviews.grade(marks.reviews.due(9, days(5))[0], Grade.HARD, days(5))
    import_marks(marks.store, earlier)
    import_marks(other.store, decoded(exported(marks)))
    assert exported(other) == exported(marks)
    review = marks.reviews.due(9, days(99))[0].review
    assert review is not None
    assert review.reviewed == days(5)
    marks.close()
    other.close()


@pytest.mark.parametrize(("name", "value"), [("stability", 0), ("difficulty", 11), ("due", "soon"), ("uid", "\x1b[0m")])
def test_an_invalid_review_is_rejected(name: str, value: object) -> None:
    marks = Marks(None)
    highlighted(marks, 1)
    marks.reviews.grade(marks.reviews.due(9, NOON)[0], Grade.GOOD, NOON)
    file = json.loads(exported(marks))
    file["articles"][0]["reviews"][0][name] = value
    with pytest.raises(ExchangeError, match="reviews"):
        decoded(json.dumps(file).encode())


def test_reviews_in_memory_are_repeated_in_the_store(tmp_path: Path) -> None:
    store = tmp_path / "marks.db"
    kept = Marks(store)
    highlighted(kept)
    kept.reviews.grade(kept.reviews.due(9, NOON)[0], Grade.GOOD, NOON)
    memory = Marks(None)
    import_marks(memory.store, dump(kept.store.rows), undoable=False)
    kept.close()
    reopening = Reopening(store, memory, BusyStoreError("busy"))
    memory.reviews.grade(memory.reviews.due(9, NOON)[0], Grade.AGAIN, NOON)
    memory.store.connection.execute("DELETE FROM review WHERE id = (SELECT uid FROM highlight WHERE id = 1)")
    marks = reopening.attempt()
    assert marks is not None
    assert exported(marks) == exported(memory)
    assert len(marks.store.rows("SELECT * FROM review")) == 1
    marks.close()
