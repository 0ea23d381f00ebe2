"""The links of a document, in reading order, with the web addresses that its text contains."""

from collections.abc import Iterator

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
        span: Where it is; empty for a picture without text.
        is_picture: Whether it is a picture or another embedded file, which a reader may open, instead of a link.
    """

    text: str
    target: str
    span: Range
    is_picture: bool = False

    @property
    def position(self) -> Position:
        """Where it begins."""
        return self.span.start


def document_links(document: Document) -> list[DocumentLink]:
    """List the links of a document in reading order, with bare web addresses, and its pictures."""
    return [link for number in range(len(document.leaves)) for link in leaf_links(document, number)]


def leaf_links(document: Document, number: int) -> Iterator[DocumentLink]:
    """Yield the links of one leaf, in order."""
    leaf = document.leaves[number]
    text = leaf.text.text
    for start, end, target, is_picture in sorted(_places(leaf), key=lambda place: place[:2]):
        span = Range(Position(number, start), Position(number, end))
        yield DocumentLink(" ".join(text[start:end].split()), target, span, is_picture)


def _places(leaf: Leaf) -> Iterator[tuple[int, int, str, bool]]:
    """Yield the start, end and target of each link of a leaf, and whether it is a picture."""
    text = leaf.text.text
    if isinstance(leaf, Image | Embed) and leaf.source:
        yield 0, len(text), leaf.source, True
    taken: list[tuple[int, int]] = []
    for span in leaf.text.spans:
        if span.kind is SpanKind.LINK and span.value:
            taken.append((span.start, span.end))
            yield span.start, span.end, span.value, False
        elif span.kind is SpanKind.IMAGE and span.value:
            yield span.start, span.end, span.value, True
    if isinstance(leaf, CodeBlock) or not ("://" in text or "www." in text.lower()):
        return
    for start, end, target in addresses_in(text):
        if not any(first < end and start < last for first, last in taken):
            yield start, end, target, False
