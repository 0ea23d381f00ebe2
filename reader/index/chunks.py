"""Many items, a handful at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

_Item = TypeVar("_Item")

VALUES_AT_ONCE = 500
"""Values that stand in one statement."""


def chunks(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """The items, so many at a time."""
    waiting = iter(items)
    while chunk := list(islice(waiting, size)):
        yield chunk
