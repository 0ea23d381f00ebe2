"""The app: composes session, screen and commands, routes messages to the commands, and applies the theme."""

import os
from asyncio import wait_for
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.events import Event, Key
from textual.filter import LineFilter

from reader.errors import StoreError
from reader.keymap.keymap import Keymap
from reader.lean_dataclasses import dataclass
from reader.library.library import Library
from reader.memory import resume_collection
from reader.settings.options import Settings
from reader.ui.background import BackgroundFollower
from reader.ui.clean_exit import print_unsaid, signals_leave
from reader.ui.clipboard import copy
from reader.ui.commands.trail import HistoryEntry
from reader.ui.commands.wiring import Commands
from reader.ui.early_terminal import EarlyTerminal
from reader.ui.first_frame import FirstReading
from reader.ui.first_shelves import count_growing
from reader.ui.index_status import IndexStatus
from reader.ui.key_bindings import TypedPairs, changed_bindings, own_bindings
from reader.ui.messages import EndReached, FollowLink, OpenArticle, OpenRelated, PlaceLeft
from reader.ui.picture_app import PictureApp
from reader.ui.reading.reading_screen import ReadingScreen
from reader.ui.screens.dialog import Dialog
from reader.ui.session import Session
from reader.ui.start_warnings import start_warnings
from reader.ui.strip_filters import StripFilters
from reader.ui.suspending import repaint, stop_process
from reader.ui.terminal import terminal_driver, terminal_restorer
from reader.ui.terminal_replies import terminal_writer
from reader.ui.textual_colours import textual_theme
from reader.ui.textual_host import TextualHost, notice
from reader.ui.widgets.clean_input import insert_typed_early
from reader.ui.widgets.page import Page
from reader.ui.widgets.sidebar import Sidebar

if TYPE_CHECKING:
    from textual.driver import Driver

_COMPOSE_TIMEOUT = 2.0
"""The maximum time in seconds that a key waits for a modal to be composed."""


@dataclass(frozen=True, slots=True)
class EarlyStart:
    """The state from before Textual was imported.

    Attributes:
        session: The session.
        first: The first article, if it has been read.
        terminal: The terminal, if it has been entered.
        driver: The driver of the screen, if it is not that of the terminal.
    """

    session: Session
    first: FirstReading | None = None
    terminal: EarlyTerminal | None = None
    driver: "type[Driver] | None" = None


def run_app(library: Library, begun: EarlyStart, at_end: Callable[[], None], *, sample: bool = False) -> int:
    """Run the screen on a library; return 0 if the user quits, or 128 + N after signal N.

    `at_end` is called once the screen is closed, while signals still cannot end the process. `sample` marks the library
    as the sample archive. An internal error is raised again after the screen is closed.
    """
    settings, terminal = begun.session.settings, begun.terminal
    app = ReaderApp(library, settings, sample=sample, begun=begun)
    # A character counted as narrow but drawn wide shifts the rest of its row; the opposite does no harm.
    if terminal is not None:
        app.draws_wide = settings.typesetting.ambiguous_width == 1 and terminal.ambiguous_width() == 2
    with signals_leave(app, terminal_restorer() if terminal is None else terminal.restore):
        try:
            app.run()
        finally:
            at_end()
            print_unsaid(app.commands.unsaid)
    if app._exception is not None:  # noqa: SLF001 - Textual would only print it
        raise app._exception  # noqa: SLF001
    return app.return_code or 0


