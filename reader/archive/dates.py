"""Date parsing: RFC 2822, ISO 8601, Chinese, Japanese and Korean dates, month names, and Unix timestamps."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

from reader.regex import regex

_LONGEST = 100
"""The maximum length of a date in characters."""

_CLOCK = (
    r"(?P<half>上午|凌晨|早上|中午|下午|晚上|오전|오후|[ap]\.?m\.?)?\s*"
    r"(?P<hour>\d{1,2})\s*[:时時点點시]\s*(?:(?P<minute>\d{1,2})\s*[分분]?"
    r"(?:\s*:?\s*(?P<second>\d{1,2})\s*[秒초]?)?)?(?:[.,](?P<fraction>\d{1,9})\d*)?"
    r"\s*(?P<half2>[ap]\.?m\.?)?"
)
_ZONE = (
    r"(?:(?P<zone>z|(?:gmt|utc|ut)?\s*[+-]\d{1,2}(?::?\d{2})?(?::?\d{2})?|[a-z]{1,5})"
    r"(?:(?<=\d)\s+[a-z]{3,4})?)"  # Go writes a zone twice: +0800 CST
)
_DIGITS = r"(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?"
_TAIL = rf"(?:[\sT,]*{_CLOCK}\s*{_ZONE}?)?\s*(?:\([^()]*\)|\[[^\[\]]*\])?"
_DAY_NAME = (
    r"\s*(?:\(?(?:星期|周|週|礼拜)[一二三四五六日天]\)?|\([日月火水木金土월화수목금토일]\)"
    r"|\(?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\)?)?"
)
_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = r"(?:[a-z]{3,9}\.?,?\s+)?"

_DIGIT, _LETTER = "0123456789", "abcdefghijklmnopqrstuvwxyz"

_SPELLINGS = tuple(
    (starts, regex(pattern, re.IGNORECASE | re.ASCII))
    for starts, pattern in (
        # 2021-03-22 04:44:34, 2021-03-22T04:44:34.5Z, 2021/3/2, 2021年3月22日 04:44
        (
            _DIGIT,
            rf"(?P<year>\d{{4}})\s*[-/.年년]\s*(?P<month>\d{{1,2}})\s*[-/.月월]\s*(?P<day>\d{{1,2}})\s*[日号號일]?\.?{_DAY_NAME}{_TAIL}",
        ),
        (_DIGIT, r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*月?"),
        # 03/2021
        (_DIGIT, r"(?P<month>\d{1,2})/(?P<year>\d{4})"),
        # 22.03.2021
        (_DIGIT, rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}}){_TAIL}"),
        # 20210322, 20210322T044434Z
        (_DIGIT, rf"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d)(?:[T ]?{_DIGITS}\s*{_ZONE}?)?"),
        # Wed, 10 Nov 2021 08:37:48 GMT (RFC 2822, RFC 850)
        (
            _DIGIT + _LETTER,
            rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{_MONTH},?[\s-]+(?P<year>\d{{4}}|\d\d){_TAIL}",
        ),
        # March 22, 2021, 4:44 PM; Mon Mar 22 2021 04:44:34 GMT+0800 (China Standard Time)
        (_LETTER, rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_TAIL}"),
        # Mon Mar 22 04:44:34 CST 2021
        (_LETTER, rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})\s+{_CLOCK}\s*{_ZONE}?\s+(?P<year>\d{{4}})"),
    )
)
"""Pairs of patterns: a quick one for the beginning of a date, which rules most texts out, and one for the whole."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EAST = "z:0 gmt:0 utc:0 ut:0 est:-5 edt:-4 mst:-7 mdt:-6 pst:-8 pdt:-7 bst:1 cet:1 cest:2 msk:3 hkt:8 jst:9 kst:9"
_ZONES = {name: int(hours) for name, hours in (zone.split(":") for zone in _EAST.split())}
"""UTC offsets in hours. CST is ambiguous (six zones from Chicago to Shanghai share it) and therefore missing."""

_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民国": 1911, "民國": 1911}
"""The year before the first one of each era."""
_ERA = regex(r"^(?:中[华華])?(" + "|".join(_ERAS) + r")\s*(元|\d{1,3})\s*(?=年)")
_HAN_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_HAN_NUMBER = regex("[〇○零一二三四五六七八九十]+(?=[年月日号])")
_SECONDS = regex(r"(\d{9,10}|\d{12,13}|\d{15,16})(?:\.\d*)?", re.ASCII)
_OFFSET = regex(r"\s*([+-])(\d{1,2}?)(?::?(\d{2}))?(?::?\d{2})?", re.ASCII)


