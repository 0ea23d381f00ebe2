"""Internal links between footnote references and footnotes, as stored in `Run.link`.

A reference links to `#fn-<label>`, the mark after a footnote links back to `#fnref-<label>`. No other link in a
document has either form.
"""

from reader.document.blocks import Footnotes, SpanKind, leaves
from reader.document.document import Document, Position

_NOTE = "#fn-"
_REFERENCE = "#fnref-"


def note_link(label: str) -> str:
    """The link from a reference to the footnote with this label."""
    return _NOTE + label


def reference_link(label: str) -> str:
    """The link from a footnote back to its first reference."""
    return _REFERENCE + label


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
