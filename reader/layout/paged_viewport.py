"""The part of an article in sight in columns, which are turned by screenfuls."""

from reader.layout.arrangement import Arrangement, LineAt, Screenful, following


class PagedViewport:
    """The lines of an arrangement, screenful by screenful."""

    def __init__(
        self, arrangement: Arrangement, line_at: LineAt, lines: int, *, is_complete: bool, is_end_known: bool
    ) -> None:
        """Show an article of a number of lines, which is an estimate unless `is_complete`.

        With `is_end_known`, the lines at the end are exact, even if the number of those above them is an estimate.
        """
        self._arrangement = arrangement
        self._line_at = line_at
        self._lines = lines
        self._is_complete = is_complete
        self._is_end_known = is_end_known

    def view(self, top: int) -> Screenful:
        """Return the lines in sight if `top` is the first."""
        return self._arrangement.view(top, self._line_at)

    @property
    def last_top(self) -> int:
        """The number of the first line in sight at the end; approximate while the number of lines is an estimate."""
        if not self._is_complete:
            return max(0, self._lines - self._arrangement.most)
        return self._arrangement.before(self._lines, self._line_at)

    def stop(self, top: int) -> int:
        """Return the line after the last one in sight."""
        return self.view(top).stop

    def _shows_end(self, top: int) -> bool:
        return self._is_end_known and self.view(top).is_last

    def progress(self, top: float) -> float:
        """Return the progress towards the last screenful, from 0 to 1."""
        if self._shows_end(int(top)):
            return 1.0
        return min(0.99, top / max(1, self.last_top))

    def scrolled(self, top: float, lines: int) -> float:
        """Scroll by lines, but not past the end."""
        line = int(top)
        if lines > 0 and self._shows_end(line):
            return top
        target = self._arrangement.step(line, lines, self._line_at)
        return min(target, max(line, self.last_top)) if lines > 0 else target

    def paged(self, top: float, pages: float) -> float:
        """Turn pages without overlap, so that the last may be partly empty; less than a page is scrolled by lines."""
        line = int(top)
        if abs(pages) < 1:
            view = self.view(line)
            lines = max(1, round(len(view.placed) * abs(pages)))
            return self.scrolled(line, min(lines, self._arrangement.most) if pages > 0 else -lines)
        for _page in range(round(abs(pages))):
            view = self.view(line)
            if pages > 0 and not (view.is_last and self._is_end_known):
                line = following(view, self._line_at)
            elif pages < 0 and line > 0:
                line = self._arrangement.before(line, self._line_at)
        return line

    def showing(self, top: int, line: int) -> int:
        """Show the line below the first third of the screenful, unless it is in sight."""
        if any(one.number == line for one in self.view(top).placed):
            return top
        return max(0, self._arrangement.step(line, -(self._arrangement.most // 3), self._line_at))

    def revealing(self, top: int, first: int, last: int) -> int:
        """Return the top line that shows `first` to `last` after scrolling as few lines as possible."""
        if first < top:
            return first
        stop = self.stop(top)
        return top if last < stop else min(first, self._arrangement.before(last + 1, self._line_at))
