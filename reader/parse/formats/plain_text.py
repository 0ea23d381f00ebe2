"""Plain text, and the boilerplate that some libraries add."""

from collections.abc import Iterator

from reader.document.blocks import Block, Details, Inline, Paragraph
from reader.parse.formats.gutenberg import gutenberg_parts
from reader.parse.plain import parse_plain

_GUTENBERG = "Project Gutenberg"


def parse_text(source: str) -> list[Block]:
    """Parse plain text; Project Gutenberg's licence is collapsed into `details` blocks."""
    parts = gutenberg_parts(source)
    return list(_framed(*parts)) if parts else parse_plain(source)


def _framed(above: str, book: str, below: str) -> Iterator[Block]:
    yield Details(Paragraph(Inline(_GUTENBERG)), tuple(parse_plain(above)))
    yield from parse_plain(book)
    if below.strip():
        yield Details(Paragraph(Inline(_GUTENBERG)), tuple(parse_plain(below)))
