"""Pages that are lists of links: the essays of a site, the articles of a category. All of them is content."""

from typing import NamedTuple

from reader.parse.html_vocabulary import names
from reader.parse.page_tree import PageElement, measure, shown

_FEW_WORDS, _HARDLY_ANY = 300, 100
"""A page whose article has less text outside links than this may be a list of links: than the latter, also if the
list has a name of parts of the site."""
_MANY_LINKS = 200
"""The minimum amount of text in links outside the article of such a page."""
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
        everything: The text in them.
        likely: The text that is not in parts of the site.
    """

    page: list[PageElement]
    roots: list[PageElement]
    displayed: list[PageElement]
    everything: TextAmount
    likely: TextAmount


def is_list_of_links(parts: PageParts, plain: int) -> bool:
    """Whether a page consists of links, and what was found at most introduces them.

    `plain` is the amount of text outside links in what was found.
    """
    if plain >= _FEW_WORDS:
        return False
    amount = parts.everything if plain < _HARDLY_ANY else parts.likely
    return amount.links - sum(root.links for root in parts.roots) > max(_MANY_LINKS, 2 * plain)


def whole_list(parts: PageParts) -> PageElement:
    """Return the innermost element with all text of a page except footers and asides that are not the list itself."""
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
