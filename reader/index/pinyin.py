"""Search by pinyin in titles and categories, if pypinyin is installed.

`jbh` and `jinbo` find 进博会: for every character, the initials and the full syllables of the next few characters are
indexed as tokens, so that any part of a title can be typed.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.util import find_spec

from reader.document.pinyin_modules import pinyin_module
from reader.document.typed_pinyin import character_sounds, typed_syllable
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_HAN = regex("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]{1,200}")
_INITIALS = 8
_SYLLABLES = 5
_LONGEST_PHRASE = 4
_LETTERS = regex("[a-z]{2,30}")
_LONGEST_WORD = 20
_LATIN_BEFORE = regex(r"(?<![A-Za-z0-9])([A-Za-z][A-Za-z0-9]{0,19}) ?$")
"""A Latin word directly before a run of Han characters: GitHub使用 can be typed as one word, githubsy."""


@dataclass(frozen=True, slots=True)
class _Readings:
    """The readings of single characters, and of phrases with different readings."""

    characters: Mapping[int, str]
    phrases: Mapping[str, list[list[str]]]


def has_pinyin() -> bool:
    """Whether pypinyin is installed, without loading it, which takes a quarter of a second."""
    return find_spec("pypinyin") is not None


@cache
def _load_readings() -> _Readings | None:
    module, sounds = pinyin_module("phrases_dict"), character_sounds()
    return _Readings(sounds, module.phrases_dict) if module is not None and sounds is not None else None


def syllables(han: str) -> list[str]:
    """The pinyin of a run of Han characters as people type it, one syllable per character; empty where unknown.

    The longest known phrase determines the readings: 银行 is yin hang, 行 alone is xing.
    """
    sounds = _load_readings()
    if sounds is None:
        return [""] * len(han)
    found: list[str] = []
    while len(found) < len(han):
        start = len(found)
        for length in range(_LONGEST_PHRASE, 1, -1):
            spoken = sounds.phrases.get(han[start : start + length])
            if spoken is not None and len(spoken) == length:
                found += [typed_syllable(sound[0]) for sound in spoken]
                break
        else:
            found.append(typed_syllable(sounds.characters.get(ord(han[start]), "").partition(",")[0]))
    return found


@lru_cache(maxsize=4096)
def pinyin_tokens(text: str) -> str:
    """The pinyin tokens of a text; none if pypinyin is not installed."""
    # Loading the readings takes 0.2 s and 55 MB, in each process that indexes.
    if not _HAN.search(text) or _load_readings() is None:
        return ""
    found: dict[str, None] = {}
    for run in _HAN.finditer(text):
        typed = syllables(run[0])
        initials = "".join(syllable[:1] for syllable in typed)
        for start in range(len(initials)):
            found[initials[start : start + _INITIALS]] = None
        for start in range(len(typed)):
            found["".join(typed[start : start + _SYLLABLES])] = None
        if latin := _LATIN_BEFORE.search(text, max(run.start() - _LONGEST_WORD - 2, 0), run.start()):
            word = latin[1].lower()
            found[word + initials[:_INITIALS]] = None
            found[word + "".join(typed[:_SYLLABLES])] = None
    for token in [one for one in found if "nv" in one or "lv" in one]:
        # Input methods expect v for ü, but many people type u.
        found[token.replace("nv", "nu").replace("lv", "lu")] = None
    return " ".join(found)


def pinyin_phrase(word: str) -> str:
    """An FTS5 phrase that finds a word in `pinyin_tokens`; empty if the word cannot be pinyin."""
    return f'"{word}"*' if _LETTERS.fullmatch(word) else ""
