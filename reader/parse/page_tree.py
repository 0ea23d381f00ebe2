"""The tree of a web page with the amount of text in each element, for finding the article."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager

from reader.parse.element_descriptions import description
from reader.parse.html_class_names import UNREAD
from reader.parse.html_tokens import HtmlToken, HtmlTokens, decoded
from reader.parse.html_vocabulary import BLOCKS, VOID, names
from reader.regex import regex

_WIDE = regex(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]++")
"""Han, kana and Hangul: one character contains about as much information as two Latin letters."""
_PAUSES = "，、。；"
"""Commas and full stops besides those of ASCII."""
_TRANSPARENT = names("b strong em i u s span font small big sub sup code tt br wbr mark abbr cite time label")
_LINK, _ITEM, _PARAGRAPH, _MEDIA = range(1, 5)
MEDIA = names("img video iframe picture math embed object audio")
_KINDS = {
    "a": _LINK,
    "li": _ITEM,
    "p": _PARAGRAPH,
    **dict.fromkeys(MEDIA, _MEDIA),
}
"""What an element counts as, by its tag; 0 for other tags."""
_RAW = names("iframe noembed noframes xmp")
"""Elements whose content the parser does not read as HTML."""
_WITHOUT_END = UNREAD | VOID
"""Elements that are never open in the tree, so that their end tags close nothing."""

_Descriptions = dict[str, tuple[str, bool, bool]]
"""The results of `description` by the attributes as written."""


class PageElement:
    """An element of a page. Amounts of text are in characters, Han, kana and Hangul counted twice.

    Attributes:
        tokens: The tokens of the page.
        tag: Its name.
        parent: The element around it; None for the body.
        first: The index of its start tag among the tokens of the page.
        last: The index of its end tag, or of its start tag if it has no end tag.
        names: Its classes, its id and other names, separated by spaces.
        omitted: Whether it is not part of the article.
        own_text: The text directly in it.
        own_pauses: The commas and full stops directly in it.
        text: All text in it; `links` is the part in links, `pauses` the number of commas and full stops.
        flow: The text in it and its inline descendants; `flow_links` is the part in links.
        media: The number of images and other embedded content in it.
        items: The number of list items in it; `paragraphs` is that of paragraphs.
        score: How likely it is to contain the article.
        kind: What it counts as, see `_KINDS`.
        is_block: Whether it is a block.
    """

    __slots__ = (
        "children",
        "first",
        "flow",
        "flow_links",
        "is_block",
        "items",
        "kind",
        "last",
        "links",
        "media",
        "names",
        "omitted",
        "own_pauses",
        "own_text",
        "paragraphs",
        "parent",
        "pauses",
        "score",
        "tag",
        "text",
        "tokens",
    )

    def __init__(self, tokens: HtmlTokens, tag: str, parent: "PageElement | None", first: int) -> None:
        self.tokens = tokens
        self.tag = tag
        self.parent = parent
        self.first = self.last = first
        self.names = ""
        self.omitted = False
        self.kind = kind = _KINDS.get(tag, 0)
        self.is_block = tag in BLOCKS
        self.children: list[PageElement] = []
        self.own_text = self.own_pauses = self.text = self.pauses = self.links = self.flow = self.flow_links = 0
        self.media = self.items = self.paragraphs = 0
        self.score = 0.0
        if kind > _LINK:
            if kind == _MEDIA:
                self.media = 1
            elif kind == _ITEM:
                self.items = 1
            else:
                self.paragraphs = 1

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
        return other.first <= self.first <= other.last

    def ancestors(self) -> "Iterator[PageElement]":
        """Yield the elements around it, the innermost first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def is_inside(self, tags: AbstractSet[str]) -> bool:
        """Whether an element with one of these names is around it."""
        return any(above.tag in tags for above in self.ancestors())

    def add_text(self, written: str) -> None:
        """Count text directly in the element; `written` is stripped, and its character references are not decoded."""
        text = decoded(written).strip() if "&" in written else written
        amount = len(text)
        pauses = text.count(",") + text.count(";")
        if not text.isascii():
            amount += sum(map(len, _WIDE.findall(text)))
            pauses += sum(map(text.count, _PAUSES))
        self.own_text += amount
        self.own_pauses += pauses

    def settle(self) -> None:
        """Add the element's own text to its counts, so far the sums over its children; add these to the parent's."""
        above = self.parent
        if self.own_text:
            self.text += self.own_text
            self.flow += self.own_text
            self.pauses += self.own_pauses
        if text := self.text:
            if self.kind == _LINK:
                self.links, self.flow_links = text, self.flow
            if above is None:
                return
            above.text += text
            above.pauses += self.pauses
            above.links += self.links
            if not self.is_block:
                above.flow += self.flow
                above.flow_links += self.flow_links
        if above is not None and (self.media or self.items or self.paragraphs):
            above.media += self.media
            above.items += self.items
            above.paragraphs += self.paragraphs

    def inner_text(self) -> str:
        """Return all text in the element, with the white space of the source."""
        return decoded("".join([token[3] for token in self.tokens[self.first : self.last]]))