class ReaderApp(PictureApp):
    """The reader.

    Attributes:
        session: The library, the settings and the theme.
        settings: The settings of the session, for modals and widgets.
        reading_screen: The page and the panes beside it.
        host: The services that this app offers to the commands.
        commands: The actions of the user.
        early_terminal: The terminal, if it was entered before Textual was imported.
        draws_wide: Whether the terminal draws some characters two cells wide that are counted as narrow.
    """

    CSS_PATH = "reader.tcss"
    TITLE = "reader"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        library: Library,
        settings: Settings,
        keymap: Keymap | None = None,
        *,
        sample: bool = False,
        begun: EarlyStart | None = None,
    ) -> None:
        # Read before Textual removes it from the environment.
        without_colours = bool(os.environ.get("NO_COLOR"))
        driver = (begun.driver if begun is not None else None) or terminal_driver()
        super().__init__(settings.pictures, driver, ansi_color=True if without_colours else None)
        self.animation_level = "none"
        self.settings = settings
        self.draws_wide, self._has_ended, self._pairs = False, False, TypedPairs()
        begun = begun or EarlyStart(Session(library, settings, keymap or Keymap(), without_colours=without_colours))
        self.session, self._first, self.early_terminal = begun.session, begun.first, begun.terminal
        self._strip_filters = StripFilters(self.session)
        status = IndexStatus(self.session.keymap)
        self.reading_screen = ReadingScreen(self.session, status, self._begin)
        ask = terminal_writer(self)
        self._background = BackgroundFollower(self.session, self.terminal_replies, ask, self._repaint, self.set_timer)
        self._background.take_over(self.early_terminal)
        view = self.reading_screen.view
        self.host = TextualHost(self, view.say, lambda error: self.session.report(error))  # noqa: PLW0108 - replaced later
        others = view.handlers() | {
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
        """The library of the session."""
        return self.session.library

    def get_default_screen(self) -> ReadingScreen:
        """Make the reading screen the first one, so that no empty screen is mounted before it."""
        return self.reading_screen

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Clean every strip of every widget on its way to the terminal."""
        return [self._strip_filters.after(super().get_line_filters())]

    def _fatal_error(self) -> None:
        """Close the screen after an internal error; `run_app` raises it again, for the command to report.

        Textual would print all local variables, including the text of articles.
        """
        self._close_messages_no_wait()

    # Starting and leaving

    def on_mount(self) -> None:
        """Show the page at once; articles are loaded after the first paint."""
        self.set_keymap(changed_bindings(self.session.keymap))
        for keys, action in own_bindings(self.session.keymap):
            self.bind(keys, f"app.perform({action!r})", show=False)
        self._paint()
        for warning in start_warnings(self.session, draws_wide=self.draws_wide):
            self.notify(warning, severity="warning", markup=False, timeout=15)
        self.app_resume_signal.subscribe(self, lambda _app: self._background.ask())

    def _begin(self) -> None:
        """Show the article and the shelves that are known already, so that the first frame contains them."""
        shelves = (self._first.shelves if self._first is not None else None) or count_growing(self.session)
        if shelves is not None:
            self.reading_screen.sidebar.fill(shelves.counts, shelves.root)
        if self._first is not None:
            self.commands.opening.begin_with(self._first)

    def on_reading_screen_ready(self) -> None:
        """Look for articles, and ask the terminal for its graphics."""
        self.commands.start()
        self.graphics_detection.ask()

    def on_unmount(self) -> None:
        """Return the objects that were frozen for a long article to the garbage collector."""
        resume_collection()

    async def action_quit(self) -> None:
        """Save the position and quit; ask first if marks would be lost."""
        self.commands.store_care.unsaved.ask_before(self._leave)

    async def action_leave(self) -> None:
        """Save the position and quit without a question, because nobody can answer it."""
        self._leave()

    def _leave(self) -> None:
        self.commands.end()
        self.exit()

    def exit(self, *arguments: Any, **options: Any) -> None:
        """Exit, and ignore keys that are typed from now on."""
        self._has_ended = True
        super().exit(*arguments, **options)

    # The theme

    def on_app_focus(self) -> None:
        """Follow the background of a terminal that does not report changes."""
        self._background.ask()

    def _repaint(self) -> None:
        """Repaint everything in the colours of the session's theme."""
        self._paint()
        self.reading_screen.view.repaint(self.session.colours)

    def _paint(self) -> None:
        """Register the theme with Textual, and report errors in other themes."""
        theme = textual_theme(self.session.colours)
        self.register_theme(theme)
        self.theme = theme.name
        for error in self.session.themes.new_errors():
            self.notify(str(error), severity="warning", markup=False, timeout=8)

    def notify(self, message: str, **options: Any) -> None:
        """Show a notification, which may contain a path."""
        super().notify(notice(message, self.size.width, self.session.settings.typesetting), **options)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy text that was selected anywhere, and report the result."""
        self._clipboard = text
        copy(self, text, self.session.keymap, self.host.say)

    # Keys

    async def on_event(self, event: Event) -> None:
        """Delay keys until a modal that has just been opened is composed."""
        if isinstance(event, Key) and self._has_ended:
            # A modal that opens while the program quits stays empty and would raise an error.
            return
        screen = self.screen_stack[-1] if isinstance(event, Key) and self.screen_stack else None
        if isinstance(screen, Dialog):
            with suppress(TimeoutError):
                await wait_for(screen.ready.wait(), _COMPOSE_TIMEOUT)
            # A modal that failed is never ready, and reports its error after the keys.
            screen.ready.set()
        await super().on_event(event)

    async def on_key(self, event: Key) -> None:
        """Handle keys with a temporary meaning before their usual bindings."""
        if insert_typed_early(self.focused, event) or self._pairs.is_second(event):
            event.prevent_default()
        elif self.screen is self.reading_screen:
            self.commands.touched()
            taken, action = self.reading_screen.take_key(event)
            if taken:
                event.prevent_default()
            if action:
                await self.commands.dispatcher.run(action)
                self.reading_screen.view.follow()
        elif isinstance(self.screen, Dialog):
            await self.screen.left_over(event, self.commands.dispatcher.run)

    async def action_perform(self, action_id: str) -> None:
        """Perform an action of the reading screen; keys are bound to this."""
        await self.commands.dispatcher.run(action_id)

    async def run_action(self, *arguments: Any, **options: Any) -> bool:
        """Perform an action; report an error of the marks database."""
        try:
            return await super().run_action(*arguments, **options)
        except StoreError as error:
            self.session.report(error)
            return True

    # Messages of the screen

    def on_open_article(self, message: OpenArticle) -> None:
        """Open a chosen article."""
        place = message.place
        view = self.reading_screen.view
        self.commands.opening.open(message.article, (lambda: view.go_to(place)) if place is not None else None)

    def on_related_pane_shown(self) -> None:
        """Complete the pane of related articles."""
        self.commands.relating.shown()

    def on_related_pane_asked(self) -> None:
        """Look for mentions of the article."""
        self.commands.relating.find_mentions()

    def on_open_related(self, message: OpenRelated) -> None:
        """Open a related article at its link."""
        self.commands.relating.open(message.entry)

    def on_follow_link(self, message: FollowLink) -> None:
        """Follow a link."""
        self.commands.following.follow(message.target, on_web=message.on_web)

    def on_place_left(self, message: PlaceLeft) -> None:
        """Add a position to the history."""
        self.commands.opening.trail.leave(HistoryEntry(message.article_id, message.place))

    def on_page_scrolled(self) -> None:
        """Record what is visible."""
        self.commands.scrolled()

    def on_end_reached(self, message: EndReached) -> None:
        """Mark an article as read."""
        if self.commands.opening.is_wanted(message.article):
            self.commands.marking.reached_end(message.article)

    def on_page_highlight_chosen(self, message: Page.HighlightChosen) -> None:
        """Edit the clicked highlight, unless the click ended a selection."""
        if not self.reading_screen.selections:
            self.commands.highlighting.edit_clicked(message.highlight)

    def on_sidebar_view_chosen(self, message: Sidebar.ViewChosen) -> None:
        """Show other shelves."""
        self.commands.shelves.show(message.view)

    def on_sidebar_read_asked(self, message: Sidebar.ReadAsked) -> None:
        """Mark articles as read."""
        self.commands.marking.mark_read(message.articles)

    def on_sidebar_search_forgotten(self, message: Sidebar.SearchForgotten) -> None:
        """Delete a saved search."""
        self.commands.searching.forget(message.number)
