"""References: whole numbers that name an article of several archives, in the order of dates like the indexes' keys."""

from array import array
from collections.abc import Iterable, Sequence

_BITS = 8
MOST_ARCHIVES = 256
"""Archives that can be told apart."""

Refs = Sequence[int]


def ref_of(archive: int, key: int) -> int:
    """The reference of an article by its archive's number and its key there."""
    return key << _BITS | archive


def archive_of(ref: int) -> int:
    """The number of the archive."""
    return ref & 0xFF


def key_of(ref: int) -> int:
    """The key in that archive's index."""
    return ref >> _BITS


def refs_of(archive: int, keys: Iterable[int]) -> "array[int]":
    """The references of many articles of one archive."""
    return array("q", [key << _BITS | archive for key in keys])
