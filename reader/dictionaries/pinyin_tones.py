"""Pinyin with tone marks from pinyin with numbers: deng1 ta3 becomes dēng tǎ."""

import unicodedata

from reader.regex import regex

_SYLLABLE = regex(r"([A-Za-züÜ:]+)([1-5])")
_MARKS = {"1": "\u0304", "2": "\u0301", "3": "\u030c", "4": "\u0300", "5": ""}


def with_tone_marks(pinyin: str) -> str:
    """Pinyin with tone marks; the mark is on a or e, in ou on o, else on the last vowel (ISO 7098, 4.4)."""
    return _SYLLABLE.sub(lambda found: _marked(found[1], found[2]), pinyin)


def _marked(syllable: str, tone: str) -> str:
    syllable = syllable.replace("u:", "ü").replace("U:", "Ü").replace("v", "ü")
    lower = syllable.casefold()
    vowel = max((lower.find(one) for one in ("a", "e")), default=-1)
    if vowel < 0:
        vowel = lower.find("ou")
    if vowel < 0:
        vowel = max(lower.rfind(one) for one in "aeiouü")
    if vowel < 0:
        return syllable
    return unicodedata.normalize("NFC", syllable[: vowel + 1] + _MARKS[tone] + syllable[vowel + 1 :])
