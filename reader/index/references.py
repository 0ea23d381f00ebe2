"""References: integers that identify an article among several archives, ordered by date like the keys of an index."""

from array import array
from collections.abc import Iterable, Sequence

_BITS = 8
MOST_ARCHIVES = 256
"""The maximum number of archives."""

Refs = Sequence[int]


def ref_of(archive: int, key: int) -> int:
    """The reference of an article, from its archive's number and its key."""
    return key << _BITS | archive


def archive_of(ref: int) -> int:
    """The number of the archive."""
    return ref & 0xFF


def key_of(ref: int) -> int:
    """The key in the index of that archive."""
    return ref >> _BITS


def refs_of(archive: int, keys: Iterable[int]) -> "array[int]":
    """The references of several articles of one archive."""
    return array("q", [key << _BITS | archive for key in keys])
