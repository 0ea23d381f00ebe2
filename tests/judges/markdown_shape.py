"""The leaves of a specification's HTML and those of a document in a common form, for comparison.

A leaf is described by a path such as "list/quote/p" and its characters without white space, in which both may differ.
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

import html5lib

from reader.document.blocks import Block, CodeBlock, Heading, Image, Leaf, ListBlock, Quote, Rule, SpanKind, Table
from reader.document.blocks import children as children_of
from reader.document.document import Document

Told = tuple[str, str]

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CONTAINERS = {"blockquote": "quote", "ul": "list", "ol": "numbered", "table": "table"}
_LEAVES = ("p", *HEADINGS, "pre", "hr", "td", "th")
_BLOCKS = (*_LEAVES, *_CONTAINERS, "li", "thead", "tbody", "tr", "div")
_SPANS_OF_HTML = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "del": "del", "code": "code", "a": "a"}
_SPANS = {
    SpanKind.STRONG: "strong",
    SpanKind.EMPHASIS: "em",
    SpanKind.STRIKE: "del",
    SpanKind.CODE: "code",
    SpanKind.LINK: "a",
}


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def tree(html: str) -> Element:
    """The body of an HTML text, parsed as in a browser."""
    body = html5lib.parse(f"<!DOCTYPE html><body>{html}", namespaceHTMLElements=False).find("body")
    assert isinstance(body, Element)
    return body


def text_in(element: Element) -> str:
    """The characters of an element, with the alternative text of its pictures."""
    if element.tag in ("script", "style"):
        return ""
    pieces = [element.get("alt") or "" if element.tag == "img" else element.text or ""]
    for child in element:
        # The tag of a comment is a function.
        pieces += [text_in(child) if isinstance(child.tag, str) else "", child.tail or ""]
    return "".join(pieces)


def leaves_of_html(element: Element, path: str = "") -> Iterator[Told]:
    """The leaves of an HTML element in reading order."""
    loose = [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS:
            yield from _paragraph(path, loose)
            loose = []
            yield from _block_of_html(child, path)
        else:
            loose.append(text_in(child) if isinstance(child.tag, str) else "")
        loose.append(child.tail or "")
    yield from _paragraph(path, loose)


def _paragraph(path: str, loose: Iterable[str]) -> Iterator[Told]:
    if text := squeezed("".join(loose)):
        yield f"{path}p", text


def _block_of_html(element: Element, path: str) -> Iterator[Told]:
    tag = str(element.tag)
    if tag in _CONTAINERS:
        yield from leaves_of_html(element, f"{path}{_CONTAINERS[tag]}/")
    elif tag in ("hr", "pre", *HEADINGS):
        text = squeezed(text_in(element))
        if text or tag == "hr":
            yield f"{path}{tag}", text
    elif tag in ("p", "td", "th"):
        yield from _paragraph(path, [text_in(element)])
    else:
        yield from leaves_of_html(element, path)


def leaves_of_document(blocks: Iterable[Block], path: str = "") -> Iterator[Told]:
    """The leaves of a document in reading order."""
    for block in blocks:
        if not isinstance(block, Leaf):
            yield from leaves_of_document(children_of(block), f"{path}{_container(block)}/")
        elif (text := squeezed(block.text.text)) or isinstance(block, Rule):
            yield f"{path}{_leaf(block)}", text


def _container(block: Block) -> str:
    match block:
        case ListBlock():
            return "numbered" if block.ordered else "list"
        case Quote():
            return "quote"
        case Table():
            return "table"
        case _:
            return type(block).__name__


def _leaf(block: Block) -> str:
    match block:
        case Heading():
            return f"h{block.level}"
        case CodeBlock():
            return "pre"
        case Rule():
            return "hr"
        case Image():
            return "p"  # a picture that stands alone
        case _:
            return "p" if type(block).__name__ == "Paragraph" else type(block).__name__


def spans_of_html(element: Element) -> set[Told]:
    """Each emphasis, code and link of an HTML element with its text; code blocks hold none."""
    if element.tag == "pre":
        return set()
    found = {told for child in element if isinstance(child.tag, str) for told in spans_of_html(child)}
    if element.tag in _SPANS_OF_HTML and (text := squeezed(text_in(element))):
        found.add((_SPANS_OF_HTML[str(element.tag)], text))
    return found


def spans_of_document(document: Document) -> set[Told]:
    """Each emphasis, code and link of a document with its text."""
    return {
        (_SPANS[span.kind], text)
        for leaf in document.leaves
        if not isinstance(leaf, CodeBlock)
        for span in leaf.text.spans
        if span.kind in _SPANS and (text := squeezed(leaf.text.text[span.start : span.end]))
    }
