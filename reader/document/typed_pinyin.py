"""Pinyin as people type it, and a pattern for the Han characters that it stands for, if pypinyin is installed."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from reader.document.pinyin_modules import pinyin_module
from reader.regex import regex

_TYPED = regex("[a-z]{2,30}")
_HAN = regex("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_LONGEST_SYLLABLE = 6
"""Letters of the longest syllable: zhuang."""

_MOST = 16
"""The maximum number of ways to divide what was typed into syllables: xian is xian or xi'an."""


@cache
def character_sounds() -> Mapping[int, str] | None:
    """The readings of characters by code point, with tones, separated by commas; None without pypinyin."""
    module = pinyin_module("pinyin_dict")
    if module is None:
        return None
    sounds: Mapping[int, str] = module.pinyin_dict
    return sounds


@lru_cache(maxsize=4096)
def typed_syllable(sound: str) -> str:
    """A syllable as people type it: without its tone, v for ü."""
    module = pinyin_module("contrib.tone_convert")
    return str(module.to_normal(sound)).replace("ü", "v") if module is not None else ""


def pinyin_pattern(typed: str, text: str) -> re.Pattern[str] | None:
    """A pattern for the Han characters in `text` whose pinyin is `typed`; None if `text` has none.

    `typed` has whole syllables, of which the last may be incomplete (jinbo, jinb), or only the initials of syllables
    (jbh). A character is found by any of its readings.
    """
    typed = "".join(typed.casefold().split()).replace("'", "").replace("’", "")
    sounds = character_sounds()
    if sounds is None or not _TYPED.fullmatch(typed):
        return None
    characters = _by_syllable(set(_HAN.findall(text)), sounds)
    ways = [*_divisions(typed, frozenset(characters))] or [tuple(typed)]
    patterns = [
        "".join(
            _class(characters, one, is_whole=len(one) > 1 and number + 1 < len(way)) for number, one in enumerate(way)
        )
        for way in ways
        if all(_starts(characters, one) for one in way)
    ]
    return re.compile("|".join(patterns)) if patterns else None


def _by_syllable(han: Iterable[str], sounds: Mapping[int, str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in han:
        for sound in sounds.get(ord(one), "").split(","):
            if syllable := typed_syllable(sound):
                found[syllable].add(one)
                if syllable[:2] in {"nv", "lv"}:
                    # Input methods want v for ü, but many type u.
                    found[syllable.replace("v", "u")].add(one)
    return dict(found)


def _divisions(typed: str, syllables: frozenset[str]) -> Iterable[tuple[str, ...]]:
    """The ways to divide what was typed into syllables, of which the last may be incomplete."""
    viable: set[int] = set()
    for at in range(len(typed) - 1, -1, -1):
        rest = typed[at:]
        lengths = range(1, min(_LONGEST_SYLLABLE, len(rest) - 1) + 1)
        if _ends(syllables, rest, at) or any(rest[:one] in syllables and at + one in viable for one in lengths):
            viable.add(at)
    found: list[tuple[str, ...]] = []
    begun: list[tuple[tuple[str, ...], int]] = [((), 0)] if 0 in viable else []
    while begun and len(found) < _MOST:
        way, at = begun.pop()
        rest = typed[at:]
        if _ends(syllables, rest, at):
            found.append((*way, rest))
        begun += (
            ((*way, rest[:length]), at + length)
            for length in range(1, min(_LONGEST_SYLLABLE, len(rest) - 1) + 1)
            if rest[:length] in syllables and at + length in viable
        )
    return found


def _ends(syllables: frozenset[str], rest: str, at: int) -> bool:
    """Whether `rest`, typed from offset `at` on, is a whole syllable or, after another syllable, an incomplete one."""
    return rest in syllables or (at > 0 and _starts(syllables, rest))


def _starts(syllables: Iterable[str], beginning: str) -> bool:
    return any(one.startswith(beginning) for one in syllables)


def _class(characters: Mapping[str, set[str]], part: str, *, is_whole: bool) -> str:
    """A character class of the Han characters whose syllable is `part` or, unless `is_whole`, begins with `part`."""
    syllables = [part] if is_whole else [one for one in characters if one.startswith(part)]
    return f"[{''.join(sorted({han for one in syllables for han in characters[one]}))}]"
