"""The meaning of a match, defined without tokens and patterns: an oracle for full-text search."""

import re
import unicodedata
from dataclasses import dataclass

from reader.document.text_folding import fold
from reader.index.tokens import LEAF_SEPARATOR


@dataclass(frozen=True)
class Unit:
    """A word, a character of a run or a punctuation mark; and whether white space precedes it."""

    kind: str
    text: str
    apart: bool


JOINED_NAMES = re.compile(
    "CJK UNIFIED IDEOGRAPH|IDEOGRAPHIC (ITERATION|NUMBER)|HIRAGANA LETTER|KATAKANA LETTER"
    "|(COMBINING )?KATAKANA-HIRAGANA|HANGUL SYLLABLE|THAI"
)


def kind_of(character: str) -> str:
    if character.isspace():
        return "blank"
    name = unicodedata.name(character, "")
    if JOINED_NAMES.match(name):
        return "joined"
    return "word" if character.isalnum() else "mark"


def units(line: str) -> list[Unit]:
    made: list[Unit] = []
    before = "blank"
    for character in line:
        kind = kind_of(character)
        if kind == "word" and before == "word":
            made[-1] = Unit("word", made[-1].text + character, made[-1].apart)
        elif kind != "blank":
            made.append(Unit(kind, character, before == "blank"))
        before = kind
    return made


def core(needle: str) -> list[Unit]:
    found = units(fold(needle).text.replace("\n", " ").replace(LEAF_SEPARATOR, " "))
    while found and found[0].kind == "mark":
        del found[0]
    while found and found[-1].kind == "mark":
        del found[-1]
    return found


def stands(needle: list[Unit], line: list[Unit], *, exact: bool) -> bool:
    """Whether a line contains the units that are searched for."""
    for number, (want, there) in enumerate(zip(needle, line, strict=True)):
        first, last = number == 0, number == len(needle) - 1
        if want.kind != there.kind:
            return False
        # White space next to a word does not matter; elsewhere it must agree.
        if not first and needle[number - 1].kind != "word" and want.kind != "word" and want.apart != there.apart:
            return False
        goes_on = last and not exact and len(want.text) >= 3
        if want.kind == "word" and not (there.text == want.text or (goes_on and there.text.startswith(want.text))):
            return False
        if want.kind == "joined" and want.text != there.text:
            return False
    return True


def is_meant(text: str, needle: str, *, exact: bool = False) -> bool:
    sought = core(needle)
    lines = map(units, re.split(f"[\n{LEAF_SEPARATOR}]", fold(text).text))
    return bool(sought) and any(
        stands(sought, line[start : start + len(sought)], exact=exact)
        for line in lines
        for start in range(len(line) - len(sought) + 1)
    )
