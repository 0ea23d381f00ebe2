"""Articles and parts of them as the standard input of other programs."""

from collections.abc import Sequence

from reader.document.document import Document, Position, Range
from reader.document.parts import part_of
from reader.document.tabs import trimmed_part
from reader.export.export_formats import FORMATS
from reader.export.exporter import ExportOptions
from reader.layout.head import Head
from reader.lean_dataclasses import replace
from reader.settings.user_commands import PipedFormat


def piped(head: Head, document: Document, span: Range | None, written_in: PipedFormat, options: ExportOptions) -> bytes:
    """An article, or the part of it in `span`, in a format.

    Text has one line for each paragraph, so that programs find whole sentences. Highlights and notes of `options` are
    included in a whole article, except in text. A part has no title in text and Markdown.
    """
    if written_in is PipedFormat.TEXT:
        return _text(head, document, span).encode("utf-8", "replace")
    if span is not None:
        document, options = part_of(document, span), replace(options, annotations=())
        if written_in is PipedFormat.MARKDOWN:
            head = Head("", "")
    exporter = FORMATS[written_in.value].exporter(options)
    return b"".join(exporter.render(head, document))


def _text(head: Head, document: Document, span: Range | None) -> str:
    if span is not None:
        return _joined([trimmed_part(document, span)])
    return _joined([head.title, trimmed_part(document, Range(Position(0), Position(len(document.leaves))))])


def _joined(parts: Sequence[str]) -> str:
    return "".join(f"{part}\n" for part in parts if part)
