"""Scrolling the current line to the top, the middle or the bottom of the page, as in vi."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from reader.ui.reading.finding import Finding
from reader.ui.reading.page_links import PageLinks
from reader.ui.widgets.page import Page

if TYPE_CHECKING:
    from reader.document.document import Position


class CurrentLine:
    """The line of the focused link, else of the current match, if it is in sight; else the line in the middle."""

    def __init__(self, page: Page, finding: Finding, links: PageLinks, follow: Callable[[], None]) -> None:
        """Scroll `page`; `follow` updates panes and status line."""
        self._page = page
        self._finding = finding
        self._links = links
        self._follow = follow

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The actions of this command, by id."""
        shares = {"line_to_top": 0.0, "line_to_middle": 0.5, "line_to_bottom": 1.0}
        return {name: partial(self._place, share) for name, share in shares.items()}

    def _place(self, share: float) -> None:
        self._finding.read_on()
        self._page.place_line(self._position, share)
        self._follow()

    @property
    def _position(self) -> "Position | None":
        """The position of the line; None for the line in the middle."""
        page = self._page
        places = (self._links.focused_place, self._finding.current_place)
        return next((one for one in places if one is not None and page.first_place <= one < page.last_place), None)
