"""The tokens of a whole page, as a parser of the HTML standard reads it: all elements have their end tags."""

from selectolax.lexbor import LexborHTMLParser

from reader.parse.html_class_names import SITE_ELEMENTS
from reader.parse.html_repair import Repair, repair
from reader.parse.html_tokens import HtmlTokens, tokens_of
from reader.parse.html_vocabulary import KNOWN
from reader.parse.page_repair import repair_page
from reader.parse.page_tree import amount_of_text
from reader.parse.pages import is_too_deep

_SITE_SELECTOR = ", ".join(sorted(SITE_ELEMENTS))


def page_tokens(source: str) -> tuple[HtmlTokens, int] | None:
    """Return the tokens of a page's body, and the amount of text in `SITE_ELEMENTS`, which are removed.

    Missing end tags are added and misplaced tags moved, but no text is changed. None if the page has no body or is
    nested too deep.
    """
    found = _parsed(repair_page(source))
    if found is None:
        return None
    unknown = {tag for _slash, tag, _written, _text in found[0]} - KNOWN
    if any(f"</{tag}>" not in source and not Repair(source).is_kept(tag.lower()) for tag in unknown):
        return _parsed(repair(source))
    return found


def _parsed(source: str) -> tuple[HtmlTokens, int] | None:
    body = None if is_too_deep(source) else LexborHTMLParser(source).body
    if body is None:
        return None
    removed = 0
    # Remove inner elements before outer ones, so that their text is counted once.
    for element in reversed(body.css(_SITE_SELECTOR)):
        removed += amount_of_text(element.text())
        element.decompose()
    return tokens_of(body.html or ""), removed
