"""Tokenisation for the full-text index, and the phrases and patterns that match a query's words.

FTS5 indexes words, but Chinese does not separate words. A run of Han, kana, Hangul or another script without spaces is
therefore indexed as bigrams, with its first and last character added: 进博会 becomes 进 进博 博会 会. Any part of a run
is then a phrase of bigrams, which is matched exactly, and the ends of a run are recognisable. Every punctuation mark
becomes the character `·` of the run, and the end of a line or paragraph becomes `¶`, which no phrase can match; white
space ends a run. A word of another script is one token. In addition, every character of the runs is indexed once as a
token, so that a single character is found as fast as a word.
"""

import re
import sys
from array import array
from dataclasses import dataclass
from itertools import chain

from reader.document.folding import fold_piece, folded, has_parts

LEAF_SEPARATOR = "\0"
"""Separates the leaves of an indexed text; sanitised text cannot contain it."""

_JOINED = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Tibetan, Myanmar, Khmer
    "\u3005-\u3007\u3041-\u3096\u3099\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7fb\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Characters of scripts written without spaces between words, or, like Korean, with few."""
_JOINED_ONES = re.compile(f"[{_JOINED}]")
_WORD = f"[^\\W_{_JOINED}]"
_WORDS = re.compile(f"({_WORD}+)")
_PIECES = re.compile(f"(?P<word>{_WORD}+)|(?P<run>[{_JOINED}·]+)")
_ENDS = " ·¶"
_BLANK = "[^\\S\\n]"
_MARK = f"(?:[^\\w\\s\0{_JOINED}]|_)"

_LEAST_BEGINNING = 3
"""Minimum letters of a word that is also matched as a prefix."""

_WORD_HERE = "\ue000"
"""Placeholder for a word while bigrams are built; a private-use character, which in text is treated as punctuation."""
_NO_LETTERS = f" ·¶{_WORD_HERE}"
_NO_LETTER_CODES = frozenset(map(ord, _NO_LETTERS))
_CODE = "I" if array("I").itemsize == 4 else "L"
_ORDER = f"utf-32-{sys.byteorder[0]}e"


class _Searched(dict[int, str]):
    """The search form of each character by code point, computed on first use and cached."""

    def __missing__(self, code: int) -> str:
        self[code] = found = "".join(map(_searched_as, fold_piece(chr(code))))
        return found


def _searched_as(character: str) -> str:
    if character.isalnum() or _JOINED_ONES.match(character):
        return character
    if character in "\n\0":
        return "¶"
    return " " if character.isspace() else "·"


_searched = _Searched()


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text, separated by spaces.

    Attributes:
        text: The tokens in their order.
        singles: Every character of the runs, once.
        words: The number of words of scripts with spaces.
        characters: The number of characters of runs, without punctuation.
    """

    text: str
    singles: str
    words: int
    characters: int

    @property
    def together(self) -> str:
        """Both, separated so that no phrase matches across them: for a short text without a column for singles."""
        return " ¶ ".join([self.text, *self.singles.split()])


def searched(text: str) -> str:
    """The search form of a sanitised text: folded, `·` for punctuation, `¶` for the end of a line or leaf."""
    return (folded(text) if has_parts(text) else text).translate(_searched)


def tokens(text: str) -> Tokens:
    """The tokens of a sanitised text, leaves separated by NUL.

    All bigrams are built at once in an integer array, which takes a tenth of the time needed for strings. A placeholder
    stands for each word, and its two bigrams are then replaced by the word. The spaces around a run produce the tokens
    for its first and last character.
    """
    split = _WORDS.split(searched(text))
    words = split[1::2]
    runs = f" {_WORD_HERE} ".join(split[0::2])
    codes = array(_CODE, f" {runs} ".encode("utf-32", "surrogatepass"))
    # Remove the byte order mark.
    del codes[0]
    pairs = array(_CODE, [0x20]) * (3 * (len(codes) - 1))
    pairs[0::3] = codes[:-1]
    pairs[1::3] = codes[1:]
    joined = pairs.tobytes().decode(_ORDER, "surrogatepass")
    if words:
        parts = joined.split(f" {_WORD_HERE} {_WORD_HERE} ")
        joined = " ".join(chain.from_iterable(zip(parts, [*words, ""], strict=True)))
    # Integers hash faster than strings.
    letters = set(codes)
    letters.difference_update(_NO_LETTER_CODES)
    singles = " ".join(map(chr, letters))
    return Tokens(joined, singles, len(words), len(runs) - sum(map(runs.count, _NO_LETTERS)))


def is_single(words: str) -> bool:
    """Whether the query is one character of a run, as contained in `Tokens.singles`."""
    text = _core(words)
    return len(text) == 1 and _JOINED_ONES.match(text) is not None


def phrase(words: str, *, exact: bool) -> str:
    """An FTS5 phrase that finds `words` in `tokens`; empty if they contain no letter or digit.

    Args:
        words: The words of the query.
        exact: Whether a last word in letters must match completely, not as a prefix of three or more letters.
    """
    text = _core(words)
    if not text:
        return ""
    found = tokens(text).text.split()
    # The run may continue on either side in the text, so the tokens for its ends may be missing there.
    if len(found) > 1 and _JOINED_ONES.match(text[0]):
        del found[0]
    if len(found) > 1 and _JOINED_ONES.match(text[-1]):
        del found[-1]
    is_prefix = not _JOINED_ONES.match(text[-1]) and _is_prefix(found[-1], exact=exact)
    return f'"{" ".join(found)}"' + ("*" if is_prefix else "")


def pattern(words: str, *, exact: bool) -> str:
    """A regular expression for folded text that matches the same as `phrase`; empty likewise."""
    text = _core(words)
    pieces = [(str(piece.lastgroup), piece[0]) for piece in _PIECES.finditer(text)]
    found: list[str] = []
    for number, (kind, piece) in enumerate(pieces):
        before = pieces[number - 1][0] if number else ""
        if before:
            # White space separates two runs or two words; between a run and a word it is optional.
            found.append(f"{_BLANK}+" if kind == before else f"{_BLANK}*")
        if kind == "word":
            is_prefix = number == len(pieces) - 1 and _is_prefix(piece, exact=exact)
            found.append(f"(?<!{_WORD}){re.escape(piece)}" + ("" if is_prefix else f"(?!{_WORD})"))
        else:
            found.append("".join(_MARK if one == "·" else re.escape(one) for one in piece))
    return "".join(found)


def _is_prefix(word: str, *, exact: bool) -> bool:
    """Whether a last word is matched as a prefix."""
    return not exact and len(word) >= _LEAST_BEGINNING


def _core(words: str) -> str:
    """The search form of a query on one line, without white space and punctuation at the ends."""
    return searched(words).replace("¶", " ").strip(_ENDS)
