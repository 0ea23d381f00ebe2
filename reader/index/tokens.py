"""Tokenization for the full-text index, and the phrases and patterns that match a query's words.

FTS5 indexes words, but Chinese does not separate words. A run of Han, kana, Hangul or another script without spaces is
therefore indexed as bigrams, with its first and last character added: 进博会 becomes 进 进博 博会 会. Any part of a run
is then a phrase of bigrams, which is matched exactly, and the ends of a run are recognizable. Every punctuation mark
becomes the character `·` of the run, and the end of a line or paragraph becomes `¶`, which no phrase can match; white
space ends a run. A word of another script is one token. In addition, every character of the runs is indexed once as a
token, so that a single character is found as fast as a word.
"""

import re
import sys
from array import array
from collections.abc import Callable
from io import BytesIO
from itertools import chain
from typing import Generic, TypeVar

from reader.document.text_folding import fold_piece, folded, has_parts
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_Text = TypeVar("_Text", str, bytes)

LEAF_SEPARATOR = "\0"
"""Separates the leaves of an indexed text; sanitized text cannot contain it."""

_JOINED = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Tibetan, Myanmar, Khmer
    "\u3005-\u3007\u3041-\u3096\u3099\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7fb\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Characters of scripts written without spaces between words, or, like Korean, with few."""
_JOINED_ONES = regex(f"[{_JOINED}]")
_WORD = f"[^\\W_{_JOINED}]"
_WORDS = regex(f"([^ ·¶{_JOINED}]++(?: [^ ·¶{_JOINED}]++)*+)")
"""Runs of words separated by single spaces. Such a run is used as it is, because it consists of tokens.

The expression lists the characters that end a word; `_WORD` finds the same words in twice the time.
"""
_PIECES = regex(f"(?P<word>{_WORD}+)|(?P<run>[{_JOINED}·]+)")
_ENDS = " ·¶"
_BLANK = "[^\\S\\n]"
_MARK = f"(?:[^\\w\\s\0{_JOINED}]|_)"

_LEAST_BEGINNING = 3
"""Minimum letters of a word that is also matched as a prefix."""

_LEAST_BEGUN = 2
"""Minimum letters of a word that is matched as a prefix while it is still being typed."""

_WORD_HERE = "\ue000"
"""Placeholder for a word while bigrams are built; a private-use character, which in text is treated as punctuation."""
_NO_LETTERS = f" ·¶{_WORD_HERE}"
_PIECE = 1 << 18
"""Minimum characters of a piece of a long text."""
_CUT = regex("[\0\\s!-/:-@\\[-`{-~\u3001\u3002\u4e00-\u9fff]")
"""Where a piece may begin: white space, punctuation and Han characters do not continue a word or fold with what
precedes them."""
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
class Tokens(Generic[_Text]):
    """The tokens of a text, separated by spaces.

    Attributes:
        text: The tokens in their order.
        singles: Every character of the runs, once.
        words: The number of words of scripts with spaces.
        characters: The number of characters of runs, without punctuation.
    """

    text: _Text
    singles: str
    words: int
    characters: int


def together(text: str) -> str:
    """The tokens and then the singles of a short text without a singles column; no phrase matches across the two."""
    made = tokens(text)
    return " ¶ ".join([made.text, *made.singles.split()])


def searched(text: str) -> str:
    """The search form of a sanitized text: folded, `·` for punctuation, `¶` for the end of a line or leaf."""
    return (folded(text) if has_parts(text) else text).translate(_searched)


def tokens(text: str) -> Tokens[str]:
    """The tokens of a sanitized text, leaves separated by NUL."""
    made: list[str] = []
    return _tokens(text, made.append, lambda: "".join(made))


def encoded_tokens(text: str) -> Tokens[bytes]:
    """The result of `tokens` in UTF-8, for texts of any length: memory holds little more than the result."""
    made = BytesIO()
    return _tokens(text, lambda piece: made.write(piece.encode()), made.getvalue)


def _tokens(text: str, put: Callable[[str], object], whole: Callable[[], _Text]) -> Tokens[_Text]:
    """Pass the tokens of each piece of the text to `put`, and call `whole`, which returns all of them.

    The arrays in `_paired` need sixty times the memory of the text, so a long text is processed piece by piece.
    """
    letters = set[str]()
    words = characters = start = 0
    before = " "
    while start < len(text) or not start:
        end = _cut(text, start)
        is_last = end >= len(text)
        found, runs, count = _paired(text[start:end], before, letters, is_last=is_last)
        put(found)
        words += count
        characters += len(runs) - sum(map(runs.count, _NO_LETTERS))
        before = runs[-1:] or before
        start = end or 1
    letters.difference_update(_NO_LETTERS)
    # Sorted, because the order of a set of strings differs between processes, and indexes should not differ.
    return Tokens(whole(), " ".join(sorted(letters)), words, characters)


