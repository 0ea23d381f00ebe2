"""Removal of the blocks inside a page's article that are part of the site: link lists, forms, recommendations."""

from reader.parse.html_class_names import NOTE_NAMES, POST_NAMES, name_weight
from reader.parse.html_vocabulary import BLOCKS, names
from reader.parse.page_headlines import is_named_by_heading
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
"""The beginning of a line that introduces links to other articles of a site."""
_ADVERTISEMENT = regex(
    r"[-—–\[(【]*\s*(?:advert|advertisement|advertising|continue reading below|sponsored links?"
    r"|anzeige|werbung|publicidad|publicité"
    r"|pubblicità|publicidade|reklama|广告|廣告|広告|스폰서 광고|광고)\s*[-—–\])】:]*",
)
_LONGEST_LABEL = 40
_LONGEST_ADVERTISEMENT = 60
_HEADINGS = names("h2 h3 h4 h5 h6")
_TEXT = names("p ul ol blockquote")
_BOXES = 3
"""The maximum number of boxes around an embedded post."""
_LABEL_ALONE = regex(
    r"(?:(?:you (?:may|might) also (?:like|enjoy|be interested in)|don[’']t miss|most (?:read|popular|viewed)"
    r"(?: in .{1,20})?"
    r"|(?:related|more|recommended|popular|latest|top|trending) (?:stories|articles|posts|news|reading|coverage)"
    r"|read (?:more|next|also)|also read|more from .{1,20}|more on this(?: story)?|trending(?: now)?"
    r"|recommended(?: for you)?|lesen sie auch|auch interessant|mehr zum thema|à lire aussi|lire aussi"
    r"|sur le même sujet"
    r"|leggi anche|te puede interesar|lee también|leia também|veja também|czytaj także"
    r"|相关阅读|推荐阅读|相关文章|相關閱讀|推薦閱讀|相關文章|猜你喜欢|猜你喜歡|热门文章|熱門文章|往期推荐|往期推薦|往期回顾|精彩推荐"
    r"|関連記事|あわせて読みたい|こちらもおすすめ|おすすめ記事|人気記事|관련 ?기사|많이 본 뉴스|추천 ?기사))"
    r"(?: ?[:：|>»…?!！]+|\.{3})?",
)
"""A whole line that introduces links to other articles of a site below it."""
_FEWEST_LINKS, _MOST_LINKS = 2, 20
_LINK = 40
"""The usual length of a linked title; longer text in links counts as several links."""
_MOSTLY_LINKS = 0.7
_LINKED_SENTENCE = regex(r"\S(?:\s+\S+){5}[.!?][”’\"')]?$|[\u3040-\u30ff\u3400-\u9fff]{8}[。！？]$")
"""The end of a sentence of several words."""
_CAPTION_NAMES = regex(r"caption|figure|gallery|slide|photo")
_CAPTION_DEPTH = 3
"""The number of elements around a caption whose names are searched, too."""
_LONG = 60
"""A caption of at least this length that repeats an earlier block is omitted."""


def clean_article(root: PageElement) -> None:
    """Omit the blocks inside an article that are part of the site."""
    _omit_boxes(root)
    _omit_lines(root)
    _omit_link_lists(root)


def _omit_lines(root: PageElement) -> None:
    """Omit labels of advertisements, links to other articles that a label introduces, and repeated captions."""
    last: PageElement | None = None
    captions: dict[int, dict[str, PageElement]] = {}
    unseen = list(reversed(root.children))
    while unseen:
        element = unseen.pop()
        if element.omitted or not element.text:
            continue
        if element.tag in BLOCKS and (
            _is_line_of_site(element)
            or (last is not None and _repeats(element, last))
            or (element.text in captions and _repeats_any(element, captions[element.text]))
        ):
            element.omitted = True
            continue
        if element.tag in BLOCKS and element.flow >= _LONG:
            last = element
            if _is_caption(element):
                captions.setdefault(element.text, {}).setdefault(_text(element), element)
        unseen += reversed(element.children)


