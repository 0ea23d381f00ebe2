"""The list of search results: two rows per article, with title, source and date, and an excerpt."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as Paint

from reader.archive.article import Article
from reader.finding.finder import SearchResult
from reader.language import _
from reader.marks.saved_searches import SavedSearch
from reader.search.excerpt import Excerpt
from reader.ui.colours import Colours
from reader.ui.text_fitting import fitted
from reader.ui.widgets.rows import RowList

_LINES = 2
"""Rows per article."""

_WITH_SOURCE = 60
"""The minimum width in cells for showing the source beside the title."""

_BEFORE = 3
"""Characters shown before the first match if there is no room for more."""


class Results(RowList):
    """Search results, or suggested searches while the query is empty."""

    can_focus = False
    ENTRY_ROWS = _LINES

    def __init__(self, colours: Colours, offers: Sequence[SavedSearch]) -> None:
        """Suggest `offers` while the query is empty."""
        super().__init__(colours, id="results")
        self.offers = list(offers)
        self.found: list[SearchResult] = []
        self.note = ""
        self.offering = True
        self.marked: dict[str, Article] = {}
        self._anchor: int | None = None
        """The number of the article that was marked last."""

    @property
    def chosen_articles(self) -> tuple[Article, ...]:
        """The marked articles, or else the one under the cursor; nothing without results."""
        if self.marked or self.offering or not self.found:
            return tuple(self.marked.values())
        return (self.found[self.chosen].article,)

    def toggle_mark(self) -> None:
        """Mark the article under the cursor, or unmark it, and go to the next one."""
        if not self.offering and self.found:
            article = self.found[self.chosen].article
            self._anchor = self.chosen
            if self.marked.pop(article.id, None) is None:
                self.marked[article.id] = article
            self.action_cursor(1)
            self.refresh()

    def mark_range(self) -> None:
        """Mark the articles from the one that was marked last to the cursor."""
        if not self.offering and self.found:
            first, last = sorted((self.chosen if self._anchor is None else self._anchor, self.chosen))
            self.marked.update({one.article.id: one.article for one in self.found[first : last + 1]})
            self._anchor = self.chosen
            self.refresh()

    def toggle_all(self) -> None:
        """Mark all articles that are listed; unmark them if all are marked."""
        listed = {one.article.id: one.article for one in self.found}
        if listed.keys() <= self.marked.keys():
            for key in listed:
                del self.marked[key]
        else:
            self.marked.update(listed)
        self.refresh()

    def offer(self) -> None:
        """Show the suggested searches."""
        self.offering, self.found, self.note = True, [], ""
        self._from_top()

    def fill(self, found: Sequence[SearchResult], note: str = "") -> None:
        """Show results, or `note` if there are none."""
        self.offering, self.found, self.note = False, list(found), note
        self._from_top()

    def tell_nothing(self, note: str) -> None:
        """Replace the note that is shown if there are no results."""
        if not self.offering and not self.found:
            self.note = note
            self.refresh()

    def add(self, found: Sequence[SearchResult]) -> None:
        """Append results."""
        self.found += found
        self.rebuild()

    def _from_top(self) -> None:
        self.cursor, self._anchor = 0, None
        self.scroll_to(y=0, animate=False)
        self.rebuild()

    @property
    def chosen(self) -> int:
        """The index of the article or suggestion under the cursor."""
        return self.cursor // _LINES

    @property
    def size_of_list(self) -> int:
        """The number of articles or suggestions."""
        return len(self.offers) if self.offering else len(self.found)

    def count(self) -> int:
        """Return the number of rows."""
        return max(1, self.size_of_list * _LINES)

    def action_cursor(self, step: int) -> None:
        """Move the cursor by articles."""
        last = max(0, self.size_of_list - 1)
        self.cursor = max(0, min(self.chosen + step, last)) * _LINES
        # Make both rows of the article visible.
        self.show_row(self.cursor + _LINES - 1)
        self.show_row(self.cursor)

    def row(self, number: int, width: int, *, lit: bool) -> list[Segment]:
        """Return a row of an article or suggestion."""
        del lit
        if not self.size_of_list:
            return [Segment(" " + fitted(self.note, width - 1), self.colours.role("muted"))]
        at, line = divmod(number, _LINES)
        paint = self.colours.role("selection") if at == self.chosen else self.colours.text
        if self.offering:
            segments = self._offer(self.offers[at], width, first=line == 0)
        else:
            segments = self._title(self.found[at].article, width) if line == 0 else self._excerpt(self.found[at], width)
        used = sum(segment.cell_length for segment in segments)
        segments.append(Segment(" " * max(0, width - used), self.colours.text))
        return [Segment(text, (style or Paint()) + paint) for text, style, _control in segments]

    def _offer(self, offer: SavedSearch, width: int, *, first: bool) -> list[Segment]:
        if first:
            return [Segment(" " + fitted(offer.query, width - 2), self.colours.role("ink"))]
        return [Segment("   " + fitted(offer.name, width - 4), self.colours.role("muted"))]

    def _title(self, article: Article, width: int) -> list[Segment]:
        source = fitted(article.source, width // 4) if width >= _WITH_SOURCE else ""
        about = "  ".join(part for part in (source, article.local_day) if part)
        sign = "✓" if article.id in self.marked else " "
        title = sign + fitted(article.title, max(8, width - cell_len(about) - 4))
        gap = " " * max(2, width - cell_len(title) - cell_len(about) - 1)
        muted = self.colours.role("muted")
        return [Segment(title, self.colours.role("ink", bold=True)), Segment(gap + about, muted)]

    def _excerpt(self, found: SearchResult, width: int) -> list[Segment]:
        excerpt = _in_sight(found.excerpt, width - 4)
        missing = _("(text not indexed yet)") if found.is_waiting else _("(no text)")
        text = fitted(excerpt.text or missing, width - 4)
        muted, hit = self.colours.role("muted"), self.colours.role("hit")
        segments = [Segment("   ", muted)]
        at = 0
        # A match that is truncated with the line is highlighted as far as it is visible.
        for start, end in excerpt.hits:
            segments += [Segment(text[at:start], muted), Segment(text[start:end], hit)]
            at = max(at, end)
        return [*segments, Segment(text[at:], muted)]


def _in_sight(excerpt: Excerpt, cells: int) -> Excerpt:
    """Shorten the beginning of an excerpt so that the first match fits in `cells`."""
    if not excerpt.hits or cell_len(excerpt.text[: excerpt.hits[0][1]]) <= cells:
        return excerpt
    start = max(0, excerpt.hits[0][0] - _BEFORE)
    hits = tuple((begin - start + 1, end - start + 1) for begin, end in excerpt.hits)
    return Excerpt("…" + excerpt.text[start:], hits)
