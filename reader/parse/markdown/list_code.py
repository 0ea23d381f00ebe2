"""Fenced code in list items, with lines that are not indented like the fence.

In CommonMark the first such line ends the list item and the code in it, so that the rest of the code becomes prose.
"""

import re
from collections.abc import Sequence

from reader.document.tabs import TAB
from reader.parse.indents import indent_of
from reader.parse.markdown.scanner import fence_end
from reader.regex import regex

_BEFORE = regex(r"^[ \t]{0,24}(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,8}){0,8}(?=```|~~~)", re.MULTILINE)
"""The indent and the list markers before an opening fence, as deep as people nest lists."""

_INDENTED = (" ```", "\t```", " ~~~", "\t~~~")

_INNER = 2
"""The minimum indent of the content of a list item, in columns."""


def with_indented_code(text: str) -> str:
    """Indent fenced code of list items, and its closing fence, where they would end the item."""
    # Most texts have no fence after a space or tab. Searching each line for one takes ten times as long.
    if not any(fence in text for fence in _INDENTED) or not any(found[0] for found in _BEFORE.finditer(text)):
        return text
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        end = fence_end(lines, at)
        if end > at + 1 and (before := _BEFORE.match(lines[at])) and before[0]:
            lines[at + 1 : end] = _indented(lines[at + 1 : end], re.sub(r"[^\t]", " ", before[0]))
        at = max(end, at + 1)
    return "\n".join(lines)


def _indented(lines: Sequence[str], indent: str) -> Sequence[str]:
    """Return the lines of code and the closing fence, indented if they would end the list item."""
    *code, closing = lines
    # Another opening fence shows that this one was never closed.
    is_open = not _is_fence(closing) or any(map(_is_fence, code))
    if is_open or indent_of(indent, TAB) < _INNER:
        return lines
    if any(indent_of(line, TAB) < _INNER for line in code if line.strip()):
        return [*(indent + line if line.strip() else line for line in code), indent + closing.strip()]
    return lines if indent_of(closing, TAB) >= _INNER else [*code, indent + closing]


def _is_fence(line: str) -> bool:
    return line.strip()[:3] in {"```", "~~~"}
