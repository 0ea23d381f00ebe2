"""Reading activity per day. It stays on this machine, and can be deleted or disabled."""

from collections.abc import Mapping
from datetime import date, timedelta

from reader.lean_dataclasses import dataclass
from reader.marks.store import Store


@dataclass(frozen=True, slots=True)
class Day:
    """The reading activity of a day.

    Attributes:
        seconds: The reading time.
        characters: The amount of text in characters and words, counted like the length of an article.
    """

    seconds: float = 0.0
    characters: int = 0


class Days:
    """The reading activity in a marks database."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, day: date, seconds: float, characters: int) -> None:
        """Add to the activity of a day, to which other processes may add as well. This does not wait for them.

        Raises:
            StoreError: The database could not be written.
        """
        with self._store.change(None, patient=False) as connection:
            connection.execute(
                "INSERT INTO day VALUES (?, ?, ?) ON CONFLICT (day) DO UPDATE SET"
                " seconds = seconds + excluded.seconds, characters = characters + excluded.characters",
                (day.isoformat(), seconds, characters),
            )

    def all(self) -> dict[date, Day]:
        """Return all days with activity in order."""
        days = self._store.records(_day, "SELECT day, seconds, characters FROM day ORDER BY day")
        return {day: read for day, read in days if day is not None}


def _day(day: str, seconds: float, characters: int) -> tuple[date | None, Day]:
    try:
        found = date.fromisoformat(day)
    except ValueError:
        found = None
    return found, Day(float(seconds), int(characters))


def streaks(days: Mapping[date, Day], today: date) -> tuple[int, int]:
    """Return the current and the longest streak in days.

    A streak that reached yesterday is still current.
    """
    longest = current = 0
    before: date | None = None
    for day in sorted(days):
        current = current + 1 if before is not None and day - before == timedelta(days=1) else 1
        longest = max(longest, current)
        before = day
    reaches = before is not None and today - before <= timedelta(days=1)
    return (current if reaches else 0), longest
