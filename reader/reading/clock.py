"""How long and how much is read of the article that is open, told by what comes into sight and when.

What counts as read, from the easiest case to the hardest:

- A stretch of text counts when one reads on from it, and what comes into sight by that counts with it: scrolling by
  lines or by pages through an article counts all of it, the last screen too.
- Where one begins (an article that was opened, a place that was jumped to) nothing counts yet. The first step on from
  there counts it. So does staying there for as long as a quick reader would need for it, which is how an article that
  fits on the screen is read, and how a section is that one jumped to and then left.
- Jumping and going back count nothing by themselves, and nothing counts twice in one visit.

Pure: no clock is looked at and nothing is kept; times are handed in, in seconds of a clock that only goes forward.
"""

IDLE = 120.0
"""Seconds between two signs of life that are reading; who gives none for longer reads no more."""

QUICK = 20.0
"""Characters a second of a quick reader: three times as many as a practised one reads."""

ROW = 200
"""Characters that the last row in sight may hold: no line is set wider than 200 cells. A step that goes no further
than behind that row leaves nothing out."""


class ReadingClock:
    """Measures visits to articles, one after the other.

    What lies in sight is given as `top` and `foot`: how many characters of the article lie above the first and above
    the last row in sight. At an article's end `foot` had better be its length, so that its last row is not left out.
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
        """An article was opened; the one before it, if any, is closed."""
        self.closed(now)
        self._last = now
        self._counted.clear()
        self._begin(top, foot)

    def moved(self, now: float, top: int, foot: int) -> None:
        """Another part came into sight, or the same part with another foot. It is a sign of life too."""
        if self._last is None:
            return
        self._pass_time(now)
        if self._top < top <= self._foot + ROW:
            self._count(self._top, max(foot, top))
            self._begin(top, foot)
        elif top == self._top:
            # The window was made higher, or the foot is known better than before: nobody moved.
            self._foot = max(foot, top)
        else:
            self._leave()
            self._begin(top, foot)

    def touched(self, now: float) -> None:
        """A key was pressed or the mouse moved."""
        if self._last is not None:
            self._pass_time(now)

    def closed(self, now: float) -> None:
        """The article is shown no more: another one opens, or the program is left."""
        if self._last is None:
            return
        self._pass_time(now)
        self._leave()
        self._last = None

    def taken(self) -> tuple[float, int]:
        """The seconds and characters since this was last asked.

        Both are whole: what was given once is given no more, and what is not known yet (the time since the last sign
        of life, the screen that one is still at) comes with a later answer. `closed` makes all of it known.
        """
        found = (self._seconds, self._characters)
        self._seconds, self._characters = 0.0, 0
        return found

    def _pass_time(self, now: float) -> None:
        """Count the time since the last sign of life."""
        assert self._last is not None  # noqa: S101 - asked for only while an article is open
        passed = min(max(now - self._last, 0.0), IDLE)
        self._last = max(self._last, now)
        self._seconds += passed
        self._stayed += passed

    def _begin(self, top: int, foot: int) -> None:
        """Be at another part."""
        self._top, self._foot = top, max(foot, top)
        self._stayed = 0.0

    def _leave(self) -> None:
        """Count what was in sight, if it was for long enough."""
        new = self._foot - self._top - self._overlap(self._top, self._foot)
        if self._stayed * QUICK >= new:
            self._count(self._top, self._foot)

    def _overlap(self, start: int, end: int) -> int:
        """How many of the characters from `start` to `end` were counted in this visit."""
        return sum(max(0, min(end, last) - max(start, first)) for first, last in self._counted)

    def _count(self, start: int, end: int) -> None:
        """Count the characters from `start` to `end` that were not counted in this visit."""
        self._characters += end - start - self._overlap(start, end)
        apart = [one for one in self._counted if one[1] < start or end < one[0]]
        touching = [one for one in self._counted if start <= one[1] and one[0] <= end]
        # They part where one jumps, and grow together again where one reads on: there are only ever a few.
        joined = (min([start, *(one[0] for one in touching)]), max([end, *(one[1] for one in touching)]))
        self._counted = [*apart, joined]
