"""The links of a document in reading order, including bare URLs in its text."""

from bisect import bisect_left
from itertools import accumulate

from reader.document.autolinks import addresses_in
from reader.document.blocks import CodeBlock, Embed, Image, Leaf, SpanKind
from reader.document.document import Document, Position, Range
from reader.lean_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A link of a document.

    Attributes:
        text: The text of the link on one line; for a picture its alt text, which may be empty.
        target: The target as written.
        span: The place in the document; empty for a picture without text.
        is_picture: Whether it is not a link but a picture or another embedded file, which can be opened like a link.
    """

    text: str
    target: str
    span: Range
    is_picture: bool = False

    @property
    def position(self) -> Position:
        """The position at which the link begins."""
        return self.span.start


def document_links(document: Document) -> list[DocumentLink]:
    """List the links, bare URLs and pictures of a document in reading order."""
    links: list[DocumentLink] = []
    for number, leaf in enumerate(document.leaves):
        text = leaf.text.text
        for start, end, target, is_picture in leaf_links(leaf):
            span = Range(Position(number, start), Position(number, end))
            links.append(DocumentLink(" ".join(text[start:end].split()), target, span, is_picture))
    return links


def leaf_links(leaf: Leaf) -> list[tuple[int, int, str, bool]]:
    """Return the start, end and target of each link or picture of a leaf, in order, and whether it is a picture."""
    inline = leaf.text
    text = inline.text
    places: list[tuple[int, int, str, bool]] = []
    if isinstance(leaf, Image | Embed) and leaf.source:
        places.append((0, len(text), leaf.source, True))
    for span in inline.spans:
        if span.kind is SpanKind.LINK and span.value:
            places.append((span.start, span.end, span.value, False))
        elif span.kind is SpanKind.IMAGE and span.value:
            places.append((span.start, span.end, span.value, True))
    if not isinstance(leaf, CodeBlock) and ("://" in text or ("." in text and "www." in text.lower())):
        taken = sorted((start, end) for start, end, _target, is_picture in places if not is_picture)
        firsts = [first for first, _last in taken]
        # For each link: the farthest end of it and of the links before it.
        lasts = list(accumulate((last for _first, last in taken), max))
        for start, end, target in addresses_in(text):
            before = bisect_left(firsts, end)
            if not before or lasts[before - 1] <= start:
                places.append((start, end, target, False))
    return sorted(places, key=_by_place) if len(places) > 1 else places


def _by_place(place: tuple[int, int, str, bool]) -> tuple[int, int]:
    return place[:2]
