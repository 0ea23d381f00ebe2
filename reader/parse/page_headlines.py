"""The headline of a web page, which many sites put outside the article."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from reader.document.letters_and_digits import folded_letters
from reader.parse.html_class_names import ARTICLE_HEADER
from reader.parse.html_vocabulary import names
from reader.parse.page_tree import PageElement
from reader.regex import regex

_HEADINGS = names("h1 h2 h3 h4 h5 h6")
_LONGEST_LABEL = 60
_SECTION = regex(r"(?:^|\s)(?:section|level[1-6]|outline-[2-6])(?:\s|$)")
"""The classes of sections in documents of Sphinx, Pandoc and Org."""
_TITLE_CLASS = regex(r"(?:article|post|entry|story|news)[-_]*(?:title|headline)|^headline$", re.IGNORECASE)


def main_heading(page: Iterable[PageElement]) -> PageElement | None:
    """Return the only main heading of the page."""
    headings = [element for element in page if element.tag == "h1" and element.text]
    return headings[0] if len(headings) == 1 else None


def omit_further_articles(page: Sequence[PageElement], title: str) -> None:
    """Omit the articles that a page appends to the one whose title is `title`, as a reader scrolls.

    In a list of articles, such as a start page, none has the title of the page, and all stay.
    """
    wanted = folded_letters(title)
    headings = [heading for heading in page if heading.tag == "h1" and heading.text]
    if not wanted or len(headings) < 2 or folded_letters(headings[0].inner_text()) != wanted:
        return
    own = _article_around(headings[0])
    titles = _title_classes(headings[0])
    for heading in headings[1:]:
        article = _article_around(heading)
        if own is not None and article is not None and not own.has_ancestor(article) and article is not own:
            article.omitted = True
        elif not titles.isdisjoint(heading.names.split()):
            box = _box_beginning_with(heading, page)
            box.omitted = box is not heading and not headings[0].has_ancestor(box)


def _title_classes(heading: PageElement) -> frozenset[str]:
    """Return the classes by which a site marks the titles of its articles, unlike headings inside them."""
    return frozenset(name for name in heading.names.split() if _TITLE_CLASS.search(name))


def _box_beginning_with(heading: PageElement, page: Sequence[PageElement]) -> PageElement:
    """Return the outermost element around a heading that has no text before it, except a label."""
    box, place, before = heading, bisect_left(page, heading.first, key=lambda element: element.first), 0
    while box.parent is not None:
        while place and page[place - 1].first >= box.parent.first:
            place -= 1
            before += page[place].own_text
        if before > _LONGEST_LABEL:
            break
        box = box.parent
    return box


def _article_around(heading: PageElement) -> PageElement | None:
    """Return the outermost `article` around a heading."""
    found, above = None, heading.parent
    while above is not None:
        if above.tag == "article":
            found = above
        above = above.parent
    return found


def show_heading_of_article(displayed: Iterable[PageElement]) -> PageElement | None:
    """Show the only main heading of a page although its box is omitted, if it is the article's; return it."""
    headings = [element for element in displayed if element.tag == "h1" and element.text]
    if len(headings) != 1:
        return None
    heading = headings[0]
    above = heading.parent
    while above is not None and ARTICLE_HEADER.search(above.names) is None:
        above = above.parent
    if above is None:
        return None
    unseen = [heading]
    while unseen:
        element = unseen.pop()
        element.omitted = False
        unseen += element.children
    return heading


def header_around(heading: PageElement | None) -> PageElement | None:
    """Return the header around the main heading, which has the standfirst too.

    The header of a site is skipped, because it has mostly links.
    """
    above = heading.parent if heading else None
    while above is not None and above.tag != "header":
        above = above.parent
    return above if above is not None and above.link_density < 0.3 else None


def is_before(heading: PageElement, roots: Sequence[PageElement]) -> bool:
    """Whether a heading precedes the article, outside it."""
    return heading.first < roots[0].first and not any(heading.has_ancestor(root) for root in roots)


def is_named_by_heading(element: PageElement) -> bool:
    """Whether an id of an element is the text of its heading, and says nothing else: “Sharing with one developer”.

    Programs for documents make such ids; the element is a heading, or a section named so.
    """
    heading = element
    if element.tag not in _HEADINGS:
        heading = next((one for one in element.children if one.text), element)
        if heading.tag not in _HEADINGS or not (element.tag == "section" or _SECTION.search(element.names)):
            return False
    said = folded_letters(heading.inner_text())
    return any(folded_letters(name) == said for name in element.names.split())
