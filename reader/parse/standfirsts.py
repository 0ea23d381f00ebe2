"""The standfirst of an article: paragraphs between its headline and its text, which many sites put outside both."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from reader.document.letters_and_digits import folded_letters
from reader.document.placeholder_pictures import is_placeholder
from reader.parse.html_class_names import LEAD_NAMES, is_site_name
from reader.parse.html_tokens import attributes_of
from reader.parse.html_vocabulary import BLOCKS, names, picture
from reader.parse.page_tree import MEDIA, PageElement

_SHORTEST = 60
"""The minimum amount of text of a standfirst without a typical name."""
_SHORTEST_NAMED = 25
_LARGEST_SHARE = 0.3
"""A standfirst has at most this share of the amount of text in the article."""
_LARGEST = 900
"""A standfirst may have this amount of text, however short the article is."""
_LONGEST_CAPTION = 600
_LONGEST_TITLE = 300
_LINKED = 0.5
_PICTURES = (MEDIA | {"source"}) - {"picture"}
_NO_LEAD = names("figcaption li td th dt dd address a time button label legend summary h1 h5 h6 pre option")


def standfirst(
    displayed: Sequence[PageElement], roots: Sequence[PageElement], heading: PageElement | None, title: str = ""
) -> list[PageElement]:
    """Return the paragraphs and the picture before an article that belong to it, in document order.

    Args:
        displayed: The elements of the page that browsers display, in document order, including parts of the site.
        roots: The elements that contain the article.
        heading: The element shown before the article, if there is one.
        title: The title of the article, which identifies its headline if the page has no main heading.
    """
    first = bisect_left(displayed, roots[0].first, key=_place)
    start, is_headline = _start(displayed[:first], roots[0], title)
    if start is None:
        return []
    found = [
        element
        for element in displayed[bisect_right(displayed, start.first, key=_place) : first]
        if (_is_paragraph(element, is_headline=is_headline) or (is_headline and _is_lead_picture(element)))
        and not (heading is not None and element.has_ancestor(heading))
        and _is_allowed(element, start, roots[0])
    ]
    found = [one for one in found if not any(one is not other and one.has_ancestor(other) for other in found)]
    enough = max(_LARGEST, _LARGEST_SHARE * sum(root.plain for root in roots))
    return found if sum(element.text for element in found) <= enough and not _is_repeated(found, roots) else []


def _place(element: PageElement) -> int:
    return element.first


def _start(before: Sequence[PageElement], root: PageElement, title: str) -> tuple[PageElement | None, bool]:
    """Return the headline above an article and True; without one, the `article` around it or None, and False."""
    around = next((one for one in root.ancestors() if one.tag == "article"), None)
    headlines = [one for one in before if one.tag == "h1" and one.text]
    if headlines and (len(headlines) == 1 or around is None or headlines[-1].has_ancestor(around)):
        return headlines[-1], True
    if not headlines and (wanted := folded_letters(title)):
        for one in reversed(before):
            if 0 < one.text <= _LONGEST_TITLE and folded_letters(one.inner_text()) == wanted:
                return one, True
    return around, False


def _is_paragraph(element: PageElement, *, is_headline: bool) -> bool:
    plain = element.flow - element.flow_links
    if element.tag not in BLOCKS or element.tag in _NO_LEAD or plain < _SHORTEST_NAMED or plain < 0.7 * element.flow:
        return False
    above = element.parent
    named = element.names if above is None else f"{element.names} {above.names}"
    if LEAD_NAMES.search(named.lower()):
        return not is_site_name(element.names) or is_headline
    return is_headline and plain >= _SHORTEST and element.own_pauses > 0 and not is_site_name(element.names)


def _is_lead_picture(element: PageElement) -> bool:
    """Whether an element is a picture with a caption, and not a placeholder for one."""
    return (
        element.tag == "figure"
        and element.media > 0
        and not _has_only_placeholders(element)
        and 0 < element.text <= _LONGEST_CAPTION
        and element.link_density < _LINKED
        and not is_site_name(element.names)
    )


def _has_only_placeholders(element: PageElement) -> bool:
    for slash, tag, written, _text in element.tokens[element.first : element.last]:
        if slash or tag not in _PICTURES:
            continue
        source = picture(attributes_of(written)) if tag in ("img", "source") else tag
        if source and not is_placeholder(source):
            return False
    return True


def _is_allowed(element: PageElement, start: PageElement, root: PageElement) -> bool:
    """Whether no element around a paragraph is part of the site, except a header that contains the headline, too."""
    if root.has_ancestor(element):
        return False
    inside = [element, *element.ancestors()]
    for place, one in enumerate(inside):
        if one is start or root.has_ancestor(one) or start.has_ancestor(one):
            return True
        if one.omitted and not any(start.has_ancestor(above) and above.omitted for above in inside[place:]):
            return False
        if one.tag in _NO_LEAD or one.tag in ("aside", "footer", "nav", "form") or is_site_name(one.names):
            return False
    return True


def _is_repeated(found: Sequence[PageElement], roots: Sequence[PageElement]) -> bool:
    if not found:
        return True
    text = " ".join(found[0].inner_text().split())
    return any(text in " ".join(root.inner_text().split()) for root in roots)
