"""Removal of the blocks inside a page's article that are part of the site: link lists, forms, recommendations."""

from reader.parse.html_class_names import NOTE_NAMES, name_weight
from reader.parse.html_vocabulary import BLOCKS, names
from reader.parse.page_tree import PageElement
from reader.regex import regex

_CLEANED = names("div ul ol section table form header footer aside dl fieldset figure details center dir")
_LABEL = regex(
    r"(?:related(?: (?:stories|articles|posts|content|topics|coverage|news|reading))?"
    r"|you (?:may|might) also (?:like|enjoy|be interested in)"
    r"|(?:also read|read also|read more|read next|more from|more on this|don't miss|recommended)"
    r"|lesen sie auch|lies auch|auch interessant|mehr zum thema|zum thema|das könnte (?:sie|dich) auch interessieren"
    r"|(?:à )?lire aussi|à lire(?: également)?|lea también|lea|lee también|(?:le|te) puede interesar|puedes ver"
    r"|leggi anche|leia (?:também|mais)|veja também|czytaj (?:też|także|również)|zobacz (?:też|także|również)"
    r"|相关阅读|推荐阅读|延伸阅读|相关文章|相關閱讀|推薦閱讀|延伸閱讀|相關文章"
    r"|関連記事|あわせて読みたい|こちらもおすすめ|관련 ?기사)"
    r"(?: ?[:：|>»…?]+|\.{3}|$)",
)
"""What introduces links to other articles of a site."""
_ADVERTISEMENT = regex(
    r"[-—–\[(【]*\s*(?:advert|advertisement|advertising|continue reading below|sponsored links?"
    r"|anzeige|werbung|publicidad|publicité"
    r"|pubblicità|publicidade|reklama|广告|廣告|広告|스폰서 광고|광고)\s*[-—–\])】:]*",
)
_LONGEST_LABEL = 40
_CAPTION_NAMES = regex(r"caption|figure|gallery|slide|photo")
_CAPTION_DEPTH = 3
"""The number of elements above a caption that may have such a name."""
_LONG = 60
"""A block of at least this length that repeats the block before it is a caption written twice."""


def clean_article(root: PageElement) -> None:
    """Omit the blocks inside an article that are part of the site."""
    _omit_boxes(root)
    _omit_lines(root)


def _omit_lines(root: PageElement) -> None:
    """Omit labels of advertisements, links to other articles that a label introduces, and repeated captions."""
    last: PageElement | None = None
    unseen = list(reversed(root.children))
    while unseen:
        element = unseen.pop()
        if element.omitted or not element.text:
            continue
        if element.tag in BLOCKS and (_is_line_of_site(element) or (last is not None and _repeats(element, last))):
            element.omitted = True
            continue
        if element.tag in BLOCKS and element.flow >= _LONG:
            last = element
        unseen += reversed(element.children)


def _repeats(element: PageElement, last: PageElement) -> bool:
    """Whether an element is a caption with the same text as the block before it, as in galleries."""
    if element.text < _LONG or element.text != last.text or element.has_ancestor(last):
        return False
    above, named = element.parent, [element.names]
    while above is not None and len(named) <= _CAPTION_DEPTH:
        named.append(above.names if above.tag != "figure" else "figure")
        above = above.parent
    return _CAPTION_NAMES.search(" ".join(named).lower()) is not None and _text(last) == _text(element)


def _is_line_of_site(element: PageElement) -> bool:
    if element.plain <= _LONGEST_LABEL and element.text <= 400:
        text = _text(element).lower()
        if _ADVERTISEMENT.fullmatch(text):
            return True
        return element.links > 10 and element.link_density > 0.4 and _LABEL.match(text) is not None
    return False


def _text(element: PageElement) -> str:
    return " ".join(element.node.text(deep=True).split())


def _omit_boxes(root: PageElement) -> None:
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
