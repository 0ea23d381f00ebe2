"""Moments and paths as the store writes them, and back."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path


def now() -> float:
    """The moment as the store writes it: seconds since 1970, UTC, whole in microseconds as a date can tell it."""
    return round(time.time(), 6)


def moment(seconds: float) -> datetime:
    """A moment as the store writes it, in UTC; the beginning of time where it is none."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return datetime.fromtimestamp(0, UTC)


def path_of(path: bytes) -> Path:
    """A path as the store writes it: in bytes, since a file's name need not be UTF-8."""
    return Path(os.fsdecode(path))


def local(when: datetime) -> datetime:
    """A moment in the person's own time zone; in UTC where the calendar ends before that: an import may bring 9999."""
    try:
        return when.astimezone()
    except (OverflowError, OSError, ValueError):
        return when
