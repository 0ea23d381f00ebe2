"""A footnote in a small box beside its mark."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Click, Key, Resize

from reader.document.blocks import Footnote
from reader.document.document import Document, Position
from reader.keymap.actions import Context
from reader.language import _
from reader.lean_dataclasses import dataclass
from reader.ui import late
from reader.ui.key_bindings import Hint, bindings
from reader.ui.screens.dialog import Dialog
from reader.ui.session import Session
from reader.ui.widgets.link_labels import LinkLabels
from reader.ui.widgets.page import Page
from reader.ui.widgets.visible_links import next_link

_WIDEST = 56
"""The maximum width of the text in cells."""

_HIGHEST = 10
"""The maximum number of rows of the text; a longer note is scrolled."""

_FRAME = 4
"""Cells of border and padding beside the text."""


@dataclass(frozen=True, slots=True)
class FootnoteChoice:
    """What was chosen in the box of a footnote.

    Attributes:
        link: The target of a link in the note, or empty to go to the note itself.
        on_web: Whether to open the link on the web.
    """

    link: str = ""
    on_web: bool = False


class FootnoteScreen(Dialog[FootnoteChoice]):
    """A footnote; returns a chosen link in it, or the choice to go to the note itself."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.FOOTNOTE)

    def __init__(
        self, session: Session, note: Footnote, mark: tuple[int, int] | None, copy: Callable[[str], None]
    ) -> None:
        """Show `note` beside its mark at a column and row of the screen, or in the middle if `mark` is None.

        `copy` copies the address of a link, given its target.
        """
        has_links = next_link(document := Document(note.blocks), Position(-1), 1) is not None
        labels = (Hint(_("links"), ("footnote.follow_link",)),) if has_links else ()
        hints = (Hint(_("go to the note"), ("footnote.go",)), *labels, Hint(_("close"), ("box.close",)))
        super().__init__(session.colours, session.keymap, _("Footnote {label}").format(label=note.label), hints)
        self._document = document
        self._typesetting = session.settings.typesetting
        self._mark = mark
        self._copy = copy
        self._hovered = ""
        self._focused: late.PlacedLink | None = None
        self._page = Page(session.colours, self._typesetting, _WIDEST, id="note-page")
        self._labels = LinkLabels(self._page)

    def body(self) -> ComposeResult:
        """Compose the page of the note."""
        yield self._page

    def on_mount(self) -> None:
        """Show the note."""
        self._place()
        self._page.show(late.Head("", ""), self._document, None)
        self._page.focus()

    def on_resize(self, event: Resize) -> None:
        """Place the box again."""
        super().on_resize(event)
        self._place()

    def _place(self) -> None:
        """Put the box below its mark, or above it if there is no room below."""
        columns, rows = self.app.size
        width = max(min(_WIDEST, columns - _FRAME - 1), 10)
        layout = late.Layout(self._document, width, self._typesetting)
        height = max(min(layout.height, _HIGHEST, rows - 6), 1)
        self._page.styles.height = height
        box = self.query_one("#box")
        box.styles.width = width + _FRAME + (layout.height > height)
        if self._mark is None:
            return
        # Two rows for the border, one each for title and hints, and a blank row after the title and before the hints.
        total = height + (4 if self.has_class("-low") else 6)
        column, row = self._mark
        top = row + 1 if row + 1 + total <= rows else max(row - total, 0)
        left = max(min(column - 2, columns - width - _FRAME - 1), 0)
        self.styles.align = ("left", "top")
        box.styles.offset = (left, min(top, max(rows - total, 0)))

    # Keys and mouse

    def action_follow_link(self) -> None:
        """Label the links of the note."""
        self._labels.show(self._choose)

    def _choose(self, target: str, on_web: bool) -> None:  # noqa: FBT001 - of `LinkLabels`
        self.dismiss(FootnoteChoice(target, on_web))

    def on_key(self, event: Key) -> None:
        """Handle the keys of a label."""
        if self._labels.take(event):
            event.stop()
        else:
            self._labels.noticed(event)

    def action_go(self) -> None:
        """Follow the focused link, or go to the note."""
        self.dismiss(FootnoteChoice(self._focused.target if self._focused is not None else ""))

    def action_copy_link(self) -> None:
        """Copy the address of the link under the mouse, else of the focused one, else of the first one."""
        focused = self._focused or next_link(self._document, Position(-1), 1)
        if target := self._hovered or (focused.target if focused is not None else ""):
            self._copy(target)

    def action_next_link(self) -> None:
        """Focus the next link of the note."""
        self._step(1)

    def action_previous_link(self) -> None:
        """Focus the previous link of the note."""
        self._step(-1)

    def _step(self, step: int) -> None:
        here = self._focused.span.start if self._focused is not None else None
        start = Position(-1) if step > 0 else Position(len(self._document.leaves))
        found = next_link(self._document, here or start, step) or next_link(self._document, start, step)
        if found is not None:
            self._focused = found
            self._page.show_focused_link(found)
            self._page.show_range(found.span)

    def on_page_link_hovered(self, event: Page.LinkHovered) -> None:
        """Remember the link under the mouse."""
        event.stop()
        self._hovered = event.link

    def on_page_link_chosen(self, event: Page.LinkChosen) -> None:
        """Follow a clicked link."""
        event.stop()
        self.dismiss(FootnoteChoice(event.link, event.on_web))

    def on_click(self, event: Click) -> None:
        """Close the box by a click beside it."""
        if not self.query_one("#box").region.contains(event.screen_x, event.screen_y):
            self.dismiss(None)
