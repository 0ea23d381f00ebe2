"""Text in the other Chinese script, for layout: the same spans over a text of the same length, and replaced words."""

from bisect import bisect_left, bisect_right

from reader.document.blocks import Inline, Span, SpanKind
from reader.document.chinese_script import AlignedConversion, ReplacedWord, convert_aligned
from reader.document.language_tags import HAN_LANGUAGES, base_language, language_ranges
from reader.settings.options import ChineseScript

_AS_WRITTEN = frozenset({SpanKind.CODE, SpanKind.KEYBOARD, SpanKind.MATH})
"""Kinds of spans that are not converted: other characters would change the meaning of a program or a formula."""


def in_script(inline: Inline, script: ChineseScript) -> tuple[Inline, tuple[ReplacedWord, ...]]:
    """A text in another script, and the words whose length changes, if no span begins or ends inside them."""
    converted = convert_aligned(inline.text, script)
    if converted.text == inline.text and not converted.replacements:
        return inline, ()
    kept = [span for span in inline.spans if span.kind in _AS_WRITTEN or _is_address(inline.text, span)]
    # Han in a Japanese or Korean quotation is not Chinese.
    foreign = HAN_LANGUAGES - {"zh"}
    ranges = (one for one in language_ranges(inline) if base_language(one.language) in foreign)
    kept += (Span(one.start, one.end, SpanKind.LANGUAGE, one.language) for one in ranges)
    return Inline(_without(inline.text, converted, kept), inline.spans), _outside(converted, inline.spans, kept)


def _is_address(text: str, span: Span) -> bool:
    return span.kind is SpanKind.LINK and text[span.start : span.end] == span.value


def _without(text: str, converted: AlignedConversion, kept: list[Span]) -> str:
    """The converted text, but with the source text in the spans that are not converted."""
    characters = list(converted.text)
    for span in kept:
        characters[span.start : span.end] = text[span.start : span.end]
    return "".join(characters)


def _outside(converted: AlignedConversion, spans: tuple[Span, ...], kept: list[Span]) -> tuple[ReplacedWord, ...]:
    edges = sorted({edge for span in spans for edge in (span.start, span.end)})
    return tuple(
        one
        for one in converted.replacements
        if bisect_right(edges, one.start) == bisect_left(edges, one.end)
        and not any(span.start < one.end and one.start < span.end for span in kept)
    )
