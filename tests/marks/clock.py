"""A clock for tests that shows a fixed time."""

from datetime import UTC, datetime
from typing import Any

START = datetime(2026, 11, 24, 10, tzinfo=UTC)


class Clock(datetime):
    """A clock that shows a fixed time."""

    at: datetime = START

    @classmethod
    def now(cls, tz: Any = None) -> Any:  # noqa: ARG003
        return cls.at
