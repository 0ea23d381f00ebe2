"""Article keys: integers ordered by date, so that the newest articles are found without sorting.

A key is the article's time in seconds, with an offset that puts year 1 above all keys of undated articles. Rows of the
index and of its full-text table are in this order, so a date range is a key range.
"""

from datetime import UTC, date, datetime, timedelta

from reader.archive.wall_clock import wall_clock
from reader.regex import regex

FIRST_DATED = 900 * 10**7
"""The key of the first second of year 1; undated articles have lower keys."""
_YEAR_ONE = datetime(1, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
QUARTER = 900
"""A period in seconds. In every time zone days start at a multiple of it, so keys moved within it keep their day."""

_WEST = timedelta(hours=-10)
_EAST = timedelta(hours=13)
"""The zones furthest from UTC in which a day is taken to start; a few islands beyond them use the nearer one."""
_FLOATING = 36_000
"""Seconds after midnight UTC at which the hour begins when all zones from `_WEST` to `_EAST` have the same date. Dates
not in UTC get keys within this hour, so that their day does not depend on the machine's zone (`wall_clock`)."""
_A_DAY_IN_AN_HOUR = 24

_HAN_NUMBER = regex(
    "(?<=第)[〇零一二三四五六七八九十百千万两兩廿卅]{1,9}|[一二三四五六七八九十百]{1,5}(?=[、.．章回卷節节集话話])"
)
_HAN_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "兩": 2} | {
    digit: value for value, digit in enumerate("三四五六七八九", 3)
}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000}
_DIGITS = regex(r"0*(\d+)")

LAST = 2**62
"""Greater than every key."""


def key_of(moment: datetime | None) -> int:
    """The preferred key of an article dated `moment`, which another article may have already; 0 if it is undated."""
    if moment is None:
        return 0
    if moment.tzinfo is None or moment.utcoffset():
        moment = wall_clock(moment)
        midnight = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
        of_day = (moment.hour * 60 + moment.minute) * 60 + moment.second
        return FIRST_DATED + (midnight - _YEAR_ONE) // _SECOND + _FLOATING + of_day // _A_DAY_IN_AN_HOUR
    return FIRST_DATED + (moment - _YEAR_ONE) // _SECOND


def is_dated(key: int) -> bool:
    """Whether a key belongs to an article with a date."""
    return key >= FIRST_DATED


def first_key_of(day: date) -> int:
    """The lowest key of a day, which is that of `wall_clock`."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    try:
        # Use the timestamp: if a time change skips midnight, the day starts at one o'clock.
        begins = datetime.fromtimestamp(datetime(day.year, day.month, day.day).timestamp(), UTC)  # noqa: DTZ001 - local time is intended
        begins = max(midnight - _EAST, min(midnight - _WEST, begins))
    except (OverflowError, OSError, ValueError):
        # The minimum and maximum dates are not representable in every zone.
        begins = midnight
    return key_of(begins)


def day_of(key: int) -> date:
    """The day of a dated key, as `wall_clock` gives it."""
    moment = _YEAR_ONE + (key - FIRST_DATED) * _SECOND
    try:
        offset = moment.astimezone().utcoffset() or timedelta()
        return (moment + max(_WEST, min(_EAST, offset))).date()
    except (OverflowError, OSError, ValueError):
        return moment.date()


def reading_order(name: str) -> bytes:
    """A sort key for names: Latin first, then Han characters in pinyin order, as in Chinese dictionaries.

    Numbers are sorted numerically, including Chinese numerals: 第2章, 第十章, 第11章.
    """
    name = _HAN_NUMBER.sub(lambda found: str(han_number(found[0])), name)
    # Prefix numbers with their number of digits.
    name = _DIGITS.sub(lambda found: f"{chr(48 + min(len(found[1]), 78))}{found[1]}", name)
    # The first 3,755 Han characters of GB 2312 are in pinyin order, and have the same codes in GB 18030. Text encoded
    # in GB 18030 is therefore sorted by pinyin without a table.
    return name.casefold().encode("gb18030", "replace")


def han_number(written: str) -> int:
    """The value of a Chinese numeral; without units its digits are positional: 二〇二一."""
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
