"""A limit on the nesting of a Markdown text, applied before parsing.

The library recurses for each level, so a text nested thousands of levels deep would overflow the stack and kill the
process. It takes quadratic time for thousands of opening brackets of formulas that are never closed. Passages with
either are escaped, so that they become plain text; all others keep their markup.
"""

import re
from collections import Counter

from reader.parse.markdown.nodes import NESTING
from reader.parse.markdown.scanner import fence_end, literal
from reader.regex import regex

_MOST_OPEN = 500
"""The maximum number of inline elements around a text."""

_MOST_UNCLOSED = 500
"""The maximum number of opening brackets of formulas after the last closing bracket of a passage."""

_CONTAINERS = regex(r"^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+", re.MULTILINE)
_DIRECTIVE = regex(r"^[ \t>]*(?P<fence>:{3,})[ \t]*(?P<name>[^\s:])?", re.MULTILINE)
_DELIMITER = regex(r"(.?)([*_~=^]+|!?\[|\])(?=(.?))", re.DOTALL)
_INNERMOST = regex(r"!?\^?\[[^\[\]*_~=^]*\]")
"""A pair of brackets around text without delimiters, such as a link or an inline footnote."""
_ESCAPE = regex(r"\\(.)", re.DOTALL)


def bounded(text: str) -> str:
    """Escape the passages of a text that may be nested deeper than the library's stack allows."""
    if text.count(":::") > NESTING:
        text = _with_bounded_directives(text)
    brackets = text.count("\\[") + text.count("\\(") if "\\" in text else 0
    if _is_deep_quote(text) or _signs(text) > 2 * _MOST_OPEN or brackets > _MOST_UNCLOSED:
        return "\n".join(_bounded_passages(text.split("\n")))
    return text


def _bounded_passages(lines: list[str]) -> list[str]:
    """Escape passages that are nested too deep; blank lines and fenced code separate passages."""
    made: list[str] = []
    at = 0
    while at < len(lines):
        stop = fence_end(lines, at)
        if stop:
            made += lines[at:stop]
            at = stop
            continue
        end = at + 1
        while end < len(lines) and lines[end].strip() and not fence_end(lines, end):
            end += 1
        made.append(_bounded_passage("\n".join(lines[at:end])))
        at = end
    return made


def _bounded_passage(passage: str) -> str:
    if len(passage) <= NESTING:
        return passage
    if _is_deep_quote(passage) or (_signs(passage) > 2 * _MOST_OPEN and _closes_many(_INNERMOST.sub("", passage))):
        return "\n".join(literal(line.strip()) for line in passage.split("\n"))
    for bracket, closing in (("[", "\\]"), ("(", "\\)")):
        end = passage.rfind(closing) + 1
        if passage.count(f"\\{bracket}", end) > _MOST_UNCLOSED:
            passage = passage[:end] + _without_openings(passage[end:], bracket)
    return passage


def _without_openings(text: str, bracket: str) -> str:
    """Replace escaped brackets by character references, which look the same."""
    reference = f"&#{ord(bracket)};"
    return _ESCAPE.sub(lambda found: reference if found[1] == bracket else found[0], text)


def _is_deep_quote(text: str) -> bool:
    return text.count(">") > NESTING and any(found[0].count(">") > NESTING for found in _CONTAINERS.finditer(text))


def _with_bounded_directives(text: str) -> str:
    """Escape the fences of containers that are nested too deep."""
    depth = 0

    def bound(found: re.Match[str]) -> str:
        nonlocal depth
        depth = depth + 1 if found["name"] else max(0, depth - 1)
        is_deep = depth > NESTING or (depth == NESTING and not found["name"])
        return found[0].replace(":", "&#58;") if is_deep else found[0]

    return _DIRECTIVE.sub(bound, text)


def _signs(text: str) -> int:
    if len(text) <= 2 * _MOST_OPEN:
        return 0
    data = text.encode()
    return len(data) - len(data.translate(None, b"*_~=^["))


def _closes_many(run: str) -> bool:
    """Whether more than `_MOST_OPEN` nested delimiters may all be closed (CommonMark 6.2, delimiter runs)."""
    opened: Counter[str] = Counter()
    depth = deepest = 0
    for found in _DELIMITER.finditer(run):
        before, sign, behind = found.groups()
        if sign == "]":
            kind, opens, closes = "[", False, True
        elif sign.endswith("["):
            kind, opens, closes = "[", True, False
        else:
            before_blank, behind_blank = not before.strip(), not behind.strip()
            before_mark, behind_mark = _is_mark(before), _is_mark(behind)
            kind = sign[0]
            opens = not behind_blank and (not behind_mark or before_blank or before_mark)
            closes = not before_blank and (not before_mark or behind_blank or behind_mark)
        if closes and opened[kind]:
            opened[kind] -= 1
            depth -= 1
            if deepest - depth > _MOST_OPEN:
                return True
        elif opens:
            opened[kind] += 1
            depth += 1
            deepest = max(deepest, depth)
    return False


def _is_mark(character: str) -> bool:
    return bool(character) and not character.isalnum() and not character.isspace()
