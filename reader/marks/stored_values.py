"""Conversion of times and paths to and from database values."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path


def now() -> float:
    """Return the current time in seconds since 1970, rounded to the microsecond resolution of datetime."""
    return round(time.time(), 6)


def moment(seconds: float) -> datetime:
    """Convert seconds since 1970 to a UTC datetime; 1970 if the value is out of range."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return datetime.fromtimestamp(0, UTC)


def path_of(path: bytes) -> Path:
    """Convert a stored path; it is stored as bytes, because file names need not be UTF-8."""
    return Path(os.fsdecode(path))


def local(when: datetime) -> datetime:
    """Convert a time to the local time zone, or leave it in UTC if that is out of range (year 9999 in an import)."""
    try:
        return when.astimezone()
    except (OverflowError, OSError, ValueError):
        return when
