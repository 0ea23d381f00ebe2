"""Fault-tolerant reading and parsing of a body: if the parser fails, the text is shown as plain text."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader.archive.article import Article, FileWarning
from reader.archive.scan import read_body
from reader.document.blocks import Block, Inline, Paragraph, leaves
from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.document.sanitizing import clean, clean_line
from reader.errors import ArchiveError
from reader.language import lazy
from reader.lean_dataclasses import dataclass, replace
from reader.parse.parser import parse
from reader.parse.plain import each_line
from reader.settings.options import SourceBreaks

if TYPE_CHECKING:
    from threading import Event

_LONG = 400_000
_LONG_TEXT = 6_000_000
"""Bytes of a file, and of a plain text, above which it is parsed in a separate process. A shorter text is parsed in the
time that starting a process takes, some tenths of a second."""

_PART_BLOCKS, _PART_CHARACTERS = 2_000, 500_000
"""The maximum number of blocks, and of characters in them, that the process sends at once."""

_MANY_LINES = 20_000
_LINES_TOGETHER = 500
"""The number of lines per paragraph of an unparsed body with too many lines for a paragraph each."""


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """The result of parsing an article's body.

    Attributes:
        document: The document.
        warnings: Warnings, in the order in which they occurred.
        is_unparsed: Whether the parser failed or took too long, so that the document is the plain text.
    """

    document: Document
    warnings: tuple[FileWarning, ...] = ()
    is_unparsed: bool = False


def parse_document(
    path: Path,
    body: Body,
    warnings: tuple[FileWarning, ...] = (),
    *,
    headings: bool = True,
    breaks: SourceBreaks = SourceBreaks.AUTO,
) -> ParsedDocument:
    """Parse the body of the article at `path`, for display and for the index.

    The index does not need `headings`: see `reader.parse.parser.parse`. The index never passes `breaks`, so that it
    does not depend on settings.
    If the parser fails, each line of the body becomes a paragraph, and a warning is added to `warnings`.
    """
    try:
        document = parse(body, headings=headings, breaks=breaks)
    except Exception as error:  # noqa: BLE001 - the text is readable even if the parser fails
        reason = clean_line(f"{type(error).__name__}: {error}")[:120]
        message = lazy(
            "The text could not be parsed as {format} ({reason}); it is shown as plain text",
            format=body.format.upper(),
            reason=reason,
        )
        return _as_plain_text(path, body, warnings, message)
    if document.page is not None and document.page.is_doubtful:
        message = lazy("It is not certain which part of this page is the article; all of it is shown")
        return ParsedDocument(document, (*warnings, FileWarning(path, message)))
    if document.page is not None and document.page.is_scripted:
        message = lazy(
            "Only a script displays the text of this page, and scripts are not run; "
            "save the page again once a browser shows it"
        )
        return ParsedDocument(document, (*warnings, FileWarning(path, message)))
    return ParsedDocument(document, warnings)


def read_stoppable(
    article: Article, stop: "Event", breaks: SourceBreaks = SourceBreaks.AUTO, *, whole_page: bool = False
) -> ParsedDocument:
    """Read and parse an article, a long one in a process that is killed when another thread sets `stop`.

    The text of a file of many megabytes then exists once in this process, in the document. A body that takes too long,
    or crashes its process, becomes plain text, and a warning is added.

    Raises:
        ArchiveError: The file is gone, cannot be read, or holds no text.
        Stopped: `stop` was set before the body was parsed.
    """
    read = partial(read_body, article, whole_page=whole_page)
    if _size(article) <= (_LONG_TEXT if article.format is BodyFormat.TEXT else _LONG):
        return parse_document(article.path, *read(), breaks=breaks)
    from reader.workers import separate_process  # noqa: PLC0415 - few articles are so long
    from reader.workers.pool import Failure  # noqa: PLC0415

    try:
        found = separate_process.run_apart(partial(_parts, breaks=breaks, whole_page=whole_page), article, stop)
    except separate_process.TooDeepError:
        # The separate process has shown that the body can be parsed in time.
        return parse_document(article.path, *read(), breaks=breaks)
    if not isinstance(found, Failure):
        if not found:
            # The file cannot be read; this raises the error in the language of this process.
            return parse_document(article.path, *read(), breaks=breaks)
        warnings = tuple(warning for part in found for warning in part.warnings)
        blocks = tuple(block for part in found for block in part.blocks)
        return ParsedDocument(replace(found[0].frame, blocks=blocks), warnings, found[0].is_unparsed)
    body, warnings = read()
    if found is Failure.TIMED_OUT:
        message = lazy(
            "Parsing this text as {format} took more than {seconds} s of processor time; "
            "it is shown as plain text, and parsed again the next time it is opened",
            format=body.format.upper(),
            seconds=separate_process.CPU_LIMIT,
        )
    else:
        message = lazy(
            "The {format} parser crashed on this text; it is shown as plain text", format=body.format.upper()
        )
    return _as_plain_text(article.path, body, warnings, message)


def _size(article: Article) -> int:
    """The size in bytes of an article's file, or of the article's part of a file with many articles."""
    try:
        return article.path.stat().st_size
    except OSError:
        return article.size


_NO_BLOCKS = Document(())


@dataclass(frozen=True, slots=True)
class _ArticlePart:
    """Some blocks of an article. The first part has everything else: the document without blocks, and the warnings."""

    blocks: tuple[Block, ...] = ()
    frame: Document = _NO_BLOCKS
    warnings: tuple[FileWarning, ...] = ()
    is_unparsed: bool = False


def _parts(article: Article, *, breaks: SourceBreaks, whole_page: bool) -> Iterator[_ArticlePart]:
    """An article in parts that are released as they are sent; nothing if it is unreadable."""
    try:
        parsed = parse_document(article.path, *read_body(article, whole_page=whole_page), breaks=breaks)
    except ArchiveError:
        return
    yield _ArticlePart((), replace(parsed.document, blocks=()), parsed.warnings, parsed.is_unparsed)
    blocks = list(parsed.document.blocks)
    del parsed
    blocks.reverse()
    part: list[Block] = []
    characters = 0
    while blocks:
        block = blocks.pop()
        part.append(block)
        characters += sum(len(leaf.text.text) for leaf in leaves(block))
        if len(part) >= _PART_BLOCKS or characters >= _PART_CHARACTERS or not blocks:
            yield _ArticlePart(tuple(part))
            part, characters = [], 0
            del block


def _as_plain_text(path: Path, body: Body, warnings: tuple[FileWarning, ...], message: str) -> ParsedDocument:
    text = clean(body.text)
    together = 1 if text.count("\n") <= _MANY_LINES else _LINES_TOGETHER
    blocks: list[Block] = []
    lines: list[str] = []
    for line in each_line(text):
        if line.strip():
            lines.append(line)
        if lines and len(lines) >= together:
            blocks.append(Paragraph(Inline("\n".join(lines))))
            lines = []
    if lines:
        blocks.append(Paragraph(Inline("\n".join(lines))))
    return ParsedDocument(Document(tuple(blocks)), (*warnings, FileWarning(path, message)), is_unparsed=True)
