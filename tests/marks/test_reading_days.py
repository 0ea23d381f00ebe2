"""Days with reading activity, and streaks."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from reader.marks.facade import Marks
from reader.marks.reading_days import Day, streaks

TODAY = date(2026, 11, 24)


def test_activity_of_two_readers_is_added_up(tmp_path: Path) -> None:
    first, second = Marks(tmp_path / "marks.db"), Marks(tmp_path / "marks.db")
    first.days.add(TODAY, 60.5, 1_000)
    second.days.add(TODAY, 30.0, 500)
    second.days.add(TODAY - timedelta(1), 1.0, 1)
    days = {TODAY - timedelta(1): Day(1.0, 1), TODAY: Day(90.5, 1_500)}
    assert first.days.all() == second.days.all() == days
    assert [*first.days.all()] == [*days]
    assert first.undo() is None


def test_invalid_day_is_ignored() -> None:
    marks = Marks(None)
    marks.store.connection.execute("INSERT INTO day VALUES ('yesterday', 1, 1)")
    assert marks.days.all() == {}


@pytest.mark.parametrize(
    ("ago", "current", "longest"),
    [
        ([], 0, 0),
        ([0], 1, 1),
        ([1], 1, 1),
        ([2], 0, 1),
        ([0, 1, 2], 3, 3),
        ([1, 2, 5, 6, 7, 8], 2, 4),
        ([2, 3, 4], 0, 3),
        ([0, 2], 1, 1),
        # Read in another time zone, where it is already tomorrow.
        ([-1, 0], 2, 2),
    ],
)
def test_streak_reaches_today_or_yesterday(ago: list[int], current: int, longest: int) -> None:
    days = {TODAY - timedelta(days): Day(1.0, 1) for days in ago}
    assert streaks(days, TODAY) == (current, longest)
