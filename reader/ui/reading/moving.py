"""Navigation in the open article: lines, pages, sections, matches and positions; also the line width."""

from collections.abc import Callable
from functools import partial

from reader.document.document import Position
from reader.language import _
from reader.layout.cells import COLUMN_WIDTH
from reader.ui.reading.finding import Finding
from reader.ui.reading.sections import Sections
from reader.ui.saved_view import NARROWEST, WIDEST
from reader.ui.session import Session
from reader.ui.widgets.page import Page

_STEP = 4
"""The step of the line width in cells."""

_MOST_STEPS = 500
"""The maximum number of steps that a count repeats; in most articles, fewer steps reach an end."""

_ROWS = {"line_down": 1, "line_up": -1}
_PAGES = {"page_down": 1.0, "page_up": -1.0, "half_page_down": 0.5, "half_page_up": -0.5}
_TO_LINE = ("top", "bottom")
REPEATED = frozenset(
    {
        *(*_ROWS, *_PAGES, *_TO_LINE, "next_paragraph", "previous_paragraph", "next_section", "previous_section"),
        *("next_hit", "previous_hit", "scroll_right", "scroll_left", "percent"),
    }
)
"""The actions that a count before their key repeats, as in `5j`; “top” and “bottom” take a line number, “percent” a
percentage."""

Movement = Callable[[], object]


