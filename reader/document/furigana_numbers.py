"""Readings of Japanese numbers with their counters: days, months, hours, minutes, things.

If the reading of a number with its counter cannot be divided, the two share one reading: 一日 is ついたち, but 三本 is
さん and ぼん.
"""

from collections.abc import Callable, Iterator
from re import Match, Pattern

from reader.regex import regex

SpokenParts = list[tuple[str, str]]
"""The parts of an expression with their readings; empty if each of its words has the usual reading."""

_UNITS = ("", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう")
DIGITS = "一二三四五六七八九"

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
"""Readings of days of the month and of numbers of days. 一日 is ついたち only as a day of the month, after 月."""

_MONTHS = {4: "し", 7: "しち", 9: "く"}
_HOURS = {4: "よ", 7: "しち", 9: "く"}
_FOUR = {4: "よ"}
_SPECIAL = {"月": _MONTHS, "時": _HOURS, "人": _FOUR, "年": _FOUR, "円": _FOUR}
"""By counter, the special readings of the last digit before it."""

_COUNTERS = {
    "本": ("ほん", "ぽん", "ぼん"),
    "匹": ("ひき", "ぴき", "びき"),
    "杯": ("はい", "ぱい", "ばい"),
    "俵": ("ひょう", "ぴょう", "びょう"),
    "票": ("ひょう", "ぴょう", "びょう"),
    "泊": ("はく", "ぱく", "ぱく"),
    "回": ("かい",) * 3,
    "個": ("こ",) * 3,
    "件": ("けん",) * 3,
    "球": ("きゅう",) * 3,
    "巻": ("かん",) * 3,
    "曲": ("きょく",) * 3,
    "階": ("かい", "かい", "がい"),
    "軒": ("けん", "けん", "げん"),
    "冊": ("さつ",) * 3,
    "歳": ("さい",) * 3,
    "隻": ("せき",) * 3,
    "週": ("しゅう",) * 3,
    "足": ("そく", "そく", "ぞく"),
    "頭": ("とう",) * 3,
    "点": ("てん",) * 3,
    "体": ("たい",) * 3,
    "通": ("つう",) * 3,
    "分": ("ふん", "ぷん", "ぷん"),
    "分間": ("ふんかん", "ぷんかん", "ぷんかん"),
}
"""By counter, three readings: the usual one, that after a doubled consonant (いっぽん), and that after 三 or 千."""
_MINUTES = ("分", "分間")

_FEW_DAYS = {
    "一二": "いち に にち",
    "二三": "に さん にち",
    "三四": "さん よっ か",
    "四五": "し ご にち",
    "五六": "ご ろく にち",
    "六七": "ろく しち にち",
    "七八": "しち はち にち",
    "八九": "はち く にち",
}
"""By two digits, the readings of each and of 日 in an approximate number of days (二、三日)."""

_DOUBLED = {1: "いっ", 6: "ろっ", 8: "はっ", 0: "じゅっ"}
"""Readings of the last digit of a number before a doubled consonant, by that digit."""
_UNDOUBLED_SIX = "冊歳隻週足頭点体通"
"""Counters that begin with s or t, before which neither 六 nor 百 doubles a consonant."""

NUMBER = f"(?<![{DIGITS}〇十百千万億兆数何0-9０-９.．第])(?<![{DIGITS}][、・])"
_IN_DIGITS = regex(
    rf"(?<![{DIGITS}〇十百千万億兆数何0-9０-９.．])(?<![{DIGITS}][、・])"
    rf"([{DIGITS}](?:[〇{DIGITS}]{{3}}(?=年)|(?=[{DIGITS}]*〇)[〇{DIGITS}]{{1,3}}))(?![〇{DIGITS}十百千万億兆])(?=([年人円]?))"
)
"""A number in digits, which is not read digit by digit: a year (一九八九年), or one that has a zero (二〇人)."""
_ZEROS = regex(rf"(?<![{DIGITS}〇0-9０-９])〇+(?![{DIGITS}〇0-9０-９])")
"""Circles in place of something that is not named, 〇〇さん, which have no certain reading."""
_DAY = regex(rf"{NUMBER}([{DIGITS}十]{{1,3}}|[{DIGITS}]〇|[0-9０-９]{{1,2}})日(間?)")
_DATE = regex(rf"(?<=[{DIGITS}十0-9０-９毎今来先翌]月)([一1１])日(?!中)")
_SOME_DAYS = regex(rf"{NUMBER}([{DIGITS}])([、・]?)([{DIGITS}])(日)")
_NO_MINUTE = rf"(?!の[{DIGITS}十百0-9０-９]|[{DIGITS}]分|[{DIGITS}]厘|[咲袖丈粥刈目音割子岐譲])"
"""A lookahead that excludes 分 if it is not minutes: a part of a whole (三分の一, 五分咲き), or part of a word."""
_PLAIN_COUNTERS = "".join(one for one in _COUNTERS if one not in _MINUTES)
_COUNTED = regex(rf"{NUMBER}([{DIGITS}十]{{1,3}}|[{DIGITS}]〇)([月時人年円{_PLAIN_COUNTERS}]|分間?{_NO_MINUTE})")
_HUNDRED_COUNTED = regex(rf"{NUMBER}百([{_PLAIN_COUNTERS}]|分間?)")
_BEFORE_K = {"一": "いっ", "六": "ろっ", "八": "はっ", "十": "じゅっ", "百": "ひゃっ"}
_SHORTENED = regex(f"{NUMBER}[{''.join(_BEFORE_K)}](?=キロ|[かカヵヶケ箇][月所国年条])")
_COUNTED_DIGITS = regex(rf"(?<![0-9０-９.．第])([0-9０-９]{{1,4}})([本匹杯俵票泊階軒足]|分間?{_NO_MINUTE})")
_TENTHS = {"一": "いち", "三": "さん", "五": "ご", "七": "しち", "八": "はち", "九": "く"}
_TENTH = regex(rf"{NUMBER}([一三五七八九])(分)(?=[咲袖丈粥刈])|(?<![{DIGITS}])(五)(分)(?=五分)|(?<=五分)(五)(分)")
_THINGS = dict(zip(DIGITS, ("ひと", "ふた", "みっ", "よっ", "いつ", "むっ", "なな", "やっ", "ここの"), strict=True))
_SOME_THINGS = regex(f"{NUMBER}[{DIGITS}]つ")
_IRREGULAR = {
    (3, "せん"): "さんぜん",
    (8, "せん"): "はっせん",
    (3, "ひゃく"): "さんびゃく",
    (6, "ひゃく"): "ろっぴゃく",
    (8, "ひゃく"): "はっぴゃく",
}
"""By digit and power of ten, the readings in which a sound changes."""
_HUNDREDS = {"三百": "さんびゃく", "六百": "ろっぴゃく", "八百": "はっぴゃく", "三千": "さんぜん", "八千": "はっせん"}
_HUNDRED = regex(f"{NUMBER}(?:{'|'.join(_HUNDREDS)})")


def number_expressions(text: str) -> Iterator[tuple[int, SpokenParts]]:
    """The offset of each number that the dictionary may read wrongly, and its parts with their readings."""
    for pattern, read in _EXPRESSIONS:
        for found in pattern.finditer(text):
            if parts := read(found):
                yield found.start(), parts


def _hundred(found: Match[str]) -> SpokenParts:
    return [(found[0], _HUNDREDS[found[0]])]


def _in_digits(found: Match[str]) -> SpokenParts:
    digits = [f"〇{DIGITS}".index(one) for one in found[1]]
    pieces = [
        _IRREGULAR.get((digit, power), ("" if digit == 1 else _UNITS[digit]) + power)
        for digit, power in zip(digits, ("せん", "ひゃく", "じゅう")[-len(digits) + 1 :], strict=False)
        if digit
    ]
    last = _FOUR.get(digits[-1], _UNITS[digits[-1]]) if found[2] else _UNITS[digits[-1]]
    return [(found[1], "".join(pieces) + last)]


def _zeros(found: Match[str]) -> SpokenParts:
    return [(found[0], "")]


def _some_days(found: Match[str]) -> SpokenParts:
    spoken = _FEW_DAYS.get(found[1] + found[3], "").split()
    if not spoken:
        return []
    first, second, day = spoken
    parts = [(found[1], first), (found[2], ""), (found[3], second), (found[4], day)]
    return [part for part in parts if part[0]]


def _tenth(found: Match[str]) -> SpokenParts:
    number, tenth = (part for part in found.groups() if part)
    return [(number, _TENTHS[number]), (tenth, "ぶ")]


def _first_day(found: Match[str]) -> SpokenParts:
    return [(found[0], _DAYS[1])]


def _things(found: Match[str]) -> SpokenParts:
    return [(found[0], _THINGS[found[0][0]] + "つ")]


def _day(found: Match[str]) -> SpokenParts:
    number = _value(found[1])
    return [(found[0], _DAYS[number] + ("かん" if found[2] else ""))] if number in _DAYS and number > 1 else []


def _counted(found: Match[str]) -> SpokenParts:
    number, counter = found.groups()
    value = _value(number)
    if not value or (value, counter) == (20, "歳"):
        return []
    tens, last = divmod(value, 10)
    before = ("" if tens < 2 else _UNITS[tens]) + ("じゅう" if tens else "")
    if counter in _SPECIAL:
        spoken = _SPECIAL[counter].get(last, "")
        # The dictionary knows the reading of the counter itself.
        return [(number, before + spoken)] if spoken else []
    plain, doubled, after_three = _COUNTERS[counter]
    if last in _DOUBLED and not (last == 6 and counter in _UNDOUBLED_SIX):
        stem = before if last else before.removesuffix("じゅう")
        return [(number, stem + _DOUBLED[last]), (counter, doubled)]
    voiced = last == 3 or (last == 4 and counter in _MINUTES)
    return [(number, before + _UNITS[last]), (counter, after_three if voiced else plain)]


def _hundred_counted(found: Match[str]) -> SpokenParts:
    counter = found[1]
    return [] if counter in _UNDOUBLED_SIX else [("百", "ひゃっ"), (counter, _COUNTERS[counter][1])]


def _shortened(found: Match[str]) -> SpokenParts:
    return [(found[0], _BEFORE_K[found[0]])]


def _counted_in_digits(found: Match[str]) -> SpokenParts:
    """The reading of a counter after Arabic digits, which themselves need no reading."""
    value, counter = int(found[1]), found[2]
    plain, doubled, after_three = _COUNTERS[counter]
    last = value % 10
    if last == 3 or (value and value % 1000 == 0):
        spoken = after_three
    else:
        spoken = doubled if last in _DOUBLED or (last == 4 and counter in _MINUTES) else plain
    return [(found[1], ""), (counter, spoken)]


def _value(number: str) -> int:
    """The value of a number below 100 in Arabic or Han digits, also 二〇; 0 if it is not such a number."""
    if number.isdecimal():
        return int(number)
    if number.endswith("〇"):
        return (DIGITS.index(number[0]) + 1) * 10
    tens, ten, unit = number.rpartition("十")
    if not ten and len(number) == 1:
        return DIGITS.index(number) + 1
    if not ten or len(tens) > 1 or len(unit) > 1 or "十" in tens:
        return 0
    return (DIGITS.index(tens) + 1 if tens else 1) * 10 + (DIGITS.index(unit) + 1 if unit else 0)


_EXPRESSIONS: tuple[tuple[Pattern[str], Callable[[Match[str]], SpokenParts]], ...] = (
    (_IN_DIGITS, _in_digits),
    (_ZEROS, _zeros),
    (_HUNDRED, _hundred),
    (_SOME_DAYS, _some_days),
    (_TENTH, _tenth),
    (_COUNTED_DIGITS, _counted_in_digits),
    (_SOME_THINGS, _things),
    (_DATE, _first_day),
    (_DAY, _day),
    (_COUNTED, _counted),
    (_HUNDRED_COUNTED, _hundred_counted),
    (_SHORTENED, _shortened),
)
