"""The tree of a web page with the amount of text in each element, for finding the article."""

from collections.abc import Iterable

from selectolax.lexbor import LexborNode

from reader.lean_dataclasses import dataclass, field
from reader.parse.html_class_names import SITE_ROLES, UNREAD
from reader.parse.html_vocabulary import BLOCKS, is_hidden, names
from reader.regex import regex

_WIDE = regex(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""Han, kana and Hangul: one character contains about as much information as two Latin letters."""
_PAUSES = regex(r"[,，、。；;]")
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
        kind: What it counts as, see `_KINDS`.
        is_block: Whether it is a block.
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
    kind: int = 0
    is_block: bool = True
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
    """Return the elements of a page in document order. Elements that browsers do not display are marked as omitted.

    Inline elements such as emphasis count as text of the element around them.
    """
    # One loop without calls for each node, because a page has thousands.
    root = PageElement(body, "body", None)
    elements = [root]
    unread = [(root, body.iter(include_text=True))]
    while unread:
        element, nodes = unread[-1]
        for node in nodes:
            tag = node.tag
            if tag == "-text":
                if text := (node.text_content or "").strip():
                    element.own_text += len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))
                    element.own_pauses += len(_PAUSES.findall(text))
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
    element = PageElement(node, tag, parent, around=around, kind=_KINDS.get(tag, 0), is_block=tag in BLOCKS)
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
        kind = element.kind
        element.text = element.flow = element.own_text
        element.pauses = element.own_pauses
        element.links = element.flow_links = 0
        element.media = int(kind == _MEDIA)
        element.items = int(kind == _ITEM)
        element.paragraphs = int(kind == _PARAGRAPH)
        element.controls = int(kind == _CONTROL)
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
        above.media += element.media
        above.items += element.items
        above.paragraphs += element.paragraphs
        above.controls += element.controls
