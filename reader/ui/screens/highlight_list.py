"""The list of highlights and notes: go to one, edit its note, recolour it, delete it, undo, export."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import BindingType

from reader.errors import ReaderError
from reader.keymap.actions import Context
from reader.language import _
from reader.marks.highlights import Highlight, shortened
from reader.marks.mark_list import Listing, Scope
from reader.settings.folders import at_home
from reader.ui import late
from reader.ui.article_keys import ArticleActions
from reader.ui.clipboard import copy
from reader.ui.key_bindings import Hint, bindings
from reader.ui.screens.mark_rows import MarkRows
from reader.ui.screens.marks_screen import MarksScreen, UndoRedo
from reader.ui.screens.palette import PaletteEntry, PaletteScreen
from reader.ui.session import Session
from reader.ui.text_fitting import fitted

if TYPE_CHECKING:
    from reader.reading.opened_article import Reading

_ABOUT = 400
"""Maximum characters of a quotation, and of a note, shown below the list."""


class _HighlightRows(MarkRows[Highlight]):
    def mark_row(self, mark: Highlight, width: int) -> list[Segment]:
        """The row of a highlight: its text in its colour, a dot if it has a note, and its article."""
        ink = self.colours.role("ink") + self.colours.role(f"highlight_{mark.colour}")
        sign = Segment(" • " if mark.note else "   ", self.colours.role("accent"))
        text = fitted(shortened(mark.anchor.quotation, 120), max(8, (width - 3) * 2 // 3))
        room = width - 3 - cell_len(text) - 2
        title = "  " + fitted(mark.title, room) if room > 6 else ""
        return [sign, Segment(text, ink), Segment(title, self.colours.role("muted"))]


class HighlightEditor(Protocol):
    """Changes highlights."""

    def edit_note(self, highlight: Highlight) -> None:
        """Ask for the note and the colour of a highlight."""

    def change(self, highlight: Highlight, *, colour: int | None = None, note: str | None = None) -> bool:
        """Change the colour or the note of a highlight; return whether it was saved."""


class HighlightsScreen(MarksScreen[Highlight]):
    """The highlights; returns the chosen one."""

    KEPT = "highlights-sort"
    OWN = Context.HIGHLIGHTS
    FIRST_SCOPE = Scope.ARTICLE
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        Context.HIGHLIGHTS,
        {f"colour_{number}": f"colour({number})" for number in range(1, 5)},
        priority=True,
        behind={"close"},
    )

    def __init__(
        self,
        session: Session,
        editor: HighlightEditor,
        undoing: UndoRedo,
        actions: ArticleActions,
        reading: "Reading | None",
    ) -> None:
        """List highlights; for the parameters see `MarksScreen`, `editor` changes them."""
        hints = (
            Hint(_("go"), ("list.choose",)),
            Hint(_("note"), ("highlights.note",)),
            Hint(_("colour"), tuple(f"highlights.colour_{number}" for number in range(1, 5))),
            Hint(_("remove"), ("marks.delete",)),
            Hint(_("undo"), ("marks.undo",)),
            Hint(_("filter"), ("marks.find",)),
            Hint(_("sort"), ("marks.sort",)),
            Hint(_("mark"), ("marks.mark",)),
            Hint(_("actions"), ("marks.act",)),
            Hint(_("export"), ("highlights.export", "highlights.export_as")),
            Hint(_("scope"), ("marks.scope",)),
            Hint(_("close"), ("marks.back",)),
        )
        super().__init__(session, undoing, actions, reading, _("Highlights and notes"), hints)
        self._editor = editor

    def rows(self) -> MarkRows[Highlight]:
        """The list."""
        return _HighlightRows(
            self.colours,
            self.listing(),
            _("No highlights here · {select} selects text · {highlight} highlights it").format(
                select=self.keymap.label("select"), highlight=self.keymap.label("highlight")
            ),
        )

    def listing(self) -> Listing[Highlight]:
        """The highlights to show."""
        return self.library.marks.highlights.listing(self.shown)

    def delete(self, marks: Sequence[Highlight]) -> None:
        """Delete highlights."""
        self.library.marks.highlights.delete(*marks)

    def about(self, mark: Highlight) -> str:
        """Describe a highlight: its whole text, and the note."""
        lines = [shortened(mark.anchor.quotation, _ABOUT)]
        if mark.note:
            lines.append("• " + mark.note[:_ABOUT])
        return "\n".join(lines)

    def kind_name(self) -> str:
        """The name of sorting by kind."""
        return _("by colour")

    def action_note(self) -> None:
        """Edit the note."""
        highlight = self.chosen
        if highlight is not None:
            self._editor.edit_note(highlight)

    def action_colour(self, colour: int) -> None:
        """Change the colour of the marked highlights, or of the one under the cursor."""
        chosen = self.targets
        highlights = self.library.marks.highlights
        if chosen and self.session.attempt(lambda: highlights.recolour(chosen, colour)):
            self.reload()

    def action_copy(self) -> None:
        """Copy the texts of the marked highlights, or of the one under the cursor."""
        text = "\n\n".join(one.anchor.quotation for one in self.targets)
        if text:
            copy(self.app, text, self.keymap, self._tell_later)

    def _tell_later(self, message: str) -> None:
        """Show the result of a copy, which arrives a moment later, when the list may be closed."""
        if self.is_attached:
            self.tell(message)

    def action_export(self) -> None:
        """Write the marked or the listed highlights as Markdown into the folder of exports."""
        self._export(lambda listed: late.write_marks(listed, (), self.library.article, self.session.exports()))

    def action_export_as(self) -> None:
        """Ask for another program, and write a file for it into the folder of exports."""
        entries = [
            PaletteEntry(_(one.title), one.suffix, name, f"{name} {one.title}") for name, one in late.FILES.items()
        ]

        def chosen(name: str | None) -> None:
            if name:
                write, article = late.write_highlights, self.library.article
                self._export(lambda listed: write(name, listed, article, self.session.exports()))

        title = _("Export for another program")
        self.app.push_screen(PaletteScreen(self.colours, self.keymap, entries, title), chosen)

    def _export(self, write: Callable[[list[Highlight]], Path]) -> None:
        listed = self.listed
        if not listed:
            return
        try:
            path = write(listed)
        except ReaderError as error:
            self.notify(str(error), severity="error", markup=False)
        else:
            # A notification, because the line above the list cuts a long path, and a check of the marks replaces it.
            self.notify(_("Saved to {path}").format(path=at_home(str(path))), markup=False)

    def on_screen_resume(self) -> None:
        """Show changes made meanwhile."""
        self.reload()
