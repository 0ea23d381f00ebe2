"""The tree of a web page with the amount of text in each element, for finding the article."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from selectolax.lexbor import LexborNode

from reader.parse.html_class_names import SITE_ROLES, UNREAD
from reader.parse.html_vocabulary import BLOCKS, Attributes, is_hidden, names
from reader.regex import regex

_WIDE = regex(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""Han, kana and Hangul: one character contains about as much information as two Latin letters."""
_PAUSES = "，、。；"
"""Commas and full stops besides those of ASCII."""
_TRANSPARENT = names("b strong em i u s span font small big sub sup code tt br wbr mark abbr cite time label")
_AROUND = frozenset(("article", "blockquote", "main", "section"))
_LINK, _ITEM, _PARAGRAPH, _CONTROL, _MEDIA = range(1, 6)
_KINDS = {
    "a": _LINK,
    "li": _ITEM,
    "p": _PARAGRAPH,
    **dict.fromkeys(("input", "textarea", "select", "button"), _CONTROL),
    **dict.fromkeys(("img", "video", "iframe", "picture", "math", "embed", "object", "audio"), _MEDIA),
}
"""What an element counts as; 0 for any other."""
_TELLING = frozenset(("aria-hidden", "hidden", "itemprop", "role", "style"))
"""Attributes besides class and id that may tell whether an element is part of the article."""


class PageElement:
    """An element of a page. Amounts of text are in characters, Han, kana and Hangul counted twice.

    Those of the content are set by `measure`, so that creating an element, of which pages have thousands, is fast.

    Attributes:
        node: The element in the parsed page.
        names: Its classes and its id, separated by blanks.
        around: Which of `article`, `blockquote`, `main` and `section` are among its ancestors.
        omitted: Whether it is not part of the article.
        own_text: The text directly in it.
        own_pauses: The commas and full stops directly in it.
        text: All text in it; `links` is the part in links, `pauses` the number of commas and full stops.
        flow: The text in it and its inline descendants; `flow_links` is the part in links.
        media: The number of images and other embedded content in it.
        items: The number of list items in it; `paragraphs` and `controls` likewise.
        score: How likely it contains the article.
        kind: What it counts as, see `_KINDS`.
        is_block: Whether it is a block.
    """

    __slots__ = (
        "around",
        "children",
        "controls",
        "flow",
        "flow_links",
        "is_block",
        "items",
        "kind",
        "links",
        "media",
        "names",
        "node",
        "omitted",
        "own_pauses",
        "own_text",
        "paragraphs",
        "parent",
        "pauses",
        "score",
        "tag",
        "text",
    )

    text: int
    links: int
    pauses: int
    flow: int
    flow_links: int
    media: int
    items: int
    paragraphs: int
    controls: int
    score: float

    def __init__(self, node: LexborNode, tag: str, parent: "PageElement | None", around: frozenset[str]) -> None:
        self.node = node
        self.tag = tag
        self.parent = parent
        self.around = around
        self.names = ""
        self.omitted = False
        self.own_text = self.own_pauses = 0
        self.kind = _KINDS.get(tag, 0)
        self.is_block = tag in BLOCKS
        self.children: list[PageElement] = []

    @property
    def plain(self) -> int:
        """The amount of text outside links."""
        return self.text - self.links

    @property
    def link_density(self) -> float:
        """The part of the text that is in links, from 0 to 1."""
        return self.links / self.text if self.text else 0.0

    def has_ancestor(self, other: "PageElement") -> bool:
        """Whether `other` is this element or one of its ancestors."""
        above: PageElement | None = self
        while above is not None:
            if above is other:
                return True
            above = above.parent
        return False


@contextmanager
def page_elements(body: LexborNode) -> Iterator[list[PageElement]]:
    """The elements of a page as from `read_tree`, until the end of the block.

    Elements refer to their parents, so the whole page would stay in memory until the next search for cycles.
    """
    elements = read_tree(body)
    try:
        yield elements
    finally:
        for element in elements:
            element.parent = None


