"""The panes of the screen: beside the page if there is room, over it otherwise, hidden in zen mode."""

import json
from collections.abc import Callable, Iterator

from textual.screen import Screen

from reader.archive.article import Article
from reader.document.outline import Outline
from reader.lean_dataclasses import dataclass
from reader.search.query_tree import State
from reader.ui.colours import Colours
from reader.ui.pane_list import ALONE, OUTLINE, RELATED, SIDEBAR, TWO, WIDE, PaneChoice, PaneKind, Side
from reader.ui.related_sections import RelatedEntry
from reader.ui.saved_view import KeptPanes
from reader.ui.session import Session
from reader.ui.widgets.outline_pane import OutlinePane
from reader.ui.widgets.page import Page
from reader.ui.widgets.related_pane import RelatedPane
from reader.ui.widgets.rows import RowList
from reader.ui.widgets.sidebar import Sidebar
from reader.ui.widgets.status import StatusLine


@dataclass(frozen=True, slots=True)
class Pane:
    """A list of rows beside the page, and its callbacks.

    Attributes:
        kind: Its entry in the list of panes.
        rows: The widget.
        show: Called when another article is shown, with its outline.
        target: Returns what choosing a row opens: an article, perhaps at a link or text in it; the number of a section
            of the open article; or None.
        follow: Called with the number of the current section after the page was scrolled.
        takes_focus: Whether “Next pane” stops at it.
    """

    kind: PaneKind
    rows: RowList
    show: Callable[[Article, Outline], None]
    target: Callable[[int], Article | RelatedEntry | int | None]
    follow: Callable[[int | None], None] = lambda _section: None
    takes_focus: Callable[[], bool] = lambda: True


