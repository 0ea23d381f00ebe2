"""The shapes of headings: a leading number, a leading symbol, or enclosing brackets."""

import re
import unicodedata

from reader.document.character_sets import CharacterSet
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_HAN = "零〇一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾"
_NUMERALS = frozenset(f"{_HAN}0123456789０１２３４５６７８９")
_ROMAN = "[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫIVX]{1,5}"
_ANY = f"(?:[{_HAN}]{{1,7}}|[0-9０-９]{{1,4}})"
_VOLUME = f"(?:(?:正文|番外|外传|外傳|(?:VIP ?)?[上中下]?卷|第{_ANY}[卷部篇集](?:[ \u3000]+\\S{{1,20}})?)[ \u3000]+)?"
"""Prefixes of chapter numbers in downloaded novels."""
_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_COUNTED = "day|week|tip|rule|case|no|top|phase|stage|round|scene|question|reason|myth|fact|stop|law|d|q"
_ENGLISH = f"[ .#]*(?P<number>[0-9]{{1,3}}|[ivxl]{{1,6}}|{_WORDS})(?![a-z0-9])"


@dataclass(frozen=True, slots=True)
class Shape:
    """The numbering or decoration of a line.

    Attributes:
        kind: The name of the style, such as "一、".
        rank: The conventional nesting of the numbering, 0 for the outermost; -1 for symbols and brackets.
        weight: The weight of the shape as evidence for a heading.
        number: The number, or 0.
        lone: Whether the line has no text besides the shape.
    """

    kind: str
    rank: int = -1
    weight: float = 0.0
    number: int = 0
    lone: bool = False

    @property
    def numbered(self) -> bool:
        """Whether the shape is a number rather than a symbol."""
        return self.rank >= 0


_CIRCLED = "①-⑳⓪❶-❿➀-➓㈠-㈩"
_ARABIC = "0123456789０１２３４５６７８９"

_NUMBERS = tuple(
    (kind, starts, needs, rank, weight, regex(pattern, re.IGNORECASE))
    for kind, starts, needs, rank, weight, pattern in (
        ("第一部分", "第", "部编編篇卷", 0, 2.5, f"第(?P<number>{_ANY})(?:部分|[部编編篇卷])(?=[ \u3000:：、.．]|$)"),
        ("Part 1", ("part", "book"), "", 0, 2.5, f"(?:part|book){_ENGLISH}[ .:：—–-]*"),
        (
            "第一章",
            "第正番外vip上中下卷",
            "章回囘讲講幕课課集話话折",
            1,
            2.5,
            f"{_VOLUME}第(?P<number>{_ANY})(?:章|[回囘讲講幕课課集話话折](?=[ \u3000:：、.．]|$))",
        ),
        ("제1장", "제", "", 1, 2.5, "제 ?(?P<number>[0-9]{1,3}) ?[장화부]"),
        ("Chapter 1", ("chapter", "lesson", "act"), "", 1, 2.5, f"(?:chapter|lesson|act){_ENGLISH}[ .:：—–-]*"),
        ("第一节", "第", "节節条條", 2, 2.5, f"第(?P<number>{_ANY})[节節条條](?=[ \u3000:：、.．]|$|\\w)"),
        ("Section 1", ("section",), "", 2, 2.5, f"section{_ENGLISH}[ .:：—–-]*"),
        ("一、", _HAN, "", 3, 2.0, f"(?P<number>[{_HAN}]{{1,4}})(?:[、.．:：]|[ \u3000]+|$)"),
        ("Ⅰ.", "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻivx", "", 3, 2.0, f"(?P<number>(?-i:{_ROMAN}))(?:[.、．:：)）]|(?<=[Ⅰ-Ⅻ])[ \u3000]|$)"),
        ("（一）", "（(〔［", "", 4, 2.0, f"[（(〔［](?P<number>[{_HAN}]{{1,4}})[）)〕］][、.]?"),
        ("第一步", "第", "步", 5, 1.5, f"第(?P<number>{_ANY})步"),
        ("第一步", "步", "", 5, 1.5, f"步[骤驟] ?(?P<number>{_ANY})"),
        ("第一步", ("step",), "", 5, 1.5, f"step{_ENGLISH}[ .:：—–-]*"),
        (
            "1.",
            _ARABIC,
            "",
            5,
            1.0,
            r"(?P<number>[0-9０-９]{1,2})(?:[.．](?![0-9])|、|[ \u3000]*[|丨｜/](?!\d)|[:：](?!\d))",
        ),
        ("01", _ARABIC, "", 5, 1.0, r"(?P<number>0[1-9]|[1-9][0-9]?)(?:[ \u3000]+(?=\D)|$|(?<=0.)(?=[^\W\d]))"),
        (
            "1.1",
            _ARABIC,
            "",
            6,
            1.5,
            r"[0-9]{1,2}[.．](?P<number>[0-9]{1,2})(?:[ \u3000、.．]+|(?=[^\W\d年月日万亿%]))(?![0-9])",
        ),
        (
            "1.1.1",
            _ARABIC,
            "",
            7,
            1.5,
            r"[0-9]{1,2}(?:[.．][0-9]{1,2}){1,3}[.．](?P<number>[0-9]{1,2})(?:[ 、.．]|(?=[^\W\d]))(?![0-9])",
        ),
        ("(1)", "（(", "", 8, 0.5, r"[（(][ ]?(?P<number>[0-9０-９]{1,2})[ ]?[）)][、.]?"),
        ("1)", _ARABIC, "", 8, 0.5, r"(?P<number>[0-9０-９]{1,2})[）)]"),
        (
            "案例一",
            CharacterSet("\u4e00-\u9fff"),
            _NUMERALS,
            5,
            1.5,
            f"(?-i:[\u4e00-\u9fff]{{2}})(?P<number>{_ANY})(?:[：:、.．|｜丨]|[ \u3000]+(?=\\D)|$)",
        ),
        ("Day 1", tuple(_COUNTED.split("|")), "", 5, 1.5, f"(?:{_COUNTED}){_ENGLISH}[ .:：—–-]*"),
        ("第一：", "第", "：:、", 5, 1.0, f"第(?P<number>{_ANY})[：:、]"),
        ("①", CharacterSet(_CIRCLED), "", 9, 0.5, f"(?P<number>[{_CIRCLED}])"),
        ("A.", "abcdefgh", ".．、)）", 4, 0.5, r"(?P<number>(?-i:[A-H]))(?:[.．、](?![\w.])|[.．、][ \u3000]|[)）])"),
    )
)
"""For each shape: its kind, the lower-case characters or words at the start of a line, characters of which the line has
at least one (empty: no such condition), its rank, its weight, and its expression. The characters rule out most shapes
before their expressions are compiled."""