def read_tree(body: LexborNode) -> list[PageElement]:
    """Return the elements of a page in document order. Elements that browsers do not display are marked as omitted.

    Inline elements such as emphasis count as text of the element around them.
    """
    # One loop without calls for each node, because a page has thousands.
    root = PageElement(body, "body", None, frozenset())
    elements = [root]
    unread = [(root, body.iter(include_text=True))]
    while unread:
        element, nodes = unread[-1]
        for node in nodes:
            tag = node.tag
            if tag == "-text":
                if text := (node.text_content or "").strip():
                    element.own_text += len(text)
                    element.own_pauses += text.count(",") + text.count(";")
                    if not text.isascii():
                        element.own_text += len(_WIDE.findall(text))
                        element.own_pauses += sum(map(text.count, _PAUSES))
            elif tag in _TRANSPARENT:
                unread.append((element, node.iter(include_text=True)))
                break
            elif tag and tag[0] != "-" and tag not in UNREAD:
                child = _element(node, tag, element)
                element.children.append(child)
                elements.append(child)
                if node.child is not None:
                    unread.append((child, node.iter(include_text=True)))
                    break
        else:
            unread.pop()
    return elements


def _element(node: LexborNode, tag: str, parent: PageElement) -> PageElement:
    around = parent.around | {parent.tag} if parent.tag in _AROUND else parent.around
    element = PageElement(node, tag, parent, around)
    attributes = node.attributes
    if attributes:
        classes, identifier = attributes.get("class") or "", attributes.get("id")
        element.names = (f"{classes} {identifier}" if identifier else classes).strip()
        if not _TELLING.isdisjoint(attributes):
            _read_attributes(element, attributes)
    return element


def _read_attributes(element: PageElement, attributes: Attributes) -> None:
    if attributes.get("itemprop") in ("articleBody", "text"):
        element.names += " article-body"
    element.omitted = (
        is_hidden(attributes)
        or attributes.get("role") in SITE_ROLES
        or (element.is_block and attributes.get("aria-hidden") == "true")
    )


def shown(elements: Iterable[PageElement]) -> list[PageElement]:
    """Return the elements that are not omitted.

    Those below an omitted one are marked as omitted too, and the amounts of text of those above it are reduced, which
    is faster than to measure all again.
    """
    kept: list[PageElement] = []
    for element in elements:
        if element.parent is not None and element.parent.omitted:
            element.omitted = True
        elif element.omitted:
            _subtract(element)
        else:
            kept.append(element)
    return kept


def _subtract(omitted: PageElement) -> None:
    """Reduce the amounts of text of the elements above an omitted one."""
    text, links, pauses = omitted.text, omitted.links, omitted.pauses
    flow, flow_links = (0, 0) if omitted.is_block else (omitted.flow, omitted.flow_links)
    above = omitted.parent
    while above is not None:
        above.text -= text
        above.flow -= flow
        above.pauses -= pauses
        if above.kind == _LINK:
            links, flow_links = text, flow
        above.links -= links
        above.flow_links -= flow_links
        above.media -= omitted.media
        above.items -= omitted.items
        above.paragraphs -= omitted.paragraphs
        above.controls -= omitted.controls
        if above.is_block:
            flow = flow_links = 0
        above = above.parent


def measure(elements: list[PageElement]) -> None:
    """Sum up the amounts of text of all elements of a page, from the last one to the first."""
    for element in elements:
        element.text = element.flow = element.own_text
        element.pauses = element.own_pauses
        element.links = element.flow_links = element.score = 0
        element.media = element.items = element.paragraphs = element.controls = 0
        if element.kind:
            _count_itself(element)
    for element in reversed(elements):
        if element.kind == _LINK:
            element.links, element.flow_links = element.text, element.flow
        above = element.parent
        if above is None:
            continue
        if element.text:
            above.text += element.text
            above.links += element.links
            above.pauses += element.pauses
            if not element.is_block:
                above.flow += element.flow
                above.flow_links += element.flow_links
        if element.media or element.items or element.paragraphs or element.controls:
            _count_inside(above, element)


def _count_inside(above: PageElement, element: PageElement) -> None:
    above.media += element.media
    above.items += element.items
    above.paragraphs += element.paragraphs
    above.controls += element.controls


def _count_itself(element: PageElement) -> None:
    element.media = int(element.kind == _MEDIA)
    element.items = int(element.kind == _ITEM)
    element.paragraphs = int(element.kind == _PARAGRAPH)
    element.controls = int(element.kind == _CONTROL)
