"""What a person marked in a document, for whoever paints or writes it."""

from dataclasses import dataclass

from reader.document.document import Range


@dataclass(frozen=True, slots=True)
class Annotation:
    """A highlighted range.

    Attributes:
        span: What is highlighted; never empty.
        colour: Which of the four colours of highlights, 1 to 4.
        note: What the person wrote to it, lines parted by newlines; may be empty.
    """

    span: Range
    colour: int = 1
    note: str = ""
