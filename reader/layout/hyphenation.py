"""Hyphenation: where the words of a document may be divided at the end of a justified line.

A word is divided where its author has put soft hyphens, else by the patterns of its language. Only words of prose are
divided, not code, links, URLs, names such as `lightHouse`, `x-axis` or `notes.txt`, or overlong words.
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from reader.document.alphabets import LETTER
from reader.document.document import Document
from reader.document.hyphenation_language import hyphenation_language
from reader.document.language_tags import HAN_LANGUAGES, base_language
from reader.layout.lines import Role
from reader.layout.prepared_text import ShownText
from reader.regex import regex

if TYPE_CHECKING:
    from pyphen import Pyphen

_BEFORE, _AFTER = 2, 3
"""The minimum number of letters before and after a hyphen."""

_LONGEST = 79
"""The letters of the longest German word (Guinness Book of Records 1996), which takes Pyphen a millisecond."""

_LETTERS = regex(f"[{LETTER}]+")
_LEAD = rf"(?:[(\[{{\u201c\u2018\u201e\u201a\u00ab\u00bf\u00a1\"']|[{LETTER}]{{1,2}}['\u2019])*+"
"""Characters that may precede a word without a space: opening marks, and articles such as l’ and qu’."""
_WORD = regex(
    rf"{_LEAD}((?<![\w\-\u2010/@#&.~=\\])[{LETTER}]{{{_BEFORE + _AFTER},}}(?![\w\-\u2010/@#~\\]|[.:&=][\w/]))"
)

_VOWEL = regex("[aeiouyæœøıαεηιουωаеиоуыэюяіїєѣѵ]")

_DICTIONARIES = {"en": "en_US", "de": "de_DE", "pt": "pt_PT"}
"""The dictionaries to use for languages for which Pyphen has several."""

_MACROLANGUAGES = {"no": "nb"}
"""The usual variety of languages that Pyphen knows only by their varieties (ISO 639-3)."""

_SAMPLE = 20_000
"""The number of characters of a document from which its language is recognized."""


class Hyphenator:
    """Divides the words of a document."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def places(self, word: str, around: str, declared: str = "") -> Sequence[int]:
        """The offsets in a word at which it may be divided, in order.

        Args:
            word: The word.
            around: The paragraph that contains it.
            declared: The language that the source declares for the word itself (BCP 47); empty if none.
        """
        own = self._document.soft_hyphens.get(word.lower())
        if own is not None:
            return own
        if len(word) > _LONGEST:
            return ()
        # Latin words in Chinese or Japanese are words of another language.
        if declared and base_language(declared) not in HAN_LANGUAGES:
            language = _dictionary_of(declared)
        else:
            language = self._declared or hyphenation_language(around) or self._language
        return _places(word, language) if language else ()

    @cached_property
    def _declared(self) -> str:
        """The dictionary of the language that the document declares; empty if there is none."""
        return _dictionary_of(self._document.language) if self._document.language else ""

    @cached_property
    def _language(self) -> str:
        """The language of the document, for paragraphs that are too short to tell."""
        parts: list[str] = []
        length = 0
        for leaf in self._document.leaves:
            parts.append(leaf.text.text[:_SAMPLE])
            length += len(parts[-1])
            if length >= _SAMPLE:
                break
        return hyphenation_language(" ".join(parts))


@cache
def _dictionary_of(language: str) -> str:
    """The name of the dictionary of a language (BCP 47) or of its nearest variety; empty if there is none."""
    from pyphen import language_fallback  # noqa: PLC0415 - as below

    name, dash, region = language.replace("-", "_").partition("_")
    language = f"{_MACROLANGUAGES.get(name.lower(), name)}{dash}{region}"
    found = language_fallback(language)
    base = language.replace("_", "-").partition("-")[0].lower()
    # For a variety that it does not know, Pyphen takes any of the language.
    return (_DICTIONARIES.get(base, base) if found == base else found) or ""


@cache
def _dictionary(language: str) -> "Pyphen":
    # Most pages are not justified, and most justified ones are Chinese.
    from pyphen import Pyphen  # noqa: PLC0415

    return Pyphen(lang=_DICTIONARIES.get(language, language), left=_BEFORE, right=_AFTER)


@lru_cache(maxsize=20_000)
def _places(word: str, language: str) -> tuple[int, ...]:
    """The offsets at which the patterns of a language divide a word.

    Offsets are omitted if the spelling would change there, or if either part has no vowel, as in `std-out` (New Hart's
    Rules 3.4.2).
    """
    # Pyphen divides the word in lower case, in which İ is two characters.
    word = word.replace("\u0130", "I")
    places = (int(place) for place in _dictionary(language).positions(word) if place.data is None)
    return tuple(place for place in places if _has_vowel(word[:place]) and _has_vowel(word[place:]))


def _has_vowel(part: str) -> bool:
    # NFKD separates letters from accents, and ligatures such as ﬁ into letters.
    return _VOWEL.search(normalize("NFKD", part.lower())) is not None


class WordDivider:
    """Finds where the word at the end of a line may be divided."""

    def __init__(self, text: str, offset: int, shown: ShownText, hyphenator: Hyphenator) -> None:
        """Divide words of `text`, which begins at `offset` in `shown.text`."""
        self._text = text
        self._offset = offset
        self._shown = shown
        self._hyphenator = hyphenator

    def tears(self, place: int) -> bool:
        """Whether a break at a place inside the text tears a word."""
        return _LETTERS.fullmatch(self._text, place - 1, place + 1) is not None

    def places(self, start: int, end: int) -> list[int]:
        """The offsets at which to hyphenate the word behind the end of a line, or the word that the end would tear.

        Args:
            start: The beginning of the line.
            end: Its end.
        """
        text = self._text
        while end > start and self.tears(end):
            end -= 1
        word = _WORD.match(text, end)
        if word is None or not word[1][1:].islower() or not self._is_prose(*word.span(1)):
            return []
        language = self._language_at(word.start(1) + self._offset)
        return [word.start(1) + place for place in self._hyphenator.places(word[1], text, language)]

    def _language_at(self, place: int) -> str:
        """The language that the source declares for a character of the shown text; empty if none."""
        number = bisect_right(self._language_starts, place) - 1
        found = self._shown.languages[number] if number >= 0 else None
        return found.language if found is not None and place < found.end else ""

    @cached_property
    def _language_starts(self) -> list[int]:
        return [one.start for one in self._shown.languages]

    @cached_property
    def _starts(self) -> list[int]:
        return [segment.start for segment in self._shown.segments]

    def _is_prose(self, begin: int, end: int) -> bool:
        """Whether a range of the text is neither code, nor a link, nor added by the layout."""
        first, last = begin + self._offset, end + self._offset
        numbers = range(bisect_right(self._starts, first) - 1, bisect_right(self._starts, last - 1))
        parts = [self._shown.segments[number] for number in numbers]
        return not any(part.added or part.link or part.style.role is Role.CODE for part in parts)
