"""The bookmarks of all articles: go to one, rename it, delete it, and take that back."""

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from reader.errors import StoreError
from reader.language import _
from reader.library.library import Library
from reader.library.marks import Bookmark
from reader.ui.colours import Colours
from reader.ui.screens.overlay import Overlay
from reader.ui.screens.prompt import PromptScreen
from reader.ui.strips import fitted
from reader.ui.widgets.rows import RowList


class _Bookmarks(RowList):
    """A row each: its name, and the article it stands in."""

    def __init__(self, colours: Colours, bookmarks: list[Bookmark]) -> None:
        super().__init__(colours, id="bookmarks")
        self.bookmarks = bookmarks

    def count(self) -> int:
        """How many there are; one row says that there are none."""
        return max(1, len(self.bookmarks))

    def row(self, number: int, width: int, *, lit: bool) -> list[Segment]:
        """A bookmark."""
        del lit
        muted = self.colours.role("muted")
        if not self.bookmarks:
            return [Segment(" " + fitted(_("No bookmarks yet: m makes one"), width - 1), muted)]
        bookmark = self.bookmarks[number]
        name = " " + fitted(bookmark.name, max(8, width * 3 // 5))
        room = width - cell_len(name) - 3
        return [
            Segment(name, self.colours.role("ink")),
            Segment("  " + fitted(bookmark.title, room) if room > 6 else "", muted),
        ]


class BookmarksScreen(Overlay[Bookmark]):
    """All bookmarks, newest first; gives the one to go to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r,f2", "rename", show=False),
        Binding("d,x,delete", "delete", show=False, priority=True),
        Binding("u,ctrl+z", "restore", show=False, priority=True),
        Binding("apostrophe,shift+f2", "close", show=False),
    ]

    def __init__(self, colours: Colours, library: Library) -> None:
        super().__init__(
            colours, _("Bookmarks"), _("Enter goes there · r renames · d deletes · u takes it back · Esc back")
        )
        self._library = library
        self._deleted: list[Bookmark] = []
        self._list = _Bookmarks(colours, library.bookmarks())

    def body(self) -> ComposeResult:
        """The list."""
        yield self._list

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Go to a bookmark."""
        event.stop()
        if self._list.bookmarks:
            self.dismiss(self._list.bookmarks[event.number])

    def action_rename(self) -> None:
        """Ask for another name."""
        if not self._list.bookmarks:
            return
        number = self._list.cursor
        bookmark = self._list.bookmarks[number]

        def keep(name: str | None) -> None:
            if name:
                try:
                    self._list.bookmarks[number] = self._library.rename_bookmark(bookmark, name)
                except StoreError as error:
                    self.notify(str(error), severity="error", markup=False)
                self._list.rebuild()

        self.app.push_screen(PromptScreen(self.colours, _("A name for the bookmark"), bookmark.name), keep)

    def action_delete(self) -> None:
        """Delete a bookmark; `u` takes it back."""
        if not self._list.bookmarks:
            return
        bookmark = self._list.bookmarks[self._list.cursor]
        try:
            self._library.delete_bookmark(bookmark)
        except StoreError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self._deleted.append(bookmark)
        self._list.bookmarks.remove(bookmark)
        self._list.rebuild()

    def action_restore(self) -> None:
        """Put the bookmark deleted last back."""
        if not self._deleted:
            return
        bookmark = self._deleted.pop()
        try:
            self._library.restore_bookmark(bookmark)
        except StoreError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self._list.bookmarks = self._library.bookmarks()
        self._list.rebuild()
