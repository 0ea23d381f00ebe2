"""Detection of dates and version numbers that head the entries of a diary or a changelog: all of them or none."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from reader.parse.headings.shapes import number_of
from reader.parse.headings.visual_lines import LineKind, VisualLine
from reader.regex import regex

_FEWEST = 3
"""The least number of entries."""
_LONG = 12.0
"""The width in ems from which a line is running text."""
_ENDS = tuple("。！？.!?…：:；;”」』）)")

_DAY_NAME = (
    r"(?:\s*[（(\[]?(?:星期|周|週|礼拜|禮拜)?[一二三四五六日天月火水木金土월화수목금토](?:曜日?|요일)?[)）\]]?)?"
)
_DATE = regex(
    r"[~～]?\s*(?P<year>(?:19|20)\d\d)\s*[-/.年년]\s*(?P<month>\d{1,2})(?:\s*[-/.月월]\s*(?P<day>\d{1,2})\s*[日号號일]?|\s*[月월])"
    rf"{_DAY_NAME}\s*[:：]?"
)
_DATE_IN_WORDS = regex(
    "(?P<year>[一二][〇零○一二三四五六七八九]{3})年(?P<month>十?[一二三四五六七八九十]|元|正)月"
    rf"(?:(?P<day>[二三]?十?[一二三四五六七八九十])[日号號])?{_DAY_NAME}"
)
_ZEROS = str.maketrans("零○", "〇〇")
_VERSION = regex(
    r"(?:v(?:ersion)?\.? ?|版本 ?)(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?|(\d{1,4})\.(\d{1,4})\.(\d{1,4})", re.IGNORECASE
)


def dated_headings(lines: Sequence[VisualLine]) -> set[int]:
    """Return the indexes of the lines that are only dates, or only version numbers, and head entries.

    The dates or versions only rise or only fall, each has content below it, and most are preceded by the end of another
    entry. That excludes the dates of comments, which are below names, and those of letters and captions, which have no
    order.
    """
    return _entries(lines, _date) | _entries(lines, _version)


def _entries(lines: Sequence[VisualLine], read: Callable[[str], tuple[int, ...] | None]) -> set[int]:
    found = [(place, key) for place, line in enumerate(lines) if line.short and (key := read(line.text)) is not None]
    if len(found) < _FEWEST:
        return set()
    keys = [key for _place, key in found]
    ascends = all(before < after for before, after in pairwise(keys))
    descends = all(before > after for before, after in pairwise(keys))
    places = {place for place, _key in found}
    if not (ascends or descends) or not all(_has_text(lines, place, places) for place in places):
        return set()
    first = min(places)
    ended = sum(_ends_entry(lines[place - 1]) for place in places if place > first)
    return places if 2 * ended > len(places) - 1 else set()


def _date(text: str) -> tuple[int, ...] | None:
    if words := _DATE_IN_WORDS.fullmatch(text):
        year = "".join(str("〇一二三四五六七八九".find(digit)) for digit in words["year"].translate(_ZEROS))
        return int(year), number_of(words["month"]) or 1, number_of(words["day"]) if words["day"] else 0
    found = _DATE.fullmatch(text)
    if found is None or not 1 <= int(found["month"]) <= 12 or int(found["day"] or 1) > 31:
        return None
    return int(found["year"]), int(found["month"]), int(found["day"] or 0)


def _version(text: str) -> tuple[int, ...] | None:
    found = _VERSION.fullmatch(text)
    return None if found is None else tuple(int(part) for part in found.groups() if part is not None)


def _has_text(lines: Sequence[VisualLine], place: int, places: set[int]) -> bool:
    below = lines[place + 1] if place + 1 < len(lines) else None
    return below is not None and place + 1 not in places and below.kind is not LineKind.RULE


def _ends_entry(line: VisualLine) -> bool:
    """Whether a line may be the last one of an entry: a sentence, running text, or a list."""
    return line.kind is not LineKind.TEXT or line.ems >= _LONG or line.text.endswith(_ENDS)