def _cut(text: str, start: int) -> int:
    """The end of the piece that begins at `start`: never within a word or within characters that fold together."""
    found = _CUT.search(text, start + _PIECE) if len(text) - start > _PIECE else None
    return len(text) if found is None else found.start()


def _paired(piece: str, before: str, letters: set[str], *, is_last: bool) -> tuple[str, str, int]:
    """The tokens of a piece that follows the character `before`, the piece's runs, and its number of words.

    The characters of the runs are added to `letters`. All bigrams are built at once in an integer array, which takes a
    tenth of the time that strings would take. Words between runs are first replaced by a placeholder, whose two bigrams
    are then replaced by the words. The spaces around a run produce the tokens for its first and last character.
    """
    split = _WORDS.split(searched(piece))
    words = split[1::2]
    letters.update("".join(split[0::2]))
    runs = f" {_WORD_HERE} ".join(split[0::2])
    codes = array(_CODE, f"{before}{runs}{' ' if is_last else ''}".encode("utf-32", "surrogatepass"))
    # Remove the byte order mark.
    del codes[0]
    pairs = array(_CODE, [0x20]) * (3 * (len(codes) - 1))
    pairs[0::3] = codes[:-1]
    pairs[1::3] = codes[1:]
    joined = pairs.tobytes().decode(_ORDER, "surrogatepass")
    if words:
        parts = joined.split(f" {_WORD_HERE} {_WORD_HERE} ")
        joined = " ".join(chain.from_iterable(zip(parts, [*words, ""], strict=True)))
    # Remove the bigrams of two spaces, which are beside every placeholder.
    return joined.replace("   ", " "), runs, " ".join(words).count(" ") + bool(words)


def is_single(words: str) -> bool:
    """Whether a query is a single character of a run, and so a token of `Tokens.singles`."""
    text = _core(words)
    return len(text) == 1 and _JOINED_ONES.match(text) is not None


def phrase(words: str, *, exact: bool, begun: bool = False) -> str:
    """An FTS5 phrase that finds `words` in `tokens`; empty if they contain no letter or digit.

    Args:
        words: The words of the query.
        exact: Whether a last word in letters must match completely, not as a prefix of three or more letters.
        begun: Whether the last word is still being typed, so that two letters are a prefix.
    """
    text = _core(words)
    if not text:
        return ""
    found = tokens(text).text.split()
    # In the text, the run may continue on either side, so do not require the tokens for its ends.
    if len(found) > 1 and _JOINED_ONES.match(text[0]):
        del found[0]
    if len(found) > 1 and _JOINED_ONES.match(text[-1]):
        del found[-1]
    is_prefix = not _JOINED_ONES.match(text[-1]) and _is_prefix(found[-1], exact=exact, begun=begun)
    whole = f'"{" ".join(found)}"'
    if is_prefix and len(found[-1]) < _LEAST_BEGINNING:
        # The complete word is more relevant than a longer word.
        return f"({whole} OR {whole}*)"
    return whole + ("*" if is_prefix else "")


def pattern(words: str, *, exact: bool, begun: bool = False) -> str:
    """A regular expression for folded text that matches the same as `phrase`; empty in the same case."""
    text = _core(words)
    pieces = [(str(piece.lastgroup), piece[0]) for piece in _PIECES.finditer(text)]
    found: list[str] = []
    for number, (kind, piece) in enumerate(pieces):
        before = pieces[number - 1][0] if number else ""
        if before:
            # White space separates two runs or two words; between a run and a word it is optional.
            found.append(f"{_BLANK}+" if kind == before else f"{_BLANK}*")
        if kind == "word":
            is_prefix = number == len(pieces) - 1 and _is_prefix(piece, exact=exact, begun=begun)
            found.append(f"(?<!{_WORD}){re.escape(piece)}" + ("" if is_prefix else f"(?!{_WORD})"))
        else:
            found.append("".join(_MARK if one == "·" else re.escape(one) for one in piece))
    return "".join(found)


def _is_prefix(word: str, *, exact: bool, begun: bool) -> bool:
    """Whether a last word is matched as a prefix."""
    return not exact and len(word) >= (_LEAST_BEGUN if begun else _LEAST_BEGINNING)


def _core(words: str) -> str:
    """The search form of a query on one line, without white space and punctuation at the ends."""
    return searched(words).replace("¶", " ").strip(_ENDS)
