"""The app: joins session, screen and commands, passes messages on to the commands, and wears the theme."""

import gc
import os
from asyncio import wait_for
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.events import Event, Key
from textual.filter import LineFilter
from textual.widgets import Input, TextArea

from reader.document.cleaning import clean
from reader.errors import StoreError
from reader.keymap import Keymap
from reader.language import _
from reader.library.library import Library
from reader.settings.folders import settings_path
from reader.settings.options import Settings
from reader.ui.clipboard import copy
from reader.ui.commands.trail import HistoryEntry
from reader.ui.commands.wiring import Commands
from reader.ui.gate import PlainText
from reader.ui.index_status import IndexStatus
from reader.ui.keys import changed_bindings
from reader.ui.leaving import signals_leave
from reader.ui.messages import EndReached, OpenAddress, OpenArticle, PlaceLeft
from reader.ui.reading.reading_screen import ReadingScreen
from reader.ui.screens.dialog import Dialog
from reader.ui.session import Session
from reader.ui.suspending import repaint, stop_process
from reader.ui.terminal import ambiguous_width, terminal_driver, terminal_restorer
from reader.ui.textual_host import TextualHost
from reader.ui.widgets.page import Page
from reader.ui.widgets.sidebar import Sidebar

_PATIENCE = 2.0
"""Seconds that a key waits at most for a box to be filled."""


def run_app(library: Library, settings: Settings, *, sample: bool = False) -> int:
    """Open the screen on a library; 0 when the person quits, 128 + N when signal N ended it.

    `sample` tells that it is the sample archive. An error of the program is raised once the screen is left.
    """
    app = ReaderApp(library, settings, sample=sample)
    # A character counted narrow and drawn wide shifts all that stands behind it; the other way round does no harm.
    app.draws_wide = settings.typesetting.ambiguous_width == 1 and ambiguous_width() == 2
    with signals_leave(app, terminal_restorer()):
        app.run()
    if app._exception is not None:  # noqa: SLF001 - Textual would only print it
        raise app._exception  # noqa: SLF001
    return app.return_code or 0


