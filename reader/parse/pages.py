"""Whole web pages: extraction of the article from navigation and other parts of the site."""

import re
from collections.abc import Iterator

from reader.regex import regex

_PAGE = regex(
    r"\s*+(?:<\?xml[^>]{0,200}+>\s*+)?(?:<!--[^>]{0,500}+>\s*+)?<(?:!doctype\s++html|html[\s>])", re.IGNORECASE
)
_BOILERPLATE = ("nav", "header", "footer", "aside", "form")
_ARCHIVE_TOOLBAR = regex(
    r"<!--\s*BEGIN WAYBACK TOOLBAR INSERT\s*-->.*?<!--\s*END WAYBACK TOOLBAR INSERT\s*-->", re.DOTALL
)
"""The toolbar that the Internet Archive puts above its copies of pages."""
_FORM = regex(r"<form[\s>]", re.IGNORECASE)
_FORM_END = regex(r"</form\s*>", re.IGNORECASE)
_HEADER = regex(
    r"<header(?:\s[^<>]{0,500}+)?>((?:(?!</?header[\s>]).){0,5000}+)</header\s*>", re.IGNORECASE | re.DOTALL
)
_MARKUP = regex(r"<[^<>]*+>|\s++")


def extract_article(text: str) -> tuple[str, bool]:
    """Return the article of a whole page and True; return any other text unchanged and False."""
    if not _PAGE.match(text):
        return text, False
    text = _without_head(text)
    if "WAYBACK TOOLBAR" in text:
        text = _ARCHIVE_TOOLBAR.sub("", text)
    for name in ("article", "main"):
        starts = list(re.finditer(rf"<{name}[\s>]", text, re.IGNORECASE))
        ends = list(re.finditer(rf"</{name}\s*>", text, re.IGNORECASE))
        if len(starts) == len(ends) == 1 and starts[0].start() < ends[0].start():
            part = text[starts[0].start() : ends[0].end()]
            if 2 * _visible(part) > _visible(text):
                header = _headline(text[: starts[0].start()]) if "<h1" not in part.lower() else ""
                return (f"<{name}>{header}{part}</{name}>" if header else part), True
    return text, True


def boilerplate_elements(text: str) -> frozenset[str]:
    """Return the elements of a page that are not part of the article; those with missing end tags are excluded."""
    lower = text.lower()
    names = list(_BOILERPLATE)
    if lower.startswith(("<article", "<main")):
        names.remove("header")
    if lower.startswith("<article"):
        # Those of the article itself: corrections, sources, pull quotes.
        names = [name for name in names if name not in ("footer", "aside")]
    if 4 * _visible("".join(_forms(text))) > _visible(text):
        # ASP.NET wraps the whole page in a form, which is then not a control.
        names.remove("form")
    return frozenset(
        name for name in names if len(re.findall(rf"<{name}[\s>]", lower)) == len(re.findall(rf"</{name}\s*>", lower))
    )


def _headline(before: str) -> str:
    """Return the content of the last header before the article if it contains the only main heading, else empty."""
    headers = list(_HEADER.finditer(before))
    one = len(re.findall(r"<h1[\s>]", before, re.IGNORECASE)) == 1
    return headers[-1][1] if headers and one and "<h1" in headers[-1][1].lower() else ""


def _forms(text: str) -> Iterator[str]:
    """Yield the content of each form that has an end tag."""
    at = 0
    while (start := _FORM.search(text, at)) and (end := _FORM_END.search(text, start.end())):
        yield text[start.start() : end.start()]
        at = end.end()


def _without_head(text: str) -> str:
    """Remove the head, which ends at the latest where the body begins."""
    head = re.search(r"<head[\s>]", text, re.IGNORECASE)
    if not head:
        return text
    end = re.compile(r"</head\s*>|<body[\s>]", re.IGNORECASE).search(text, head.end())
    return text[: head.start()] + text[end.start() :] if end else text


def _visible(text: str) -> int:
    return len(_MARKUP.sub("", text))
