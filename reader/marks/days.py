"""How long and how much was read on which day. It stays in the store, and can be forgotten or turned off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from reader.marks.store import Store


@dataclass(frozen=True, slots=True)
class Day:
    """What was read on a day.

    Attributes:
        seconds: How long.
        characters: How much: characters and words, as an article's length is counted.
    """

    seconds: float = 0.0
    characters: int = 0


class Days:
    """The days in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, day: date, seconds: float, characters: int) -> None:
        """Add to what was read on a day; another reader's is added to as well. It does not wait for other readers.

        Raises:
            StoreError: It could not be written.
        """
        with self._store.change(None, patient=False) as connection:
            connection.execute(
                "INSERT INTO day VALUES (?, ?, ?) ON CONFLICT (day) DO UPDATE SET"
                " seconds = seconds + excluded.seconds, characters = characters + excluded.characters",
                (day.isoformat(), seconds, characters),
            )

    def all(self) -> dict[date, Day]:
        """Every day on which anything was read, the first first."""
        days = self._store.made(_day, "SELECT day, seconds, characters FROM day ORDER BY day")
        return {day: read for day, read in days if day is not None}


def _day(day: str, seconds: float, characters: int) -> tuple[date | None, Day]:
    try:
        found = date.fromisoformat(day)
    except ValueError:
        found = None
    return found, Day(float(seconds), int(characters))


def streaks(days: Mapping[date, Day], today: date) -> tuple[int, int]:
    """How many days in a row were read on up to now, and at most ever.

    A day that has only begun does not end a row: what was read up to yesterday still counts.
    """
    longest = current = 0
    before: date | None = None
    for day in sorted(days):
        current = current + 1 if before is not None and day - before == timedelta(days=1) else 1
        longest = max(longest, current)
        before = day
    reaches = before is not None and today - before <= timedelta(days=1)
    return (current if reaches else 0), longest
