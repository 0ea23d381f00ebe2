"""Articles as plain text, laid out like the page on the screen."""

from collections.abc import Iterator, Sequence
from typing import Self

from reader.document.annotation import Annotation
from reader.document.document import Document
from reader.export.annotated import bracketed
from reader.export.exporter import ExportOptions
from reader.layout.head import Head, set_head
from reader.layout.layout import Layout
from reader.layout.lines import Line
from reader.lean_dataclasses import dataclass, field, replace
from reader.settings.options import ChineseScript, CodeStyle, FormulaStyle, Typesetting

_ROWS = 500
"""Rows laid out at a time, so that printing starts before the layout is complete."""


@dataclass(frozen=True, slots=True)
class TextExporter:
    """Plain text in UTF-8, `width` cells wide; `annotations`, sorted by start, are marked and listed at the end."""

    width: int = 80
    typesetting: Typesetting = field(default_factory=Typesetting)
    annotations: Sequence[Annotation] = ()

    @classmethod
    def of(cls, options: ExportOptions) -> Self:
        """An exporter with these options."""
        return cls(options.width, options.typesetting, options.annotations)

    @property
    def suffix(self) -> str:
        """The file name suffix."""
        return ".txt"

    def render(self, head: Head, document: Document) -> Iterator[bytes]:
        """The lines, each with its newline."""
        if self.annotations:
            document = bracketed(document, self.annotations)
        # A file keeps what the author typed.
        typed = replace(self.typesetting, formulas=FormulaStyle.TEX, chinese=ChineseScript.SOURCE)
        for line in render_text(head, document, self.width, typed):
            yield f"{line}\n".encode()


def render_text(head: Head, document: Document, width: int, typesetting: Typesetting) -> Iterator[str]:
    """The lines of an article as text, without trailing spaces; none is wider than `width` cells.

    Omits effects that only make sense on a screen: code is wrapped, and no spaces are added by justification or between
    Han and Latin.
    """
    for line in text_lines(head, document, width, typesetting):
        yield line.text


def text_lines(head: Head, document: Document, width: int, typesetting: Typesetting) -> Iterator[Line]:
    """The same lines with their styles and links, and possibly with trailing spaces."""
    plain = replace(typesetting, code=CodeStyle.WRAP, cjk_latin_space=False, justify=False)
    layout = Layout(document, width, plain)
    yield from set_head(head, width, layout.typesetting)
    row = 0
    while lines := layout.lines(row, row + _ROWS):
        yield from lines
        row += len(lines)
