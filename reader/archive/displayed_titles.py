"""The part of a page's title that the page displays: the title of the article without the names of site and section."""

from collections.abc import Iterator
from html import escape

from reader.regex import regex

_SEPARATOR = regex(
    r"\s+[-–—·»›:：•]+\s+|\s*[|｜ㅣ_]+\s*|:\s+|：|\s*--+\s*"
    r"|(?<=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef”’》」])[-–—]|[-–—](?=[\u3000-\u30ff\u3400-\u9fff“《「])|\s+(?=[\u3400-\u9fff])"
)
"""Separators of the parts of a title; next to Han characters and kana, a dash needs no spaces around it."""
_SHORTEST = 8
"""The minimum length of a beginning that may be the title; Han characters, kana and Hangul count twice."""
_LONGEST = 300
_WIDE = regex(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_PARTS_AT_MOST = 12
_PLACES_AT_MOST = 20
_END = regex(r"(?:\s|&nbsp;)*(?:<|\Z)")
_BODY = regex(r"<body\b")
_HEADLINE = regex(
    r"<(?:h[1-4]\b|[a-z]+\s[^<>]*?\b(?:class|id)\s*=\s*(?:\"[^\"<>]*|'[^'<>]*|[^\s\"'<>]*)(?:title|headline|biaoti))[^<>]*>"
    r"(?:\s*<(?:a|span|b|strong)\b[^<>]*>)*\s*\Z"
)
"""The tags before a headline: of a heading, or of an element whose class or id says that it is a title."""
_BEFORE = 600
"""The maximum length in characters of the tags before a headline."""


def displayed_title(text: str, title: str) -> str:
    """Return the longest beginning of a title, or else its end, that is a headline of the page.

    If neither is a headline, a beginning that is more than half of the title may be any text of the page, because the
    name of the site comes last in most titles. A title of which no part is displayed is returned as it is.

    Args:
        text: The page without scripts, style sheets and comments.
        title: The title in its metadata.
    """
    separators = list(_SEPARATOR.finditer(title))[:_PARTS_AT_MOST] if len(title) <= _LONGEST else []
    if not separators:
        return title
    start = found.start() if (found := _BODY.search(text)) else 0
    if any(_places(text, title, start)):
        return title
    marked = [found for found in separators if found[0].strip()]
    # A space counts only if there is no other separator. A colon usually separates a subtitle, not the site.
    begun = [title[: found.start()] for found in marked or separators if found[0].strip() not in (":", "：")]
    begun = [part for part in reversed(begun) if _width(part) >= _SHORTEST]
    ends = [part for found in marked if 2 * _width(part := title[found.end() :]) >= _width(title)]
    longest = [part for part in begun if 2 * _width(part) > _width(title)]
    headlines = (part for part in (*begun, *ends) if any(_headlines(text, part, start)))
    return next(headlines, "") or next((part for part in longest if any(_places(text, part, start))), title)


def _width(text: str) -> int:
    return len(text) + len(_WIDE.findall(text))


def _places(text: str, said: str, start: int) -> Iterator[int]:
    """Yield the offsets at which `said` is the whole text between two tags."""
    for written in dict.fromkeys((escape(said, quote=False), said)):
        at = start
        for _number in range(_PLACES_AT_MOST):
            at = text.find(written, at)
            if at < 0:
                break
            end = at + len(written)
            if text[max(0, at - _BEFORE) : at].rstrip().endswith(">") and _END.match(text, end):
                yield at
            at = end


def _headlines(text: str, said: str, start: int) -> Iterator[int]:
    """Yield the offsets at which `said` is the text of a headline."""
    for at in _places(text, said, start):
        if _HEADLINE.search(text[max(0, at - _BEFORE) : at]):
            yield at
