"""Conversion of Chinese text between simplified and traditional characters, with OpenCC if it is installed.

Conversion by words changes the length of a text: 博客 is 部落格 in Taiwan. Code that needs positions therefore uses
`convert_aligned`, which keeps the length and lists such words separately.
"""

from functools import lru_cache

from reader.document.document import Document
from reader.document.language_guess import language_of
from reader.document.outline import Outline
from reader.document.script_converters import script_converter
from reader.lean_dataclasses import dataclass, replace
from reader.regex import regex
from reader.settings.options import ChineseScript

_SIMPLIFIED = frozenset({ChineseScript.SIMPLIFIED, ChineseScript.MAINLAND})

_BY_CHARACTER = {
    ChineseScript.SIMPLIFIED: "t2s",
    ChineseScript.MAINLAND: "t2s",
    # The forms of Taiwan (裡, 為, 群), since the forms of OpenCC's own standard (裏, 爲, 羣) are hardly used.
    ChineseScript.TRADITIONAL: "s2tw",
    ChineseScript.TAIWAN: "s2tw",
    ChineseScript.HONG_KONG: "s2hk",
}
"""OpenCC's configurations that keep the length of a text."""

_BY_WORD = {ChineseScript.MAINLAND: "tw2sp", ChineseScript.TAIWAN: "s2twp", ChineseScript.HONG_KONG: "s2hkp"}
"""OpenCC's configurations that also replace words."""

_BACK = {ChineseScript.TAIWAN: "tw2sp", ChineseScript.HONG_KONG: "hk2sp", ChineseScript.MAINLAND: "s2twp"}
"""OpenCC's configurations that reverse the replacement of words."""

_SAMPLE = 20_000
"""Number of characters from which the script of a document is recognized."""

_LONGEST_WORD = 16
"""The maximum length of a replaced word in characters."""

