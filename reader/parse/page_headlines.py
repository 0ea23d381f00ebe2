"""The headline of a web page, which many sites put outside the article."""

from collections.abc import Iterable, Sequence

from reader.document.letters_and_digits import folded_letters
from reader.parse.html_class_names import ARTICLE_HEADER
from reader.parse.page_tree import PageElement


def main_heading(page: Iterable[PageElement]) -> PageElement | None:
    """Return the only main heading of the page."""
    headings = [element for element in page if element.tag == "h1" and element.text]
    return headings[0] if len(headings) == 1 else None


def omit_further_articles(page: Sequence[PageElement], title: str) -> None:
    """Omit the articles that a page appends to the one whose title is `title`, as a reader scrolls.

    In a list of articles, such as a start page, none has the title of the page, and all stay.
    """
    wanted = folded_letters(title)
    titled = [(heading, _article_around(heading)) for heading in page if heading.tag == "h1" and heading.text]
    if not wanted or len(titled) < 2 or folded_letters(titled[0][0].inner_text()) != wanted:
        return
    first = titled[0][1]
    for _heading, article in titled[1:]:
        if first is not None and article is not None and not first.has_ancestor(article) and article is not first:
            article.omitted = True


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
