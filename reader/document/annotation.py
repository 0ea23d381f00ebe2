"""Annotations that a view or an exporter draws over the text of a document."""

from reader.document.document import Range
from reader.lean_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Annotation:
    """A highlighted range.

    Attributes:
        span: The highlighted range; never empty.
        colour: The number of the highlight colour, 1 to 4.
        note: The user's note, lines separated by newlines; may be empty.
    """

    span: Range
    colour: int = 1
    note: str = ""
