"""The day and time of an article as they are shown, sorted and searched for."""

from datetime import datetime


def wall_clock(date: datetime) -> datetime:
    """Return the time that the author's clock showed, without a zone.

    An offset from UTC is that of the author: an article of 00:30+08:00 has the same date wherever it is read. GMT says
    nothing about the author, because feeds convert all times to it; a time in GMT is converted to the local zone.
    """
    shown = date if date.utcoffset() else date.astimezone() if date.tzinfo is not None else date
    return shown.replace(tzinfo=None)
