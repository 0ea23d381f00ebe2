"""Extraction of the article of a web page, without navigation, recommendations, comments and other parts of the site.

Parts of the site are omitted, the article is selected (`article_roots.py`), and blocks of links in it are omitted.
Lengths count Han, kana and Hangul twice. In doubt text is kept, because missing text is worse than superfluous text.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from reader.lean_dataclasses import dataclass
from reader.parse.article_roots import article_roots
from reader.parse.html_class_names import is_article_name, is_comment_name, is_site_name, is_site_name_of_prose
from reader.parse.html_tokens import HtmlToken, HtmlTokens, attributes_of
from reader.parse.html_vocabulary import BLOCKS, names
from reader.parse.open_languages import declared
from reader.parse.page_cleaning import clean_article, holds_post, omit_headings_at_the_end
from reader.parse.page_headlines import (
    header_around,
    is_before,
    is_named_by_heading,
    main_heading,
    omit_further_articles,
    show_heading_of_article,
)
from reader.parse.page_lists import PageParts, TextAmount, is_list_of_links, whole_list
from reader.parse.page_tokens import page_tokens
from reader.parse.page_tree import PageElement, measure, page_elements, shown
from reader.parse.site_blocks import block_keys, omit_site_blocks
from reader.parse.site_rules import omit_by_rule, roots_by_rule, site_rule
from reader.parse.standfirsts import standfirst

_LARGE = 0.35
"""A part with this share of the page's plain text is not a sidebar, even if its name says so."""
_MOSTLY, _ENOUGH = 0.8, 500
"""Comments are omitted if they are at most this share of the plain text and at least this many characters remain.
Otherwise the comments are the content."""
_PROSE, _PAUSES, _FEW_LINKS = 200, 3, 0.2
"""Prose has at least this much text outside links, this many commas or full stops, and a smaller share of links."""
_TOO_LITTLE = 0.25
"""The share of the text without boilerplate below which an article is doubtful.

This concerns articles whose element has no typical class or id.
"""
_MOSTLY_HIDDEN = 4
"""If a page hides this many times more text than it displays, a script is meant to show the text."""
_NEVER_SITE = names("body html article main p blockquote h1 h2 pre table")
_MAYBE_SITE = BLOCKS - _NEVER_SITE
_SITE_BY_TAG = names("header footer aside")
_NO_SITE_FOOTER = names("article blockquote")
_NO_SITE_HEADER = names("article main section")


@dataclass(frozen=True, slots=True)
class MainContent:
    """The article of a page.

    Attributes:
        tokens: Its tokens.
        omitted: The amount of text outside the article, in characters; Han, kana and Hangul count twice.
        is_doubtful: Whether it is so small a part of the page that it may be the wrong part.
    """

    tokens: HtmlTokens
    omitted: int
    is_doubtful: bool = False


def main_content(source: str, site_blocks: AbstractSet[int] = frozenset(), title: str = "") -> MainContent | None:
    """Return the article of a page; None if it has no paragraphs or is nested too deep.

    Args:
        source: The page without its head.
        site_blocks: The keys of the blocks that most pages of the site have, see `site_blocks.py`.
        title: The title of the article, which tells it from others on the page; empty if it is unknown.
    """
    parsed = page_tokens(source)
    if parsed is None:
        return None
    tokens, removed = parsed
    with page_elements(tokens) as elements:
        return _main_content(elements, site_blocks, title, removed)


def _main_content(
    elements: list[PageElement], site_blocks: AbstractSet[int], title: str, removed: int
) -> MainContent | None:
    found = _found(elements, title)
    roots = found.roots
    if site_blocks:
        omit_site_blocks(roots, site_blocks)
    shown(found.page)
    plain = sum(root.plain for root in roots)
    if is_list_of_links(found, plain):
        root = whole_list(found)
        return MainContent(_tokens([root]), removed + found.everything.text - root.text)
    if not plain:
        return None
    is_doubtful = plain < _TOO_LITTLE * found.likely.plain and not any(_is_sure(root) for root in roots)
    tokens, before = _shown_tokens(roots, found.page, found.displayed, title)
    omitted = removed + found.everything.text - sum(root.text for root in roots) - before
    return MainContent(tokens, max(0, omitted), is_doubtful)


def article_blocks(source: str) -> frozenset[int]:
    """Return the keys of the blocks in a page's article, for learning the site's blocks; empty without an article."""
    parsed = page_tokens(source)
    if parsed is None:
        return frozenset()
    with page_elements(parsed[0]) as elements:
        return block_keys(_found(elements).roots)


