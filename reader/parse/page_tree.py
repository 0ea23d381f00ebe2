"""The tree of a web page with the amount of text in each element, for finding the article."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from reader.parse.html_class_names import SITE_ROLES, UNREAD
from reader.parse.html_tokens import HtmlTokens, attributes_of, decoded
from reader.parse.html_vocabulary import BLOCKS, VOID, is_hidden, names
from reader.regex import regex

_WIDE = regex(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]++")
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
_RAW = names("iframe noembed noframes xmp")
"""Elements whose content the parser does not read as HTML."""
_WITHOUT_END = UNREAD | VOID
"""Elements whose end tags close none of the tree."""
_TELLING = regex(r""" (class|id|aria-hidden|itemprop|role|style)="([^"]*)""")
"""An attribute that may tell whether an element is part of the article, as a tree is serialized."""


class PageElement:
    """An element of a page. Amounts of text are in characters, Han, kana and Hangul counted twice.

    Those of the content are set by `measure`, so that creating an element, of which pages have thousands, is fast.

    Attributes:
        tokens: The tokens of the page.
        tag: Its name.
        parent: The element around it; None for the body.
        first: The index of its start tag among the tokens of the page.
        last: The index of its end tag; that of its start tag if it has none.
        around: Which of `article`, `blockquote`, `main` and `section` are among its ancestors.
        names: Its classes and its id, separated by blanks.
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

    def __init__(self, tokens: HtmlTokens, tag: str, parent: "PageElement | None", first: int) -> None:
        self.tokens = tokens
        self.tag = tag
        self.parent = parent
        self.first = self.last = first
        if parent is None:
            self.around: frozenset[str] = frozenset()
        else:
            self.around = parent.around | {parent.tag} if parent.tag in _AROUND else parent.around
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
        return other.first <= self.first <= other.last

    def add_text(self, written: str) -> None:
        """Count a text directly in the element, as it is written without white space around it."""
        text = decoded(written).strip() if "&" in written else written
        self.own_text += len(text)
        self.own_pauses += text.count(",") + text.count(";")
        if not text.isascii():
            self.own_text += sum(map(len, _WIDE.findall(text)))
            self.own_pauses += sum(map(text.count, _PAUSES))

    def inner_text(self) -> str:
        """Return all text in the element, with the white space of the source."""
        return decoded("".join([token[3] for token in self.tokens[self.first : self.last]]))


@contextmanager
def page_elements(tokens: HtmlTokens) -> Iterator[list[PageElement]]:
    """The elements of a page as from `read_tree`, until the end of the block.

    Elements refer to their parents, so the whole page would stay in memory until the next search for cycles.
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
        tokens: The tokens of a serialized tree: the first is the start tag of the body, all elements have an end tag,
            except void ones, and the parser has resolved or escaped what is misplaced.
    """
    reader = _TreeReader(tokens)
    reader.read()
    return reader.elements


class _TreeReader:
    """Builds the elements from tokens, of which pages have thousands.

    Attributes:
        elements: The elements.
    """

    def __init__(self, tokens: HtmlTokens) -> None:
        self._tokens = tokens
        self._element = PageElement(tokens, "body", None, 0)
        self.elements = [self._element]
        self._unread = ""
        """The open element whose content is not read."""
        self._depth = 0
        """The number of open elements of that name."""
        self._known: dict[str, tuple[str, bool, bool]] = {}
        """What attributes tell, see `_description`."""

    def read(self) -> None:
        """Read all tokens."""
        for place, (slash, tag, written, text) in enumerate(self._tokens):
            if tag not in _TRANSPARENT:
                if self._unread and not self._ends_unread(slash, tag):
                    continue
                if slash:
                    if tag not in _WITHOUT_END:
                        self._end(tag, place)
                elif place:
                    self._start(tag, written, place)
            if text and not self._unread and (stripped := text.strip()):
                self._element.add_text(stripped)

    def _start(self, tag: str, written: str, place: int) -> None:
        if tag in UNREAD:
            if tag not in VOID:
                self._unread, self._depth = tag, 1
            return
        above = self._element
        element = PageElement(self._tokens, tag, above, place)
        above.children.append(element)
        self.elements.append(element)
        if written:
            if (description := self._known.get(written)) is None:
                description = self._known[written] = _description(written)
            element.names, is_omitted, is_omitted_block = description
            element.omitted = is_omitted or (is_omitted_block and element.is_block)
        if tag not in VOID:
            self._element = element
            if tag in _RAW:
                self._unread, self._depth = tag, 1

    def _end(self, tag: str, place: int) -> None:
        element = self._element
        while element.tag != tag and element.parent is not None:
            # An obsolete void element.
            element.last = place - 1
            element = element.parent
        element.last = place
        self._element = element.parent or element

    def _ends_unread(self, slash: str, tag: str) -> bool:
        if tag == self._unread and (slash or tag not in _RAW):
            self._depth += -1 if slash else 1
            if not self._depth:
                self._unread = ""
        return not self._unread


def _description(written: str) -> tuple[str, bool, bool]:
    """Return the names; whether the element is omitted; whether it is omitted only if a block."""
    named = identifier = ""
    others: dict[str, str | None] = {}
    for name, content in _TELLING.findall(written):
        value = decoded(content) if "&" in content else content
        if name == "class":
            named = value
        elif name == "id":
            identifier = value
        else:
            others[name] = value
    named = (f"{named} {identifier}" if identifier else named).strip()
    if " hidden" in written and "hidden" in (attributes := attributes_of(written)):
        # Some versions of the parser's library write it without a value.
        others["hidden"] = attributes["hidden"]
    if not others:
        return named, False, False
    if others.get("itemprop") in ("articleBody", "text"):
        named += " article-body"
    is_omitted = is_hidden({**others, "class": named}) or others.get("role") in SITE_ROLES
    return named, is_omitted, others.get("aria-hidden") == "true"


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
