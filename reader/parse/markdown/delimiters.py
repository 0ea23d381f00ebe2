"""Rules that decide whether the delimiters of Markdown extensions are meant as markup, and the escaping of others.

`$`, `~`, `^`, `==` and `[[` also occur in prices, commands, comparisons and quotations.
"""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from reader.regex import regex

_LONGEST_SCRIPT = 12
_TEXT = regex(r"\\(?:text|mbox|textrm|textbf|mathrm|tag|label|operatorname)\*?\s*\{[^{}]*\}")
_WRITTEN = regex(
    "[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u312f\u3131-\u318e\u31a0-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\uff00-\uffef\U00020000-\U0003ffff]"
)
"""Han, kana, Hangul and full-width forms, which occur in formulas only as text."""
_FULL_WIDTH = regex("[\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]")
_FULL_WIDTH_OPERATORS = regex("(?<=[\\w)}])[＋－＜＝＞≤≥](?=[\\w({\\\\])")
_PICTURE = regex(r"!\[[^\]\n]*\]\(|<img\s", re.IGNORECASE)
_SIGN = regex(r"[\\^_]")
_PRIME = regex(r"[\w})]'+$")
_HASH = regex(r"[0-9][a-z]?|[0-9]{1,2}|[A-Za-z0-9./]{16,}")
_EQUATION = regex(r"[^=<>+]*[=<>+].*[^=<>+]")
_COMMAND = regex(r"\\[A-Za-z]")
_TEX = regex(r"(?<!\\)[\^_]|[=<>+]")
_WORDS = regex(r"[\w\s,.;:'\"-]{2,}")
_SCRIPT = regex(r"[A-Za-z0-9+\-−*=()]+")
_SHELL = regex(r"^[ \t]*(?:sudo|cd|ls|cat|echo|npm|yarn|git|pip|apt|brew|docker|export|curl|wget|ssh|mkdir|rm|cp|mv)\b")
_OPENS = regex(r"[{'\"/=@.]")
_SIGNS = regex(rb"[$~^]|==|!?\[{1,2}|\]{1,2}|\\[(\[]")
_BACKSLASH = ord("\\")
_ESCAPED = regex(r"&#(33|36|40|61|91|93|94|126);")
_YEAR = regex(r"(?:1[5-9]|20)\d\d")
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


def is_formula(tex: str, around: tuple[str, str], *, display: bool, one_line: bool) -> bool:
    """Whether text between dollar signs is TeX; `around` contains the characters before and after."""
    if not tex.strip() or _PICTURE.search(tex):
        return False
    if display:
        return True
    if not one_line or _is_written(tex) or tex[0].isspace() or tex[-1].isspace():
        return False
    before, behind = around
    # `$HOME/bin:$PATH`, `$2a$12$…`, `$document_root$name`
    if behind in {"_", "{"} or behind.isdigit():
        return False
    if any(one.isascii() and one.isalnum() for one in around) and not _COMMAND.search(tex):
        return False
    return not _is_shell(tex, before, behind) and (
        not _OPENS.fullmatch(before) or (("\\" in tex or "^" in tex) and before not in {"'", '"', "/", "@"})
    )


def _is_written(tex: str) -> bool:
    """Whether there is East Asian text between the delimiters; beside TeX commands, full-width marks do not count."""
    words = _FULL_WIDTH_OPERATORS.sub("", _TEXT.sub("", tex))
    return _WRITTEN.search(_FULL_WIDTH.sub("", words) if _COMMAND.search(tex) else words) is not None


def _is_shell(tex: str, before: str, behind: str) -> bool:
    """Whether the dollar signs around a text belong to variables of a shell, a query or a template."""
    is_tex = _SIGN.search(tex) is not None
    is_called = behind == "(" and not (is_tex or _EQUATION.fullmatch(tex))
    if is_called or ("$" in (before, behind) and _HASH.fullmatch(tex)):
        return True
    # `{$sum:'$age'}`, `"$a/$b"`; but `$x'$`
    is_primed = _PRIME.search(tex) and before not in {"'", '"', ":"} and (is_tex or "'" not in tex.rstrip("'"))
    is_cut = tex[-1] in "'\"/@" or (tex[-1] == ":" and not _COMMAND.search(tex))
    return (is_cut and not is_primed) or _SHELL.match(tex) is not None


def is_latex(written: str, tex: str, around: tuple[str, str], *, one_line: bool) -> bool:
    r"""Whether text between \\( \\) or \\[ \\] is TeX rather than text in escaped brackets."""
    if not tex.strip() or _is_written(tex) or _PICTURE.search(tex):
        return False
    if one_line and _COMMAND.search(tex):
        return True
    if written.startswith("\\("):
        return _TEX.search(tex) is not None or _WORDS.fullmatch(tex.strip()) is None
    # Converters write the escaped brackets of plain text in the same way.
    return one_line and around == ("", "") and _TEX.search(tex) is not None


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


def is_marked(written: str, around: tuple[str, str]) -> bool:
    """Whether `==x==` is highlighted text rather than a comparison."""
    inner = written.strip("=")
    before, behind = around
    if not inner or inner != inner.strip():
        return False
    starts = before.isascii() and before.isalnum() and inner[0].isascii() and inner[0].isalnum()
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
        and not target.startswith(("http://", "https://"))
    )
