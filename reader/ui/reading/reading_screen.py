"""The reading screen: the page, the panes beside it, and their events and keys."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Key, Resize
from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget

from reader.archive.article import Article
from reader.keymap.actions import Context
from reader.reading.opened_article import Reading
from reader.ui.index_status import IndexStatus
from reader.ui.key_bindings import bindings
from reader.ui.messages import FollowLink, OpenArticle, OpenRelated, ReadingScreenReady
from reader.ui.pane_list import Side
from reader.ui.reading.chords import PressedChord
from reader.ui.reading.moving import REPEATED
from reader.ui.reading.page_view import PageView
from reader.ui.related_sections import RelatedEntry
from reader.ui.row_compositor import RowCompositor
from reader.ui.saved_view import kept_panes
from reader.ui.session import Session
from reader.ui.widgets.find_bar import FindBar
from reader.ui.widgets.outline_pane import OutlinePane
from reader.ui.widgets.page import Page
from reader.ui.widgets.rows import RowList
from reader.ui.widgets.sidebar import Sidebar
from reader.ui.widgets.status import StatusLine


class ReadingScreen(Screen[None]):
    """An article, its outline and the shelves.

    What only concerns the page and the panes is handled here; everything else is posted as a message of `messages.py`.

    Attributes:
        view: The state and the operations that commands use.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.PAGE, call="app.perform('{id}')")

    def __init__(self, session: Session, indexing: IndexStatus, begin: Callable[[], None] = lambda: None) -> None:
        """Show the session's articles; `begin` is called before the first paint."""
        super().__init__()
        self._compositor = RowCompositor()
        self._begin = begin
        self._session = session
        self.view = PageView(self, session, indexing)

    @property
    def page(self) -> Page:
        """The page."""
        return self.view.page

    @property
    def sidebar(self) -> Sidebar:
        """The sidebar."""
        return self.view.sidebar

    @property
    def outline(self) -> OutlinePane:
        """The outline."""
        return self.view.outline

    @property
    def status(self) -> StatusLine:
        """The status line."""
        return self.view.status

    @property
    def reading(self) -> Reading | None:
        """The article on the page."""
        return self.view.reading

    def compose(self) -> ComposeResult:
        """Compose the page and the panes around it."""
        with Horizontal(id="body"):
            yield from self.view.panes.on(Side.LEFT)
            yield self.page
            yield from self.view.panes.on(Side.RIGHT)
        with Vertical(id="foot"):
            yield self.status

    def on_mount(self) -> None:
        """Focus the page, and restore the panes."""
        self.page.focus()
        self.view.panes.restore(kept_panes(self._session))
        self._begin()
        self.view.follow()
        self.call_after_refresh(self._complete)

    def on_unmount(self) -> None:
        """End the processes that tokenize code, scale pictures and draw diagrams."""
        self.page.code.end()
        self.page.pictures.end()
        self.page.diagrams.end()

    async def _complete(self) -> None:
        """Do what the first paint did not need."""
        self.post_message(ReadingScreenReady())
        await self.view.mount_find_line()

    # Events and messages

    def on_resize(self, event: Resize) -> None:
        """Show the panes that there is room for."""
        del event
        self.view.panes.arrange()

    def on_sheet_moved(self, event: Page.Moved) -> None:
        """Update the outline and the status line."""
        event.stop()
        self.view.follow()

    def on_sheet_lines_scrolled_by_mouse(self, event: Page.ScrolledByMouse) -> None:
        """Forget the section of the last jump; from now on the position decides."""
        event.stop()
        self.view.moving.sections.scrolled()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Open the chosen article, or go to the chosen section."""
        event.stop()
        target = self.view.panes.target(event.rows, event.number)
        if target is None:
            return
        self.view.panes.slide_away()
        if isinstance(target, Article):
            self.post_message(OpenArticle(target))
        elif isinstance(target, RelatedEntry):
            self.post_message(OpenRelated(target))
        else:
            self.view.leave_place()
            self.view.moving.jump(target)

    def on_sidebar_marks_moved(self, event: Sidebar.MarksMoved) -> None:
        """Show how many articles are marked."""
        event.stop()
        self.view.follow()

    def on_sheet_first_painted(self, event: Page.FirstPainted) -> None:
        """Do what could wait until the article was painted."""
        event.stop()
        self.view.after_paint.run()

    def on_page_link_chosen(self, event: Page.LinkChosen) -> None:
        """Follow a link."""
        event.stop()
        self.post_message(FollowLink(event.link, event.on_web))

    def on_page_link_hovered(self, event: Page.LinkHovered) -> None:
        """Show where a link leads."""
        event.stop()
        self.view.links.hover(event.link)

    def on_page_picked(self, event: Page.Picked) -> None:
        """Select the double-clicked word, or the triple-clicked paragraph."""
        event.stop()
        # The first click on a highlight opened its note.
        if self.is_current:
            self.view.pick(event.place, event.clicks)

    def on_find_bar_typed(self, event: FindBar.Typed) -> None:
        """Find while typing."""
        event.stop()
        self.view.find_line.typed(event.needle)

    def on_find_bar_stepped(self, event: FindBar.Stepped) -> None:
        """Go to another match while typing."""
        event.stop()
        self.view.find_line.stepped(event.step)

    def on_find_bar_closed(self, event: FindBar.Closed) -> None:
        """Stay at the match, or go back."""
        event.stop()
        self.view.find_line.closed(kept=event.kept)

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Return the widget and text offset at a screen position; a drag that began on the page stays on it.

        Otherwise Textual would treat rows without text, and the area around the page, as the start or end of the text.
        """
        widget, offset = super().get_widget_and_offset_at(x, y)
        state = self._select_state if self._selecting else None
        if widget is self.page or (state is not None and state.start.content_widget is self.page):
            return self.page, self.page.offset_at(x, y)
        return widget, offset

    # Keys with a temporary meaning

    def take_key(self, event: Key) -> tuple[bool, str]:
        """Handle a key for a pending prompt, or find the action of a full-width twin.

        The app calls this before it looks at its own bindings. By then the previous key has been handled, however fast
        the user types. It may have started a selection.

        Returns:
            Whether the key was consumed, and the id of an action to perform for it, or empty.
        """
        self.view.last_key = event.key
        is_selecting = self._is_selecting
        is_bound = is_selecting and bool(self.view.keys.selecting_action(event))
        if is_bound:
            self.view.say("")  # The hints of the selection follow an explained key.
        taken, action = self._taken(event)
        if not is_selecting:
            is_bound = taken or bool(action or self.view.keys.action(event)) or event.key in self.active_bindings
        self.view.unbound.pressed(event, is_bound=is_bound or self.reading is None or self.focused is None)
        return taken, action

    @property
    def _is_selecting(self) -> bool:
        """Whether keys move or use the keyboard selection."""
        return self.view.selection.by_keys and not self.view.find_line.has_focus

    def _taken(self, event: Key) -> tuple[bool, str]:
        if self.view.links.labels.take(event) or self.view.letters.take(event):
            self.view.follow()
            return True, ""
        self.view.links.labels.noticed(event)
        if self._is_selecting:
            action = self.view.selection.take(event)
            self.view.follow()
            return True, action
        if not self.view.find_line.has_focus:
            pressed = self.view.chords.take(event, in_list=self.focused is not self.page)
            if pressed is not None:
                return True, self._completed(pressed)
        if self.focused is self.page and self._take_count(event):
            self.view.follow()
            return True, ""
        self.view.follow()
        action = self.view.keys.twin_action(event)
        return bool(action), action

    def _completed(self, pressed: PressedChord) -> str:
        """Repeat the movement of a completed chord, or return the id of its action."""
        if pressed.unknown:
            self.view.counts.end()
            self.view.unbound.explain(pressed.unknown)
        elif pressed.action and self._repeat(pressed.action):
            return ""
        self.view.follow()
        return pressed.action

    def _take_count(self, event: Key) -> bool:
        """Collect a digit of a count, or perform the movement that it repeats; return whether the key was consumed."""
        counts, keys = self.view.counts, self.view.keys
        action = keys.action(event) or keys.twin_action(event)
        return counts.take(event, is_free=not action) or self._repeat(action)

    def _repeat(self, action: str) -> bool:
        """Repeat a movement by the count that was typed before it; return whether there was a count."""
        times = self.view.counts.end()
        if not times or action not in REPEATED:
            return False
        self.view.moving.repeat(action, times)
        self.view.follow()
        return True
