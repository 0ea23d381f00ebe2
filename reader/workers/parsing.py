"""Fault-tolerant parsing of a body: if the parser fails, the text is shown as plain text."""

from dataclasses import dataclass
from pathlib import Path
from threading import Event

from reader.archive.article import Fault
from reader.document.blocks import Inline, Paragraph
from reader.document.body import Body, BodyFormat
from reader.document.cleaning import clean, clean_line
from reader.document.document import Document
from reader.language import lazy
from reader.parse.parser import parse

_LONG = 300_000
_LONG_TEXT = 3_000_000
"""Characters of a body, and of plain text, above which it is parsed in a process of its own. Such a process takes some
tenths of a second to start; what is shorter is parsed in that time."""


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
        return _as_plain_text(path, body, faults, message)


def parse_stoppable(path: Path, body: Body, faults: tuple[Fault, ...], stop: Event) -> ParsedDocument:
    """Parse as `parse_document` does, a long body in a process that is killed when another thread sets `stop`.

    A body that takes too long, or crashes its process, becomes one paragraph a line, and a fault is added to `faults`.

    Raises:
        Stopped: `stop` was set before the body was parsed.
    """
    if len(body.text) <= (_LONG_TEXT if body.format is BodyFormat.TEXT else _LONG):
        return parse_document(path, body, faults)
    from reader.workers import apart  # noqa: PLC0415 - few articles are so long
    from reader.workers.pool import Failure  # noqa: PLC0415

    try:
        found = apart.run_apart(_parse_job, (path, body, faults), stop)
    except apart.TooDeepError:
        # The separate process has shown that the body can be parsed in time.
        return parse_document(path, body, faults)
    if not isinstance(found, Failure):
        return found
    if found is Failure.TIMED_OUT:
        message = lazy(
            "Parsing this text as {format} took more than {seconds} s of processor time; "
            "it is shown as plain text, and parsed again the next time it is opened",
            format=body.format.upper(),
            seconds=apart.CPU_LIMIT,
        )
    else:
        message = lazy(
            "The {format} parser crashed on this text; it is shown as plain text", format=body.format.upper()
        )
    return _as_plain_text(path, body, faults, message)


def _parse_job(given: tuple[Path, Body, tuple[Fault, ...]]) -> ParsedDocument:
    return parse_document(*given)


def _as_plain_text(path: Path, body: Body, faults: tuple[Fault, ...], message: str) -> ParsedDocument:
    lines = (line for line in clean(body.text).split("\n") if line.strip())
    return ParsedDocument(Document(tuple(Paragraph(Inline(line)) for line in lines)), (*faults, Fault(path, message)))
