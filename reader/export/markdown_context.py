"""What the texts of one document share when they are written as Markdown."""

from collections.abc import Collection

from reader.export.markdown_notes import FootnoteReferences
from reader.lean_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MarkdownContext:
    """What the texts of one document share.

    Attributes:
        notes: The footnotes of the document.
        marks_with_signs: Whether highlights are written as `==text==`, which Obsidian and Logseq know but GFM and
            pandoc do not, instead of as `<mark>` elements.
        named: The addresses of notes that are linked by their names where that is possible (`[[note]]`).
    """

    notes: FootnoteReferences
    marks_with_signs: bool = False
    named: Collection[str] = ()
