"""The history of positions, like that of a browser."""

from collections.abc import Callable, Iterable, Sequence

from reader.archive.article import Article
from reader.document.document import Position
from reader.lean_dataclasses import dataclass, field
from reader.ui.commands.view import ReadingView

_MOST = 200
"""Maximum number of positions to go back to."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A position in an article.

    Attributes:
        article_id: The article.
        place: The position at the top of the page; None stands for the saved one.
        link: The beginning of the focused link; None if none was focused.
        row: The row at the top of the page, counted from the beginning of the header, because rows of the header have
            no positions of their own; 0 unless `place` is the first position.
        below: The links below the article, each as its text and target; they take rows, so `row` may be one of theirs.
        link_below: The target of the focused link in `below`; empty if none was focused.
    """

    article_id: str
    place: Position | None
    link: Position | None = field(default=None, compare=False)
    row: int = field(default=0, compare=False)
    below: Sequence[tuple[str, str]] = field(default=(), compare=False)
    link_below: str = field(default="", compare=False)


def current_entry(view: ReadingView) -> HistoryEntry | None:
    """The current position; None while no article is open."""
    reading = view.reading
    if reading is None:
        return None
    place = view.place
    row = view.page.top_row if place == Position(0) else 0
    links, below = view.links, view.relations.below
    return HistoryEntry(reading.article.id, place, links.focused_place, row, below, links.focused_below)


class Trail:
    """The entries before and after the current position.

    Attributes:
        opened: The articles that were opened, by their ids: also those that are in no archive.
    """

    def __init__(self) -> None:
        self.opened: dict[str, Article] = {}
        self._back: list[HistoryEntry] = []
        self._forward: list[HistoryEntry] = []

    def leave(self, here: HistoryEntry | None) -> None:
        """Add the position that the user leaves, and clear the entries after it."""
        if here is None:
            return
        before = self._back[:-1] if self._back and self._back[-1] == here else self._back
        self._back = [*before[-_MOST:], here]
        self._forward = []

    def extend(self, earlier: Iterable[str], here: HistoryEntry) -> None:
        """Add articles that were read earlier, the newest first, before the oldest entry."""
        known = {here.article_id, *(stop.article_id for stop in (*self._back, *self._forward))}
        older = [HistoryEntry(article_id, None) for article_id in earlier if article_id not in known]
        self._back = [*reversed(older), *self._back]

    def back(
        self, here: HistoryEntry | None, find: Callable[[str], Article | None]
    ) -> tuple[Article, HistoryEntry] | None:
        """Step back; return the article found by `find` and its entry, or None if there is none."""
        return _step(self._back, self._forward, here, find)

    def forward(
        self, here: HistoryEntry | None, find: Callable[[str], Article | None]
    ) -> tuple[Article, HistoryEntry] | None:
        """Step forward; return the same as `back`."""
        return _step(self._forward, self._back, here, find)


def _step(
    way: list[HistoryEntry], other: list[HistoryEntry], here: HistoryEntry | None, find: Callable[[str], Article | None]
) -> tuple[Article, HistoryEntry] | None:
    while way:
        stop = way.pop()
        article = find(stop.article_id) if stop != here else None
        if article is None:
            # Skip the current position, and articles of other archives.
            continue
        if here is not None:
            other.append(here)
        return article, stop
    return None
