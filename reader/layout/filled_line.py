"""A line of a paragraph between its breaks, as it is passed from filling to justification."""

from typing import NamedTuple


class Filled(NamedTuple):
    """A line. It is a named tuple, as a long text has 100,000 lines, and frozen dataclasses are three times slower.

    Attributes:
        start: The offset of its first character in the shown text.
        end: The offset after its last character.
        visible_end: The offset of the trailing white space, which is not drawn.
        cells: Its width in cells without trailing white space.
        closed_gaps: The gaps that are closed so that a punctuation mark fits.
        is_divided: Whether it ends within a word, with a hyphen, which counts in `cells`.
    """

    start: int
    end: int
    visible_end: int
    cells: int
    closed_gaps: frozenset[int] = frozenset()
    is_divided: bool = False
