"""Generated readings above a text, as far as the author's readings, code and formulas leave room for them."""

from collections.abc import Sequence

from reader.document.blocks import Inline, Span, SpanKind
from reader.document.chinese_script import ReplacedWord
from reader.document.readings import readings
from reader.settings.options import ShownReadings

_WITHOUT = frozenset({SpanKind.RUBY, SpanKind.CODE, SpanKind.KEYBOARD, SpanKind.MATH, SpanKind.CALLOUT})


def generated_readings(
    inline: Inline, words: Sequence[ReplacedWord], language: str, wanted: ShownReadings
) -> list[Span]:
    """The generated readings of a text as spans of ruby; a space separates adjacent readings of Chinese."""
    occupied = {place for span in inline.spans if span.kind in _WITHOUT for place in range(span.start, span.end)}
    occupied.update(place for word in words for place in range(word.start, word.end))
    found = [one for one in readings(inline.text, language, wanted) if occupied.isdisjoint(range(one.start, one.end))]
    starts = {one.start for one in found} if language == "zh" else set()
    return [Span(one.start, one.end, SpanKind.RUBY, f"{one.text} " if one.end in starts else one.text) for one in found]