def amount_of_text(text: str) -> int:
    """Return the amount of a text as elements count it; runs of white space count as one character."""
    plain = " ".join(text.split())
    return len(plain) if plain.isascii() else len(plain) + sum(map(len, _WIDE.findall(plain)))


@contextmanager
def page_elements(tokens: HtmlTokens) -> Iterator[list[PageElement]]:
    """Read the elements of a page with `read_tree`, and break their reference cycles at the end of the `with` block.

    Otherwise the whole page would stay in memory until the next garbage collection.
    """
    elements = read_tree(tokens)
    try:
        yield elements
    finally:
        for element in elements:
            element.parent = None


def read_tree(tokens: HtmlTokens) -> list[PageElement]:
    """Return the elements of a body in document order. Elements that browsers do not display are marked as omitted.

    Inline elements such as emphasis count as text of the element around them.

    Args:
        tokens: The tokens of a serialized tree. The first is the start tag of the body. All elements but void ones have
            an end tag, because the parser has resolved or escaped misplaced tags.
    """
    element = PageElement(tokens, "body", None, 0)
    elements = [element]
    known: _Descriptions = {}
    stream = enumerate(tokens)
    for place, (slash, tag, written, text) in stream:
        if tag in _TRANSPARENT or not place:
            pass
        elif slash:
            if tag not in _WITHOUT_END:
                element = _ended(element, tag, place)
        elif tag in UNREAD:
            if tag not in VOID:
                _last, text = _skipped(stream, tag, place)  # noqa: PLW2901 - the text after it is read next
        else:
            inner = _started(element, tag, written, place, known)
            elements.append(inner)
            if tag in VOID:
                inner.settle()
            elif tag in _RAW:
                inner.last, text = _skipped(stream, tag, place)  # noqa: PLW2901 - as above
                inner.settle()
            else:
                element = inner
        if text and (stripped := text.strip()):
            element.add_text(stripped)
    _end_all(element, len(tokens) - 1)
    return elements


def _started(above: PageElement, tag: str, written: str, place: int, known: _Descriptions) -> PageElement:
    """Add an element to the one around it."""
    element = PageElement(above.tokens, tag, above, place)
    above.children.append(element)
    if written:
        if (described := known.get(written)) is None:
            described = known[written] = description(written)
        element.names, is_omitted, is_omitted_block = described
        element.omitted = is_omitted or (is_omitted_block and element.is_block)
    return element


def _skipped(stream: "Iterator[tuple[int, HtmlToken]]", name: str, last: int) -> tuple[int, str]:
    """Pass over the content of an element that is not read; return the place of its end tag, and the text after it.

    `last` is the place of its start tag.
    """
    depth = 1
    for last, (slash, tag, _written, text) in stream:  # noqa: PLR1704 - it is the place of the last token read
        if tag == name and (slash or tag not in _RAW):
            depth += -1 if slash else 1
            if not depth:
                return last, text
    return last, ""


def _ended(element: PageElement, tag: str, place: int) -> PageElement:
    """Close an element of this name, and return the one that is open after its end tag."""
    while element.tag != tag and element.parent is not None:
        # This is an obsolete void element, which has no end tag.
        element.last = place - 1
        element.settle()
        element = element.parent
    element.last = place
    if element.parent is None:
        return element
    element.settle()
    return element.parent


def _end_all(element: PageElement, last: int) -> None:
    """Close an element and those around it at the end of the page."""
    while element.parent is not None:
        element.last = last
        element.settle()
        element = element.parent
    element.settle()


def shown(elements: Iterable[PageElement]) -> list[PageElement]:
    """Return the elements that are not omitted.

    Elements inside an omitted one are marked as omitted, too. The text of an omitted element is subtracted from the
    elements around it, which is faster than measuring all elements again.
    """
    kept: list[PageElement] = []
    end = -1
    for element in elements:
        if element.first <= end:
            element.omitted = True
        elif element.omitted:
            end = element.last
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
        if above.is_block:
            flow = flow_links = 0
        above = above.parent


def measure(elements: list[PageElement]) -> None:
    """Sum up the amounts of text of all elements of a page again, from the last one to the first."""
    for element in elements:
        element.text = element.pauses = element.links = element.flow = element.flow_links = 0
        element.media = int(element.kind == _MEDIA)
        element.items = int(element.kind == _ITEM)
        element.paragraphs = int(element.kind == _PARAGRAPH)
    for element in reversed(elements):
        element.settle()
