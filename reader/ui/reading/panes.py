"""The visibility of the panes: beside the page if there is room, over it otherwise, hidden in zen mode."""

import json
from collections.abc import Callable

from textual.screen import Screen

from reader.ui.kept_view import KeptPanes
from reader.ui.page_geometry import ALONE, THREE, TWO, WIDE, PaneChoice
from reader.ui.widgets.outline_pane import OutlinePane
from reader.ui.widgets.page import Page
from reader.ui.widgets.rows import RowList
from reader.ui.widgets.sidebar import Sidebar
from reader.ui.widgets.status import StatusLine


class Panes:
    """The panes beside the page of a screen."""

    def __init__(
        self, screen: Screen[None], page: Page, sidebar: Sidebar, outline: OutlinePane, status: StatusLine
    ) -> None:
        """Arrange the panes of `screen` by its width."""
        self._screen = screen
        self._page = page
        self._sidebar = sidebar
        self._outline = outline
        self._status = status
        self._zen: tuple[bool, bool] | None = None
        self._wanted: dict[RowList, bool | None] = {sidebar: None, outline: None}

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return the handlers of the actions on panes, by action."""
        return {
            "toggle_sidebar": lambda: self.toggle(self._sidebar),
            "toggle_outline": lambda: self.toggle(self._outline),
            "zen": self.toggle_zen,
            "next_pane": lambda: self.next(1),
            "previous_pane": lambda: self.next(-1),
        }

    def show_sidebar(self, *, focus: bool) -> None:
        """Show the sidebar, and optionally focus it."""
        if not self._sidebar.display:
            self.toggle(self._sidebar)
        if focus:
            self._sidebar.focus()

    @property
    def zen(self) -> bool:
        """Whether only the page is visible."""
        return self._zen is not None

    @property
    def over(self) -> bool:
        """Whether a pane covers the page."""
        return self._screen.has_class("-over") and (self._sidebar.display or self._outline.display)

    def state(self) -> str:
        """The requested panes, the open shelves and the focused pane, as JSON to be saved."""
        focused = next((name for name, pane in self._named().items() if pane.has_focus), "page")
        state = {
            "sidebar": self._wanted[self._sidebar],
            "outline": self._wanted[self._outline],
            "zen": self.zen,
            "keys": focused,
            "open": self._sidebar.opened,
        }
        return json.dumps(state, ensure_ascii=False)

    def restore(self, kept: KeptPanes) -> None:
        """Restore the saved panes and shelves."""
        self._sidebar.opened = kept.opened
        # Do not restore a pane that would cover the page.
        if self._screen.app.size.width >= TWO:
            self._wanted = {self._sidebar: kept.choice.sidebar, self._outline: kept.choice.outline}
        self.arrange()
        if kept.zen:
            self.toggle_zen()
        focused = self._named().get(kept.keys)
        if focused is not None and focused.display:
            focused.focus()

    def _named(self) -> dict[str, RowList]:
        return {"sidebar": self._sidebar, "outline": self._outline}

    def arrange(self) -> None:
        """Show the requested panes that there is room for."""
        screen = self._screen
        width = screen.app.size.width
        over = width < TWO
        screen.set_class(over, "-over")
        screen.set_class(width < ALONE, "-alone")
        screen.set_class(width >= WIDE, "-wide")
        if self._zen:
            return
        choice = PaneChoice(self._wanted[self._sidebar], self._wanted[self._outline])
        self._sidebar.display, self._outline.display = choice.shown(width)

    def toggle(self, pane: RowList) -> None:
        """Show and focus a pane, or hide it; if there is room for only one, hide the other."""
        screen = self._screen
        if self._zen:
            self.toggle_zen()
        other: RowList = self._outline if pane is self._sidebar else self._sidebar
        pane.display = self._wanted[pane] = not pane.display
        if pane.display and screen.app.size.width < THREE and other.display:
            other.display = self._wanted[other] = False
        if pane.display and self.over:
            pane.focus()
        elif not pane.display and not self._page.has_focus:
            self._page.focus()

    def slide_away(self) -> None:
        """Hide a pane that covers the page, and focus the page."""
        screen = self._screen
        if screen.has_class("-over"):
            for pane in self._wanted:
                pane.display = False
                self._wanted[pane] = None
        self._page.focus()

    def toggle_zen(self) -> None:
        """Toggle zen mode, in which only the page is visible."""
        if self._zen:
            self._sidebar.display, self._outline.display = self._zen
            self._zen = None
            self.arrange()
        else:
            self._zen = (self._sidebar.display, self._outline.display)
            self._sidebar.display = self._outline.display = False
        self._status.display = self._zen is None
        self._page.focus()

    def next(self, step: int) -> None:
        """Focus the next or previous visible pane."""
        # A page that is covered by a pane cannot have the focus.
        candidates = (self._sidebar, self._outline) if self.over else (self._sidebar, self._page, self._outline)
        # Neither can an outline without headings.
        panes = [pane for pane in candidates if pane.display and (pane is not self._outline or self._outline.count())]
        if not panes:
            # The only pane over the page is an outline without headings.
            return
        focused = next((index for index, pane in enumerate(panes) if pane.has_focus), 0)
        panes[(focused + step) % len(panes)].focus()