class ReaderApp(App[None]):
    """The reader.

    Attributes:
        session: What it works on.
        settings: The session's settings, where boxes look for them.
        reading_screen: The page and the panes beside it.
        host: What commands ask of this app.
        commands: What a person can do.
        draws_wide: Whether the terminal draws characters wide that are counted narrow.
    """

    CSS_PATH = "reader.tcss"
    TITLE = "reader"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self, library: Library, settings: Settings, keymap: Keymap | None = None, *, sample: bool = False
    ) -> None:
        # Asked before Textual takes it out of the environment.
        without_colours = bool(os.environ.get("NO_COLOR"))
        super().__init__(driver_class=terminal_driver(), ansi_color=True if without_colours else None)
        self._gate = PlainText()
        self.animation_level = "none"
        self.settings = settings
        self.draws_wide = False
        self._has_ended = False
        keymap = keymap or Keymap()
        self.session = Session(library, settings, keymap, without_colours=without_colours)
        status = IndexStatus(keymap)
        self.reading_screen = ReadingScreen(self.session, status)
        view = self.reading_screen.view
        self.host = TextualHost(self, view.say)
        others = view.doers() | {
            "quit": self.action_quit,
            "suspend": lambda: stop_process(self),
            "repaint": lambda: repaint(self),
        }
        self.commands = Commands(
            self.session,
            view,
            view.sidebar,
            self.host,
            status=status,
            repaint=self._repaint,
            sample=sample,
            others=others,
        )

    @property
    def library(self) -> Library:
        """The session's library."""
        return self.session.library

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

    # Starting and leaving

    def on_mount(self) -> None:
        """Show the page at once; what is on it is looked for behind the first paint."""
        self.set_keymap(changed_bindings(self.session.keymap))
        self._paint()
        self._warn_of_width()

    def on_reading_screen_ready(self) -> None:
        """Look for articles."""
        self.commands.start()

    def on_unmount(self) -> None:
        """Leave the process as it was."""
        gc.unfreeze()

    async def action_quit(self) -> None:
        """Keep the place, and leave; where marks would be lost by that, ask first."""
        self.commands.store_care.unsaved.ask_before(self._leave)

    async def action_leave(self) -> None:
        """Keep the place, and leave without asking: nobody is there to answer."""
        self._leave()

    def _leave(self) -> None:
        self.commands.end()
        self.exit()

    def exit(self, *arguments: Any, **options: Any) -> None:
        """Leave; keys that were typed since do nothing."""
        self._has_ended = True
        super().exit(*arguments, **options)

    def _warn_of_width(self) -> None:
        """Say once how to deal with a terminal that draws “ ” … two cells wide."""
        if self.draws_wide and not self.session.kept("told-of-width"):
            self.session.keep("told-of-width", "yes")
            message = _(
                "This terminal draws “ ” … ─ two cells wide: set typesetting.ambiguous_width to 2 in "
                "{path}, or make the terminal draw them narrow"
            )
            self.notify(message.format(path=settings_path()), severity="warning", markup=False, timeout=15)

    # The theme

    def _repaint(self) -> None:
        """Paint everything in the colours of the session's theme."""
        self._paint()
        self.reading_screen.view.repaint(self.session.colours)

    def _paint(self) -> None:
        """Let Textual paint in the theme's colours too, and say what is wrong with other themes."""
        theme = self.session.colours.textual()
        self.register_theme(theme)
        self.theme = theme.name
        for error in self.session.themes.new_errors():
            self.notify(str(error), severity="warning", markup=False, timeout=8)

    def notify(self, message: str, **options: Any) -> None:
        """Show a notice, cleaned: a path may hold anything."""
        super().notify(clean(message), **options)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy text, wherever it was selected, and tell what became of it."""
        self._clipboard = text
        copy(self, text, self.session.keymap, self.host.say)

    # Keys

    async def on_event(self, event: Event) -> None:
        """Let a key that is typed fast wait until the box it is for has anything in it."""
        if isinstance(event, Key) and self._has_ended:
            # A box that opens once the program is left stays empty, and stumbles over that.
            return
        screen = self.screen_stack[-1] if isinstance(event, Key) and self.screen_stack else None
        if isinstance(screen, Dialog):
            with suppress(TimeoutError):
                await wait_for(screen.ready.wait(), _PATIENCE)
            # One that failed is never ready, and what it says of that comes behind the keys.
            screen.ready.set()
        await super().on_event(event)

    async def on_key(self, event: Key) -> None:
        """Let keys do what they mean just now, before they do what they usually mean."""
        if self.screen is self.reading_screen:
            self.commands.reading_time.touched()
            taken, action = self.reading_screen.take_key(event)
            if taken:
                event.prevent_default()
            if action:
                await self.commands.dispatcher.run(action)
                self.reading_screen.view.follow()
        elif event.is_printable and event.character:
            # Typed before the line that it was meant for had the keys: whoever has them takes what is typed.
            if isinstance(self.focused, Input):
                self.focused.insert_text_at_cursor(event.character)
                event.prevent_default()
            elif isinstance(self.focused, TextArea):
                self.focused.insert(event.character)
                event.prevent_default()

    async def action_perform(self, action_id: str) -> None:
        """Do an action of the reading screen: what its keys are bound to."""
        await self.commands.dispatcher.run(action_id)

    async def run_action(self, *arguments: Any, **options: Any) -> bool:
        """Do an action; where the store cannot be used for it, that is reported."""
        try:
            return await super().run_action(*arguments, **options)
        except StoreError as error:
            self.session.report(error)
            return True

    # Messages of the screen

    def on_open_article(self, message: OpenArticle) -> None:
        """Open an article that was chosen."""
        self.commands.opening.open(message.article)

    def on_open_address(self, message: OpenAddress) -> None:
        """Open an address that a link leads to."""
        self.host.open_address(message.address)

    def on_place_left(self, message: PlaceLeft) -> None:
        """Note a place to come back to."""
        self.commands.opening.trail.leave(HistoryEntry(message.article_id, message.place))

    def on_page_scrolled(self) -> None:
        """Note what is in sight."""
        self.commands.scrolled()

    def on_end_reached(self, message: EndReached) -> None:
        """Mark an article read."""
        if self.commands.opening.is_wanted(message.article):
            self.commands.marking.reached_end(message.article)

    def on_page_highlight_chosen(self, message: Page.HighlightChosen) -> None:
        """Edit the highlight that was clicked, unless the click ended a selection."""
        if not self.reading_screen.selections:
            self.commands.highlighting.edit_clicked(message.highlight)

    def on_sidebar_view_chosen(self, message: Sidebar.ViewChosen) -> None:
        """Show other shelves."""
        self.commands.shelves.show(message.view)

    def on_sidebar_search_forgotten(self, message: Sidebar.SearchForgotten) -> None:
        """Delete a saved search."""
        self.commands.searching.forget(message.number)
