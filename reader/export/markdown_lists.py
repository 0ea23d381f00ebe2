"""The numbers, the signs and the spacing of lists in Markdown."""

from collections.abc import Iterator

from reader.document.blocks import ListBlock, ListItem, Paragraph

_LARGEST_NUMBER = 999_999_999


def numbered(block: ListBlock) -> Iterator[tuple[int, ListItem]]:
    """The items with content and their numbers; an explicit number also affects the following items."""
    number = block.start
    for item in block.items:
        number = number if item.number is None else item.number
        if item.blocks or item.checked is not None:
            yield min(max(number, 0), _LARGEST_NUMBER), item
        number += 1


def other_sign(last: str, *, ordered: bool) -> str:
    """The sign after the number or before the text of an item that `last`, the sign of the list before it, is not."""
    one, other = (".", ")") if ordered else ("-", "+")
    return other if last == one else one


def is_tight(block: ListBlock) -> bool:
    """Whether a list needs no empty lines: each item is a paragraph, optionally followed by a nested list."""
    for item in block.items:
        first, *rest = item.blocks or (None,)
        if not isinstance(first, Paragraph) or not first.text.text.strip() or len(rest) > 1:
            return False
        for inner in rest:
            # A list that does not start with 1 cannot interrupt a paragraph.
            if not isinstance(inner, ListBlock) or not is_tight(inner):
                return False
            if inner.ordered and [number for number, _ in numbered(inner)] != [*range(1, len(inner.items) + 1)]:
                return False
    return True
