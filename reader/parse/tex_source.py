"""TeX as articles contain it, with line breaks and comments, on one line."""

import re

from reader.document.sanitizing import clean_line
from reader.regex import regex

_REST_OF_LINE = r"%(?![ \t]*\Z)[^\r\n]*(?:\r\n?|\n|\Z)[ \t]*"
"""A comment; a percent sign at the end of the source is rather one that the author forgot to escape."""
_COMMENT = regex(rf"(\\[A-Za-z]+)(?:{_REST_OF_LINE})+|\\[^A-Za-z]|{_REST_OF_LINE}")
"""A comment with the command before it, or an escaped character, which may be a percent sign."""

_REFERENCE = regex("&([lg])t;")
_SIGNS = {"l": "<", "g": ">"}


def on_one_line(tex: str) -> str:
    """Return TeX on one line without its comments, which end with their lines (The TeXbook, chapter 8).

    LaTeXML ends each line of a long formula with an empty comment, so that the next line follows without a space. If
    the source is a single line, its comment stays, because other lines may have been joined to it.
    """
    return clean_line(_COMMENT.sub(_without_comment, tex) if "%" in tex and "\n" in tex else tex)


def from_markdown(tex: str) -> str:
    """Return the TeX of a formula in Markdown on one line, with `<` and `>` for their character references.

    Posts write `a &lt; b`, which a browser decodes before MathJax sees it. `&amp;` stays, so that an exported formula
    is read again as it was.
    """
    if "&" in tex:
        tex = _REFERENCE.sub(lambda found: _SIGNS[found[1]], tex)
    return on_one_line(tex)


def _without_comment(found: re.Match[str]) -> str:
    if found[1]:
        # The comment also ends the name of the command.
        return f"{found[1]} "
    return found[0] if found[0].startswith("\\") else ""