def _found(elements: list[PageElement], title: str = "") -> PageParts:
    displayed = page = _displayed(elements)
    body = elements[0]
    everything = TextAmount(body.text, body.links)
    rule = site_rule(page)
    if rule is not None:
        omit_by_rule(page, rule)
    _omit_site(page, body.plain, is_thread=rule is not None and rule.is_thread)
    omit_further_articles(page, title)
    page = shown(page)
    likely = TextAmount(body.text, body.links)
    roots = roots_by_rule(page, rule, likely.plain) if rule is not None else []
    roots = roots or article_roots(page)
    for root in roots:
        clean_article(root)
    for root in roots[-1:]:
        omit_headings_at_the_end(root)
    return PageParts(page, roots, displayed, everything, likely)


def _displayed(elements: list[PageElement]) -> list[PageElement]:
    """Return the elements that browsers display; all elements if most text is hidden, since a script is to show it."""
    everything = elements[0].text
    page = shown(elements)
    if everything > (_MOSTLY_HIDDEN + 1) * elements[0].text:
        for element in elements:
            element.omitted = False
        page = elements
        measure(page)
    return page


def _omit_site(page: Sequence[PageElement], whole: int, *, is_thread: bool) -> None:
    """Omit the elements whose names say that they are part of the site, unless they contain much of the text.

    The comments of a thread are not part of the site.
    """
    headline = header_around(main_heading(page))
    large, mostly = _LARGE * whole, max(_LARGE * whole, min(_MOSTLY * whole, whole - _ENOUGH))
    end = -1
    for element in page:
        tag = element.tag
        if element.first <= end:
            element.omitted = True
            continue
        if (
            (tag in _SITE_BY_TAG and _is_site_by_tag(element))
            or (element.names and tag in _MAYBE_SITE and is_site_name(element.names))
        ) and element is not headline:
            if is_comment_name(element.names):
                is_small = not is_thread and element.plain < mostly
            else:
                is_small = element.plain < large and not _is_section_of_prose(element)
            element.omitted = is_small and not holds_post(element) and not is_named_by_heading(element)
        if element.omitted:
            end = element.last


def _is_site_by_tag(element: PageElement) -> bool:
    tag = element.tag
    if tag in ("footer", "aside"):
        return not element.is_inside(_NO_SITE_FOOTER)
    return tag == "header" and not element.is_inside(_NO_SITE_HEADER)


def _is_section_of_prose(element: PageElement) -> bool:
    """Whether an element named as a part of the site has so many sentences that it is a section of the article."""
    if element.plain < _PROSE or element.pauses < _PAUSES or element.link_density >= _FEW_LINKS:
        return False
    return element.tag != "footer" and not is_site_name_of_prose(element.names)


def _is_sure(element: PageElement) -> bool:
    return element.tag == "article" or is_article_name(element.names)


def _shown_tokens(
    roots: Sequence[PageElement], page: Sequence[PageElement], displayed: Sequence[PageElement], title: str
) -> tuple[HtmlTokens, int]:
    """Return the tokens of the article with its headline and standfirst, and the amount of text that these add."""
    heading = main_heading(page) or show_heading_of_article(displayed)
    headline = header_around(heading) or heading
    before = [headline] if heading and headline and is_before(heading, roots) else []
    for root in before:
        clean_article(root)
    before += standfirst(displayed, roots, before[0] if before else None, title)
    return _tokens([*before, *roots]), sum(root.text for root in before)


def _tokens(roots: Iterable[PageElement]) -> HtmlTokens:
    found: list[HtmlToken] = []
    for root in roots:
        language = _language_around(root)
        found += [("", "div", f'lang="{language}"', "")] if language else []
        _add_tokens(root, found)
        found += [("/", "div", "", "")] if language else []
    return found


def _language_around(root: PageElement) -> str:
    """The language that the elements around another declare; empty if none."""
    element = root.parent
    while element is not None:
        written = element.tokens[element.first][2]
        if "lang" in written and (language := declared(attributes_of(written))):
            return language
        element = element.parent
    return ""


def _add_tokens(root: PageElement, found: list[HtmlToken]) -> None:
    """Add the tokens of an element, except those of omitted elements inside it."""
    tokens, at = root.tokens, root.first
    unseen = list(reversed(root.children))
    while unseen:
        element = unseen.pop()
        if not element.omitted:
            unseen += reversed(element.children)
            continue
        found += tokens[at : element.first]
        at = element.last + 1
        if following := tokens[element.last][3]:
            found.append(("", "", "", following))
    found += tokens[at : root.last]
    found.append((*tokens[root.last][:3], "\n"))
