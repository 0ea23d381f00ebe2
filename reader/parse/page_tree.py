"""The tree of a web page with the amount of text in each element, for finding the article."""

from collections.abc import Iterable

from selectolax.lexbor import LexborNode

from reader.lean_dataclasses import dataclass, field
from reader.parse.html_vocabulary import BLOCKS, is_hidden, names
from reader.parse.page_names import SITE_ROLES, UNREAD
from reader.regex import regex

_WIDE = regex(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""Han, kana and Hangul: one character contains about as much information as two Latin letters."""
_PAUSES = regex(r"[,，、。；;]")
_TRANSPARENT = names("b strong em i u s span font small big sub sup code tt br wbr mark abbr cite time label")
_AROUND = frozenset(("article", "blockquote", "main", "section"))
_MEDIA = frozenset(("img", "video", "iframe", "picture", "math", "embed", "object", "audio"))


@dataclass(slots=True, eq=False)
class PageElement:
    """An element of a page. Amounts of text are in characters, Han, kana and Hangul counted twice.

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
    """

    node: LexborNode
    tag: str
    parent: "PageElement | None"
    names: str = ""
    around: frozenset[str] = frozenset()
    omitted: bool = False
    own_text: int = 0
    own_pauses: int = 0
    text: int = 0
    links: int = 0
    pauses: int = 0
    flow: int = 0
    flow_links: int = 0
    media: int = 0
    items: int = 0
    paragraphs: int = 0
    controls: int = 0
    score: float = 0.0
    children: "list[PageElement]" = field(default_factory=list)

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


def read_tree(body: LexborNode) -> list[PageElement]:
    """Return the elements of a page in document order. Elements that browsers do not display are marked as omitted."""
    elements: list[PageElement] = []
    unread = [PageElement(body, "body", None)]
    while unread:
        element = unread.pop()
        elements.append(element)
        _read_content(element)
        unread += reversed(element.children)
    return elements


def _read_content(element: PageElement) -> None:
    """Add the text and the child elements.

    Inline elements such as emphasis count as text of the element around them.
    """
    open_nodes = [element.node.iter(include_text=True)]
    while open_nodes:
        node = next(open_nodes[-1], None)
        if node is None:
            open_nodes.pop()
            continue
        tag = node.tag
        if tag == "-text":
            _add_text(element, node.text_content or "")
        elif tag in _TRANSPARENT:
            open_nodes.append(node.iter(include_text=True))
        elif tag and tag[0] != "-" and tag not in UNREAD:
            element.children.append(_element(node, tag, element))


def _add_text(element: PageElement, text: str) -> None:
    text = text.strip()
    if text:
        element.own_text += len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))
        element.own_pauses += len(_PAUSES.findall(text))


def _element(node: LexborNode, tag: str, parent: PageElement) -> PageElement:
    around = parent.around | {parent.tag} if parent.tag in _AROUND else parent.around
    element = PageElement(node, tag, parent, around=around)
    attributes = node.attributes
    if attributes:
        element.names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip()
        if attributes.get("itemprop") in ("articleBody", "text"):
            element.names += " article-body"
        element.omitted = (
            is_hidden(attributes)
            or attributes.get("role") in SITE_ROLES
            or (tag in BLOCKS and attributes.get("aria-hidden") == "true")
        )
    return element


def shown(elements: Iterable[PageElement]) -> list[PageElement]:
    """Return the elements that are not omitted, and mark those below an omitted one as omitted too."""
    kept: list[PageElement] = []
    for element in elements:
        if element.omitted or (element.parent is not None and element.parent.omitted):
            element.omitted = True
        else:
            kept.append(element)
    return kept


def measure(elements: list[PageElement]) -> None:
    """Sum up the amounts of text, from the last element to the first; omitted elements must not be among them."""
    for element in elements:
        element.text = element.flow = element.own_text
        element.pauses = element.own_pauses
        element.links = element.flow_links = 0
        element.media = element.items = element.paragraphs = element.controls = 0
    for element in reversed(elements):
        _count(element)
        above = element.parent
        if above is None:
            continue
        above.text += element.text
        above.links += element.links
        above.pauses += element.pauses
        above.media += element.media
        above.items += element.items
        above.paragraphs += element.paragraphs
        above.controls += element.controls
        if element.tag not in BLOCKS:
            above.flow += element.flow
            above.flow_links += element.flow_links


def _count(element: PageElement) -> None:
    match element.tag:
        case "a":
            element.links, element.flow_links = element.text, element.flow
        case "li":
            element.items += 1
        case "p":
            element.paragraphs += 1
        case "input" | "textarea" | "select" | "button":
            element.controls += 1
        case tag if tag in _MEDIA:
            element.media += 1