class Moving:
    """Scrolls the page.

    Attributes:
        sections: The sections of the open article.
    """

    def __init__(  # noqa: PLR0913 - what navigation reports to
        self,
        session: Session,
        page: Page,
        finding: Finding,
        say: Callable[[str], None],
        follow: Callable[[], None],
        *,
        leave: Callable[[], None],
    ) -> None:
        """Scroll `page`; `say` shows a message, `follow` updates panes and status line, `leave` stores the position."""
        self._session = session
        self._page = page
        self._finding = finding
        self._say = say
        self._follow = follow
        self._leave = leave
        self._stepped_to: Position | None = None
        self.sections = Sections(page)

    def handlers(self) -> dict[str, Movement]:
        """The actions of this command, by id."""
        page = self._page
        scrolling: dict[str, Movement] = {
            "line_down": lambda: page.scroll_rows(1),
            "line_up": lambda: page.scroll_rows(-1),
            "page_down": lambda: page.scroll_pages(1),
            "page_up": lambda: page.scroll_pages(-1),
            "half_page_down": lambda: page.scroll_pages(0.5),
            "half_page_up": lambda: page.scroll_pages(-0.5),
            "top": lambda: self._jump(page.to_top),
            "bottom": lambda: self._jump(page.to_end),
            "next_paragraph": lambda: self._step_paragraph(1),
            "previous_paragraph": lambda: self._step_paragraph(-1),
        }
        return {name: self._scrolling(move) for name, move in scrolling.items()} | {
            "scroll_right": lambda: self._scroll_sideways(1),
            "scroll_left": lambda: self._scroll_sideways(-1),
            "percent": self._ask_percentage,
            "next_section": lambda: self._step_section(1),
            "previous_section": lambda: self._step_section(-1),
            "next_hit": lambda: self.step_hit(1),
            "previous_hit": lambda: self.step_hit(-1),
            "wider": lambda: self._set_width(min(page.column + _STEP, page.widest, WIDEST)),
            "narrower": lambda: self._set_width(max(page.column - _STEP, NARROWEST)),
            "reset_width": lambda: self._set_width(self._session.settings.measure),
        }

    def _scrolling(self, move: Movement) -> Movement:
        return lambda: self._scroll(move)

    def _scroll(self, move: Movement) -> None:
        self.sections.scrolled()
        self._finding.read_on()
        move()
        self._follow()

    def _scroll_sideways(self, steps: int) -> None:
        """Scroll columns, which changes the position, or wide rows, which does not."""
        if self._page.is_paged:
            self._scroll(partial(self._page.scroll_sideways, steps))
        else:
            self._page.scroll_sideways(steps)

    def repeat(self, action: str, times: int) -> None:
        """Perform a movement several times at once; or go to a line, counted from 1, or to a percentage."""
        rows, pages = _ROWS.get(action, 0), _PAGES.get(action, 0.0)
        if rows:
            self._scroll(lambda: self._page.scroll_rows(rows * times))
        elif pages:
            self._scroll(lambda: self._page.scroll_pages(pages * times))
        elif action in _TO_LINE:
            self._scroll(lambda: self._jump(lambda: self._page.to_row(times - 1)))
        elif action == "percent":
            self._scroll(lambda: self._jump(lambda: self._page.to_share(min(times, 100) / 100)))
        else:
            move = self.handlers()[action]
            for _time in range(min(times, _MOST_STEPS)):
                move()

    def find(self, text: str) -> None:
        """Mark all matches of a text in the article, and go to the next one."""
        self._scroll(lambda: self._jump(lambda: self._finding.find(text)))

    def _ask_percentage(self) -> None:
        """Explain that the number has to be typed first."""
        key = self._session.keymap.label("percent")
        self._say(
            _("Type the number first: 50{key} goes to the middle, 20{line} to line 20").format(
                key=key, line=self._session.keymap.label("top")
            )
        )

    def _jump(self, move: Movement) -> None:
        """Move, so that going back returns here."""
        self._leave()
        move()

    # Paragraphs, sections, positions and matches

    def _step_paragraph(self, step: int) -> None:
        page = self._page
        place = page.place
        target = place.block + step if step > 0 or not place.offset else place.block
        if target <= 0:
            page.to_top()
        elif target >= len(page.document.leaves):
            page.to_end()
        else:
            page.go_to(Position(target))

    def _step_section(self, step: int) -> None:
        target = self.sections.step(step)
        if target is None:
            count = self.sections.count
            if count is not None:
                self._say(_("This is the last section") if count else _("No headings"))
            return
        self._finding.read_on()
        if self._stepped_to != self._page.place:
            # After several steps in a row, going back returns to where they began.
            self._leave()
        if target < 0:
            self._scroll(self._page.to_top)
        else:
            self.jump(target)
        self._stepped_to = self._page.place

    def jump(self, section: int) -> None:
        """Scroll a section to the top of the page."""
        self.sections.jump(section)
        self._follow()

    def go_to(self, place: Position) -> None:
        """Scroll a position to the top of the page; the title stays visible above the first position."""
        self.sections.scrolled()
        if place == Position(0):
            self._page.to_top()
        else:
            self._page.go_to(place)
        self._follow()

    def focus_page(self) -> None:
        """Focus the page."""
        self._page.focus()

    def step_hit(self, step: int) -> None:
        """Go to the next or previous match."""
        if not self._finding.active:
            if found := self._finding.found_by_title:
                self.go_to(Position(0))
                self._say(_("“{needle}” is not in the text: the article was found by its title").format(needle=found))
            else:
                self._say(_("Nothing to find yet: {key}").format(key=self._session.keymap.label("find")))
            return
        self.sections.scrolled()
        self._finding.step(step)
        self._follow()

    # The line width

    def _set_width(self, cells: int) -> None:
        page, usual = self._page, self._session.settings.measure
        before = page.column
        page.measure = cells
        column = page.column
        is_full = column == before and column >= page.widest
        if page.is_vertical:
            rows = column // COLUMN_WIDTH
            said = _("Column length: {count} rows (full window)") if is_full else _("Column length: {count} rows")
            self._say(said.format(count=rows))
        elif is_full:
            self._say(_("Line width: {count} cells (full window)").format(count=column))
        else:
            self._say(_("Line width: {count} cells").format(count=column))
        if not is_full:
            self._session.keep("measure", str(cells), str(usual))