_DECORATED = regex(r"[-—–=·*~/|｜]+\s*(\S.{0,20}?)\s*[-—–=·*~/|｜]+")
"""A number or word between dashes or similar symbols."""

_SIGN_WEIGHT, _BRACKETS_WEIGHT = 1.5, 2.0
_SIGNS = regex("[■□◆◇▍▌▎▏█▼▽▲△▶►▷★☆◎❖◈◉●○※♦⬛🔷🔶📌#＃]+")
_BRACKETS = (("【", "】"), ("〖", "〗"), ("［", "］"), ("〔", "〕"), ("「", "」"), ("『", "』"), ("[", "]"))
_DIGITS = {one: value for value, one in enumerate("零一二三四五六七八九")} | dict(
    zip("〇两壹贰叁肆伍陆柒捌玖", (0, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)
)
_UNITS = {"十": 10, "百": 100, "千": 1000}
_STARTS = CharacterSet(f"0-9０-９第제{_HAN}①-⓿❶-➓Ⅰ-ⅫIVXA-Hivxa-h正番外上中下卷")
_HAN_SCRIPT = CharacterSet("\u4e00-\u9fff")
_QUOTES = "“”‘’《〈"
_NUMBERED_WORD = regex(f"(?:{_COUNTED}|part|book|chapter|act|section|step)(?![a-z])", re.IGNORECASE)

_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
_ENGLISH_WORDS = {word: value for value, word in enumerate(_WORDS.split("|"), 1)}


def shape(text: str) -> Shape | None:
    """Return the shape of a line of text, or None if it has none."""
    if not _may_have_shape(text):
        return None
    if decorated := _DECORATED.fullmatch(text):
        text = decorated[1]
    if sign := _SIGNS.match(text):
        rest = text[sign.end() :].strip()
        # A symbol alone is not a heading, and ▲ begins a caption, pointing at the picture above it.
        captions, tags = sign[0][0] in "▲△※", "#" in rest or "＃" in rest
        return Shape(sign[0][0], weight=_SIGN_WEIGHT) if rest and not captions and not tags else None
    lowered = text.lower()
    for kind, starts, needs, rank, weight, pattern in _NUMBERS:
        begins = lowered.startswith(starts) if isinstance(starts, tuple) else lowered[:1] in starts
        if begins and (not needs or any(map(text.__contains__, needs))) and (found := pattern.match(text)):
            rest = text[found.end() :].strip(" \u3000.．、:：|丨—–-")
            return Shape(kind, rank, weight, number_of(found["number"]), not rest)
    for opening, closing in _BRACKETS:
        if text.startswith(opening) and text.find(closing) == len(text) - 1:
            return Shape(opening + closing, weight=_BRACKETS_WEIGHT)
    return None


def _may_have_shape(text: str) -> bool:
    """Whether the first characters may belong to a shape: a cheap test that most lines fail."""
    first = text[:1]
    if not first.isalnum():
        return not (first in _QUOTES or first == "_" or first.isspace())
    if first in _STARTS or _NUMBERED_WORD.match(text):
        return True
    if first not in _HAN_SCRIPT:
        return False
    # Skip one or two Han characters before a number, as in 案例一.
    rest = text[2:] if text[1:2] in _HAN_SCRIPT and text[1:2] not in _NUMERALS else text[1:]
    return rest.removeprefix(" ")[:1] in _NUMERALS


def number_of(text: str) -> int:
    """Parse digits, Han, Roman or English numerals; return 0 if the text is not a number."""
    text = unicodedata.normalize("NFKC", text).lower().strip("() ")
    if text.isdecimal():
        return int(text)
    if text in _ENGLISH_WORDS:
        return _ENGLISH_WORDS[text]
    if text and all(one in _ROMAN_VALUES for one in text):
        values = [_ROMAN_VALUES[one] for one in text]
        return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
    if len(text) == 1 and "a" <= text <= "h":
        return ord(text) - ord("a") + 1
    if len(text) == 1 and "❶" <= text <= "➓":
        return (ord(text) - ord("❶")) % 10 + 1
    return _han(text.replace("拾", "十"))


def _han(text: str) -> int:
    """Return the value of Han numerals, with units (一百零五) or positional (一〇五)."""
    total = digits = 0
    pending = False
    for one in text:
        if unit := _UNITS.get(one):
            total += (digits if pending else 1) * unit
            digits, pending = 0, False
        else:
            digits, pending = digits * 10 + _DIGITS.get(one, 0), True
    return total + digits
