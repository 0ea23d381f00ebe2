"""Reviews of highlights: when each is to be seen again, by the Free Spaced Repetition Scheduler (FSRS).

Fixed intervals would show what is remembered as often as what is forgotten (ADR 22).
"""

from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from reader.lean_dataclasses import dataclass
from reader.marks.change_kinds import ChangeKind
from reader.marks.highlights import HIGHLIGHT_COLUMNS, HIGHLIGHT_SOURCE, Highlight, highlight_of_row
from reader.marks.store import Store
from reader.marks.stored_values import local, moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    import apsw
    from fsrs import Scheduler

    from reader.marks.exchange import ReviewRecord

_COLUMNS = "r.due_at, r.stability, r.difficulty, r.changed_at"
_LIMITS = {"stability": (0.001, 36_500.0), "difficulty": (1.0, 10.0)}
"""The range of values that FSRS calculates; only an imported file can contain others."""


class Grade(IntEnum):
    """How well a highlight was remembered."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Review:
    """The last review of a highlight.

    Attributes:
        due: When it is due again, in UTC.
        stability: The days after which it will be remembered with a probability of 90 %.
        difficulty: How hard it is to remember, 1 to 10.
        reviewed: When it was reviewed, in UTC.
    """

    due: datetime
    stability: float
    difficulty: float
    reviewed: datetime

    @property
    def days(self) -> int:
        """The days from the review until it is due."""
        return (self.due - self.reviewed).days


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """A highlight that is due, with its last review, if any."""

    highlight: Highlight
    review: Review | None = None


class Reviews:
    """The reviews in a marks database."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def due(self, most: int, now: datetime | None = None) -> list[ReviewCard]:
        """Return the highlights to review today: first the longest overdue, then those never reviewed, oldest first.

        At most `most` are reviewed a day, in the local time zone; those that were already reviewed today count. A
        highlight that was made today is first due tomorrow.

        Raises:
            StoreError: The database cannot be read.
        """
        today, tomorrow = _day(now)
        done = int(self._store.rows("SELECT count(*) FROM review WHERE changed_at >= ?", (today,))[0][0])
        return self._store.records(
            _card,
            f"SELECT {_COLUMNS}, {HIGHLIGHT_COLUMNS} {HIGHLIGHT_SOURCE} LEFT JOIN review r ON r.id = m.uid"
            " WHERE r.due_at < ?1 OR (r.id IS NULL AND m.created_at < ?2)"
            " ORDER BY r.id IS NULL, r.due_at, m.created_at, m.id LIMIT ?3",
            (tomorrow, today, max(most - done, 0)),
        )

    def grade(self, card: ReviewCard, grade: Grade, now: datetime | None = None) -> Review:
        """Save a review of a highlight, and return it.

        Raises:
            StoreError: The database could not be written.
        """
        highlight = card.highlight
        with self._store.change(ChangeKind.REVIEW, highlight.name) as connection:
            # Another process may have reviewed it since the card was read.
            kept = connection.execute(f"SELECT {_COLUMNS} FROM review r WHERE r.id = ?", (highlight.uid,)).fetchone()
            made = graded(_review(*kept) if kept else None, grade, now)
            # Another process may have deleted the highlight meanwhile.
            connection.execute(
                "INSERT INTO review (id, article, due_at, stability, difficulty, changed_at)"
                " SELECT uid, article, ?2, ?3, ?4, ?5 FROM highlight WHERE uid = ?1 ON CONFLICT (id) DO UPDATE SET"
                " due_at = excluded.due_at, stability = excluded.stability, difficulty = excluded.difficulty,"
                " changed_at = excluded.changed_at",
                (highlight.uid, made.due.timestamp(), made.stability, made.difficulty, made.reviewed.timestamp()),
            )
        return made


def graded(review: Review | None, grade: Grade, now: datetime | None = None) -> Review:
    """The review that follows on `review`, which is None for a new highlight."""
    from fsrs import Card, Rating, State  # noqa: PLC0415 - takes 20 ms, and few people review

    when = (now or datetime.now(UTC)).astimezone(UTC)
    card = Card(card_id=0)
    if review is not None:
        card = Card(0, State.Review, None, review.stability, review.difficulty, review.due, review.reviewed)
    card, _log = _scheduler().review_card(card, Rating(grade), when)
    assert card.stability is not None  # noqa: S101 - a reviewed card has both
    assert card.difficulty is not None  # noqa: S101 - as above
    return Review(card.due, card.stability, card.difficulty, when)


@cache
def _scheduler() -> "Scheduler":
    from fsrs import Scheduler  # noqa: PLC0415 - as above

    # Without steps within a day, so that no highlight is seen twice a day; without randomness, so that undo is exact.
    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def put_reviews(connection: "apsw.Connection", article: str, records: "Iterable[ReviewRecord]") -> None:
    """Merge the reviews of an article, within a change: of two reviews of a highlight, the later one counts."""
    connection.executemany(
        "INSERT INTO review (id, article, due_at, stability, difficulty, changed_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at, stability = excluded.stability,"
        " difficulty = excluded.difficulty, changed_at = excluded.changed_at"
        " WHERE excluded.changed_at > review.changed_at",
        [
            (one.uid, article, one.due.timestamp(), one.stability, one.difficulty, one.reviewed.timestamp())
            for one in records
        ],
    )


def _day(now: datetime | None) -> tuple[float, float]:
    """When the local day begins and ends, in seconds since 1970."""
    day = local(now or datetime.now(UTC)).date()
    return _midnight(day), _midnight(day + timedelta(days=1))


def _midnight(day: date) -> float:
    return datetime.combine(day, time()).astimezone().timestamp()


def _card(due: float | None, stability: float, difficulty: float, reviewed: float, *columns: Any) -> ReviewCard:
    highlight = highlight_of_row(*columns)
    return ReviewCard(highlight, None if due is None else _review(due, stability, difficulty, reviewed))


def _review(due: float, stability: float, difficulty: float, reviewed: float) -> Review:
    return Review(moment(due), _within("stability", stability), _within("difficulty", difficulty), moment(reviewed))


def _within(name: str, value: float) -> float:
    low, high = _LIMITS[name]
    return min(max(value, low), high)
