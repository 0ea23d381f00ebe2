"""The headline of a web page, which many sites put outside the article."""

from collections.abc import Iterable, Sequence

from reader.parse.html_class_names import ARTICLE_HEADER
from reader.parse.page_tree import PageElement


def main_heading(page: Iterable[PageElement]) -> PageElement | None:
    """Return the only main heading of the page."""
    headings = [element for element in page if element.tag == "h1" and element.text]
    return headings[0] if len(headings) == 1 else None


def heading_of_article(displayed: Iterable[PageElement]) -> PageElement | None:
    """Return the only main heading of a page that is omitted with the box around it, if that is the article's."""
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
