"""The footnotes of a document, wherever they are."""

from collections.abc import Iterator

from reader.document.blocks import Block, Footnote, Footnotes, Leaf, children
from reader.document.document import Document


def placed_footnotes(document: Document) -> Iterator[tuple[int, Footnote]]:
    """The footnotes in reading order, including those in quotations and items, each with the number of its first leaf.

    A footnote without leaves has the number of the leaf after it.
    """
    number = 0
    stack: list[Iterator[Block | Footnote]] = [iter(document.blocks)]
    while stack:
        for one in stack[-1]:
            match one:
                case Footnote():
                    yield number, one
                    stack.append(iter(one.blocks))
                case Footnotes():
                    stack.append(iter(one.notes))
                case _ if isinstance(one, Leaf):
                    number += 1
                    continue
                case _:
                    stack.append(children(one))
            break
        else:
            stack.pop()
