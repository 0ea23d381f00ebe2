"""Tabs in code: its text has blanks up to the next tab stop, and a span says which blanks stand for tabs.

Positions, search and layout count blanks, so they need not know tabs; what is copied or exported has the tabs again.
"""

import re

from reader.document.blocks import CodeBlock, Inline, Span, SpanKind
from reader.document.document import Document, Range
from reader.lean_dataclasses import replace

TAB = 4
"""The distance of tab stops in characters where a format does not say otherwise (CommonMark 2.2)."""


def expanded(text: str, size: int = TAB, column: int = 0) -> tuple[str, list[tuple[int, int]]]:
    """Expand tabs like `str.expandtabs`; also return the ranges of blanks that stand for tabs.

    Adjacent tabs share one range, so an indent has one range, however deep it is. `column` is the number of characters
    that precede `text` on its first line.
    """
    pieces: list[str] = []
    ranges: list[tuple[int, int]] = []
    length = read = 0
    line = -column
    for tabs in re.finditer("\t+", text):
        piece = text[read : tabs.start()]
        newline = piece.rfind("\n")
        if newline >= 0:
            line = length + newline + 1
        length += len(piece)
        blanks = size * len(tabs[0]) - (length - line) % size
        pieces += piece, " " * blanks
        ranges.append((length, length + blanks))
        length += blanks
        read = tabs.end()
    return "".join((*pieces, text[read:])), ranges


def typed(inline: Inline, start: int = 0, end: int | None = None) -> str:
    """The characters `start` to `end` (exclusive) of a text, with tabs where its author typed tabs.

    A tab is included if any of its blanks is in the range.
    """
    text = inline.text
    stop = len(text) if end is None else end
    pieces: list[str] = []
    at = start
    for span in inline.spans:
        if span.kind is SpanKind.TAB and span.start < stop and span.end > start:
            first, last = max(span.start, start), min(span.end, stop)
            pieces += text[at:first], "\t" * _count(last - first, span)
            at = last
    return "".join((*pieces, text[at:stop]))


def with_tabs(inline: Inline) -> Inline:
    """The text with tabs where its author typed tabs, and with its spans other than those for tabs."""
    tabs = [span for span in inline.spans if span.kind is SpanKind.TAB]
    if not tabs:
        return inline
    others = [span for span in inline.spans if span.kind is not SpanKind.TAB]
    places = sorted({place for span in others for place in (span.start, span.end)})
    moved: dict[int, int] = {}
    number = shift = 0
    for place in places:
        while number < len(tabs) and tabs[number].end <= place:
            shift += tabs[number].end - tabs[number].start - _count(tabs[number].end - tabs[number].start, tabs[number])
            number += 1
        # A place between two blanks of a tab would be inside a character: it moves to the end of the tab.
        inside = place - tabs[number].start if number < len(tabs) else 0
        moved[place] = place - shift - (inside - _count(inside, tabs[number]) if inside > 0 else 0)
    return Inline(typed(inline), tuple(replace(one, start=moved[one.start], end=moved[one.end]) for one in others))


def typed_part(document: Document, span: Range) -> str:
    """The text of a range like `Document.extract`, with tabs where its author typed tabs."""
    start, end = document.clamp(span.start), document.clamp(span.end)
    return "\n".join(
        typed(
            document.leaves[number].text,
            start.offset if number == start.block else 0,
            end.offset if number == end.block else None,
        )
        for number in range(start.block, min(end.block + 1, len(document.leaves)))
    )


def trimmed_part(document: Document, span: Range) -> str:
    """`typed_part` without line ends at its two ends, and without blanks there unless they belong to code."""
    if not document.leaves:
        return ""
    found = document.trimmed(document.clamp(span.start), document.clamp(span.end))
    if found is None:
        return ""
    text = typed_part(document, found)
    first, last = (isinstance(document.leaves[one.block], CodeBlock) for one in (found.start, found.end))
    text = text if first else text.lstrip()
    return text if last else text.rstrip()


def _count(blanks: int, span: Span) -> int:
    """The number of tabs that `blanks` blanks of a span stand for: every tab but the first is a whole tab stop wide."""
    return -(-blanks // int(span.value))
