"""Whole web pages: where the article in them stands, and what around it is the site's."""

import re
from collections.abc import Iterator

_PAGE = re.compile(
    r"\s*+(?:<\?xml[^>]{0,200}+>\s*+)?(?:<!--[^>]{0,500}+>\s*+)?<(?:!doctype\s++html|html[\s>])", re.IGNORECASE
)
_CHROME = ("nav", "header", "footer", "aside", "form")
_FORM = re.compile(r"<form[\s>]", re.IGNORECASE)
_FORM_END = re.compile(r"</form\s*>", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]*+>|\s++")


def article_of(text: str) -> tuple[str, bool]:
    """The part of a whole page that is its article, and True; any other text as it is, and False."""
    if not _PAGE.match(text):
        return text, False
    text = _without_head(text)
    for name in ("article", "main"):
        starts = list(re.finditer(rf"<{name}[\s>]", text, re.IGNORECASE))
        ends = list(re.finditer(rf"</{name}\s*>", text, re.IGNORECASE))
        if len(starts) == len(ends) == 1 and starts[0].start() < ends[0].start():
            part = text[starts[0].start() : ends[0].end()]
            if 2 * _visible(part) > _visible(text):
                return part, True
    return text, True


def chrome_of(text: str) -> frozenset[str]:
    """The elements of a page that hold nothing of its article; one that is not ended everywhere is none of them."""
    lower = text.lower()
    names = [name for name in _CHROME if name != "header" or not lower.startswith(("<article", "<main"))]
    if 4 * _visible("".join(_forms(text))) > _visible(text):
        # Around a page's whole text, as ASP.NET has it, a form is no control.
        names.remove("form")
    return frozenset(
        name for name in names if len(re.findall(rf"<{name}[\s>]", lower)) == len(re.findall(rf"</{name}\s*>", lower))
    )


def _forms(text: str) -> Iterator[str]:
    """What stands in each form that is ended."""
    at = 0
    while (start := _FORM.search(text, at)) and (end := _FORM_END.search(text, start.end())):
        yield text[start.start() : end.start()]
        at = end.end()


def _without_head(text: str) -> str:
    """The page without its head, which ends at the latest where the body begins."""
    head = re.search(r"<head[\s>]", text, re.IGNORECASE)
    if not head:
        return text
    end = re.compile(r"</head\s*>|<body[\s>]", re.IGNORECASE).search(text, head.end())
    return text[: head.start()] + text[end.start() :] if end else text


def _visible(text: str) -> int:
    return len(_MARKUP.sub("", text))
