"""Values of query keys that are not text: days and lengths."""

import re
from datetime import date, timedelta

from reader.regex import regex

_DAY = regex(r"(\d{4})(?:年?|[-/.年](\d{1,2})(?:月?|[-/.月](\d{1,2})[日号]?))", re.ASCII)
_DAYS = {"d": 1, "天": 1, "日": 1, "w": 7, "周": 7, "週": 7, "週間": 7}
_MONTHS = {"m": 1, "个月": 1, "か月": 1, "ヶ月": 1, "カ月": 1, "y": 12, "年": 12}
# 2021年 is a year, 3年 is three years.
_AGO = regex(rf"(?!\d{{4}}年)(\d{{1,4}})({'|'.join([*_DAYS, *_MONTHS])})", re.ASCII)
_NAMED = {"today": 0, "今天": 0, "今日": 0, "yesterday": 1, "昨天": 1, "昨日": 1}

_NUMBER = regex(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,12})?([k千万]?)字?", re.ASCII)
_UNITS = {"": 1, "k": 1_000, "千": 1_000, "万": 10_000}
_LARGEST = 10**12
"""More than the length of any text, and within the range of SQLite integers."""

_COMPARED = regex(r"(>=|<=|[><≥≤])(.+)")


def days(text: str, today: date) -> tuple[date | None, date | None]:
    """The days of a value of `date:`: the first, and the one after the last; None means no limit.

    Does not check whether the end precedes the start.

    Raises:
        ValueError: The value is not a date.
    """
    low, dots, high = text.partition("..")
    if not dots:
        first, end = _day(text, today)
        # A relative date is a range until today.
        return first, _next(today) if _AGO.fullmatch(text) else end
    first_day = _day(low, today)[0] if low else None
    end_day = _day(high, today)[1] if high else None
    if first_day is None and end_day is None:
        raise ValueError(text)
    return first_day, end_day


def first_day(text: str, today: date) -> date:
    """The first day of a value of `after:` or `before:`.

    Raises:
        ValueError: The value is not a date.
    """
    return _day(text, today)[0]


def length(text: str) -> tuple[int | None, int | None]:
    """The minimum and maximum number of characters of a value of `len:`; None means no limit.

    Does not check whether the maximum is below the minimum.

    Raises:
        ValueError: The value is not a length.
    """
    compared = _COMPARED.fullmatch(text)
    if compared is not None:
        sign, number = compared[1], _number(compared[2])
        if sign.startswith((">", "≥")):
            return _bound(number + (sign == ">"), text), None
        return None, _bound(number - (sign == "<"), text)
    low, dots, high = text.partition("..")
    if dots and not low and not high:
        raise ValueError(text)
    least = _bound(_number(low), text) if low else None
    if not dots:
        return least, least
    return least, _bound(_number(high), text) if high else None


def _day(text: str, today: date) -> tuple[date, date | None]:
    """The first day of a year, month or day, and the day after its last, None if that is out of range."""
    if text in _NAMED:
        first = today - timedelta(days=_NAMED[text])
        return first, _next(first)
    ago = _AGO.fullmatch(text)
    if ago is not None and ago[2] in _DAYS:
        # At most 9,999 weeks, which is less than two centuries.
        first = today - timedelta(days=int(ago[1]) * _DAYS[ago[2]])
        return first, _next(first)
    if ago is not None:
        first = _months_before(today, int(ago[1]) * _MONTHS[ago[2]])
        return first, _next(first)
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
    first = date(year, month, day)
    if found[3]:
        return first, _next(first)
    if found[2] and month < 12:
        return first, date(year, month + 1, 1)
    return first, date(year + 1, 1, 1) if year < date.max.year else None


def _next(day: date) -> date | None:
    return day + timedelta(days=1) if day < date.max else None


def _months_before(day: date, months: int) -> date:
    """The same day the given number of months earlier, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for number in range(day.day, 28, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))


def _number(text: str) -> int:
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise ValueError(text)
    from decimal import Decimal  # noqa: PLC0415 - slow to import, and few queries have a length

    number = Decimal(found[1].replace(",", "") + (found[2] or "")) * _UNITS[found[3]]
    if number != int(number):
        raise ValueError(text)
    return int(number)


def _bound(number: int, text: str) -> int:
    if not 0 <= number <= _LARGEST:
        raise ValueError(text)
    return number
