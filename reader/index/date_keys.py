"""The keys of articles: whole numbers in the order of their dates, so that the newest are found without sorting.

A key is the article's second, counted so that the year 1 lies above every key of an article without a date. Rows of
the index and of its full text stand in this order, which makes a span of dates a span of keys.
"""

import re
from datetime import UTC, date, datetime, timedelta

FIRST_DATED = 900 * 10**7
"""The key of the year 1's first second; articles without a date have those below."""
_YEAR_ONE = datetime(1, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
QUARTER = 900
"""Seconds that every time zone's days begin a multiple of: a key moved within them stays on its day everywhere."""

_WEST = timedelta(hours=-10)
_EAST = timedelta(hours=13)
"""Time zones in which days begin when they do; in those beyond (an island or two) they begin as in these."""
_FLOATING = 36_000
"""Seconds of a day in UTC at which it is that day in every zone from `_WEST` to `_EAST`, for an hour: there stand the
keys of dates without a zone, so that their day is the same wherever the machine is."""
_A_DAY_IN_AN_HOUR = 24

_HAN_NUMBER = re.compile(
    "(?<=第)[〇零一二三四五六七八九十百千万两兩廿卅]{1,9}|[一二三四五六七八九十百]{1,5}(?=[、.．章回卷節节集话話])"
)
_HAN_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "兩": 2} | {
    digit: value for value, digit in enumerate("三四五六七八九", 3)
}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000}
_DIGITS = re.compile(r"0*(\d+)")

LAST = 2**62
"""Above every key."""


def key_of(moment: datetime | None) -> int:
    """The key that an article of that moment has if no other has it; 0 without one."""
    if moment is None:
        return 0
    if moment.tzinfo is None:
        midnight = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
        of_day = (moment.hour * 60 + moment.minute) * 60 + moment.second
        return FIRST_DATED + (midnight - _YEAR_ONE) // _SECOND + _FLOATING + of_day // _A_DAY_IN_AN_HOUR
    # A moment of year 1 may lie before it in UTC.
    return FIRST_DATED + max(0, (moment - _YEAR_ONE) // _SECOND)


def is_dated(key: int) -> bool:
    """Whether a key is that of an article with a date."""
    return key >= FIRST_DATED


def first_key_of(day: date) -> int:
    """The lowest key of a day in the reader's own time zone."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    try:
        # By way of the timestamp: where a day begins at one o'clock, midnight is the second that one is.
        begins = datetime.fromtimestamp(datetime(day.year, day.month, day.day).timestamp(), UTC)  # noqa: DTZ001 - local time is meant
        begins = max(midnight - _EAST, min(midnight - _WEST, begins))
    except (OverflowError, OSError, ValueError):
        # The first and the last day that there are do not exist in every zone.
        begins = midnight
    return key_of(begins)


def day_of(key: int) -> date:
    """The day of a dated key in the reader's own time zone."""
    moment = _YEAR_ONE + (key - FIRST_DATED) * _SECOND
    try:
        offset = moment.astimezone().utcoffset() or timedelta()
        return (moment + max(_WEST, min(_EAST, offset))).date()
    except (OverflowError, OSError, ValueError):
        return moment.date()


def reading_order(name: str) -> bytes:
    """What to sort names by: Latin first, then Han in the order of pinyin as a Chinese reader looks a word up.

    Numbers stand in the order of numbers, also those in Han: 第2章, 第十章, 第11章.
    """
    name = _HAN_NUMBER.sub(lambda found: str(_number_of(found[0])), name)
    # The count of a number's digits before it.
    name = _DIGITS.sub(lambda found: f"{chr(48 + min(len(found[1]), 78))}{found[1]}", name)
    # GB 2312 put its first 3,755 Han characters in the order of pinyin, and GB 18030 keeps their places: its bytes
    # give that order without a table.
    return name.casefold().encode("gb18030", "replace")


def _number_of(written: str) -> int:
    """A number written in Han; digits without units stand one beside the other: 二〇二一."""
    written = written.replace("廿", "二十").replace("卅", "三十")
    if not any(unit in written for unit in _HAN_UNITS):
        return int("".join(str(_HAN_DIGITS[digit]) for digit in written))
    total = section = digit = 0
    for character in written:
        unit = _HAN_UNITS.get(character)
        if unit is None:
            digit = _HAN_DIGITS[character]
        elif unit == 10_000:
            total, section, digit = (total + section + digit) * unit, 0, 0
        else:
            section, digit = section + (digit or 1) * unit, 0
    return total + section + digit
