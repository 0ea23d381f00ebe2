"""Rules that decide whether delimiters of Markdown extensions are meant as markup, and escaping of all that are not.

`$`, `~`, `^`, `==` and `[[` also occur in prices, commands, comparisons and quotations.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from reader.regex import regex

_LONGEST_SCRIPT = 12
_SCRIPT = regex(r"[A-Za-z0-9+\-−*=()]+")
_SIGNS = regex(rb"[$~^]|==|!?\[{1,2}|\]{1,2}|\\[(\[]")
_BACKSLASH = ord("\\")
_ESCAPED = regex(r"&#(33|36|40|61|91|93|94|126);")
_YEAR = regex(r"(?:1[5-9]|20)\d\d")
_NUMBERS = regex(r"-?[\d.]+(?:[ ]*,[ ]*-?[\d.]+)+")
"""The numbers of a list in a program, `[[1, 2]]`."""
_LONGEST_EMOJI = 60
_EMOJI_BEFORE = regex(rb":[a-z0-9_+-]+:$")
_EMOJI_BEHIND = regex(rb":[a-z0-9_+-]+:")
_WORD_BYTE = regex(rb"[A-Za-z0-9/]")


class MisreadDelimiter(NamedTuple):
    """The position of a misread delimiter: line and column in bytes, both from 1, and its length in characters."""

    line: int
    column: int
    length: int


def escaped(lines: Sequence[bytes], places: Sequence[MisreadDelimiter]) -> str:
    """Replace each misread delimiter by a character reference, if the position from the library is right.

    Each line is processed from its end, so that it is copied only once, however many delimiters it has.
    """
    lines = list(lines)
    for line, of_line in groupby(sorted(places, reverse=True), lambda place: place.line):
        text, end = lines[line - 1], len(lines[line - 1])
        pieces: list[bytes] = []
        for _line, column, length in of_line:
            start, stop = column - 1, min(column - 1 + length, len(text))
            if stop <= end and _SIGNS.fullmatch(signs := text[start:stop]):
                # A backslash before a bracket would open a formula.
                pieces += (text[stop:end], b"".join(b"&#%d;" % sign for sign in signs if sign != _BACKSLASH))
                end = start
        lines[line - 1] = text[:end] + b"".join(reversed(pieces))
    return b"\n".join(lines).decode()


def unescaped(written: str) -> str:
    """Restore the delimiters that `escaped` replaced in a part of a source."""
    return _ESCAPED.sub(lambda found: chr(int(found[1])), written) if "&#" in written else written


def is_emoji(line: bytes, start: int, end: int) -> bool:
    """Whether the shortcode between two offsets of a line is an emoji, not part of a word, a time or a path.

    Between two colons it is an emoji if it is among others, as in `:tada::tada::tada:`, but not in `std::map::key`.
    """
    before, behind = line[max(0, start - 1) : start], line[end : end + 1]
    if _WORD_BYTE.match(before) or _WORD_BYTE.match(behind):
        return False
    if before != b":" or behind != b":":
        return True
    return bool(
        _EMOJI_BEFORE.search(line[max(0, start - _LONGEST_EMOJI) : start])
        and _EMOJI_BEHIND.match(line[end : end + _LONGEST_EMOJI])
    )


def is_script(written: str, around: tuple[str, str]) -> bool:
    """Whether `~x~` or `^x^` is a subscript or superscript: short, and directly after a letter, digit or bracket."""
    inner = written[1:-1]
    before, behind = around
    if not inner or len(inner) > _LONGEST_SCRIPT or not _SCRIPT.fullmatch(inner):
        return False
    return (
        bool(before)
        and (before.isalnum() or before in ")]}")
        and not behind.isdigit()
        and not (before.isdigit() and inner.isdigit() and written[0] == "~")
    )


def is_marked(written: str, around: tuple[str, str], *, one_line: bool = True) -> bool:
    """Whether `==x==` is highlighted text rather than a comparison.

    Of text on several lines, only the beginning is judged, since the library may not know where it ends.
    """
    inner = written.strip("=")
    before, behind = around
    starts = before.isascii() and before.isalnum() and inner[:1].isascii() and inner[:1].isalnum()
    if not one_line:
        return not (written.startswith("==") and starts)
    if not inner or inner != inner.strip():
        return False
    ends = behind.isascii() and behind.isalnum() and inner[-1].isascii() and inner[-1].isalnum()
    # `==s==ave`, a letter marked at the beginning of a word
    ends = ends and not (before.isspace() or not before)
    return not starts and not ends and before not in {"=", "!", "<", ">"} and behind != "="


def is_wikilink(target: str, written: str, around: tuple[str, str]) -> bool:
    """Whether `[[x]]` is a wiki link rather than a bracketed link text, a shell test or a citation number."""
    inner = written.removeprefix("!")[2:-2]
    return (
        bool(inner)
        and inner == inner.strip()
        and (not target.isdigit() or _YEAR.fullmatch(target) is not None)
        and around[1] not in {"(", "["}
        and not target.startswith(("http://", "https://", '"', "'"))
        and _NUMBERS.fullmatch(target) is None
    )
