"""The places that were left, as a browser keeps them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reader.archive.article import Article
from reader.document.document import Position

_MOST = 200
"""Places that one can go back to."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A place that was left: an article, and where in it; None where the store knows."""

    article_id: str
    place: Position | None


class Trail:
    """The stops before and after where one is."""

    def __init__(self) -> None:
        self._back: list[HistoryEntry] = []
        self._forward: list[HistoryEntry] = []

    def leave(self, here: HistoryEntry | None) -> None:
        """Note a place that is left for another; there is no way forward any more."""
        if here is None:
            return
        if not self._back or self._back[-1] != here:
            self._back = [*self._back[-_MOST:], here]
        self._forward = []

    def extend(self, earlier: Iterable[str], here: HistoryEntry) -> None:
        """Put articles that were read before all this, the newest first, before the oldest stop."""
        known = {here.article_id, *(stop.article_id for stop in (*self._back, *self._forward))}
        older = [HistoryEntry(article_id, None) for article_id in earlier if article_id not in known]
        self._back = [*reversed(older), *self._back]

    def back(
        self, here: HistoryEntry | None, find: Callable[[str], Article | None]
    ) -> tuple[Article, Position | None] | None:
        """Step back; the article that `find` finds and the place in it, or None where there is nothing before."""
        return _step(self._back, self._forward, here, find)

    def forward(
        self, here: HistoryEntry | None, find: Callable[[str], Article | None]
    ) -> tuple[Article, Position | None] | None:
        """Step forward again; as above."""
        return _step(self._forward, self._back, here, find)


def _step(
    way: list[HistoryEntry], other: list[HistoryEntry], here: HistoryEntry | None, find: Callable[[str], Article | None]
) -> tuple[Article, Position | None] | None:
    while way:
        stop = way.pop()
        article = find(stop.article_id) if stop != here else None
        if article is None:
            # Where one is already, or an article of other archives.
            continue
        if here is not None:
            other.append(here)
        return article, stop.place
    return None
