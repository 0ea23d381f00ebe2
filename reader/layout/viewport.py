"""The part of an article in sight: what scrolling means for its lines, in one column or in columns side by side."""

from typing import Protocol

_OVERLAP = 2
"""Rows of the last screenful that stay in sight in one column, for orientation."""


class Viewport(Protocol):
    """The part of an article that is in sight. Lines are counted from 0 at its header."""

    @property
    def last_top(self) -> int:
        """The number of the first line in sight at the end of the article."""

    def stop(self, top: int) -> int:
        """The number of the first line after those in sight if `top` is the first."""

    def progress(self, top: float) -> float:
        """The scroll progress, 0 to 1; 1 if the end is in sight."""

    def scrolled(self, top: float, lines: int) -> float:
        """The first line in sight after scrolling by lines; it may be out of range."""

    def paged(self, top: float, pages: float) -> float:
        """The first line in sight after scrolling by screenfuls; it may be out of range."""

    def showing(self, top: int, line: int) -> int:
        """The `top` that brings `line` into view away from the edges; unchanged if visible."""

    def revealing(self, top: int, first: int, last: int) -> int:
        """The nearest `top` at which lines `first` to `last` are visible, or at least `first`."""


class ScrolledViewport:
    """One column, of which `height` rows are in sight."""

    def __init__(self, height: int, lines: int) -> None:
        """Show an article of a number of lines."""
        self._height = height
        self.last_top = max(0, lines - height)

    def stop(self, top: int) -> int:
        """Return the line below the last row."""
        return top + self._height

    def progress(self, top: float) -> float:
        """Return the progress towards the last position, from 0 to 1."""
        return min(1.0, top / self.last_top) if self.last_top > 0 else 1.0

    def scrolled(self, top: float, lines: int) -> float:
        """Scroll by rows."""
        return top + lines

    def paged(self, top: float, pages: float) -> float:
        """Scroll by the height, with an overlap."""
        rows = max(1, round((self._height - _OVERLAP) * abs(pages)))
        return top + (rows if pages > 0 else -rows)

    def showing(self, top: int, line: int) -> int:
        """Show the line in the upper third."""
        if top + 1 <= line < top + self._height - _OVERLAP:
            return top
        return max(0, line - self._height // 3)

    def revealing(self, top: int, first: int, last: int) -> int:
        """Scroll as few rows as possible."""
        return min(first, max(top, last - self._height + 1, 0))
