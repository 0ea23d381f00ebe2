"""Readings of Han characters: pinyin for Chinese, by pypinyin, and furigana for Japanese, by Sudachi, if installed.

Korean has no readings here: the only library that is maintained knows just one reading of each hanja, which is wrong in
音樂 and 不正, and it requires a particular version of PyYAML.
"""

from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec

from reader.document.document import Document
from reader.document.furigana_corrections import corrected
from reader.document.language_guess import language_of
from reader.document.pinyin_corrections import pinyin_corrections
from reader.document.pinyin_modules import pinyin_module
from reader.document.script_converters import script_converter
from reader.document.taiwanese_particles import with_particles
from reader.document.text_folding import fold_piece
from reader.lean_dataclasses import dataclass
from reader.regex import regex
from reader.settings.options import ShownReadings

_HAN = regex("[\u3005\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_KANJI = regex("[\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
"""Han characters and the zero of Han digits, 〇, which is part of a Japanese number: 二〇 is にじゅう."""
_KANA_SHIFT = ord("ァ") - ord("ぁ")
_TO_HIRAGANA = {code: code - _KANA_SHIFT for code in range(ord("ァ"), ord("ヶ") + 1)}

_LONGEST_PART = 8_000
"""Maximum number of characters that are passed to Sudachi at once; it refuses more than 49,149 bytes."""

_COMMON_CHINESE = 0xD8
"""The first byte of GB 2312 where the 3,755 common characters of its level 1 end."""

_COMMON_TRADITIONAL = 0xC9
"""The first byte of Big5 where its 5,401 common characters end."""

_COMMON_JAPANESE = 0xD0
"""The first byte of EUC-JP where the 2,965 common characters of JIS X 0208, level 1, end."""

READING_PACKAGES = {"zh": ("pinyin", "pypinyin"), "ja": ("furigana", "sudachipy")}
"""By language, the extra of this program (its optional dependency), and the package that knows the readings."""


@dataclass(frozen=True, slots=True)
class GeneratedReading:
    """A reading of the Han characters from `start` to `end` (exclusive)."""

    start: int
    end: int
    text: str


def reading_language(document: Document, wanted: ShownReadings) -> str:
    """The language of the readings that a document is shown with; empty for none."""
    language = language_of(document) if wanted is not ShownReadings.NONE else ""
    return language if language in READING_PACKAGES and can_read(language) else ""


def can_read(language: str) -> bool:
    """Whether the package that knows the readings of a language is installed."""
    return language in READING_PACKAGES and find_spec(READING_PACKAGES[language][1]) is not None


def readings(text: str, language: str, wanted: ShownReadings) -> list[GeneratedReading]:
    """The readings in a text, in order, of all Han characters or only of rare ones."""
    if wanted is ShownReadings.NONE or not _HAN.search(text):
        return []
    found = _furigana(text) if language == "ja" else _pinyin(text)
    is_common = _is_common_in_japanese if language == "ja" else _is_common_in_chinese
    if wanted is ShownReadings.ALL:
        return list(found)
    return [one for one in found if not all(map(is_common, "".join(_HAN.findall(text, one.start, one.end))))]


def _pinyin(text: str) -> Iterator[GeneratedReading]:
    """The pinyin of each character, according to the word that contains it."""
    spell = _speller()
    if spell is None:
        return
    for han in _HAN.finditer(text):
        for place, syllable in enumerate(spell(han[0]), han.start()):
            if syllable:
                yield GeneratedReading(place, place + 1, syllable)


@cache
def _speller() -> Callable[[str], list[str]] | None:
    """A function that returns the pinyin of each character of a Han text; None without pypinyin."""
    package, words = pinyin_module(), pinyin_module("seg.mmseg")
    if package is None or words is None:
        return None
    tone, cut = package.Style.TONE, words.seg.cut

    def read(han: str) -> list[str]:
        found: list[str] = package.lazy_pinyin(han, style=tone, errors=_unread)
        return found

    @cache
    def all_of(character: str) -> frozenset[str]:
        return frozenset(package.pinyin(character, style=tone, heteronym=True)[0])

    def spell(han: str) -> list[str]:
        found, simplified = read(han), _simplified(han)
        if simplified != han:
            # 髮 and 發 are both simplified to 发, so pypinyin may give one the reading of the other.
            found = [
                syllable if syllable in all_of(character) else own
                for character, own, syllable in zip(han, found, read(simplified), strict=True)
            ]
        for place, syllable in pinyin_corrections(simplified, cut(simplified)):
            found[place] = syllable
        return found

    return spell


def _simplified(han: str) -> str:
    """The simplified form of a text, whose words pypinyin knows better; the text itself without OpenCC."""
    convert = script_converter("t2s")
    simplified = convert(han) if convert is not None else han
    return with_particles(simplified, han) if len(simplified) == len(han) else han


def _unread(han: str) -> list[str]:
    """An empty reading for each character that pypinyin does not know."""
    return [""] * len(han)


def _furigana(text: str) -> Iterator[GeneratedReading]:
    """The readings of words, each over the kanji of its word only: 行く has い over 行."""
    tokenize = _tokenizer()
    for start, word, reading in corrected(text, tokenize(text)) if tokenize is not None else ():
        han = list(_KANJI.finditer(word))
        spoken = reading.translate(_TO_HIRAGANA)
        # The dictionary gives キゴウ as the reading of symbols that it does not know.
        if not han or not spoken or _HAN.search(spoken) or (spoken == "きごう" and word != "記号"):
            continue
        # If a word begins with digits, its reading includes them: 1日 is ついたち, 2人 is ふたり.
        first, last = 0 if word[0].isdecimal() else han[0].start(), han[-1].end()
        before, after = word[:first].translate(_TO_HIRAGANA), word[last:].translate(_TO_HIRAGANA)
        if spoken.startswith(before) and spoken.endswith(after) and len(before) + len(after) < len(spoken):
            own = spoken[len(before) : len(spoken) - len(after)]
            yield GeneratedReading(start + first, start + last, own)


@cache
def _tokenizer() -> Callable[[str], list[tuple[int, str, str]]] | None:
    """A function that returns the start, the text and the reading of each word."""
    try:
        from sudachipy import Dictionary, SplitMode  # noqa: PLC0415 - optional

        tokenizer = Dictionary(dict=_largest_dictionary()).tokenizer()
    except (ImportError, OSError, ValueError, AttributeError):
        return None

    def tokenize(text: str) -> list[tuple[int, str, str]]:
        return [
            (start + one.begin(), one.surface(), one.reading_form())
            for start, part in _parts(text)
            for one in tokenizer.tokenize(part, SplitMode.C)
        ]

    return tokenize


def _largest_dictionary() -> str:
    """The largest installed dictionary of Sudachi; the extra of this program installs the small one."""
    return next((size for size in ("full", "core") if find_spec(f"sudachidict_{size}") is not None), "small")


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """A text in parts that Sudachi accepts, with their offsets; if possible, parts end where sentences end."""
    start = 0
    while start < len(text):
        end = start + _LONGEST_PART
        if end < len(text):
            end = max(text.rfind(mark, start, end) for mark in "。\n") + 1 or end
        yield start, text[start:end]
        start = end


def _is_common_in_chinese(character: str) -> bool:
    # 於 and 爲 are as common as their simplified forms 于 and 为.
    character = fold_piece(character)
    simplified = _encoded(character, "gb2312")
    if simplified:
        return simplified[0] < _COMMON_CHINESE
    traditional = _encoded(character, "big5")
    return bool(traditional) and traditional[0] < _COMMON_TRADITIONAL


def _is_common_in_japanese(character: str) -> bool:
    encoded = _encoded(character, "euc_jp")
    return len(encoded) == 2 and encoded[0] < _COMMON_JAPANESE


def _encoded(character: str, encoding: str) -> bytes:
    return character.encode(encoding, "ignore")
