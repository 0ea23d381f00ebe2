"""Generated readings above a text, as far as the author's readings, code and formulas leave room for them."""

from collections.abc import Iterator, Sequence

from reader.document.blocks import Inline, Span, SpanKind
from reader.document.chinese_script import ReplacedWord
from reader.document.language_tags import HAN_LANGUAGES, LanguageRange, base_language, language_ranges
from reader.document.readings import GeneratedReading, can_read, readings
from reader.settings.options import ShownReadings

_WITHOUT = frozenset({SpanKind.RUBY, SpanKind.CODE, SpanKind.KEYBOARD, SpanKind.MATH, SpanKind.CALLOUT})


def generated_readings(
    inline: Inline, words: Sequence[ReplacedWord], language: str, wanted: ShownReadings
) -> list[Span]:
    """The generated readings of a text as spans of ruby; a space separates adjacent readings of Chinese.

    A part in another language, such as a Japanese quotation in Chinese, has the readings of that language.
    """
    occupied = {place for span in inline.spans if span.kind in _WITHOUT for place in range(span.start, span.end)}
    occupied.update(place for word in words for place in range(word.start, word.end))
    found = [
        (one, part.language)
        for part in _parts(inline, language)
        for one in _readings_in(inline.text, part, wanted)
        if occupied.isdisjoint(range(one.start, one.end))
    ]
    starts = {one.start for one, _language in found}
    return [
        Span(one.start, one.end, SpanKind.RUBY, f"{one.text} " if own == "zh" and one.end in starts else one.text)
        for one, own in found
    ]


def _parts(inline: Inline, language: str) -> Iterator[LanguageRange]:
    """The parts of a text that have readings, each with its language."""
    at = 0
    for one in language_ranges(inline):
        own = base_language(one.language)
        if own == language or own not in HAN_LANGUAGES:
            continue
        if at < one.start:
            yield LanguageRange(at, one.start, language)
        if can_read(own):
            yield LanguageRange(one.start, one.end, own)
        at = one.end
    if at < len(inline.text):
        yield LanguageRange(at, len(inline.text), language)


def _readings_in(text: str, part: LanguageRange, wanted: ShownReadings) -> Iterator[GeneratedReading]:
    for one in readings(text[part.start : part.end], part.language, wanted):
        yield GeneratedReading(one.start + part.start, one.end + part.start, one.text)
