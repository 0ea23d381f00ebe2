"""Removal of the blocks inside a page's article that are part of the site: link lists, forms, recommendations."""

from reader.parse.html_vocabulary import names
from reader.parse.page_names import NOTE_NAMES, name_weight
from reader.parse.page_tree import PageElement

_CLEANED = names("div ul ol section table form header footer aside dl fieldset figure details center dir")


def clean_article(root: PageElement) -> None:
    """Omit the blocks inside an article that are part of the site."""
    whole = root.text
    unseen = [root]
    while unseen:
        for child in unseen.pop().children:
            if not child.omitted and child.tag in _CLEANED and _is_site(child, whole):
                child.omitted = True
            if not child.omitted:
                unseen.append(child)


def _is_site(element: PageElement, whole: int) -> bool:
    if (not element.text and element.media) or element.plain > 0.4 * whole:
        return False
    if element.names and NOTE_NAMES.search(element.names):
        return False
    density = element.link_density
    if element.tag == "table" and not element.names and density < 0.5:
        return False
    if element.controls and not element.media and element.plain < 200:
        return True
    if density > 0.3 and name_weight(element.names) < 0:
        return True
    return element.pauses < 10 and _is_link_block(element, density)


def _is_link_block(element: PageElement, density: float) -> bool:
    weight = name_weight(element.names)
    if weight < 0 and (density > 0.15 or element.text < 150):
        return True
    if element.tag in ("ul", "ol", "dl"):
        return density > 0.6 and element.links > 20 and not _is_in_text(element)
    if density > 0.5 and element.links > 10 and element.media <= element.links / 20 + 1:
        return True
    if density > 0.3 and weight <= 0 and element.items > max(element.paragraphs, 2):
        return True
    return element.tag == "form" and (element.controls > element.paragraphs or element.plain < 50)


def _is_in_text(element: PageElement) -> bool:
    """Whether an unnamed list is among paragraphs, like the links of an encyclopedia."""
    if element.names or element.parent is None:
        return False
    beside = (one for one in element.parent.children if one.tag == "p" and not one.omitted and one.flow > 40)
    return sum(1 for _ in beside) > 2
