"""The links of a document, with their targets as stored in `Run.link`, and the positions of internal ones.

A footnote reference links to `#fn-<label>`, the mark after a footnote links back to `#fnref-<label>`. No other link
in a document has either form.
"""

from reader.document.autolinks import with_addresses
from reader.document.blocks import CodeBlock, Embed, Footnote, Footnotes, Image, MathBlock, SpanKind, leaves
from reader.document.document import Document, Position, Range
from reader.lean_dataclasses import dataclass

_NOTE = "#fn-"
_REFERENCE = "#fnref-"
_ARTICLE = "\x00article:"


_LINKS = frozenset({SpanKind.LINK, SpanKind.IMAGE, SpanKind.FOOTNOTE})


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """A link and its text in the document.

    Attributes:
        target: Its target, as in `Run.link`.
        span: Its text; empty for a picture without a description.
    """

    target: str
    span: Range


def leaf_links(document: Document, number: int) -> list[PlacedLink]:
    """The links of leaf `number` in reading order; of a picture inside a link only the link."""
    leaf = document.leaves[number]
    if isinstance(leaf, Image | Embed):
        return [PlacedLink(leaf.source, _range(number, 0, len(leaf.text.text)))] if leaf.source else []
    found: list[PlacedLink] = []
    end = 0
    text = leaf.text if isinstance(leaf, CodeBlock | MathBlock) else with_addresses(leaf.text)
    for span in text.spans:
        if span.kind in _LINKS and max(span.start, end) < span.end and span.value:
            target = note_link(span.value) if span.kind is SpanKind.FOOTNOTE else span.value
            found.append(PlacedLink(target, _range(number, span.start, span.end)))
            end = span.end
    return found


def _range(number: int, start: int, end: int) -> Range:
    return Range(Position(number, start), Position(number, end))


def note_link(label: str) -> str:
    """The link from a reference to the footnote with this label."""
    return _NOTE + label


def reference_link(label: str) -> str:
    """The link from a footnote back to its first reference."""
    return _REFERENCE + label


def article_link(article_id: str) -> str:
    """The link to an article of the archive that the screen adds. No link of a document begins with a control code."""
    return _ARTICLE + article_id


def linked_article(link: str) -> str:
    """The id of the article that a link of the screen leads to; empty for any other link."""
    return link.removeprefix(_ARTICLE) if link.startswith(_ARTICLE) else ""


def link_target(document: Document, link: str) -> Position | None:
    """The position that an internal link refers to; None for any other link."""
    if link.startswith(_REFERENCE):
        return _reference(document, link.removeprefix(_REFERENCE))
    if link.startswith(_NOTE):
        return _note(document, link.removeprefix(_NOTE))
    return None


def _reference(document: Document, label: str) -> Position | None:
    for number, leaf in enumerate(document.leaves):
        for span in leaf.text.spans:
            if span.kind is SpanKind.FOOTNOTE and span.value == label:
                return Position(number, span.start)
    return None


def linked_note(document: Document, link: str) -> Footnote | None:
    """The footnote that the link of a reference leads to; None for any other link."""
    if not link.startswith(_NOTE):
        return None
    label = link.removeprefix(_NOTE)
    notes = (note for block in document.blocks if isinstance(block, Footnotes) for note in block.notes)
    return next((note for note in notes if note.label == label), None)


def _note(document: Document, label: str) -> Position | None:
    for block, first in zip(document.blocks, document.first_leaves, strict=True):
        if not isinstance(block, Footnotes):
            continue
        number = first
        for note in block.notes:
            if note.label == label:
                return Position(number)
            number += sum(1 for child in note.blocks for _ in leaves(child))
    return None
