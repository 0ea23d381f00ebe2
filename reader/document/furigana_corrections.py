"""Readings of fixed Japanese expressions that a dictionary of words does not know: days, months, numbers, 何, 日本.

An expression replaces whole words only, so that 日本 inside 日本橋 keeps the reading of the word. A number and its
counter have one reading if it cannot be divided: 一日 is ついたち, but 三本 has さん and ぼん.
"""

from collections.abc import Iterable, Iterator
from itertools import accumulate

from reader.regex import regex

_UNITS = ("", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう")
_DIGITS = "一二三四五六七八九"

_DAYS = {
    1: "ついたち",
    2: "ふつか",
    3: "みっか",
    4: "よっか",
    5: "いつか",
    6: "むいか",
    7: "なのか",
    8: "ようか",
    9: "ここのか",
    10: "とおか",
    14: "じゅうよっか",
    20: "はつか",
    24: "にじゅうよっか",
}
"""Days of the month and numbers of days; 一日 only after a month."""

_MONTHS = {4: "し", 7: "しち", 9: "く"}
_HOURS = {4: "よ", 7: "しち", 9: "く"}
_FOUR = {4: "よ"}
_SPECIAL = {"月": _MONTHS, "時": _HOURS, "人": _FOUR, "年": _FOUR, "円": _FOUR}
"""By counter, the last digits that are read otherwise than by themselves before it."""

_COUNTERS = {
    "本": ("ほん", "ぽん", "ぼん"),
    "匹": ("ひき", "ぴき", "びき"),
    "杯": ("はい", "ぱい", "ばい"),
    "回": ("かい",) * 3,
    "個": ("こ",) * 3,
    "階": ("かい", "かい", "がい"),
    "冊": ("さつ",) * 3,
    "歳": ("さい",) * 3,
    "頭": ("とう",) * 3,
    "分": ("ふん", "ぷん", "ぷん"),
}
"""Readings of counters: by themselves, after a doubled consonant (いっぽん), and after 三."""

_DOUBLED = {1: "いっ", 6: "ろっ", 8: "はっ", 0: "じゅっ"}
"""What ends a number, by its last digit, before a doubled consonant."""
_UNDOUBLED_SIX = "冊歳頭"

_NUMBER = f"(?<![{_DIGITS}〇十百千万億兆数何0-9０-９.．第])(?<![{_DIGITS}][、・])"
_DAY = regex(rf"{_NUMBER}([{_DIGITS}十]{{1,3}}|[0-9０-９]{{1,2}})日(間?)")
_DATE = regex(rf"(?<=[{_DIGITS}十0-9０-９毎今来先翌]月)([一1１])日(?!中)")
_COUNTED = regex(
    rf"{_NUMBER}([{_DIGITS}十]{{1,3}})([月時人年円本匹杯回個階冊歳頭]|(?<=時..)分|(?<=時.)分|分(?=[間後前]))"
)
_HUNDREDS = {"三百": "さんびゃく", "六百": "ろっぴゃく", "八百": "はっぴゃく", "三千": "さんぜん", "八千": "はっせん"}
_HUNDRED = regex(f"{_NUMBER}(?:{'|'.join(_HUNDREDS)})")

_FIXED = (
    (regex("(?<!大)日本|(?<=大)日本(?!帝国)"), "にほん"),
    (regex("(?<=一日|一年|一晩|世界|日本|今日|明日)中"), "じゅう"),
    (regex("三日月"), "みかづき"),
    (regex("何人(?!たり)"), "なんにん"),
    (regex("何日"), "なんにち"),
    (regex("何日間"), "なんにちかん"),
    (
        regex("何時(?=です|でしょう|に(?!なっても)|から(?!か)|まで(?!も)|頃|ごろ|の(?!間)|だ(?!って)|半|発|着|間)"),
        "なんじ",
    ),
    (regex("何(?=[かがをにへも])(?!か[月所国年条])"), "なに"),
    # 十分 is also enough (じゅうぶん), which is the more common.
    (regex(f"{_NUMBER}(?<!時)十分(?![間後前])"), "じゅうぶん"),
)

_GONE = regex(
    "(?:^|[。、！？「」\n])[^。、！？「」\nを]*?"
    "(?:[人車船機]|みんな|バス|タクシー|徒歩|家族|一緒|電車)で(行っ)(?=て|た(?![\u4e00-\u9fff]))"
)
"""People or vehicles with which somebody goes (いく), if nothing is held (おこなう), which を would tell."""


def corrected(text: str, words: Iterable[tuple[int, str, str]]) -> Iterator[tuple[int, str, str]]:
    """The words of a text, each with its offset and its reading, with fixed expressions in the place of theirs."""
    kept = list(words)
    bounds = {start for start, _word, _reading in kept} | {start + len(word) for start, word, _reading in kept}
    fixed: dict[int, tuple[int, list[tuple[int, str, str]]]] = {}
    for start, parts in _expressions(text):
        places = list(accumulate((len(part) for part, _reading in parts), initial=start))
        end = places[-1]
        if start in bounds and end in bounds and end > fixed.get(start, (0,))[0]:
            fixed[start] = end, [(at, *part) for at, part in zip(places, parts, strict=False)]
    reached = 0
    for word in kept:
        if word[0] < reached:
            continue
        if word[0] in fixed:
            reached, parts_there = fixed[word[0]]
            yield from parts_there
        else:
            yield word


def _expressions(text: str) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """The offset of each fixed expression, and its parts with their readings."""
    for pattern, reading in _FIXED:
        yield from ((found.start(), [(found[0], reading)]) for found in pattern.finditer(text))
    for found in _GONE.finditer(text):
        yield found.start(1), [("行っ", "いっ")]
    for found in _HUNDRED.finditer(text):
        yield found.start(), [(found[0], _HUNDREDS[found[0]])]
    for found in _DATE.finditer(text):
        yield found.start(), [(found[0], _DAYS[1])]
    for found in _DAY.finditer(text):
        number = _value(found[1])
        if number in _DAYS and number > 1:
            yield found.start(), [(found[0], _DAYS[number] + ("かん" if found[2] else ""))]
    for found in _COUNTED.finditer(text):
        if parts := _counted(found[1], found[2]):
            yield found.start(), parts


def _counted(number: str, counter: str) -> list[tuple[str, str]]:
    """A number and its counter with their readings; empty if each is read as by itself."""
    value = _value(number)
    if not value or (value, counter) == (20, "歳"):
        return []
    tens, last = divmod(value, 10)
    before = ("" if tens < 2 else _UNITS[tens]) + ("じゅう" if tens else "")
    if counter in _SPECIAL:
        spoken = _SPECIAL[counter].get(last, "")
        # The reading of the counter alone is that of the dictionary.
        return [(number, before + spoken)] if spoken else []
    plain, doubled, after_three = _COUNTERS[counter]
    if last in _DOUBLED and not (last == 6 and counter in _UNDOUBLED_SIX):
        stem = before if last else before.removesuffix("じゅう")
        return [(number, stem + _DOUBLED[last]), (counter, doubled)]
    if last == 3:
        return [(number, before + _UNITS[last]), (counter, after_three)]
    if counter == "分" and last == 4:
        return [(number, before + _UNITS[last]), (counter, doubled)]
    return [(number, before + _UNITS[last]), (counter, plain)]


def _value(number: str) -> int:
    """The value of a number below 100 in digits or Han; 0 if it is none."""
    if number.isdecimal():
        return int(number)
    tens, ten, unit = number.rpartition("十")
    if not ten and len(number) == 1:
        return _DIGITS.index(number) + 1
    if not ten or len(tens) > 1 or len(unit) > 1 or "十" in tens:
        return 0
    return (_DIGITS.index(tens) + 1 if tens else 1) * 10 + (_DIGITS.index(unit) + 1 if unit else 0)
