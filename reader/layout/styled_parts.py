"""The styles of a text: what each kind of span looks like, and where one style ends and the next begins."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from reader.document.blocks import Inline, Span, SpanKind
from reader.document.chinese_script import ReplacedWord
from reader.layout.lines import Role, Style
from reader.layout.links import note_link
from reader.lean_dataclasses import replace

StyledPart = tuple[int, int, Style, str, Span | None]
"""Start and end (exclusive) of a part of a text, its style, its link, and the superscript or subscript around it."""


def styled_parts(inline: Inline, base: Style, words: Sequence[ReplacedWord]) -> Iterable[StyledPart]:
    """The parts of a text, without gaps, cut where spans and words of another length (`words`) begin and end."""
    spans = [span for span in inline.spans if span.kind is not SpanKind.LANGUAGE]
    ends = sorted({0, len(inline.text), *(span.start for span in spans), *(span.end for span in spans), *_ends(words)})
    opened: list[Span] = []
    following = 0
    for start, end in pairwise(ends):
        opened = [span for span in opened if span.end > start]
        while following < len(spans) and spans[following].start <= start:
            opened.append(spans[following])
            following += 1
        style, link = base, ""
        small: Span | None = None
        for span in opened:
            if span.start == span.end:
                continue
            style = _style(style, span.kind)
            if span.kind is SpanKind.LINK:
                link = span.value
            elif span.kind is SpanKind.IMAGE:
                # A picture inside a link leads where the link does.
                link = link or span.value
            elif span.kind is SpanKind.FOOTNOTE:
                link = note_link(span.value)
            elif span.kind in {SpanKind.SUPERSCRIPT, SpanKind.SUBSCRIPT}:
                small = span
        yield start, end, style, link, small


def _ends(words: Sequence[ReplacedWord]) -> Iterable[int]:
    for word in words:
        yield from (word.start, word.end)


def _style(style: Style, kind: SpanKind) -> Style:  # noqa: PLR0911 - one per kind
    match kind:
        case SpanKind.STRONG:
            return replace(style, bold=True)
        case SpanKind.EMPHASIS:
            return replace(style, italic=True)
        case SpanKind.UNDERLINE:
            return replace(style, underline=True)
        case SpanKind.STRIKE:
            return replace(style, strike=True)
        case SpanKind.MARKED:
            return replace(style, role=Role.ACCENT)
        case SpanKind.SMALL | SpanKind.IMAGE:
            return replace(style, role=Role.MUTED)
        case SpanKind.CODE | SpanKind.KEYBOARD | SpanKind.MATH:
            return replace(style, role=Role.CODE)
        case SpanKind.LINK | SpanKind.FOOTNOTE:
            return replace(style, role=Role.LINK)
        case _:
            return style
