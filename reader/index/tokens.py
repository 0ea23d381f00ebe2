"""From text to the tokens of the full-text index, and from words to the phrases and patterns that find them.

FTS5 knows words, and Chinese has none that one could see. So a run of Han, kana, Hangul or another script without
blanks becomes its neighbours two by two, its first character before and its last behind: 进博会 is 进 进博 博会 会.
Any part of a run is then a phrase of such pairs, found exactly, and where a run ends can be told. A mark counts as a
character `·` of the run, whichever it is, and the end of a line or of a paragraph as `¶`, which no phrase spans; white
space only ends a run. A word of another script is one token. Beside the text, every character of its runs is a token
once, so that a single one is found as fast as a word.
"""

import re
import sys
from array import array
from dataclasses import dataclass
from itertools import chain

from reader.document.folding import fold_piece, folded, has_parts

PARTED = "\0"
"""Stands between the leaves of a text that is indexed: a clean text holds none."""

_JOINED = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Tibetan, Myanmar, Khmer
    "\u3005-\u3007\u3041-\u3096\u3099\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7fb\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Characters of scripts that are written without blanks between words, or, as Korean, with few."""
_JOINED_ONES = re.compile(f"[{_JOINED}]")
_WORD = f"[^\\W_{_JOINED}]"
_WORDS = re.compile(f"({_WORD}+)")
_PIECES = re.compile(f"(?P<word>{_WORD}+)|(?P<run>[{_JOINED}·]+)")
_ENDS = " ·¶"
_BLANK = "[^\\S\\n]"
_MARK = f"(?:[^\\w\\s\0{_JOINED}]|_)"

_LEAST_BEGINNING = 3
"""Letters from which a word also finds the longer words that begin with it."""

_WORD_HERE = "\ue000"
"""Holds a word's place while characters are paired; for private use, and so a mark in any text."""
_NO_LETTERS = f" ·¶{_WORD_HERE}"
_NO_LETTER_CODES = frozenset(map(ord, _NO_LETTERS))
_CODE = "I" if array("I").itemsize == 4 else "L"
_ORDER = f"utf-32-{sys.byteorder[0]}e"


class _Searched(dict[int, str]):
    """What each character is searched as, by code point; worked out when a character first comes, and then kept."""

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
    """The tokens of a text, with blanks between them.

    Attributes:
        text: In their order.
        singles: Every character of its runs, once.
        words: How many words of scripts with blanks there are.
        characters: How many characters of runs there are, marks not counted.
    """

    text: str
    singles: str
    words: int
    characters: int

    @property
    def together(self) -> str:
        """Both, so parted that no phrase spans them: for a short text that needs no field for its singles."""
        return " ¶ ".join([self.text, *self.singles.split()])


def searched(text: str) -> str:
    """A clean text as it is searched: folded, `·` for every mark, `¶` for the end of a line or a leaf."""
    return (folded(text) if has_parts(text) else text).translate(_searched)


def tokens(text: str) -> Tokens:
    """The tokens of a clean text, leaves parted by NUL.

    All characters are paired at once, as numbers in an array, which takes a tenth of the time that strings would; the
    place of a word is held by one character, whose two pairs the word then replaces. A blank beside the first and the
    last character of a run lets these stand alone.
    """
    split = _WORDS.split(searched(text))
    words = split[1::2]
    runs = f" {_WORD_HERE} ".join(split[0::2])
    codes = array(_CODE, f" {runs} ".encode("utf-32", "surrogatepass"))
    # In the machine's own order of bytes, behind a mark that tells which.
    del codes[0]
    pairs = array(_CODE, [0x20]) * (3 * (len(codes) - 1))
    pairs[0::3] = codes[:-1]
    pairs[1::3] = codes[1:]
    joined = pairs.tobytes().decode(_ORDER, "surrogatepass")
    if words:
        parts = joined.split(f" {_WORD_HERE} {_WORD_HERE} ")
        joined = " ".join(chain.from_iterable(zip(parts, [*words, ""], strict=True)))
    # As numbers, whose hashes need not be worked out.
    letters = set(codes)
    letters.difference_update(_NO_LETTER_CODES)
    singles = " ".join(map(chr, letters))
    return Tokens(joined, singles, len(words), len(runs) - sum(map(runs.count, _NO_LETTERS)))


def is_single(words: str) -> bool:
    """Whether what is sought is one character of a run, which `Tokens.singles` holds."""
    text = _core(words)
    return len(text) == 1 and _JOINED_ONES.match(text) is not None


def phrase(words: str, *, exact: bool) -> str:
    """An FTS5 phrase that finds `words` in `tokens`; empty if they hold neither a letter nor a digit.

    Args:
        words: What is sought.
        exact: Whether a last word of letters must end there, or may go on where it has three of them.
    """
    text = _core(words)
    if not text:
        return ""
    found = tokens(text).text.split()
    # How a run goes on at either end of what is sought is not known, so only what lies within is asked for.
    if len(found) > 1 and _JOINED_ONES.match(text[0]):
        del found[0]
    if len(found) > 1 and _JOINED_ONES.match(text[-1]):
        del found[-1]
    goes_on = not _JOINED_ONES.match(text[-1]) and _goes_on(found[-1], exact=exact)
    return f'"{" ".join(found)}"' + ("*" if goes_on else "")


def pattern(words: str, *, exact: bool) -> str:
    """A regular expression for what `phrase` finds, in a folded text; empty like it."""
    text = _core(words)
    pieces = [(str(piece.lastgroup), piece[0]) for piece in _PIECES.finditer(text)]
    found: list[str] = []
    for number, (kind, piece) in enumerate(pieces):
        before = pieces[number - 1][0] if number else ""
        if before:
            # Two runs or two words are parted by white space; beside a word there may be some.
            found.append(f"{_BLANK}+" if kind == before else f"{_BLANK}*")
        if kind == "word":
            goes_on = number == len(pieces) - 1 and _goes_on(piece, exact=exact)
            found.append(f"(?<!{_WORD}){re.escape(piece)}" + ("" if goes_on else f"(?!{_WORD})"))
        else:
            found.append("".join(_MARK if one == "·" else re.escape(one) for one in piece))
    return "".join(found)


def _goes_on(word: str, *, exact: bool) -> bool:
    """Whether a last word also finds those that begin with it."""
    return not exact and len(word) >= _LEAST_BEGINNING


def _core(words: str) -> str:
    """What is sought as it is searched, on one line, without white space and marks at either end."""
    return searched(words).replace("¶", " ").strip(_ENDS)
