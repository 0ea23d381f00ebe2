"""Articles as plain text: the lines of the page, as they are set for the screen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from reader.document.annotation import Annotation
from reader.document.document import Document
from reader.export.annotated import bracketed
from reader.layout.head import Head, set_head
from reader.layout.layout import Layout
from reader.settings.options import CodeStyle, Typesetting

_ROWS = 500
"""Rows laid out at a time, so that the first is printed before the last is set."""


@dataclass(frozen=True, slots=True)
class TextExporter:
    """Plain text in UTF-8, set for `width` cells; `annotations`, by their starts, are set in and listed at the end."""

    width: int = 80
    typesetting: Typesetting = field(default_factory=Typesetting)
    annotations: Sequence[Annotation] = ()

    @property
    def suffix(self) -> str:
        """What the files' names end with."""
        return ".txt"

    def render(self, head: Head, document: Document) -> Iterator[bytes]:
        """The lines, each with its newline."""
        if self.annotations:
            document = bracketed(document, self.annotations)
        for line in render_text(head, document, self.width, self.typesetting):
            yield f"{line}\n".encode()


def render_text(head: Head, document: Document, width: int, typesetting: Typesetting) -> Iterator[str]:
    """The lines of an article as text, without trailing blanks; none is wider than `width` cells.

    What only a screen can have is left out: nothing scrolls sideways, so code is folded, and no blank is added
    between the author's characters, neither by justification nor between Han and Latin.
    """
    plain = replace(typesetting, code=CodeStyle.FOLD, cjk_latin_space=False, justify=False)
    for line in set_head(head, width, plain):
        yield line.text
    layout = Layout(document, width, plain)
    row = 0
    while lines := layout.lines(row, row + _ROWS):
        for line in lines:
            yield line.text
        row += len(lines)
