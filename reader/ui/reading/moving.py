"""Moving in the open article: by lines and pages, by sections, to hits and places; and how long its lines are."""

from collections.abc import Callable

from reader.document.document import Position
from reader.language import _
from reader.ui.reading.finding import Finding
from reader.ui.reading.sections import Sections
from reader.ui.session import Session
from reader.ui.widgets.page import Page

_STEP = 4
"""Cells that lines become longer or shorter at once."""

_NARROWEST, _WIDEST = 20, 200
"""Cells of a line that may be set."""

Movement = Callable[[], object]


class Moving:
    """Moves the page.

    Attributes:
        sections: The sections of the open article.
    """

    def __init__(
        self, session: Session, page: Page, finding: Finding, say: Callable[[str], None], follow: Callable[[], None]
    ) -> None:
        """Move `page`; `say` shows a message, and `follow` tells the panes and the status line of it."""
        self._session = session
        self._page = page
        self._finding = finding
        self._say = say
        self._follow = follow
        self.sections = Sections(page)

    def doers(self) -> dict[str, Movement]:
        """The actions it does."""
        page = self._page
        scrolling: dict[str, Movement] = {
            "line_down": lambda: page.scroll_rows(1),
            "line_up": lambda: page.scroll_rows(-1),
            "page_down": lambda: page.scroll_pages(1),
            "page_up": lambda: page.scroll_pages(-1),
            "half_page_down": lambda: page.scroll_pages(0.5),
            "half_page_up": lambda: page.scroll_pages(-0.5),
            "top": page.to_top,
            "bottom": page.to_end,
        }
        return {name: self._scrolling(move) for name, move in scrolling.items()} | {
            "scroll_right": lambda: page.scroll_sideways(1),
            "scroll_left": lambda: page.scroll_sideways(-1),
            "next_section": lambda: self._step_section(1),
            "previous_section": lambda: self._step_section(-1),
            "next_hit": lambda: self.step_hit(1),
            "previous_hit": lambda: self.step_hit(-1),
            "wider": lambda: self._set_width(min(page.column + _STEP, page.widest, _WIDEST)),
            "narrower": lambda: self._set_width(max(page.column - _STEP, _NARROWEST)),
            "usual_measure": lambda: self._set_width(self._session.settings.measure),
        }

    def _scrolling(self, move: Movement) -> Movement:
        return lambda: self._scroll(move)

    def _scroll(self, move: Movement) -> None:
        self.sections.scrolled()
        self._finding.read_on()
        move()
        self._follow()

    # Sections, places and hits

    def _step_section(self, step: int) -> None:
        target = self.sections.step(step)
        if target is None:
            count = self.sections.count
            if count is not None:
                self._say(_("This is the last section") if count else _("No headings"))
            return
        self._finding.read_on()
        if target < 0:
            self._scroll(self._page.to_top)
        else:
            self.jump(target)

    def jump(self, section: int) -> None:
        """Bring a section to the top of the page."""
        self.sections.jump(section)
        self._follow()

    def go_to(self, place: Position) -> None:
        """Bring a place to the top of the page; the title stays above the first."""
        self.sections.scrolled()
        if place == Position(0):
            self._page.to_top()
        else:
            self._page.go_to(place)
        self._follow()

    def focus_page(self) -> None:
        """Give the page the keys."""
        self._page.focus()

    def step_hit(self, step: int) -> None:
        """To the next hit, or the one before."""
        self.sections.scrolled()
        self._finding.step(step)
        self._follow()

    # The width of lines

    def _set_width(self, cells: int) -> None:
        page, usual = self._page, self._session.settings.measure
        before = page.column
        page.measure = cells
        column = page.column
        if column == before and column >= page.widest:
            self._say(_("Line width: {count} cells (full window)").format(count=column))
        else:
            self._say(_("Line width: {count} cells").format(count=column))
            self._session.keep("measure", str(cells), str(usual))


def kept_width(session: Session) -> int:
    """Cells of a line, as the person left them."""
    usual = session.settings.measure
    kept = session.kept("measure", str(usual))
    # A store may hold anything, as ², a digit that is no number.
    known = kept in {str(number) for number in range(_NARROWEST, _WIDEST + 1)}
    return int(kept) if known else usual
