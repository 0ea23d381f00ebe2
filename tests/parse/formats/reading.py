"""Parsing of markup in tests, and the text of blocks."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from reader.document.blocks import Block, Paragraph, SpanKind, leaves
from reader.parse.html import parse_html


@dataclass(frozen=True)
class Markup:
    """A format that is translated to HTML."""

    to_html: Callable[[str], str]

    def read(self, source: str) -> list[Block]:
        """Parse a text."""
        return parse_html(self.to_html(source))

    def only(self, source: str) -> Block:
        """Parse a text of one block."""
        (block,) = self.read(source)
        return block

    def spans(self, source: str) -> list[tuple[str, SpanKind, str]]:
        """The text, kind and value of each span in a text of one paragraph."""
        block = self.only(source)
        assert isinstance(block, Paragraph)
        return [(block.text.text[span.start : span.end], span.kind, span.value) for span in block.text.spans]


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    """The text of each leaf."""
    for block in blocks:
        for leaf in leaves(block):
            yield leaf.text.text
