"""Finding in the open article: the matches, the current one, and the position to go back to."""

from bisect import bisect_left
from typing import TYPE_CHECKING

from reader.language import _
from reader.settings.options import ChineseScript
from reader.ui import late
from reader.ui.widgets.page import Page

if TYPE_CHECKING:
    import re

    from reader.document.document import Position, Range
    from reader.ui.widgets.find_bar import FindBar


class Finding:
    """One search, from opening the find bar until its matches are cleared."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._bar: FindBar | None = None
        self.hits: tuple[Range, ...] = ()
        self._current: int | None = None
        self._needle = ""
        self._came_from: tuple[Position, bool] | None = None
        self.found_by_title = ""
        """The query by which the article was found, if only its title or its data match."""

    @property
    def active(self) -> bool:
        """Whether any match is marked."""
        return bool(self._needle)

    @property
    def current_place(self) -> "Position | None":
        """Where the current match begins."""
        return self.hits[self._current].start if self._current is not None else None

    @property
    def note(self) -> str:
        """The text for the status line."""
        if not self._needle:
            return ""
        if not self.hits:
            return _("No match for “{needle}” in this article").format(needle=self._needle)
        return f"{_('“{text}”').format(text=self._needle)}  {(self._current or 0) + 1}/{len(self.hits)}"

    def open(self, bar: "FindBar") -> None:
        """Open `bar` for typing, and store the position to go back to."""
        self._bar = bar
        self._came_from = (self._page.place, self._page.scroll_y == 0)
        bar.open(_("Find in the article"), self._needle)
        bar.say(self._count)

    def lend_rows(self, rows: int) -> None:
        """Tell the page how many rows the bar takes from it."""
        self._page.rows_lent = rows

    def show_found(self, pattern: "re.Pattern[str]", query: str) -> None:
        """Mark the matches of a search of the library, and go to the first one."""
        hits = late.find_pattern(self._page.document, pattern)
        self.found_by_title = "" if hits else query
        if hits:
            self._came_from = None
            self._needle, self.hits, self._current = query, hits, 0
            self._show()

    def find(self, needle: str) -> None:
        """Mark all matches, and go to the first one at or after the position where the search started."""
        self._needle = needle.strip()
        self.found_by_title = ""
        self.hits = self._found(needle) if self._needle else ()
        start = self._came_from[0] if self._came_from else self._page.place
        self._current = None
        if self.hits:
            number = bisect_left(self.hits, start, key=lambda hit: hit.start)
            self._current = number if number < len(self.hits) else 0
        self._show()
        if not self.hits and self._came_from:
            self._go_back()

    def _found(self, needle: str) -> "tuple[Range, ...]":
        """The matches of the needle, else of the needle in the script of the source, else of the needle as pinyin."""
        page = self._page
        hits = late.find(page.document, needle)
        if not hits and page.typesetting.chinese is not ChineseScript.SOURCE:
            hits = late.find(page.document, late.convert_back(needle, page.typesetting.chinese))
        return hits or late.find_by_pinyin(page.document, needle)

    def step(self, step: int) -> None:
        """Go to the next or previous match, wrapping around."""
        if self.hits:
            self._current = ((self._current or 0) + step) % len(self.hits)
            self._show()

    def close(self, *, kept: bool) -> None:
        """Stay at the match and keep all matches marked, or go back to where the search started."""
        if not kept:
            self.leave()
        elif not self.hits:
            self._clear()

    def leave(self) -> bool:
        """Clear the matches, and go back to where the search started unless the page has been scrolled since.

        Return whether this has moved the page.
        """
        self._clear()
        before = self._page.place
        self._go_back()
        self._came_from = None
        return self._page.place != before

    def read_on(self) -> None:
        """Forget the position to go back to, because the page was scrolled."""
        if self._bar is None or not self._bar.display:
            self._came_from = None

    def reset(self) -> None:
        """Clear the matches and stay."""
        self.found_by_title = ""
        if self._needle:
            self._clear()
        self._came_from = None

    def _clear(self) -> None:
        self.hits, self._current, self._needle = (), None, ""
        self._page.show_hits((), None)

    def _go_back(self) -> None:
        if self._came_from is None:
            return
        place, at_top = self._came_from
        if at_top:
            self._page.to_top()
        else:
            self._page.go_to(place)

    def _show(self) -> None:
        self._page.show_hits(self.hits, self._current)
        if self._bar:
            self._bar.say(self._count)

    @property
    def _count(self) -> str:
        if self.hits:
            return f"{(self._current or 0) + 1}/{len(self.hits)}"
        return "0" if self._needle else ""
