"""Jumping by typing in the sidebar: to the nearest shelf or article with such a title."""

from typing import TYPE_CHECKING

from reader.language import _
from reader.library.library import Library
from reader.ui.widgets.sidebar import Sidebar

if TYPE_CHECKING:
    from reader.ui.widgets.find_bar import FindBar
    from reader.ui.widgets.shelf_rows import Row


class Jumping:
    """One jump, from opening the find bar until it is closed."""

    def __init__(self, sidebar: Sidebar, library: Library) -> None:
        self._sidebar = sidebar
        self._library = library
        self._bar: FindBar | None = None
        self._came_from: Row | None = None
        self._needle = ""
        self._refs: set[int] = set()

    @property
    def active(self) -> bool:
        """Whether a jump is active."""
        return self._bar is not None

    def open(self, bar: "FindBar") -> None:
        """Open `bar` for typing."""
        self._bar = bar
        self._came_from = self._sidebar.held
        self._needle, self._refs = "", set()
        bar.open(_("Jump to a title"))

    def find(self, needle: str) -> None:
        """Search titles in a thread, then jump."""
        self._needle = needle.strip()
        if not self._needle:
            self._go_back()
            self._say("")
            return

        finder = self._library.finder

        def look(needle: str = self._needle) -> None:
            refs = finder.titled(needle)
            self._sidebar.app.call_from_thread(self._found, needle, refs)

        self._sidebar.run_worker(look, thread=True, group="jump")

    def _found(self, needle: str, refs: set[int]) -> None:
        if self.active and needle == self._needle:
            self._refs = refs
            self._go_back()
            self._jump(self._sidebar.cursor, 1)

    def step(self, step: int) -> None:
        """Go to the next or previous match."""
        if self._needle:
            self._jump(self._sidebar.cursor + step, step)

    def _jump(self, start: int, step: int) -> None:
        there = self._sidebar.jump(start, step, self._needle, self._refs)
        self._say("" if there else _("No match"))

    def _say(self, what: str) -> None:
        if self._bar is not None:
            self._bar.say(what)

    def end(self) -> None:
        """Stay, and leave the focus where it is."""
        self._say("")
        self._bar = None

    def close(self, *, kept: bool) -> None:
        """Stay if `kept`, and open the article under the cursor if there is one; else go back."""
        self.end()
        if not kept:
            self._go_back()
        self._sidebar.focus()
        if kept and self._needle and self._sidebar.article_at(self._sidebar.cursor) is not None:
            self._sidebar.action_choose()

    def _go_back(self) -> None:
        if self._came_from is not None:
            self._sidebar.return_to(self._came_from)
