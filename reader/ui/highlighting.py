"""Highlights and notes: made from what is selected, edited, taken away, listed."""

from typing import TYPE_CHECKING

from reader.document.document import Range
from reader.language import _
from reader.marks.highlights import COLOURS, Highlight
from reader.reading.opened import Reading
from reader.ui.marking import MarkActions
from reader.ui.widgets.page import Page

if TYPE_CHECKING:
    from reader.ui.screens.note import Written


class HighlightActions(MarkActions):
    """The actions on highlights and notes."""

    @property
    def colour(self) -> int:
        """The colour that was used last."""
        kept = self.kept("colour", "1")
        return int(kept) if kept in {str(number) for number in range(1, COLOURS + 1)} else 1

    # Making

    def action_highlight(self) -> None:
        """Highlight what is selected; with nothing selected, begin to select."""
        if self.reading_screen.selected is None:
            self.reading_screen.action_select()
        else:
            self.highlight(self.colour)

    def highlight(self, colour: int) -> None:
        """Highlight what is selected in a colour; a highlight that holds all of it takes that colour."""
        screen = self.reading_screen
        span = screen.selected
        if screen.reading is None or span is None:
            return
        if colour != self.colour:
            self.keep("colour", str(colour), "1")
        there = screen.marks.around(span)
        if there is None:
            self._make(screen.reading, span, colour, "")
        elif there.colour != colour:
            self.change_highlight(there, colour=colour)
            self.say(_("Another colour: {name}").format(name=there.name))
        else:
            self.say(_("It is highlighted already: d takes it away, n writes a note"))
            return
        screen.stop_selecting()

    def _make(self, reading: Reading, span: Range, colour: int, note: str) -> bool:
        screen = self.reading_screen
        made: list[Highlight] = []

        def make() -> None:
            made.append(self.library.add_highlight(reading, span, colour, note))
            if reading is screen.reading:
                screen.marks.made(made[0])

        if self.attempt(make):
            said = _("Highlighted with a note: {name}") if note else _("Highlighted: {name}")
            self.say(said.format(name=made[0].name))
        return bool(made)

    def note_selection(self, begun: "Written | None" = None) -> None:
        """Write a note to what is selected: to the highlight that holds it, or to one made for it."""
        from reader.ui.screens.note import NoteScreen, Written  # noqa: PLC0415 - not for the first paint

        screen = self.reading_screen
        reading, span = screen.reading, screen.selected
        if reading is None or span is None:
            return
        there = screen.marks.around(span)
        if there is not None:
            screen.stop_selecting()
            self.edit_note(there)
            return

        def keep(written: Written | None) -> None:
            if written is None or written.deleted:
                return
            # In the text as it was then: the article may have been changed on the disk meanwhile.
            if self._make(reading, span, written.colour, written.note):
                screen.stop_selecting()
            else:
                # What cannot be kept is not lost: the person may try again, or copy it.
                self.note_selection(written)

        quotation = screen.page.document.extract(span)
        note = NoteScreen(self.colours, quotation, "", self.colour, is_new=True, begun=begun)
        self.push_screen(note, keep)

    # Editing

    def edit_note(self, highlight: Highlight, begun: "Written | None" = None) -> None:
        """Edit a highlight's note and colour, or take it away."""
        from reader.ui.screens.note import NoteScreen, Written  # noqa: PLC0415 - not for the first paint

        def keep(written: Written | None) -> None:
            if written is None:
                return
            if written.deleted:
                self.delete_highlight(highlight)
            elif self.change_highlight(highlight, colour=written.colour, note=written.note):
                self.say(_("Note kept: {name}").format(name=highlight.name))
            else:
                # As above.
                self.edit_note(highlight, written)

        screen = NoteScreen(self.colours, highlight.anchor.quotation, highlight.note, highlight.colour, begun=begun)
        self.push_screen(screen, keep)

    def change_highlight(self, highlight: Highlight, *, colour: int | None = None, note: str | None = None) -> bool:
        """Give a highlight another colour or note; whether it could be kept."""
        return self.attempt(lambda: self.library.marks.highlights.change(highlight, colour=colour, note=note))

    def delete_highlight(self, highlight: Highlight) -> None:
        """Take a highlight away."""
        if self.attempt(lambda: self.library.marks.highlights.delete(highlight)):
            self.say(_("Highlight taken away: {name} · U brings it back").format(name=highlight.name))

    def delete_highlights(self) -> None:
        """Take away the highlights that what is selected touches."""
        screen = self.reading_screen
        found = screen.marks.within(screen.selected) if screen.selected else []
        if not found:
            self.say(_("There is no highlight here"))
        elif self.attempt(lambda: self.library.marks.highlights.delete(*found)):
            screen.stop_selecting()
            self.say(_("Highlight taken away: {name} · U brings it back").format(name=found[0].name))

    def on_page_highlight_chosen(self, message: Page.HighlightChosen) -> None:
        """Edit the highlight that was clicked."""
        highlight = self.reading_screen.marks.of(message.highlight)
        if highlight is not None and not self.reading_screen.selections:
            self.edit_note(highlight)

    # The list

    def action_highlights(self) -> None:
        """Show the highlights and notes of the article, of these archives, or all."""
        from reader.ui.screens.highlights import HighlightsScreen  # noqa: PLC0415 - not for the first paint

        def chosen(highlight: Highlight | None) -> None:
            if highlight is not None:
                self.reading_screen.panes.slide_away()
                self.go_to_place(highlight.article_id, highlight.path, lambda: self._go_to_highlight(highlight))

        self.push_screen(HighlightsScreen(self, self.reading_screen.reading), chosen)

    def _go_to_highlight(self, highlight: Highlight) -> None:
        screen = self.reading_screen
        place = screen.marks.place(highlight)
        if place is not None:
            screen.go_to(place)
        else:
            self.say(_("Its text is no longer in the article; the quotation is kept"))
