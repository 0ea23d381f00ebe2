"""Removal of the line numbers that syntax highlighters write into code.

highlightjs-line-numbers (CSDN) and Rouge (Jekyll) write a list or table into the code, Chroma (Hugo) writes a table
around it, and Pygments and Chroma may write a number before each line.
"""

import re

from reader.regex import regex

_TABLES = ("hljs-ln", "rouge-table", "lntable")
_SIGNS = ("lineno", "line-number", "user-select", "ln")
"""Strings of which every `pre` with line numbers contains at least one."""
_LINES = regex(
    r"<(table|ol)\b[^<>]{0,500}?\bclass\s*=\s*[\"']?(?:[^\"'<>]{0,200}?\s)?(hljs-ln|rouge-table|lntable)(?![\w-])[^<>]{0,500}>",
    re.IGNORECASE,
)
"""The start tag of a list or table of lines."""
_IN_CODE = regex(r"<pre\b[^<>]{0,500}>\s*(?:<code\b[^<>]{0,500}>\s*)?\Z", re.IGNORECASE)
_BEFORE = 1_200
_LINE = regex(r"<(?:div|td)\b[^<>]{0,500}\bhljs-ln-code\b[^<>]{0,500}>", re.IGNORECASE)
_LINE_END = regex(r"</(?:li|tr)\b", re.IGNORECASE)
_BOX = regex(r"</?(?:div|td|li|tr|ol|table|tbody)\b[^<>]*>", re.IGNORECASE)
_NUMBER = regex(
    r"<span\b(?=[^<>]{0,500}?(?:\bclass\s*=\s*[\"']?(?:lnt|ln|lineno|linenos|line-number)[\"'\s>]|user-select:\s*none))[^<>]*>"
    r"\s*+(?:<a\b[^<>]*>)?\s*+\d{1,6}[ \t]*+(?:</a>)?[ \t]*+</span>",
    re.IGNORECASE,
)
"""The number of a line; a line break within it would join two lines."""


def without_number_tables(text: str) -> str:
    """Return HTML in which code replaces the lists and tables of lines that hold it."""
    return _without_tables(text) if any(name in text for name in _TABLES) else text


def without_numbers(code: str) -> str:
    """Return the content of a `pre` without the numbers of its lines."""
    return _NUMBER.sub("", code) if any(sign in code for sign in _SIGNS) else code


def _without_tables(text: str) -> str:
    pieces: list[str] = []
    at = 0
    while found := _LINES.search(text, at):
        end = text.find(f"</{found[1]}", found.end())
        close = text.find(">", end) + 1
        if end < 0 or not close:
            break
        inside = _IN_CODE.search(text[max(at, found.start() - _BEFORE) : found.start()]) is not None
        code = _code(text[found.end() : end], found[2].lower(), inside=inside)
        pieces += text[at : found.start()], text[found.start() : close] if code is None else code
        at = close
    return "".join((*pieces, text[at:]))


def _code(lines: str, kind: str, *, inside: bool) -> str | None:
    """Return the code in a list or table, within its `pre` unless it is `inside` one; None if there is no code."""
    if kind == "hljs-ln":
        found = [_BOX.sub("", _LINE_END.split(part, maxsplit=1)[0]) for part in _LINE.split(lines)[1:]]
        code = "\n".join(found)
        return (code if inside else f"<pre>{code}</pre>") if found else None
    start = lines.rfind("<pre")
    end = lines.find("</pre", start)
    if start < 0 or end < 0:
        return None
    return lines[lines.find(">", start) + 1 : end] if inside else f"{lines[start:end]}</pre>"