_FIRST_SURE_YEAR, _LAST_SURE_YEAR = 1971, 2999
"""The years whose dates every operating system can convert to any zone."""


def parse_date(text: str) -> datetime | None:
    """Parse a date; return None if `text` is not a date. The result is naive if `text` states no time zone.

    Dates so close to year 1 or 9999 that some time zone would overflow are rejected too.
    """
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    if not text.isascii():
        # Some files have decomposed Hangul or full-width digits.
        text = _ERA.sub(_from_era, _HAN_NUMBER.sub(_from_han, unicodedata.normalize("NFKC", text).strip()))
    try:
        found = _from_timestamp(text) or _from_spelling(text)
        if found is None:
            return None
        if not _FIRST_SURE_YEAR <= found.year <= _LAST_SURE_YEAR:
            # Displaying and sorting convert the date to another zone, so reject any date for which that would fail.
            for days in (-2, 2):
                (found + timedelta(days=days)).astimezone()
    except (ValueError, OverflowError, OSError):
        return None
    return found


def _from_han(number: re.Match[str]) -> str:
    """Convert a number in Han digits, 二〇二一 or 三十一, to Arabic digits."""
    tens, ten, ones = number[0].rpartition("十")
    if not ten:
        return "".join(str(_HAN_DIGITS[digit]) for digit in ones)
    return str((_HAN_DIGITS.get(tens, 1) if tens else 1) * 10 + (_HAN_DIGITS.get(ones, 0) if ones else 0))


def _from_era(era: re.Match[str]) -> str:
    """Convert the year of an era to the Gregorian calendar."""
    return str(_ERAS[era[1]] + (1 if era[2] == "元" else int(era[2])))


def is_date(text: str) -> bool:
    """Whether `text` is a date and nothing else. A Unix timestamp counts as a number."""
    return not text.isdigit() and parse_date(text) is not None


def _from_timestamp(text: str) -> datetime | None:
    match = _SECONDS.fullmatch(text)
    if match is None:
        return None
    microseconds = int(match[1]) * {9: 10**6, 10: 10**6, 12: 10**3, 13: 10**3}.get(len(match[1]), 1)
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)


def _from_spelling(text: str) -> datetime | None:
    first = text[:1].lower()
    for starts, spelling in _SPELLINGS:
        match = spelling.fullmatch(text) if first in starts else None
        if match is not None:
            return _from_parts({name: value for name, value in match.groupdict().items() if value is not None})
    return None


def _from_parts(part: dict[str, str]) -> datetime:
    """Build a date from the groups of a match; naive if they contain no zone.

    Raises:
        ValueError, OverflowError: The date does not exist.
    """
    year = int(part["year"])
    if len(part["year"]) == 2:
        # RFC 2822, 4.3: two-digit years up to 49 belong to this century.
        year += 2000 if year < 50 else 1900
    month = _MONTHS.index(part["name"].lower()) + 1 if "name" in part else int(part["month"])
    hour = _hour(int(part.get("hour", 0)), part.get("half") or part.get("half2") or "")
    # Map a leap second to the second before it; 24:00 is the start of the next day.
    second = min(int(part.get("second", 0)), 59) if part.get("second") == "60" else int(part.get("second", 0))
    midnight = hour == 24 and int(part.get("minute", 0)) == second == 0
    built = datetime(
        year,
        month,
        int(part.get("day", 1)),
        0 if midnight else hour,
        int(part.get("minute", 0)),
        second,
        int(part.get("fraction", "0").ljust(6, "0")[:6]),
        tzinfo=_zone(part.get("zone", "")),
    )
    return built + timedelta(days=1) if midnight else built


def _hour(hour: int, half: str) -> int:
    half = half.lower().replace(".", "")
    if half in {"pm", "下午", "晚上", "오후"} and hour < 12:
        return hour + 12
    # 12 am is midnight; 中午 (noon) covers the hours from 10 to 14.
    if half in {"am", "上午", "凌晨", "오전"} and hour == 12:
        return 0
    return hour + 12 if half == "中午" and hour < 10 else hour


def _zone(name: str) -> timezone | None:
    name = name.strip().lower()
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name])) if _ZONES[name] else UTC
    offset = _OFFSET.fullmatch(name.removeprefix("gmt").removeprefix("utc").removeprefix("ut"))
    if offset is None:
        return None
    ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(-ahead if offset[1] == "-" else ahead)