_HAN = regex("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA = regex("[\u3041-\u3096\u30a1-\u30fa]")
_QUOTED = regex("“[^“”\n]*”|‘[^‘’\n]*’")
_CORNERS = regex("「[^「」\n]*」|『[^『』\n]*』")
_TO_CORNERS = str.maketrans("“”‘’", "「」『』")
_FROM_CORNERS = str.maketrans("「」『』", "“”‘’")


@dataclass(frozen=True, slots=True)
class ReplacedWord:
    """A word that replaces a word of a different length.

    Attributes:
        start: The offset of the replaced word.
        end: The offset after it.
        text: The word in its place.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class AlignedConversion:
    """A converted text of the same length, and the words whose length changes, in order and disjoint."""

    text: str
    replacements: tuple[ReplacedWord, ...] = ()


def can_convert() -> bool:
    """Whether OpenCC is installed."""
    return script_converter("t2s") is not None


def script_for(document: Document, wanted: ChineseScript) -> ChineseScript:
    """The script to which a document is converted: `wanted`, or SOURCE if it is not Chinese or needs no conversion."""
    if wanted is ChineseScript.SOURCE:
        return ChineseScript.SOURCE
    own = written_script(document)
    if own is ChineseScript.SOURCE or (own in _SIMPLIFIED) == (wanted in _SIMPLIFIED):
        return ChineseScript.SOURCE
    return wanted


def written_script(document: Document) -> ChineseScript:
    """The script of which a document has more characters, SIMPLIFIED or TRADITIONAL.

    SOURCE if it has no characters of either script alone, or is not Chinese.
    """
    if language_of(document) in {"ja", "ko"}:
        return ChineseScript.SOURCE
    text = "".join(leaf.text.text[:_SAMPLE] for leaf in document.leaves[:_SAMPLE])[:_SAMPLE]
    simplified = _changes(text, "s2t")
    traditional = _changes(text, "t2s")
    if not simplified and not traditional:
        return ChineseScript.SOURCE
    return ChineseScript.SIMPLIFIED if simplified >= traditional else ChineseScript.TRADITIONAL


def convert(text: str, script: ChineseScript) -> str:
    """A text in another script, with its words and quotation marks; Japanese text is returned unchanged."""
    if script is ChineseScript.SOURCE or not _is_chinese(text):
        return text
    words = _converted(text, _by_word(script) or _BY_CHARACTER[script])
    return _with_marks(words, script)


def convert_back(text: str, script: ChineseScript) -> str:
    """Text that a reader of a page in `script` has typed, with its words replaced by those that the source may use."""
    return _converted(text, _BACK[script]) if script in _BACK else text


def convert_aligned(text: str, script: ChineseScript) -> AlignedConversion:
    """The result of `convert` as a text of the same length and a list of the words whose length differs."""
    if script is ChineseScript.SOURCE or not _is_chinese(text):
        return AlignedConversion(text)
    characters = _converted(text, _BY_CHARACTER[script])
    if len(characters) != len(text):
        return AlignedConversion(text)
    replacements: tuple[ReplacedWord, ...] = ()
    by_word = _by_word(script)
    if by_word and (words := _converted(text, by_word)) != characters:
        changes = tuple(_Aligner(text, characters, words, by_word).replacements())
        characters = _with_changes_of_equal_length(characters, changes)
        replacements = tuple(one for one in changes if len(one.text) != one.end - one.start)
    return AlignedConversion(_with_marks(characters, script), replacements)


def converted_outline(outline: Outline, script: ChineseScript) -> Outline:
    """An outline with its titles in another script."""
    return Outline(tuple(replace(section, title=convert(section.title, script)) for section in outline.sections))


def _is_chinese(text: str) -> bool:
    """Whether a text has Han characters and nearly no kana."""
    if text.isascii() or not (han := sum(1 for _one in _HAN.finditer(text))):
        return False
    return sum(1 for _one in _KANA.finditer(text)) * 10 <= han


def _by_word(script: ChineseScript) -> str:
    """The configuration that also replaces words; empty if there is none, or OpenCC is too old for it."""
    configuration = _BY_WORD.get(script, "")
    return configuration if configuration and script_converter(configuration) is not None else ""


def _changes(text: str, configuration: str) -> int:
    converted = _converted(text, configuration)
    return sum(1 for one, other in zip(text, converted, strict=False) if one != other)


def _converted(text: str, configuration: str) -> str:
    convert = script_converter(configuration)
    return convert(text) if convert is not None else text


class _Aligner:
    """Finds the words that differ between a text converted by characters and by words.

    OpenCC does not report where it found words. Where the two texts differ, longer and longer parts of the source are
    therefore converted by words, until the result stands at this place of the text converted by words, and the two
    texts agree behind it.
    """

    def __init__(self, text: str, characters: str, words: str, by_word: str) -> None:
        self._text = text
        self._characters = characters
        self._words = words
        self._by_word = by_word

    def replacements(self) -> list[ReplacedWord]:
        """The words, in order and disjoint."""
        found: list[_Word] = []
        at = other = 0
        while at < len(self._text) or other < len(self._words):
            if at < len(self._text) and self._agree(at, other):
                at, other = at + 1, other + 1
                continue
            word = self._word_at(at, other, found[-1] if found else None)
            if found and word.start < found[-1].end:
                found.pop()
            found.append(word)
            at, other = word.end, word.other_end
        return [ReplacedWord(one.start, one.end, self._words[one.other : one.other_end]) for one in found]

    def _word_at(self, at: int, other: int, last: "_Word | None") -> "_Word":
        """The word at a difference; it may begin earlier, since 軟件 and 軟體 differ in the second character only."""
        stop = max(last.end if last else 0, at - _LONGEST_WORD)
        starts = [(start, other - (at - start)) for start in range(at, stop - 1, -1)]
        if last is not None:
            # The word may include the one before: 用户 is 使用者, but 用户名 is 使用者名稱.
            starts.append((last.start, last.other))
        for start, other_start in starts:
            for end in range(max(at, start + 1), min(start + _LONGEST_WORD, len(self._text)) + 1):
                other_end = other_start + len(_word(self._text[start:end], self._by_word))
                if (end, other_end) > (at, other) and self._is_word(start, end, other_start, other_end):
                    return _Word(start, end, other_start, other_end)
        # No word explains the difference: treat the rest of the text as one word, so that no character is lost.
        return _Word(at, len(self._text), other, len(self._words))

    def _is_word(self, start: int, end: int, other: int, other_end: int) -> bool:
        word = _word(self._text[start:end], self._by_word)
        return self._words[other:other_end] == word and self._agree(end, other_end)

    def _agree(self, at: int, other: int) -> bool:
        """Whether both texts have the same character at two offsets, or both end there."""
        return self._characters[at : at + 1] == self._words[other : other + 1]


@dataclass(frozen=True, slots=True)
class _Word:
    """The offsets of a word in the text and in the text converted by words."""

    start: int
    end: int
    other: int
    other_end: int


@lru_cache(4_096)
def _word(text: str, by_word: str) -> str:
    return _converted(text, by_word)


def _with_changes_of_equal_length(text: str, changes: tuple[ReplacedWord, ...]) -> str:
    parts: list[str] = []
    at = 0
    for one in changes:
        if len(one.text) == one.end - one.start:
            parts += text[at : one.start], one.text
            at = one.end
    return "".join((*parts, text[at:]))


def _with_marks(text: str, script: ChineseScript) -> str:
    """A text with the script's quotation marks around Han characters: “ ” in simplified, 「 」 in traditional."""
    pattern, marks = (_CORNERS, _FROM_CORNERS) if script in _SIMPLIFIED else (_QUOTED, _TO_CORNERS)
    for _level in range(2):
        # Replace outer marks first; the second pass replaces the marks inside.
        text = pattern.sub(lambda found: _translated_ends(found[0], marks), text)
    return text


def _translated_ends(quoted: str, marks: dict[int, int]) -> str:
    if not _HAN.search(quoted):
        return quoted
    return quoted[0].translate(marks) + quoted[1:-1] + quoted[-1].translate(marks)
