"""Articles as plain text, laid out like the page on the screen."""

from collections.abc import Iterator, Sequence
from typing import Self

from reader.document.annotation import Annotation
from reader.document.document import Document
from reader.export.annotated import bracketed
from reader.export.exporter import ExportOptions
from reader.export.text_lines import text_lines
from reader.layout.head import Head
from reader.layout.links import is_reference_link
from reader.lean_dataclasses import dataclass, field, replace
from reader.settings.options import ChineseScript, FormulaStyle, Typesetting


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
    """The text of `text_lines`, without trailing spaces and without the arrow that leads back from a footnote."""
    for line in text_lines(head, document, width, typesetting):
        kept = tuple(run for run in line.runs if not is_reference_link(run.link))
        if len(kept) == len(line.runs):
            yield line.text
        elif text := replace(line, runs=kept).text:
            yield text
