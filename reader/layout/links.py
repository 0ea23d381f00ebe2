"""Links inside a document, as `Run.link` has them: from a reference to its footnote and back.

A run that refers to the footnote with a label leads to `#fn-<label>`, the mark behind the footnote's text leads back to
`#fnref-<label>`, and nothing else in a document has links of these forms.
"""

from reader.document.blocks import Footnotes, SpanKind, leaves
from reader.document.document import Document, Position

_NOTE = "#fn-"
_REFERENCE = "#fnref-"


def note_link(label: str) -> str:
    """Where a reference to the footnote with this label leads."""
    return _NOTE + label


def reference_link(label: str) -> str:
    """Where the mark behind that footnote leads: to the first place that refers to it."""
    return _REFERENCE + label


def link_target(document: Document, link: str) -> Position | None:
    """The place in the document that an internal link leads to; None for every other link."""
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
