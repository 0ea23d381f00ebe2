"""Plain text, and the boilerplate that some libraries add."""

from collections.abc import Iterator

from reader.document.blocks import Block, Details, Inline, Paragraph
from reader.parse.formats.gutenberg import gutenberg_parts
from reader.parse.plain import parse_plain
from reader.settings.options import SourceBreaks

_GUTENBERG = "Project Gutenberg"


def parse_text(source: str, breaks: SourceBreaks = SourceBreaks.AUTO) -> list[Block]:
    """Parse plain text; Project Gutenberg's licence is collapsed into `details` blocks."""
    parts = gutenberg_parts(source)
    return list(_framed(*parts, breaks)) if parts else parse_plain(source, breaks)


def _framed(above: str, book: str, below: str, breaks: SourceBreaks) -> Iterator[Block]:
    yield Details(Paragraph(Inline(_GUTENBERG)), tuple(parse_plain(above, breaks)))
    yield from parse_plain(book, breaks)
    if below.strip():
        yield Details(Paragraph(Inline(_GUTENBERG)), tuple(parse_plain(below, breaks)))
