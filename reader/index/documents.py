"""From a body to its document, whatever that does to the parser: for whoever shows it and whoever indexes it."""

from pathlib import Path

from reader.archive.article import Fault
from reader.document.blocks import Inline, Paragraph
from reader.document.body import Body
from reader.document.cleaning import clean, clean_line
from reader.document.document import Document
from reader.language import _
from reader.parse.body import parse


def document_of(path: Path, body: Body, faults: tuple[Fault, ...]) -> tuple[Document, tuple[Fault, ...]]:
    """The document of a body, and its faults with what the parser could not bear: that is taken as plain text."""
    try:
        return parse(body), faults
    except Exception as error:  # noqa: BLE001 - whatever a file does to the parser, its text can still be read
        message = _("The text could not be read as {format} ({reason}); it is shown as it was written")
        reason = clean_line(f"{type(error).__name__}: {error}")[:120]
        fault = Fault(path, message.format(format=body.format.upper(), reason=reason))
        lines = (line for line in clean(body.text).split("\n") if line.strip())
        return Document(tuple(Paragraph(Inline(line)) for line in lines)), (*faults, fault)
