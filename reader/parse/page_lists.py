"""Pages that are lists of links, such as the essays of a site or the articles of a category: all links are content."""

from collections.abc import Sequence
from typing import NamedTuple

from reader.parse.html_class_names import is_article_name
from reader.parse.html_vocabulary import names
from reader.parse.page_tree import PageElement, measure, shown

_FEW_WORDS, _HARDLY_ANY = 300, 100
"""A page may be a list of links if its article has less text outside links than the first number; if the article has
less than the second number, links in parts of the site count, too."""
_MANY_LINKS = 200
"""The minimum amount of text in links outside the article of such a page."""
_LINKS_OF_LIST, _LINKS_OF_ARTICLE, _PAUSES = 2, 6, 3
"""How many times more text in links outside the article than plain text in it makes a page a list; the same ratio for a
short article, around which news sites put many links; the minimum of commas and full stops in a short article."""
_NO_SITE = names("article blockquote")


class TextAmount(NamedTuple):
    """An amount of text, and the part of it in links."""

    text: int
    links: int

    @property
    def plain(self) -> int:
        """The part outside links."""
        return self.text - self.links


class PageParts(NamedTuple):
    """The elements of a page, and its amounts of text.

    Attributes:
        page: The elements without parts of the site.
        roots: The elements that contain the article.
        displayed: All elements that browsers display.
        everything: The text in all displayed elements.
        likely: The text that is not in parts of the site.
    """

    page: list[PageElement]
    roots: list[PageElement]
    displayed: list[PageElement]
    everything: TextAmount
    likely: TextAmount


def is_list_of_links(parts: PageParts, plain: int) -> bool:
    """Whether a page consists of links, and the elements found as its article at most introduce them.

    `plain` is the amount of text outside links in those elements.
    """
    if plain >= _FEW_WORDS:
        return False
    amount = parts.everything if plain < _HARDLY_ANY else parts.likely
    most = _LINKS_OF_ARTICLE if _is_short_article(parts.roots) else _LINKS_OF_LIST
    return amount.links - sum(root.links for root in parts.roots) > max(_MANY_LINKS, most * plain)


def _is_short_article(roots: Sequence[PageElement]) -> bool:
    """Whether the only element found is named as the text of an article, and has sentences and hardly any links."""
    root = roots[0] if len(roots) == 1 else None
    return (
        root is not None and is_article_name(root.names) and root.pauses >= _PAUSES and not root.links * 10 > root.text
    )


def whole_list(parts: PageParts) -> PageElement:
    """Return the innermost element with all text of a page; footers and asides that are not the list do not count."""
    elements = parts.displayed
    for element in elements:
        element.omitted = False
    measure(elements)
    for element in elements:
        is_small = element.tag in ("footer", "aside") and 2 * element.links < parts.everything.links
        element.omitted = is_small and not element.is_inside(_NO_SITE)
    shown(elements)
    root = elements[0]
    while inner := next((one for one in root.children if one.text == root.text and not one.omitted), None):
        if not inner.is_block:
            break
        root = inner
    return root
