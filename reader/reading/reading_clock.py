"""Measurement of reading time and of characters read, based on what is visible and when.

What counts as read:

- Text counts when the user scrolls on from it, together with the text that scrolling makes visible: scrolling through
  an article by lines or pages counts all of it, including the last screen.
- After opening an article or jumping, the visible text does not count yet. It counts at the first scroll forward, or
  after staying as long as a fast reader would need for it. The latter covers an article that fits on one screen, and a
  section that the user jumps to and then leaves.
- Jumping and scrolling back count nothing, and no text counts twice in one visit.

This module reads no clock and stores nothing; the caller passes times in seconds of a monotonic clock.
"""

IDLE = 120.0
"""The maximum time in seconds between two inputs that counts as reading; the rest of a longer pause is idle time."""

QUICK = 20.0
"""Characters per second of a fast reader: three times the speed of a practised one."""

ROW = 200
"""The maximum number of characters in the last visible row, as no line is wider than 200 cells. Scrolling forward by
no more than the visible text and this row skips nothing."""


class ReadingClock:
    """Measures consecutive visits to articles.

    The viewport is given as `top` and `foot`: the number of characters before the first and before the last visible
    row. At the end of the article pass its length as `foot`, so that the last row counts.
    """

    def __init__(self) -> None:
        self._last: float | None = None
        self._top = self._foot = 0
        self._stayed = 0.0
        self._counted: list[tuple[int, int]] = []
        self._seconds = 0.0
        self._characters = 0

    @property
    def running(self) -> bool:
        """Whether an article is open."""
        return self._last is not None

    def opened(self, now: float, top: int, foot: int) -> None:
        """Start a visit to an article, closing the previous one if there is one."""
        self.closed(now)
        self._last = now
        self._counted.clear()
        self._begin(top, foot)

    def moved(self, now: float, top: int, foot: int) -> None:
        """Record that the viewport has moved or changed its size. This counts as an input too."""
        if self._last is None:
            return
        self._pass_time(now)
        if self._top < top <= self._foot + ROW:
            self._count(self._top, max(foot, top))
            self._begin(top, foot)
        elif top == self._top:
            # The viewport was resized or the layout was refined: the user has not scrolled.
            self._foot = max(foot, top)
        else:
            self._leave()
            self._begin(top, foot)

    def touched(self, now: float) -> None:
        """Record an input: a key press or a mouse movement."""
        if self._last is not None:
            self._pass_time(now)

    def closed(self, now: float) -> None:
        """End the visit: another article is opened, or the program exits."""
        if self._last is None:
            return
        self._pass_time(now)
        self._leave()
        self._last = None

    def taken(self) -> tuple[float, int]:
        """Return the seconds and characters since the last call, and reset them.

        The time since the last input and the visible text are not decided yet, so a later call returns them; `closed`
        decides all of it.
        """
        found = (self._seconds, self._characters)
        self._seconds, self._characters = 0.0, 0
        return found

    def _pass_time(self, now: float) -> None:
        """Count the time since the last input."""
        assert self._last is not None  # noqa: S101 - called only while an article is open
        passed = min(max(now - self._last, 0.0), IDLE)
        self._last = max(self._last, now)
        self._seconds += passed
        self._stayed += passed

    def _begin(self, top: int, foot: int) -> None:
        """Start measuring at a new position."""
        self._top, self._foot = top, max(foot, top)
        self._stayed = 0.0

    def _leave(self) -> None:
        """Count the visible text if it was visible for long enough."""
        new = self._foot - self._top - self._overlap(self._top, self._foot)
        if self._stayed * QUICK >= new:
            self._count(self._top, self._foot)

    def _overlap(self, start: int, end: int) -> int:
        """Return how many of the characters from `start` to `end` have been counted in this visit."""
        return sum(max(0, min(end, last) - max(start, first)) for first, last in self._counted)

    def _count(self, start: int, end: int) -> None:
        """Count the characters from `start` to `end` that have not been counted in this visit."""
        self._characters += end - start - self._overlap(start, end)
        apart = [one for one in self._counted if one[1] < start or end < one[0]]
        touching = [one for one in self._counted if start <= one[1] and one[0] <= end]
        # Jumps split the ranges and reading on merges them again, so there are only ever a few.
        joined = (min([start, *(one[0] for one in touching)]), max([end, *(one[1] for one in touching)]))
        self._counted = [*apart, joined]
