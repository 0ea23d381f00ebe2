"""Reading activity: weeks across years, months, levels, and totals."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import language
from reader.marks.reading_days import Day
from reader.reading.activity import (
    LEVELS,
    WEEK,
    duration,
    level,
    monday_of,
    month_starts,
    summary,
    weeks,
)

dates = st.dates(date(1970, 1, 1), date(2200, 1, 1))
some_days = st.dictionaries(
    st.dates(date(2019, 12, 1), date(2020, 3, 31)),
    st.builds(Day, st.floats(0, 86_400), st.integers(0, 100_000)),
    max_size=40,
)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    language.use("en")
    yield
    language.use("en")


# Weeks and months


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        (date(2021, 11, 8), date(2021, 11, 8)),  # a Monday
        (date(2021, 11, 14), date(2021, 11, 8)),  # a Sunday
        (date(2022, 1, 1), date(2021, 12, 27)),  # a year's first day, in a week of the year before
        (date(2024, 2, 29), date(2024, 2, 26)),  # a leap day
    ],
)
def test_a_week_begins_on_monday(day: date, monday: date) -> None:
    assert monday_of(day) == monday


@given(dates, st.integers(1, 60))
def test_weeks_are_consecutive_up_to_the_last(last: date, count: int) -> None:
    found = weeks(last, count)
    assert len(found) == count
    assert all(monday.weekday() == 0 for monday in found)
    assert all(after - before == WEEK for before, after in pairwise(found))
    assert found[-1] <= last < found[-1] + WEEK


def test_month_is_named_above_the_week_of_its_first_day() -> None:
    found = month_starts(weeks(date(2022, 1, 9), 7))
    # The 1st of December is a Wednesday, that of January a Saturday in the last week of 2021.
    assert found == ((1, date(2021, 12, 1)), (5, date(2022, 1, 1)))


def test_month_starting_on_a_monday_is_named_above_that_week() -> None:
    assert month_starts(weeks(date(2021, 11, 1), 2)) == ((1, date(2021, 11, 1)),)


def test_month_that_started_before_the_weeks_has_no_name() -> None:
    assert month_starts(weeks(date(2021, 11, 14), 1)) == ()


@given(dates)
def test_every_month_of_a_year_of_weeks_is_named_once(last: date) -> None:
    mondays = weeks(last, 53)
    found = month_starts(mondays)
    every = {mondays[0] + timedelta(days=number) for number in range(53 * 7)}
    assert [first for _number, first in found] == sorted(day for day in every if day.day == 1)
    assert all(mondays[number] == monday_of(first) for number, first in found)


# Levels


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(0, 0), (0.1, 1), (9.9, 1), (10, 2), (29.9, 2), (30, 3), (59.9, 3), (60, 4), (1_440, 4)],
)
def test_levels_are_steps_of_minutes(minutes: float, expected: int) -> None:
    assert level(minutes * 60) == expected
    assert 0 <= expected < LEVELS


# Totals


def test_totals_of_days() -> None:
    today = date(2022, 1, 2)  # a Sunday: the week began in the year before
    days = {
        date(2021, 12, 26): Day(1, 10),
        date(2021, 12, 27): Day(2, 20),
        date(2022, 1, 1): Day(4, 40),
        today: Day(3, 80),
    }
    found = summary(days, today)
    assert (found.today, found.week, found.month) == (Day(3, 80), Day(9, 140), Day(7, 120))
    assert found.all == Day(10, 150)
    assert (found.streak, found.longest_streak) == (2, 2)
    assert found.busiest == (date(2022, 1, 1), Day(4, 40))


def test_on_a_monday_the_week_is_today() -> None:
    today = date(2021, 11, 8)
    days = {today: Day(5, 1), date(2021, 11, 7): Day(60, 2)}
    assert summary(days, today).week == Day(5, 1)


def test_streak_continues_over_a_leap_day() -> None:
    days = {date(2024, 2, 28) + timedelta(days=number): Day(60, 1) for number in range(3)}
    found = summary(days, date(2024, 3, 1))
    assert (found.streak, found.longest_streak) == (3, 3)
    assert found.month == Day(60, 1)


def test_without_reading_all_totals_are_zero() -> None:
    found = summary({}, date(2021, 11, 11))
    assert (found.all, found.streak, found.longest_streak, found.busiest) == (Day(), 0, 0, None)


def test_day_without_time_does_not_count_for_a_streak() -> None:
    today = date(2021, 11, 11)
    found = summary({today: Day(0, 0), date(2021, 11, 10): Day(60, 1)}, today)
    assert (found.streak, found.longest_streak) == (1, 1)


def test_of_equally_busy_days_the_latest_is_named() -> None:
    days = {date(2021, 11, 1): Day(60, 9), date(2021, 11, 3): Day(60, 1)}
    assert summary(days, date(2021, 11, 11)).busiest == (date(2021, 11, 3), Day(60, 1))


def test_future_day_counts_only_towards_the_overall_total() -> None:
    today = date(2021, 11, 11)
    found = summary({date(2021, 11, 13): Day(60, 5)}, today)
    assert (found.week, found.month, found.all) == (Day(), Day(), Day(60, 5))
    assert (found.streak, found.longest_streak, found.busiest) == (0, 0, None)


@given(some_days, st.dates(date(2020, 1, 1), date(2020, 3, 31)))
def test_longer_duration_is_formatted_as_at_least_a_shorter_one(days: dict[date, Day], today: date) -> None:
    found = summary(days, today)
    for short, long in ((found.today, found.week), (found.today, found.month), (found.month, found.all)):
        assert short.characters <= long.characters
        assert short.seconds <= long.seconds + 1e-6
    assert found.streak <= found.longest_streak <= len(days)


# Durations as text


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [
        (0, "0 min", "0 分钟"),
        (59, "less than 1 min", "不到 1 分钟"),
        (60, "1 min", "1 分钟"),
        (3_599, "59 min", "59 分钟"),
        (3_600, "1 h 0 min", "1 小时 0 分"),
        (359_999, "99 h 59 min", "99 小时 59 分"),
        (4_500_000, "1,250 h", "1,250 小时"),
    ],
)
def test_duration_as_text(seconds: float, english: str, chinese: str) -> None:
    assert duration(seconds) == english
    language.use("zh")
    assert duration(seconds) == chinese
