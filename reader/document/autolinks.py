"""Autolinks: detection of bare URLs in running text.

The Markdown library ends a URL only at white space. In Chinese and Japanese, the URL would include the punctuation,
emphasis and text after it. Therefore the library's autolinks are disabled.
"""

import re

from reader.document.blocks import Inline, Span, SpanKind
from reader.regex import regex

_ADDRESS = regex(r"(?<![A-Za-z0-9])(?:https?://|www\.)(?=[A-Za-z0-9\[])", re.IGNORECASE)
_STOP = regex(
    '[\\s<>"`|\u2010-\u2027\u3000-\u303f\u30fb\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]'
    # CJK punctuation ends a URL, and so does a CJK word after a letter; after a slash the word is part of the URL.
    "|(?<![/=#_.%?&+~\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3-])[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
)
_LINKS = frozenset({SpanKind.LINK, SpanKind.IMAGE, SpanKind.FOOTNOTE})
_CLOSED = _LINKS | {SpanKind.CODE, SpanKind.KEYBOARD, SpanKind.MATH}
_TRAIL = ".,;:!?'*_~"


def addresses_in(text: str) -> list[tuple[int, int, str]]:
    """Return the start, end and target of each bare URL in a text."""
    found: list[tuple[int, int, str]] = []
    at = 0
    while hit := _ADDRESS.search(text, at):
        stop_hit = _STOP.search(text, hit.end())
        stop = _trimmed(text, hit.end(), stop_hit.start() if stop_hit else len(text))
        at = max(stop, hit.end())
        if stop > hit.end():
            address = text[hit.start() : stop]
            if "." in address[hit.end() - hit.start() :] or "://" in address[:8]:
                found.append((hit.start(), stop, address if "://" in address[:8] else f"http://{address}"))
    return found


def with_addresses(inline: Inline) -> Inline:
    """The text with its bare URLs as links, except those in a link, a picture, code or a formula."""
    if "://" not in inline.text and "www." not in inline.text:
        return inline
    links: list[Span] = []
    near: list[Span] = []
    following = 0
    for start, end, target in addresses_in(inline.text):
        while following < len(inline.spans) and inline.spans[following].start < end:
            near.append(inline.spans[following])
            following += 1
        near = [span for span in near if span.end > start]
        if all(_fits(start, end, span) for span in near):
            links.append(Span(start, end, SpanKind.LINK, target))
    if not links:
        return inline
    return Inline(inline.text, tuple(sorted((*inline.spans, *links), key=lambda span: (span.start, -span.end))))


def _fits(start: int, end: int, span: Span) -> bool:
    """Whether a link from `start` to `end` crosses no span, contains no link, and is neither in a link nor in code."""
    if span.end <= start or end <= span.start:
        return True
    if span.start <= start and end <= span.end:
        return span.kind not in _CLOSED
    return start <= span.start and span.end <= end and span.kind not in _LINKS


def _trimmed(text: str, start: int, stop: int) -> int:
    """Return the end of a URL without trailing punctuation (GFM, extended autolink path validation)."""
    # Count "(" and "[" only once, because neither is ever removed.
    unopened = text.count(")", start, stop) - text.count("(", start, stop)
    bracketed = text.find("[", start, stop) >= 0
    while stop > start:
        last = text[stop - 1]
        if last not in _TRAIL and not (last == ")" and unopened > 0) and (last != "]" or bracketed):
            break
        unopened -= last == ")"
        stop -= 1
    return stop
