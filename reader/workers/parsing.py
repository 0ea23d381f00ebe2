"""Fault-tolerant parsing of a body: if the parser fails, the text is shown as plain text."""

from dataclasses import dataclass
from pathlib import Path

from reader.archive.article import Fault
from reader.document.blocks import Inline, Paragraph
from reader.document.body import Body
from reader.document.cleaning import clean, clean_line
from reader.document.document import Document
from reader.language import lazy
from reader.parse.parser import parse


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """The result of parsing an article's body.

    Attributes:
        document: The document.
        faults: Warnings, in the order in which they occurred.
    """

    document: Document
    faults: tuple[Fault, ...] = ()


def parse_document(path: Path, body: Body, faults: tuple[Fault, ...] = (), *, headings: bool = True) -> ParsedDocument:
    """Parse the body of the article at `path`, for display and for the index.

    The index does not need `headings`: see `reader.parse.parser.parse`.
    If the parser fails, each line of the body becomes a paragraph, and a fault is added to `faults`.
    """
    try:
        return ParsedDocument(parse(body, headings=headings), faults)
    except Exception as error:  # noqa: BLE001 - the text is readable even if the parser fails
        reason = clean_line(f"{type(error).__name__}: {error}")[:120]
        message = lazy(
            "The text could not be parsed as {format} ({reason}); it is shown as plain text",
            format=body.format.upper(),
            reason=reason,
        )
        fault = Fault(path, message)
        lines = (line for line in clean(body.text).split("\n") if line.strip())
        return ParsedDocument(Document(tuple(Paragraph(Inline(line)) for line in lines)), (*faults, fault))
