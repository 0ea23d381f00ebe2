"""A limit on the nesting of a Markdown text, checked before parsing.

The library recurses for each level, so a text nested thousands of levels deep would overflow the stack and kill the
process.
"""

import re
from collections import Counter

from reader.parse.markdown.nodes import NESTING, NestedTooDeepError
from reader.regex import regex

_MOST_OPEN = 500
"""The maximum number of inline elements around a text."""

_CONTAINERS = regex(r"^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+", re.MULTILINE)
_DIRECTIVE = regex(r"^[ \t>]*:{3,}[ \t]*(?P<name>[^\s:])?", re.MULTILINE)
_RUN = regex(r"[^\n]+(?:\n[ \t]*[^\s][^\n]*)*")
_DELIMITER = regex(r"(.?)([*_~=^]+|!?\[|\])(?=(.?))", re.DOTALL)


def check_nesting(text: str) -> None:
    """Check that the text can be parsed.

    Raises:
        NestedTooDeepError: It may be nested deeper than the library's stack allows.
    """
    if text.count(">") > NESTING and any(found[0].count(">") > NESTING for found in _CONTAINERS.finditer(text)):
        raise NestedTooDeepError
    if text.count(":::") > NESTING:
        depth = 0
        for found in _DIRECTIVE.finditer(text):
            depth = depth + 1 if found["name"] else max(0, depth - 1)
            if depth > NESTING:
                raise NestedTooDeepError
    if _signs(text) > 2 * _MOST_OPEN and any(
        _signs(run[0]) > 2 * _MOST_OPEN and _closes_many(run[0]) for run in _RUN.finditer(text)
    ):
        raise NestedTooDeepError


def _signs(text: str) -> int:
    return sum(text.count(sign) for sign in "*_~=^[")


def _closes_many(run: str) -> bool:
    """Whether that many open delimiters may all be closed (CommonMark 6.2, delimiter runs)."""
    opened: Counter[str] = Counter()
    depth = deepest = 0
    for found in _DELIMITER.finditer(run):
        before, sign, behind = found[1], found[2], found[3]
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
