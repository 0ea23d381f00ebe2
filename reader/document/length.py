"""Length of a document, and the time needed to read it."""

from itertools import accumulate

from reader.document.blocks import CodeBlock, Image, SpanKind
from reader.document.character_sets import CharacterSet
from reader.document.document import Document, Position
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_LETTERS = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
"""Han, kana and Hangul, counted character by character."""

_CHARACTERS = regex(f"[{_LETTERS}]+")
_LETTER_SET = CharacterSet(_LETTERS)
_WORDS = regex("[^\\W_]+(?:['’.,:-][^\\W_]+)*")
"""A number with separators, a time, and a name with a hyphen or an apostrophe are one word each."""

_CHARACTERS_A_MINUTE = 400
_WORDS_A_MINUTE = 230
_SECONDS_A_PICTURE = 4.0
_CODE_FACTOR = 2
"""Reading code takes twice as long as prose of the same length."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """The length of a document.

    Attributes:
        characters: Han, kana and Hangul.
        words: Runs of letters or digits of all other scripts.
        images: Pictures, block-level or inline.
        seconds: Reading time of a practised reader.
    """

    characters: int
    words: int
    images: int
    seconds: float


def measure(document: Document) -> Statistics:
    """Compute the length of `document`."""
    characters = words = images = 0
    minutes = 0.0
    for leaf in document.leaves:
        text = leaf.text.text
        own_characters = 0
        if not text.isascii() and _LETTER_SET.any_in(text):
            own_characters = sum(map(len, _CHARACTERS.findall(text)))
            # Remove these characters first: a pattern for words that excludes them would be slow to compile.
            text = _CHARACTERS.sub(" ", text)
        own_words = len(_WORDS.findall(text))
        characters += own_characters
        words += own_words
        images += isinstance(leaf, Image) + sum(span.kind is SpanKind.IMAGE for span in leaf.text.spans)
        own = own_characters / _CHARACTERS_A_MINUTE + own_words / _WORDS_A_MINUTE
        minutes += own * _CODE_FACTOR if isinstance(leaf, CodeBlock) else own
    return Statistics(characters, words, images, minutes * 60 + images * _SECONDS_A_PICTURE)


class Lengths:
    """The length of the part of a document before any position.

    Nothing is counted again: the total length is taken to be spread evenly over the text. The result is exact at both
    ends of the document; between them, it is approximate where the mix of scripts varies.
    """

    def __init__(self, document: Document, statistics: Statistics) -> None:
        self._document = document
        self._whole = statistics.characters + statistics.words
        self._starts = (0, *accumulate(len(leaf.text.text) for leaf in document.leaves))

    def above(self, place: Position) -> int:
        """The number of characters and words before `place`, from 0 to the length of the document."""
        near = self._document.clamp(place)
        text = self._starts[-1]
        return self._whole * (self._starts[near.block] + near.offset) // text if text else 0
