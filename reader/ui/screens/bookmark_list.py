"""The list of bookmarks: go to one, rename it, change its letter, delete it, undo."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import BindingType

from reader.keymap.actions import Context
from reader.language import _
from reader.marks.bookmarks import Bookmark
from reader.marks.mark_list import Listing
from reader.marks.quotation import shown_quotation
from reader.ui.article_keys import ArticleActions
from reader.ui.key_bindings import Hint, bindings
from reader.ui.screens.mark_rows import MarkRows
from reader.ui.screens.marks_screen import MarksScreen, UndoRedo
from reader.ui.screens.prompt import PromptScreen
from reader.ui.session import Session
from reader.ui.text_fitting import fitted

if TYPE_CHECKING:
    from reader.reading.opened_article import Reading


class _BookmarkRows(MarkRows[Bookmark]):
    def mark_row(self, mark: Bookmark, width: int) -> list[Segment]:
        """The row of a bookmark: its letter, its name, and its article."""
        muted = self.colours.role("muted")
        letter = f" {mark.letter or ' '} "
        name = fitted(mark.name, max(8, width * 3 // 5))
        room = width - cell_len(name) - len(letter) - 2
        return [
            Segment(letter, self.colours.role("accent", bold=True)),
            Segment(name, self.colours.role("ink")),
            Segment("  " + fitted(mark.title, room) if room > 6 else "", muted),
        ]


class BookmarksScreen(MarksScreen[Bookmark]):
    """The bookmarks; returns the chosen one."""

    KEPT = "bookmarks-sort"
    OWN = Context.BOOKMARKS
    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.BOOKMARKS, priority=True, behind={"close"})

    def __init__(self, session: Session, undoing: UndoRedo, actions: ArticleActions, reading: "Reading | None") -> None:
        hints = (
            Hint(_("go"), ("list.choose",)),
            Hint(_("rename"), ("bookmarks.rename",)),
            Hint(_("letter"), ("bookmarks.letter",)),
            Hint(_("delete"), ("marks.delete",)),
            Hint(_("mark"), ("marks.mark",)),
            Hint(_("actions"), ("marks.act",)),
            Hint(_("undo"), ("marks.undo",)),
            Hint(_("filter"), ("marks.find",)),
            Hint(_("sort"), ("marks.sort",)),
            Hint(_("scope"), ("marks.scope",)),
            Hint(_("close"), ("marks.back",)),
        )
        super().__init__(session, undoing, actions, reading, _("Bookmarks"), hints)

    def rows(self) -> MarkRows[Bookmark]:
        """The list."""
        return _BookmarkRows(
            self.colours,
            self.listing(),
            _("No bookmarks here · {key} {key} adds one").format(key=self.keymap.label("bookmark")),
        )

    def listing(self) -> Listing[Bookmark]:
        """The bookmarks to show."""
        return self.library.marks.bookmarks.listing(self.shown)

    def delete(self, marks: Sequence[Bookmark]) -> None:
        """Delete bookmarks."""
        self.library.marks.bookmarks.delete(*marks)

    def about(self, mark: Bookmark) -> str:
        """Describe a bookmark: its section and the text at its position, which may be the section's title."""
        quotation = shown_quotation(mark.quotation)
        section = "" if mark.section and quotation.startswith(mark.section) else mark.section
        return " · ".join(part for part in (section, quotation) if part)

    def kind_name(self) -> str:
        """The name of sorting by kind."""
        return _("by letter")

    def action_rename(self) -> None:
        """Ask for another name."""
        bookmark = self.chosen
        if bookmark is None:
            return

        def keep(name: str | None) -> None:
            if name and self.session.attempt(lambda: self.library.marks.bookmarks.rename(bookmark, name)):
                self.reload()

        self.app.push_screen(PromptScreen(self.colours, self.keymap, _("Bookmark name"), bookmark.name), keep)

    def action_letter(self) -> None:
        """Ask for another letter."""
        bookmark = self.chosen
        if bookmark is None:
            return

        def keep(letter: str | None) -> None:
            if letter is None or not (letter.isascii() and letter.isalpha() and len(letter) == 1):
                return
            if self.session.attempt(lambda: self.library.marks.bookmarks.letter(bookmark, letter)):
                self.reload()

        title = _("Bookmark letter: a–z work in its article, A–Z in every article")
        self.app.push_screen(PromptScreen(self.colours, self.keymap, title, bookmark.letter), keep)