def _omit_link_lists(root: PageElement) -> None:
    """Omit lines that introduce links to other articles, and the blocks of links below them."""
    unseen = [root]
    while unseen:
        above = unseen.pop()
        kept = [child for child in above.children if child.text]
        unseen += (child for child in kept if child.children and not child.omitted)
        for place, child in enumerate(kept):
            if child.tag not in BLOCKS or child.text > _LONGEST_LABEL or child.omitted:
                continue
            below = kept[place + 1 : place + 2 + _MOST_LINKS]
            links = next((n for n, one in enumerate(below) if not _is_links(one)), len(below))
            if sum(
                max(1, one.items, one.links // _LINK) for one in below[:links]
            ) >= _FEWEST_LINKS and _LABEL_ALONE.fullmatch(_text(child).lower()):
                for one in (child, *below[:links]):
                    one.omitted = True


def omit_headings_at_the_end(root: PageElement) -> None:
    """Omit the headings of omitted lists at the end of an article, and links to the rest of such lists."""
    end: list[PageElement] = []
    unseen = [root]
    while unseen:
        element = unseen.pop()
        if element.omitted or not (element.text or element.media):
            continue
        if element.tag in _HEADINGS:
            for one in (element, *end):
                one.omitted = True
            end = []
        elif 10 * element.own_text < element.text and any(child.is_block for child in element.children):
            unseen += element.children
        elif end or element.media or element.text > _LONGEST_LABEL or element.links < element.text:
            return
        else:
            end.append(element)


def _is_links(element: PageElement) -> bool:
    return element.omitted or (element.tag in BLOCKS and element.link_density >= _MOSTLY_LINKS)


def _repeats(element: PageElement, last: PageElement) -> bool:
    """Whether an element is a caption with the same text as the block before it, as in galleries."""
    if element.text < _LONG or element.text != last.text or element.has_ancestor(last):
        return False
    return _is_caption(element) and _text(last) == _text(element)


def _repeats_any(element: PageElement, captions: dict[str, PageElement]) -> bool:
    """Whether an element is a caption with the same text as an earlier one; `captions` maps texts to captions."""
    if not _is_caption(element):
        return False
    one = captions.get(_text(element))
    return one is not None and not element.has_ancestor(one)


def _is_caption(element: PageElement) -> bool:
    above, named = element.parent, [element.names]
    while above is not None and len(named) <= _CAPTION_DEPTH:
        named.append(above.names if above.tag != "figure" else "figure")
        above = above.parent
    return _CAPTION_NAMES.search(" ".join(named).lower()) is not None


def _is_line_of_site(element: PageElement) -> bool:
    if element.plain > _LONGEST_LABEL or element.text > 400:
        return False
    if element.text <= _LONGEST_ADVERTISEMENT and _ADVERTISEMENT.fullmatch(_text(element).lower()):
        return True
    return element.links > 10 and element.link_density > 0.4 and _LABEL.match(_text(element).lower()) is not None


def _text(element: PageElement) -> str:
    return " ".join(element.inner_text().split())


def _omit_boxes(root: PageElement) -> None:
    whole = root.text
    unseen = [root]
    while unseen:
        for child in unseen.pop().children:
            if not child.omitted and child.tag in _CLEANED and _is_site(child, whole) and not holds_post(child):
                child.omitted = True
            if not child.omitted:
                unseen.append(child)


def holds_post(element: PageElement) -> bool:
    """Whether an element is the box around a post of a social network that the article quotes."""
    for _depth in range(_BOXES):
        children = [child for child in element.children if child.text]
        if len(children) != 1:
            return False
        element = children[0]
        if element.tag == "blockquote" and POST_NAMES.search(element.names) is not None:
            return True
    return False


def _is_site(element: PageElement, whole: int) -> bool:
    if (not element.text and element.media) or element.plain > 0.4 * whole:
        return False
    if element.names and NOTE_NAMES.search(element.names):
        return False
    density = element.link_density
    if element.tag == "table" and not element.names and density < 0.5:
        return False
    weight = name_weight(element.names)
    if weight < 0 and is_named_by_heading(element):
        weight = 0
    if density > 0.3 and weight < 0:
        return True
    return element.pauses < 10 and _is_link_block(element, density, weight)


def _is_link_block(element: PageElement, density: float, weight: int) -> bool:
    if weight < 0 and (density > 0.15 or element.text < 150):
        return True
    if element.tag in ("ul", "ol", "dl"):
        return density > 0.6 and element.links > 20 and not _is_in_text(element)
    if density > 0.5 and element.links > 10 and element.media <= element.links / 20 + 1:
        return not _is_linked_sentence(element)
    if density > 0.3 and weight <= 0 and element.items > max(element.paragraphs, 2):
        return True
    return element.tag == "form" and element.plain < 50


def _is_linked_sentence(element: PageElement) -> bool:
    """Whether an element is the box around a paragraph of text, most of which is linked."""
    return element.paragraphs == 1 and not element.items and _LINKED_SENTENCE.search(_text(element)) is not None


def _is_in_text(element: PageElement) -> bool:
    """Whether an unnamed list is among paragraphs and lists of text, like the links of an encyclopedia."""
    above = element.parent
    if element.names or above is None:
        return False
    if above.tag == "li" and above.own_text and above.parent is not None:
        # The text of a list item introduces the list in it.
        return above.parent.plain > _LONG or _is_in_text(above.parent)
    beside = (one for one in above.children if one.tag in _TEXT and not one.omitted and one.plain > 40)
    return sum(1 for _ in beside) > 2
