"""The days on which one read: as weeks of a calendar, summed up, and in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reader.language import _
from reader.marks.days import Day, streaks

WEEK = timedelta(days=7)
STEPS = (10, 30, 60)
"""Minutes from which on a day is of the next level. Fixed, and not a share of one's best days: so a level means the
same in every month, and a quiet week is shown as quiet."""
LEVELS = len(STEPS) + 2
"""How many levels there are, that of a day without reading included."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the days come to.

    Attributes:
        today: What was read today.
        week: From this week's Monday on.
        month: From the first of this month on.
        all: Ever.
        row: Days in a row up to now.
        longest_row: The most days in a row ever.
        busiest: The day on which one read for longest (the latest of several), and what was read; None if never.
    """

    today: Day
    week: Day
    month: Day
    all: Day
    row: int
    longest_row: int
    busiest: tuple[date, Day] | None


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def weeks(last: date, count: int) -> tuple[date, ...]:
    """The Mondays of `count` weeks, the first first; the last is that of the day `last`."""
    end = monday_of(last)
    return tuple(end - WEEK * before for before in range(count - 1, -1, -1))


def month_starts(mondays: Sequence[date]) -> tuple[tuple[int, date], ...]:
    """Where months begin in these weeks: the week that holds the first of a month, as a number, and that first."""
    found: list[tuple[int, date]] = []
    for number, monday in enumerate(mondays):
        first = (monday + timedelta(days=6)).replace(day=1)
        if first >= monday:
            found.append((number, first))
    return tuple(found)


def level(seconds: float) -> int:
    """How much of a day was reading, from 0 for nothing to `LEVELS` - 1 for an hour and more."""
    return 0 if seconds <= 0 else 1 + sum(seconds >= minutes * 60 for minutes in STEPS)


def summary(days: Mapping[date, Day], today: date) -> Summary:
    """What the days up to today come to; a day behind today (the clock was wrong once) counts only as one of all."""
    read = {day: one for day, one in days.items() if one.seconds > 0 and day <= today}
    row, longest = streaks(read, today)
    return Summary(
        today=days.get(today, Day()),
        week=_sum(one for day, one in days.items() if monday_of(today) <= day <= today),
        month=_sum(one for day, one in days.items() if today.replace(day=1) <= day <= today),
        all=_sum(days.values()),
        row=row,
        longest_row=longest,
        busiest=max(read.items(), key=lambda one: (one[1].seconds, one[0]), default=None),
    )


def _sum(days: Iterable[Day]) -> Day:
    seconds, characters = 0.0, 0
    for day in days:
        seconds += day.seconds
        characters += day.characters
    return Day(seconds, characters)


def duration(seconds: float) -> str:
    """A span of time in minutes, hours and minutes, or from a hundred hours on in hours, in the language in use."""
    hours, minutes = divmod(int(seconds // 60), 60)
    if hours >= 100:
        return _("{hours:,} h").format(hours=hours)
    if hours:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    return _("less than 1 min") if seconds > 0 and not minutes else _("{count} min").format(count=minutes)
