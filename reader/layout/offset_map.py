"""Offsets in the text of a leaf and in the text as it is shown, with insertions and removals."""

from bisect import bisect_left, bisect_right
from itertools import accumulate


class OffsetMap:
    """Maps offsets in the leaf's text to offsets in the shown text."""

    def __init__(self, inserted: dict[int, int]) -> None:
        """Map by the number of characters `inserted` at each offset, which is negative where characters are removed."""
        self._at = sorted(inserted)
        self._lengths = [0, *accumulate(inserted[place] for place in self._at)]

    def of(self, place: int) -> int:
        """The offset in the shown text, before text that is inserted there."""
        return place + self._lengths[bisect_left(self._at, place)]

    def after_insertions(self, place: int) -> int:
        """The offset in the shown text, after text that is inserted there."""
        return place + self._lengths[bisect_right(self._at, place)]
