"""Markdown directly below an HTML block, which CommonMark reads as HTML, too, unless a blank line separates them.

Authors whose program follows the specification see the mistake at once, but kramdown and others end the block with its
last tag.
"""

from bisect import bisect_right
from itertools import islice

from reader.parse.markdown.scanner import fence_end
from reader.regex import regex

_MOST = 2_000
"""The maximum number of places examined in a text."""

_CANDIDATE = regex(
    r">[ \t]*\n(?= {0,3}(?:#{1,6} |[-*+] +\S|\d{1,9}[.)] +\S|>|```|~~~|[^<>\n]*(?:\*\*\S|\]\(\S|`[^`\n]+`)"
    r"|(?:[^<>\n]+\n){1,8} {0,3}(?:```|~~~)))"
)
"""The end of a tag above a line that looks like Markdown, or above some lines of text with fenced code below."""
_NEWLINE = regex(r"\n")
_FIRST = regex(r" {0,3}</?([A-Za-z][\w-]*)")
_TAG = regex(r"<(/?)([A-Za-z][\w-]*)[^<>]*>")
_WHOLE = frozenset(("html", "body"))
"""Elements around the whole text, which are not counted as open."""
_VOID = frozenset(("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr"))
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "center", "details", "dd", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "iframe", "li",
    "main", "nav", "ol", "p", "script", "section", "style", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "ul",
))  # fmt: skip
"""The elements that begin an HTML block wherever they begin a line (CommonMark 0.31, 4.6, kinds 1 and 6)."""


def separated(text: str) -> str:
    """Insert a blank line below each HTML block without open elements that is directly above Markdown."""
    if not _CANDIDATE.search(text):
        return text
    pieces: list[str] = []
    at = 0
    outside, ends = _outside_code(text), _block_ends(text)
    starts = [0, *(found.end() for found in _NEWLINE.finditer(text))]
    for found in islice(_CANDIDATE.finditer(text), _MOST):
        line = bisect_right(starts, found.start()) - 1
        if ends[line] and _is_inside(found.start(), outside):
            pieces += (text[at : found.end()], "\n")
            at = found.end()
    return "".join([*pieces, text[at:]]) if pieces else text


def _block_ends(text: str) -> list[bool]:
    """Return for each line whether an HTML block may end there because no element is open; takes linear time."""
    ends: list[bool] = []
    depth = 0
    begun = False
    for line in text.split("\n"):
        if not line:
            depth, begun = 0, False
        elif depth == 0 and not begun:
            begun = _begins_block(line)
        depth += _depth(line)
        ends.append(begun and depth == 0)
    return ends


def _begins_block(line: str) -> bool:
    first = _FIRST.match(line)
    if first is None:
        return False
    bare = line.lstrip()
    tag = _TAG.match(bare)
    return first[1].lower() in _BLOCKS or (tag is not None and not bare[tag.end() :].strip())


def _depth(line: str) -> int:
    return sum(
        -1 if found[1] else 1
        for found in _TAG.finditer(line)
        if found[2].lower() not in _VOID | _WHOLE and not found[0].endswith("/>")
    )


def _outside_code(text: str) -> list[tuple[int, int]]:
    """Return the ranges of a text outside fenced code and `<pre>`."""
    made: list[tuple[int, int]] = []
    lines = text.split("\n")
    offset = begun = number = 0
    while number < len(lines):
        line = lines[number]
        if stop := fence_end(lines, number):
            made.append((begun, offset))
        elif "<pre" in line and "</pre" not in line:
            stop = next((n + 1 for n in range(number + 1, len(lines)) if "</pre" in lines[n]), len(lines))
            made.append((begun, offset))
        else:
            offset += len(line) + 1
            number += 1
            continue
        offset += sum(map(len, lines[number:stop])) + stop - number
        begun = offset
        number = stop
    return [*made, (begun, len(text))]


def _is_inside(offset: int, ranges: list[tuple[int, int]]) -> bool:
    """Whether an offset is in one of these ranges, the first of which begins at 0."""
    number = bisect_right(ranges, (offset, ranges[-1][1])) - 1
    return offset < ranges[number][1]
