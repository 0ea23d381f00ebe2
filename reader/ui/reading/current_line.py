"""Scrolling the current line to the top, the middle or the bottom of the page, as in vi."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from reader.ui.reading.finding import Finding
from reader.ui.reading.page_links import PageLinks
from reader.ui.widgets.page import Page

if TYPE_CHECKING:
    from reader.document.document import Document, Position


class CurrentLine:
    """The line of the focused link, else of the current match, if it is in sight; else the line in the middle.

    The line that was in the middle stays the current one until the page is scrolled otherwise.
    """

    def __init__(self, page: Page, finding: Finding, links: PageLinks, follow: Callable[[], None]) -> None:
        """Scroll `page`; `follow` updates panes and status line."""
        self._page = page
        self._finding = finding
        self._links = links
        self._follow = follow
        self._document: Document | None = None
        """The document in which a middle line was placed; `_row` is the row of that line, `_top` that of the page."""
        self._row = self._top = 0

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The actions of this command, by id."""
        shares = {"line_to_top": 0.0, "line_to_middle": 0.5, "line_to_bottom": 1.0}
        return {name: partial(self._place, share) for name, share in shares.items()}

    def _place(self, share: float) -> None:
        self._finding.read_on()
        page = self._page
        if page.layout_in_use is None:
            return
        place = self._position
        if place is not None:
            page.place_row(page.row_of(place), share)
            self._document = None
        else:
            if self._document is not page.document or self._top != page.top_row:
                self._document, self._row = page.document, page.middle_row
            self._top = page.place_row(self._row, share)
        self._follow()

    @property
    def _position(self) -> "Position | None":
        """The position of the current line; None for the line in the middle."""
        page = self._page
        places = (self._links.focused_place, self._finding.current_place)
        return next((one for one in places if one is not None and page.first_place <= one < page.last_place), None)
