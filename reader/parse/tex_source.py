"""TeX as articles contain it, with line breaks and comments, on one line."""

import re
from html import unescape
from html.entities import html5

from reader.document.sanitizing import clean_line
from reader.regex import regex

_REST_OF_LINE = r"%(?![ \t]*\Z)[^\r\n]*(?:\r\n?|\n|\Z)[ \t]*"
"""A comment; a percent sign at the end of the source is rather one that the author forgot to escape."""
_COMMENT = regex(rf"(\\[A-Za-z]+)(?:{_REST_OF_LINE})+|\\[^A-Za-z]|{_REST_OF_LINE}")
"""A comment with the command before it, or an escaped character, which may be a percent sign."""

_REFERENCE = regex(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
"""What may be a character reference (HTML, 13.5), always with its semicolon: `&` alone separates columns."""


def on_one_line(tex: str) -> str:
    """Return TeX on one line without its comments, which end with their lines (The TeXbook, chapter 8).

    LaTeXML ends each line of a long formula with an empty comment, so that the next line follows without a space. If
    the source is a single line, its comment stays, because other lines may have been joined to it.
    """
    return clean_line(_COMMENT.sub(_without_comment, tex) if "%" in tex and "\n" in tex else tex)


def from_markdown(tex: str) -> str:
    """Return the TeX of a formula in Markdown on one line, with characters for their references.

    Posts write `a &lt; b`, `&sigma;^2` and `a &amp; b`, which a browser decodes before MathJax sees them.
    """
    return on_one_line(without_references(tex))


def without_references(text: str) -> str:
    """Return Markdown text with characters for its references (CommonMark 2.5)."""
    return _REFERENCE.sub(_decoded, text) if "&" in text else text


def in_markdown(tex: str) -> str:
    """Return TeX as it is written in Markdown, such that `from_markdown` decodes no reference that TeX itself has."""
    return _REFERENCE.sub(_escaped_reference, tex) if "&" in tex else tex


def _escaped_reference(found: re.Match[str]) -> str:
    return found[0] if _decoded(found) == found[0] else f"&amp;{found[0][1:]}"


def _decoded(found: re.Match[str]) -> str:
    name = found[0][1:]
    # `unescape` also decodes the beginning of an unknown name, `&not` in `&nothing;`.
    return unescape(found[0]) if name.startswith("#") else html5.get(name, found[0])


def _without_comment(found: re.Match[str]) -> str:
    if found[1]:
        # The comment also ends the name of the command.
        return f"{found[1]} "
    return found[0] if found[0].startswith("\\") else ""
