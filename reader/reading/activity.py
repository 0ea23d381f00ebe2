"""Reading activity by day: weeks for the calendar, totals, and durations as text."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from reader.language import _
from reader.lean_dataclasses import dataclass
from reader.marks.reading_days import Day, streaks

WEEK = timedelta(days=7)
STEPS = (10, 30, 60)
"""The minutes at which each further level begins. They are fixed rather than relative to the busiest days, so that a
level means the same in every month and a quiet week looks quiet."""
LEVELS = len(STEPS) + 2
"""The number of levels, including the one for days without reading."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Totals of reading activity.

    Attributes:
        today: The total of today.
        week: The total since Monday.
        month: The total since the first of the month.
        all: The total of all days.
        streak: The length of the current streak in days.
        longest_streak: The length of the longest streak in days.
        busiest: The day with the most reading time (the latest of equal ones) and its total; None if there is none.
    """

    today: Day
    week: Day
    month: Day
    all: Day
    streak: int
    longest_streak: int
    busiest: tuple[date, Day] | None


def monday_of(day: date) -> date:
    """Return the Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def weeks(last: date, count: int) -> tuple[date, ...]:
    """Return the Mondays of `count` consecutive weeks in order; the last is the week of `last`."""
    end = monday_of(last)
    return tuple(end - WEEK * before for before in range(count - 1, -1, -1))


def month_starts(mondays: Sequence[date]) -> tuple[tuple[int, date], ...]:
    """Return the index of each week that contains the first of a month, with that date."""
    found: list[tuple[int, date]] = []
    for number, monday in enumerate(mondays):
        first = (monday + timedelta(days=6)).replace(day=1)
        if first >= monday:
            found.append((number, first))
    return tuple(found)


def level(seconds: float) -> int:
    """Return the level of a day's reading time, from 0 for none to `LEVELS` - 1 for an hour or more."""
    return 0 if seconds <= 0 else 1 + sum(seconds >= minutes * 60 for minutes in STEPS)


def summary(days: Mapping[date, Day], today: date) -> Summary:
    """Sum up the days. A date after today (from a wrong system clock) counts only towards the overall total."""
    read = {day: one for day, one in days.items() if one.seconds > 0 and day <= today}
    streak, longest = streaks(read, today)
    return Summary(
        today=days.get(today, Day()),
        week=_sum(one for day, one in days.items() if monday_of(today) <= day <= today),
        month=_sum(one for day, one in days.items() if today.replace(day=1) <= day <= today),
        all=_sum(days.values()),
        streak=streak,
        longest_streak=longest,
        busiest=max(read.items(), key=lambda one: (one[1].seconds, one[0]), default=None),
    )


def _sum(days: Iterable[Day]) -> Day:
    seconds, characters = 0.0, 0
    for day in days:
        seconds += day.seconds
        characters += day.characters
    return Day(seconds, characters)


def duration(seconds: float) -> str:
    """Format a duration in minutes, in hours and minutes, or in hours from a hundred hours on."""
    hours, minutes = divmod(int(seconds // 60), 60)
    if hours >= 100:
        return _("{hours:,} h").format(hours=hours)
    if hours:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    return _("less than 1 min") if seconds > 0 and not minutes else _("{count} min").format(count=minutes)
