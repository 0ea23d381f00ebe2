"""The text of blocks."""

from collections.abc import Iterable, Iterator

from reader.document.blocks import Block, leaves


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    """The text of each leaf."""
    for block in blocks:
        for leaf in leaves(block):
            yield leaf.text.text
