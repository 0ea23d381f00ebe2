"""Whole web pages: how they are recognized, and the elements that surround an article."""

import re
from collections.abc import Iterator
from itertools import accumulate

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
_HEAD = regex(r"<head[\s>]", re.IGNORECASE)
_HEAD_END = regex(r"<(?:/head\s*>|body[\s>])", re.IGNORECASE)
_NESTED = regex(
    rb"<(/)?(?:address|article|aside|blockquote|center|details|dialog|dir|div|dl|fieldset|figure|footer|form|header"
    rb"|hgroup|main|menu|nav|[uo]l|search|section|table)\b",
)
"""Tags at which the parser searches all open elements for an open paragraph."""
_DEEPEST = 1000
_MARKUP = regex(r"<[^<>]*+>|\s++")


def is_page(text: str) -> bool:
    """Whether HTML is a whole page rather than the text of an article alone, as in a feed."""
    return _PAGE.match(text) is not None


def page_body(text: str) -> str:
    """Return a page without its head and without the toolbar of the Internet Archive."""
    text = _without_head(text)
    return _ARCHIVE_TOOLBAR.sub("", text) if "WAYBACK TOOLBAR" in text else text


def boilerplate_elements(text: str) -> frozenset[str]:
    """Return the names of elements that are not part of a page's article; names with missing end tags are excluded."""
    lower = text.lower()
    names = list(_BOILERPLATE)
    if 4 * _visible("".join(_forms(text))) > _visible(text):
        # A form around the whole page, as in ASP.NET, is not a control.
        names.remove("form")
    return frozenset(
        name for name in names if len(re.findall(rf"<{name}[\s>]", lower)) == len(re.findall(rf"</{name}\s*>", lower))
    )


def is_too_deep(source: str) -> bool:
    """Whether blocks are nested so deep that building the tree, which takes quadratic time, would take seconds."""
    tags = source.count("<")
    if tags <= _DEEPEST or tags - source.count("</") <= _DEEPEST:
        return False  # There are no more start tags than that.
    # Convert bytes to lower case: converting a text that is not ASCII takes ten times as long.
    lower = source.encode("utf-8", "replace").lower()
    depths = accumulate(-1 if end else 1 for end in _NESTED.findall(lower))
    return any(depth > _DEEPEST for depth in depths)


def _forms(text: str) -> Iterator[str]:
    """Yield the content of each form that has an end tag."""
    at = 0
    while (start := _FORM.search(text, at)) and (end := _FORM_END.search(text, start.end())):
        yield text[start.start() : end.start()]
        at = end.end()


def _without_head(text: str) -> str:
    """Remove the head, which ends at the latest where the body begins."""
    head = _HEAD.search(text)
    if not head:
        return text
    end = _HEAD_END.search(text, head.end())
    return text[: head.start()] + text[end.start() :] if end else text


def _visible(text: str) -> int:
    return len(_MARKUP.sub("", text))