class Panes:
    """The panes beside the page of a screen.

    Attributes:
        sidebar: The shelves.
        outline: The sections of the open article.
        related: The articles that are related to the open one.
        zen: Whether only the page is visible.
        keymap: The keys of the actions.
    """

    def __init__(self, screen: Screen[None], session: Session, page: Page, status: StatusLine) -> None:
        """Make the panes of `screen`, to be arranged by its width."""
        self._screen = screen
        self._page = page
        self.keymap = session.keymap
        self._status = status
        library, colours = session.library, session.colours
        self.sidebar = Sidebar(colours, library.catalogue, lambda article: library.is_marked(article, State.STARRED))
        self.outline = OutlinePane(colours)
        self.related = RelatedPane(colours, session.settings.typesetting)
        self._shelves = Pane(
            SIDEBAR,
            self.sidebar,
            show=lambda article, _outline: self.sidebar.reveal(article),
            target=self.sidebar.article_at,
        )
        self._related = Pane(
            RELATED, self.related, show=lambda _article, _outline: self.related.fill(()), target=self.related.entry_at
        )
        self._panes = (
            self._shelves,
            Pane(
                OUTLINE,
                self.outline,
                show=lambda _article, outline: self.outline.fill(outline),
                target=lambda number: number,
                follow=self.outline.follow,
                # Without headings there is nothing to focus.
                takes_focus=lambda: self.outline.count() > 0,
            ),
            self._related,
        )
        self.zen = False
        self._displaced: dict[str, list[Pane]] = {}
        """The panes that a pane has displaced, by its name; they return when it is hidden."""
        self._wanted: dict[str, bool | None] = {}
        # What is requested over the page counts only until the screen is wide again.
        self._wanted_over: dict[str, bool | None] = {}
        for pane in self._panes:
            pane.rows.add_class("pane", f"-{pane.kind.side.value}")

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return the handlers of the actions on panes, by action."""
        return {
            **{pane.kind.action: self._toggler(pane) for pane in self._panes},
            "zen": self.toggle_zen,
            "next_pane": lambda: self.next(1),
            "previous_pane": lambda: self.next(-1),
        }

    def _toggler(self, pane: Pane) -> Callable[[], None]:
        return lambda: self.toggle(pane)

    def on(self, side: Side) -> Iterator[RowList]:
        """The widgets on a side of the page."""
        return (pane.rows for pane in self._panes if pane.kind.side is side)

    def _visible(self) -> tuple[Pane, ...]:
        return tuple(pane for pane in self._panes if pane.rows.display)

    # Content

    def show(self, article: Article, outline: Outline) -> None:
        """Show what belongs to another article."""
        for pane in self._panes:
            pane.show(article, outline)

    def follow(self, section: int | None) -> None:
        """Show another section as the current one."""
        for pane in self._panes:
            pane.follow(section)

    def target(self, rows: RowList, number: int) -> Article | RelatedEntry | int | None:
        """What choosing a row of a pane opens: an article, the number of a section of the open one, or None."""
        return next((pane.target(number) for pane in self._panes if pane.rows is rows), None)

    def repaint(self, colours: Colours) -> None:
        """Change the colours."""
        for pane in self._panes:
            pane.rows.colours = colours
            pane.rows.refresh()

    # Visibility and focus

    def show_related(self) -> None:
        """Show the related articles, and focus them."""
        if not self.related.display:
            self.toggle(self._related)
        self.related.focus()

    def show_sidebar(self, *, focus: bool) -> None:
        """Show the sidebar, and optionally focus it."""
        if self.zen:
            self.toggle_zen()
        if not self.sidebar.display:
            self.toggle(self._shelves)
        if focus:
            self.sidebar.focus()

    @property
    def over(self) -> bool:
        """Whether a pane covers the page."""
        return self._screen.has_class("-over") and bool(self._visible())

    def state(self) -> str:
        """The requested panes, the open shelves and the focused pane, as JSON to be saved."""
        state = {
            **{pane.kind.name: self._wanted.get(pane.kind.name) for pane in self._panes},
            "zen": self.zen,
            "keys": next((pane.kind.name for pane in self._panes if pane.rows.has_focus), "page"),
            "open": self.sidebar.opened,
        }
        return json.dumps(state, ensure_ascii=False)

    def restore(self, kept: KeptPanes) -> None:
        """Restore the saved panes and shelves."""
        self.sidebar.opened = kept.opened
        self._wanted = dict(kept.choice.wanted)
        # The focus that Textual gives to a new screen is not a choice of the user.
        self._measure()
        self.arrange()
        if kept.zen:
            self.toggle_zen()
        for pane in self._visible():
            if pane.kind.name == kept.keys:
                pane.rows.focus()

    def arrange(self) -> None:
        """Show the requested panes for which there is room.

        Over the page, this is the pane that was opened there, or that had the focus when the screen became narrow.
        """
        screen = self._screen
        was_over = screen.has_class("-over")
        width = self._measure()
        if was_over != screen.has_class("-over"):
            self._keep_focused()
        if self.zen:
            return
        shown = PaneChoice(self._choice).shown(width)
        if any(pane.rows is screen.focused and pane.kind not in shown for pane in self._panes):
            # Otherwise Textual would focus another pane.
            self._page.focus()
        for pane in self._panes:
            pane.rows.display = pane.kind in shown

    def _measure(self) -> int:
        """Set the classes of the screen by its width; return the width in cells."""
        width = self._screen.app.size.width
        self._screen.set_class(width < TWO, "-over")
        self._screen.set_class(width < ALONE, "-alone")
        self._screen.set_class(width >= WIDE, "-wide")
        return width

    @property
    def _choice(self) -> dict[str, bool | None]:
        """The requested panes on a screen of this width, to be changed by toggling."""
        return self._wanted_over if self._screen.has_class("-over") else self._wanted

    def _keep_focused(self) -> None:
        """Keep the focused pane shown after a resize that moves panes from beside the page to over it, or back.

        Other panes that were beside the page do not cover it now, and return when there is room again.
        """
        self._wanted_over.clear()
        focused = next((pane for pane in self._panes if pane.rows is self._screen.focused), None)
        if focused is not None:
            same_side = (pane.kind for pane in self._panes if pane.kind.side is focused.kind.side)
            self._choice.update({kind.name: kind is focused.kind for kind in same_side})

    def toggle(self, pane: Pane) -> None:
        """Show or hide a pane.

        A pane that is shown hides others for which there is no room, and takes the focus if it covers the page.
        """
        if self.zen:
            self.toggle_zen()
        shown = not pane.rows.display
        pane.rows.display = self._choice[pane.kind.name] = shown
        width = self._screen.app.size.width
        displaced = self._displaced[pane.kind.name] = [] if shown else self._displaced.pop(pane.kind.name, [])
        for other in self._visible() if shown else () if self.over else displaced:
            if other is not pane and not pane.kind.leaves_room_for(other.kind, width):
                other.rows.display = self._choice[other.kind.name] = not shown
                displaced += [other] if shown else []
        if shown and self.over:
            pane.rows.focus()
        elif not shown and not self._page.has_focus:
            self._page.focus()

    def slide_away(self) -> None:
        """Hide a pane that covers the page, and focus the page."""
        if self._screen.has_class("-over"):
            for pane in self._panes:
                pane.rows.display = False
            self._wanted_over.clear()
        if not self._page.has_focus:
            # Focusing it again would make Textual paint it again, before the article that is about to be opened.
            self._page.focus()

    def toggle_zen(self) -> None:
        """Toggle zen mode, in which only the page is visible."""
        self.zen = not self.zen
        if self.zen:
            for pane in self._panes:
                pane.rows.display = False
        else:
            self.arrange()
        self._status.display = not self.zen
        self._page.focus()

    def next(self, step: int) -> None:
        """Focus the next or previous visible pane; without visible panes, the previous one is the sidebar."""
        stops: dict[Side, list[Page | RowList]] = {side: [] for side in Side}
        for pane in self._visible():
            if pane.takes_focus():
                stops[pane.kind.side].append(pane.rows)
        # A page that is covered by a pane cannot have the focus.
        page = [] if self.over else [self._page]
        candidates = [*stops[Side.LEFT], *page, *stops[Side.RIGHT]]
        if not candidates:
            # The pane that covers the page cannot have the focus either.
            return
        if step < 0 and candidates == [self._page]:
            self.show_sidebar(focus=True)
            return
        if self.over and candidates[0].has_focus:
            # Only one pane covers the page, so its neighbour is the page.
            self.slide_away()
            return
        # Keys that are typed before the page has received the focus start from the page.
        start = len(stops[Side.LEFT]) if page else 0
        focused = next((index for index, one in enumerate(candidates) if one.has_focus), start)
        candidates[(focused + step) % len(candidates)].focus()
