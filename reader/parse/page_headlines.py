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
    """Omit the articles that a page appends, as its reader scrolls, below the article whose title is `title`.

    A list of articles, such as a start page, stays as it is, because its first heading is not the title of the page.
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
    """Show the only main heading of a page, even if it was omitted, if the box around it is an article's; return it."""
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
    """Return the header around the main heading, which may contain the standfirst, too; None if there is none.

    A header with many links is ignored, because it is that of the site.
    """
    above = heading.parent if heading else None
    while above is not None and above.tag != "header":
        above = above.parent
    return above if above is not None and above.link_density < 0.3 else None


def is_before(heading: PageElement, roots: Sequence[PageElement]) -> bool:
    """Whether a heading precedes the article, outside it."""
    return heading.first < roots[0].first and not any(heading.has_ancestor(root) for root in roots)


def is_named_by_heading(element: PageElement) -> bool:
    """Whether an element has an id made from the text of its heading, such as `sharing-with-one-developer`.

    Documentation generators make such ids for headings and sections; they do not say what the element is.
    """
    heading = element
    if element.tag not in _HEADINGS:
        heading = next((one for one in element.children if one.text), element)
        if heading.tag not in _HEADINGS or not (element.tag == "section" or _SECTION.search(element.names)):
            return False
    said = folded_letters(heading.inner_text())
    return any(folded_letters(name) == said for name in element.names.split())
