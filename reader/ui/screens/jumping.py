"""Jumping by typing in the sidebar: to the nearest shelf or article called so."""

from typing import TYPE_CHECKING

from reader.language import _
from reader.library.library import Library
from reader.ui.widgets.sidebar import Sidebar

if TYPE_CHECKING:
    from reader.ui.widgets.find_bar import FindBar


class Jumping:
    """One jump: from the opening of its line until it is closed."""

    def __init__(self, sidebar: Sidebar, library: Library) -> None:
        self._sidebar = sidebar
        self._library = library
        self._bar: FindBar | None = None
        self._came_from = 0
        self._needle = ""
        self._refs: set[int] = set()

    @property
    def active(self) -> bool:
        """Whether the person is at it."""
        return self._bar is not None

    def open(self, bar: "FindBar") -> None:
        """Let the person type into `bar`."""
        self._bar = bar
        self._came_from = self._sidebar.cursor
        self._needle, self._refs = "", set()
        bar.open(_("Jump to a title"))

    def find(self, needle: str) -> None:
        """Look for titles in a thread, then jump."""
        self._needle = needle.strip()
        if not self._needle:
            self._sidebar.cursor = self._came_from
            self._say("")
            return

        def look(needle: str = self._needle) -> None:
            refs = self._library.finder.titled(needle)
            self._sidebar.app.call_from_thread(self._found, needle, refs)

        self._sidebar.run_worker(look, thread=True, group="jump")

    def _found(self, needle: str, refs: set[int]) -> None:
        if self.active and needle == self._needle:
            self._refs = refs
            self._jump(self._came_from, 1)

    def step(self, step: int) -> None:
        """To the next, or the one before."""
        if self._needle:
            self._jump(self._sidebar.cursor + step, step)

    def _jump(self, start: int, step: int) -> None:
        there = self._sidebar.jump(start, step, self._needle, self._refs)
        self._say("" if there else _("none"))

    def _say(self, what: str) -> None:
        if self._bar is not None:
            self._bar.say(what)

    def close(self, *, kept: bool) -> None:
        """Stay, or go back."""
        self._say("")
        self._bar = None
        if not kept:
            self._sidebar.cursor = self._came_from
        self._sidebar.focus()
