"""The find bar at the bottom: it searches the article, or the sidebar while that has the focus."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.containers import Vertical

from reader.ui.reading.finding import Finding
from reader.ui.reading.jumping import Jumping
from reader.ui.reading.moving import Moving
from reader.ui.widgets.find_bar import FindBar
from reader.ui.widgets.sidebar import Sidebar
from reader.ui.widgets.status import StatusLine

if TYPE_CHECKING:
    from textual.widget import AwaitMount


class FindLine:
    """A controller that passes the typed text to the active search."""

    def __init__(
        self, sidebar: Sidebar, finding: Finding, jumping: Jumping, moving: Moving, follow: Callable[[], None]
    ) -> None:
        """Find in the page, or jump in `sidebar`; `follow` updates panes and status line."""
        self._sidebar = sidebar
        self._finding = finding
        self._jumping = jumping
        self._moving = moving
        self._follow = follow
        self._bar: FindBar | None = None
        self._mounting: AwaitMount | None = None

    @property
    def has_focus(self) -> bool:
        """Whether the find bar has the focus."""
        return self._bar is not None and self._bar.has_focus_within

    async def mount(self, foot: Vertical, status: StatusLine) -> None:
        """Mount the find bar above the status line when it is first needed; do nothing if the screen is closing."""
        if self._bar is None and foot.is_attached:
            self._bar = FindBar(self._finding.lend_rows)
            self._mounting = foot.mount(self._bar, before=status)
        if self._mounting is not None:
            # Another key press may have started mounting; wait for that, too.
            await self._mounting

    def open(self) -> None:
        """Focus the find bar."""
        if self._bar is None:
            return
        if self._jumping.active and not self._sidebar.has_focus:
            # A mouse click has taken the focus from the sidebar.
            self._jumping.end()
        if self._sidebar.has_focus:
            self._jumping.open(self._bar)
        else:
            self._finding.open(self._bar)

    def typed(self, needle: str) -> None:
        """Find while typing."""
        if self._jumping.active:
            self._jumping.find(needle)
            return
        self._moving.sections.scrolled()
        self._finding.find(needle)
        self._follow()

    def stepped(self, step: int) -> None:
        """Go to another match while typing."""
        if self._jumping.active:
            self._jumping.step(step)
        else:
            self._moving.step_hit(step)

    def closed(self, *, kept: bool) -> None:
        """Close the search; stay at the match if `kept`, else go back."""
        if self._jumping.active:
            self._jumping.close(kept=kept)
            return
        self._finding.close(kept=kept)
        self._moving.focus_page()
        self._follow()
