"""Removal of the boxes that syntax highlighters write around each line of code.

Prism in React (Docusaurus), Shiki with Twoslash, Expressive Code (Astro), CodeMirror and others write a `div` around
each line. In code that was not escaped, the same tags are text. Two signs identify a highlighter: it colours code with
`span`, and it writes no line break after the start tag of a box, because browsers would show it.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate

from reader.parse.html_vocabulary import CODE_MARKUP
from reader.regex import regex

_BOX = regex(r"<(/?)(?:div|p|ol|ul|li)(?=[\s>])[^<>]*+>", re.IGNORECASE)
_BROKEN = regex(r"<(?:div|p|ol|ul|li)(?=[\s>])[^<>]*+>[ \t]*+\r?\n(?!</)", re.IGNORECASE)
"""A box that begins with a line break, and is not an empty line."""
_ELEMENT = regex(r"<(?:div|li|button|svg|[a-z][a-z0-9]*+-)", re.IGNORECASE)
"""The beginning of an element that does not colour code."""
_CODE_START = regex(r"<code\b[^<>]*+>", re.IGNORECASE)
_STYLE = regex(r"<style\b[^<>]*+>[^<]*+</style>", re.IGNORECASE)
_COLOURED = regex(
    r"<span\s[^<>]{0,200}?(?:class\s?=\s?[\"']?(?:[^\"'<>]{0,200}?(?:token|hljs|cm-|syntax|highlight|code|line)"
    r"|[a-z]{1,3}\d?[\"'\s>])|style\s?=\s?[\"']?[^\"'<>]{0,200}?(?:color\s?:|--[\w-]{1,40}:))",
    re.IGNORECASE,
)
"""A piece of code that is coloured by a class of a highlighter or by a style."""
_COPY_BUTTON = regex(
    r"\s*+<(div|button)\s(?=[^<>]{0,500}?(?:copy|clipboard|\bbtn\b|toolbar))[^<>]*+>(?:(?!</?\1\b).)*+"
    r"(?:<\1\b[^<>]*+>(?:(?!</?\1\b).)*+</\1>(?:(?!</?\1\b).)*+)*+</\1>",
    re.IGNORECASE,
)
"""A button that copies the code, or a box with such buttons, in one line at the beginning of the code."""
_CUSTOM = regex(r"</?[a-z][a-z0-9]*+-[a-z0-9-]*+(?=[\s>])(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+>", re.IGNORECASE)
"""A tag of a custom element, such as the types that a highlighter shows on hovering (HTML, 4.13)."""
_UNESCAPED = regex(
    rf"<(?!(?:{'|'.join(sorted(CODE_MARKUP))}|div|p|ol|ul|li|style|button|svg|path|pre)[\s/>]|[a-z][a-z0-9]*+-)[a-z]",
    re.IGNORECASE,
)
"""A tag that is not part of the highlighting, which shows that the code was not escaped."""
_TAG = regex(r"<[^<>]*+>")
_ICON = regex(r"<svg(?=[\s>])[^<>]*+>(?:(?!</?svg[\s>]).)*+</svg\s*+>", re.IGNORECASE | re.DOTALL)
_LINE_BREAK = regex(r"<br\s*+/?>", re.IGNORECASE)


def without_boxes(code: str) -> str:
    """Return the content of a `pre` with line breaks in place of the boxes around its lines, and without line numbers.

    A copy button at the beginning is removed, too, and so are custom elements and icons in coloured code.
    Boxes beside a `code` element in the `pre` stay, because they are not code.
    """
    if _ELEMENT.search(code) is None:
        return code
    if found := _COPY_BUTTON.match(code):
        code = code[found.end() :]
    if _COLOURED.search(code) is not None:
        code = _ICON.sub("", code)
    start, end = _CODE_START.search(code), code.rfind("</code")
    if start is None or end < start.end():
        return _in_lines(code)
    return f"{code[: start.end()]}{_in_lines(code[start.end() : end])}{code[end:]}"


def _in_lines(code: str) -> str:
    bare = _CUSTOM.sub("", _STYLE.sub("", code))
    if _COLOURED.search(code) is None or _UNESCAPED.search(bare) is not None:
        return code
    code = bare
    if not _has_boxes(code) or _BROKEN.search(code) is not None:
        return code
    parts, ends = [], []
    at = 0
    for box in _BOX.finditer(code):
        parts.append(code[at : box.start()])
        ends.append(bool(box[1]))
        at = box.end()
    return "".join((*_lines(_without_numbers(parts), ends), code[at:]))


def _has_boxes(code: str) -> bool:
    """Whether code has boxes, and no end tag of a box without a start tag, which would be part of the code."""
    depth = -1
    for depth in accumulate(-1 if box[1] else 1 for box in _BOX.finditer(code)):
        if depth < 0:
            return False
    return depth >= 0


def _without_numbers(parts: list[str]) -> list[str]:
    """Empty the parts that are line numbers: all parts that consist of digits, provided that they count from 1."""
    numbered = {place: int(text) for place, part in enumerate(parts) if (text := _text(part).strip()).isdecimal()}
    if len(numbered) < 2 or list(numbered.values()) != list(range(1, len(numbered) + 1)):
        return parts
    return ["" if place in numbered else part for place, part in enumerate(parts)]


def _lines(parts: Iterable[str], ends: Iterable[bool]) -> Iterator[str]:
    """Yield the code before each start or end of a box, with a line break after each line."""
    ends_line = True
    is_empty = is_after_box = False  # Empty: a box has begun, and nothing has been written in it.
    for part, ends_box in zip(parts, ends, strict=True):
        text = _text(part)
        is_between_boxes = is_after_box and not ends_box and not text.strip()
        if text and not is_between_boxes:
            is_empty, ends_line = False, text.endswith("\n")
        if not is_between_boxes:
            yield part
        if not ends_line or (is_empty and ends_box):
            yield "\n"
            ends_line = True
        is_empty, is_after_box = not ends_box, ends_box


def _text(part: str) -> str:
    return _TAG.sub("", _LINE_BREAK.sub("\n", part))
