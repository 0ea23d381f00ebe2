"""The history of positions, like that of a browser."""

from collections.abc import Callable, Iterable

from reader.archive.article import Article
from reader.document.document import Position
from reader.lean_dataclasses import dataclass

_MOST = 200
"""Maximum number of positions to go back to."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A position in an article; None stands for the saved one."""

    article_id: str
    place: Position | None


class Trail:
    """The entries before and after the current position."""

    def __init__(self) -> None:
        self._back: list[HistoryEntry] = []
        self._forward: list[HistoryEntry] = []

    def leave(self, here: HistoryEntry | None) -> None:
        """Add the position that is left for another, and clear the entries after it."""
        if here is None:
            return
        if not self._back or self._back[-1] != here:
            self._back = [*self._back[-_MOST:], here]
        self._forward = []

    def extend(self, earlier: Iterable[str], here: HistoryEntry) -> None:
        """Add articles that were read earlier, the newest first, before the oldest entry."""
        known = {here.article_id, *(stop.article_id for stop in (*self._back, *self._forward))}
        older = [HistoryEntry(article_id, None) for article_id in earlier if article_id not in known]
        self._back = [*reversed(older), *self._back]

    def back(
        self, here: HistoryEntry | None, find: Callable[[str], Article | None]
    ) -> tuple[Article, Position | None] | None:
        """Step back; return the article found by `find` and the position in it, or None if there is no entry."""
        return _step(self._back, self._forward, here, find)

    def forward(
        self, here: HistoryEntry | None, find: Callable[[str], Article | None]
    ) -> tuple[Article, Position | None] | None:
        """Step forward; as above."""
        return _step(self._forward, self._back, here, find)


def _step(
    way: list[HistoryEntry], other: list[HistoryEntry], here: HistoryEntry | None, find: Callable[[str], Article | None]
) -> tuple[Article, Position | None] | None:
    while way:
        stop = way.pop()
        article = find(stop.article_id) if stop != here else None
        if article is None:
            # Skip the current position, and articles of other archives.
            continue
        if here is not None:
            other.append(here)
        return article, stop.place
    return None
