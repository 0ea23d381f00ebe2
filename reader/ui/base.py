"""What every part of the app asks it for: the library, the colours, what is kept, and how something is said."""

import os
import time
from asyncio import wait_for
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from typing import Any, ClassVar, TypeVar

from textual.app import App
from textual.binding import BindingType
from textual.events import Event, Key
from textual.filter import LineFilter

from reader.document.cleaning import clean, clean_line
from reader.errors import BusyStoreError, StoreError
from reader.language import _
from reader.library.library import Library
from reader.settings.options import Settings
from reader.ui.gate import PlainText
from reader.ui.screens.overlay import Overlay
from reader.ui.screens.reading import ReadingScreen
from reader.ui.terminal import terminal_driver
from reader.ui.wardrobe import Wardrobe

_Answer = TypeVar("_Answer")
_Other = TypeVar("_Other")
_PATIENCE = 2.0
"""Seconds that a key waits at most for a box to be filled."""

_FAILED = 10.0
"""Seconds for which it stands on the screen that the store failed."""


class BaseApp(App[None]):
    """The library, the reading screen, the theme, and how the program is left."""

    CSS_PATH = "reader.tcss"
    TITLE = "reader"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, library: Library, settings: Settings) -> None:
        # Asked before Textual takes it out of the environment.
        without_colours = bool(os.environ.get("NO_COLOR"))
        super().__init__(driver_class=terminal_driver(), ansi_color=True if without_colours else None)
        self._gate = PlainText()
        self.animation_level = "none"
        self.library = library
        self.settings = settings
        self._failed = "", 0.0
        self._cannot_keep = False
        self.wardrobe = Wardrobe(self.kept("theme", settings.theme), without_colours=without_colours)
        self.colours = self.wardrobe.colours
        measure = self.kept("measure", str(settings.measure))
        # A store may hold anything, as ², a digit that is no number.
        known = measure in {str(number) for number in range(20, 201)}
        cells = int(measure) if known else settings.measure
        self.reading_screen = ReadingScreen(library, settings, self.colours, cells)

    def get_default_screen(self) -> ReadingScreen:
        """The reading screen is the first, so that no empty one is mounted before it."""
        return self.reading_screen

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every strip of every widget passes on its way to the terminal."""
        return [*super().get_line_filters(), self._gate]

    def _fatal_error(self) -> None:
        """Take the screen down because of an error of the program; `run_app` raises it again, for the command to tell.

        Textual would print it with everything that the functions held, the text of articles included.
        """
        self._close_messages_no_wait()

    # The theme

    def wear(self, name: str) -> None:
        """Put on a theme, and keep it for the next start."""
        if self.wardrobe.without_colours:
            self.say(_("NO_COLOR is set: the reader stays without colours"))
            return
        self.colours = self.wardrobe.wear(name)
        self.paint()
        self.reading_screen.repaint(self.colours)
        self.keep("theme", name, self.settings.theme)
        self.say(self.colours.theme.title)

    def paint(self) -> None:
        """Let Textual paint in the colours too."""
        theme = self.colours.textual()
        self.register_theme(theme)
        self.theme = theme.name
        for error in self.wardrobe.new_errors():
            self.notify(str(error), severity="warning", markup=False, timeout=8)

    def action_theme(self) -> None:
        """Put on the next theme."""
        self.wear(self.wardrobe.next())

    # How the program was left

    def kept(self, key: str, setting: str = "") -> str:
        """What was kept when the program was left, unless the setting was changed since; else the setting."""
        try:
            kept = self.library.marks.state(key)
        except StoreError:
            # Whoever looks after the store tells of it; how the program was left is the least of what it holds.
            kept = None
        value, parted, then = (kept or "").partition("\n")
        return value if parted and then == setting else setting

    def keep(self, key: str, value: str, setting: str = "") -> bool:
        """Keep how something was left, with the setting it went away from; whether it could be."""
        return self.quietly(lambda: self.library.marks.keep_state(key, f"{value}\n{setting}"))

    def say(self, message: str) -> None:
        """Say something short, in the status line."""
        # A path may hold anything, and is cleaned nowhere before.
        self.reading_screen.say(clean_line(message))

    def notify(self, message: str, **options: Any) -> None:
        """Say something longer, in a box of its own."""
        super().notify(clean(message), **options)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy text, wherever it was selected, and tell what became of it."""
        from reader.ui.clipboard import copy  # noqa: PLC0415 - when it is asked for

        self._clipboard = text
        copy(self, text, self.say)

    # Keys

    async def on_event(self, event: Event) -> None:
        """Let a key that is typed fast wait until the box it is for has anything in it."""
        if isinstance(event, Key) and self._exit:
            # A box that opens once the program is left stays empty, and stumbles over that.
            return
        screen = self.screen_stack[-1] if isinstance(event, Key) and self.screen_stack else None
        if isinstance(screen, Overlay):
            with suppress(TimeoutError):
                await wait_for(screen.ready.wait(), _PATIENCE)
            # One that failed is never ready, and what it says of that comes behind the keys.
            screen.ready.set()
        await super().on_event(event)

    # The store of marks

    def attempt(self, change: Callable[[], object]) -> bool:
        """Make a change in the store and show it; where it cannot be written, say so."""
        try:
            change()
        except StoreError as error:
            self.failed(error)
            return False
        self.catch_up()
        return True

    def quietly(self, change: Callable[[], object]) -> bool:
        """Keep something in passing; where another reader is writing just now, that is no news. Whether it was kept.

        That it cannot be kept is said once, until it can be again.
        """
        try:
            change()
        except BusyStoreError:
            return False
        except StoreError as error:
            if not self._cannot_keep:
                self.failed(error)
            self._cannot_keep = True
            return False
        self._cannot_keep = False
        return True

    def asked(self, question: Callable[[], _Answer], otherwise: _Other) -> _Answer | _Other:
        """What the store answers; where it cannot be read, that is said, and `otherwise` is the answer."""
        try:
            return question()
        except StoreError as error:
            self.failed(error)
            return otherwise

    async def run_action(self, *arguments: Any, **options: Any) -> bool:
        """Do an action; where the store cannot be used for it, that is said."""
        try:
            return await super().run_action(*arguments, **options)
        except StoreError as error:
            self.failed(error)
            return True

    def failed(self, error: StoreError) -> None:
        """Say that the store of marks cannot be used, unless that stands on the screen already, and for a while yet."""
        said, now = str(error), time.monotonic()
        if said == self._failed[0] and now < self._failed[1] + _FAILED / 2:
            return
        self._failed = said, now
        self.notify(said, severity="error", markup=False, timeout=_FAILED)

    def catch_up(self) -> None:
        """Show the marks that were changed, here or by another reader."""
        nothing: set[str] = set()
        changed = self.asked(self.library.catch_up, nothing)
        if changed:
            self.show_changes(changed)

    def show_changes(self, articles: Collection[str]) -> None:
        """Show that the marks of articles were changed."""
        raise NotImplementedError
