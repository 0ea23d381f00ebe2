"""Highlights and notes: added from the selection, edited, deleted, listed."""

from functools import partial
from typing import TYPE_CHECKING

from reader.document.annotation import Annotation
from reader.document.document import Range
from reader.language import _
from reader.marks.drafts import NotePlace
from reader.marks.highlights import COLOURS, Highlight
from reader.reading.opened_article import Reading
from reader.ui.article_keys import ArticleActions
from reader.ui.commands.dispatcher import Handler, Handlers
from reader.ui.commands.drafting import Drafting
from reader.ui.commands.host import Host
from reader.ui.commands.opening import Opening
from reader.ui.commands.undoing import Undoing
from reader.ui.commands.view import ReadingView
from reader.ui.screens import modals
from reader.ui.session import Session

if TYPE_CHECKING:
    from reader.ui.screens.note import NoteEdit


class Highlighting:
    """Adding and editing highlights. It is also the `HighlightEditor` of their list."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it is connected to
        self,
        session: Session,
        view: ReadingView,
        host: Host,
        opening: Opening,
        undoing: Undoing,
        drafting: Drafting,
        actions: ArticleActions,
    ) -> None:
        self._actions = actions
        self._session = session
        self._view = view
        self._host = host
        self._opening = opening
        self._undoing = undoing
        self._drafting = drafting

    def handlers(self) -> Handlers:
        """The actions of this command by id, including those of the keyboard selection."""
        colours = {f"selecting.colour_{number}": self._in(number) for number in range(1, COLOURS + 1)}
        return colours | {
            "highlight": self._highlight_or_select,
            "highlights": lambda: self._session.before_marks(self._show_list),
            "selecting.highlight": self._highlight_or_select,
            "selecting.note": self._note_selection,
            "selecting.delete": self._delete_selected,
        }

    @property
    def _colour(self) -> int:
        """The colour used last, 1 to `COLOURS`."""
        kept = self._session.kept("colour", "1")
        return int(kept) if kept in {str(number) for number in range(1, COLOURS + 1)} else 1

    # Adding

    def _in(self, colour: int) -> Handler:
        return lambda: self._highlight(colour)

    def _highlight_or_select(self) -> None:
        """Highlight the selection, or start a selection if there is none."""
        if self._view.selected is None:
            self._view.start_selecting()
        else:
            self._highlight(self._colour)

    def _highlight(self, colour: int) -> None:
        """Highlight the selection in a colour, or recolour the highlight that contains all of it."""
        reading, span = self._view.reading, self._view.selected
        if reading is None or span is None:
            return
        if colour != self._colour:
            self._session.keep("colour", str(colour), "1")
        there = self._view.marks.around(span)
        if there is None:
            self._make(reading, span, colour, "")
        elif there.colour != colour:
            self.change(there, colour=colour)
            self._host.say(_("Changed the colour: {name}").format(name=there.name))
        else:
            keymap = self._session.keymap
            said = _("Already highlighted · {delete} removes it · {note} adds a note")
            labels = {"delete": keymap.label("selecting.delete"), "note": keymap.label("selecting.note")}
            self._host.say(said.format(**labels))
            return
        self._view.stop_selecting()

    def _make(self, reading: Reading, span: Range, colour: int, note: str) -> bool:
        made: list[Highlight] = []

        def make() -> None:
            made.append(self._session.library.add_highlight(reading, span, colour, note))
            if reading is self._view.reading:
                self._view.marks.made(made[0])

        if self._session.attempt(make):
            said = _("Highlighted with a note: {name}") if note else _("Highlighted: {name}")
            self._host.say(said.format(name=made[0].name))
        return bool(made)

    def _note_selection(self, begun: "NoteEdit | None" = None) -> None:
        """Write a note for the selection: on the highlight that contains it, or on a new one."""
        reading, span = self._view.reading, self._view.selected
        if reading is None or span is None:
            return
        there = self._view.marks.around(span)
        if there is not None:
            self._view.stop_selecting()
            self.edit_note(there)
            return

        quotation = reading.document.extract(span)
        place = NotePlace(reading.article.id, quotation)

        def keep(written: "NoteEdit | None") -> None:
            if written is None or written.deleted:
                self._drafting.keep(place, None)
                return
            # Anchor it in the text in which it was selected, because the file may have changed meanwhile.
            if self._make(reading, span, written.colour, written.note):
                self._drafting.keep(place, None)
                self._view.stop_selecting()
            else:
                # If the note cannot be saved, ask again with its text, so that the user can retry or copy it.
                self._note_selection(written)

        session = self._session
        note = modals.NoteScreen(
            session.colours,
            session.keymap,
            quotation,
            modals.NoteEdit("", self._colour),
            is_new=True,
            begun=begun or self._drafting.begun(place),
            keep_draft=partial(self._drafting.keep, place),
        )
        self._host.push(note, keep)

    # Editing

    def edit_note(self, highlight: Highlight, begun: "NoteEdit | None" = None) -> None:
        """Edit the note and colour of a highlight, or delete it."""
        place = NotePlace(highlight.article_id, highlight.anchor.quotation, highlight.uid)

        def keep(written: "NoteEdit | None") -> None:
            if written is None:
                self._drafting.keep(place, None)
            elif written.deleted:
                if self._delete(highlight):
                    self._drafting.keep(place, None)
            elif self.change(highlight, colour=written.colour, note=written.note):
                self._drafting.keep(place, None)
                self._host.say(_("Note saved: {name}").format(name=highlight.name))
            else:
                # Ask again, as for a new note.
                self.edit_note(highlight, written)

        session = self._session
        screen = modals.NoteScreen(
            session.colours,
            session.keymap,
            place.quotation,
            modals.NoteEdit(highlight.note, highlight.colour),
            begun=begun or self._drafting.begun(place),
            keep_draft=partial(self._drafting.keep, place),
        )
        self._host.push(screen, keep)

    def change(self, highlight: Highlight, *, colour: int | None = None, note: str | None = None) -> bool:
        """Change the colour or the note of a highlight; return whether it was saved."""
        highlights = self._session.library.marks.highlights
        return self._session.attempt(lambda: highlights.change(highlight, colour=colour, note=note))

    def edit_clicked(self, annotation: Annotation) -> None:
        """Edit the clicked highlight."""
        highlight = self._view.marks.of(annotation)
        if highlight is not None:
            self.edit_note(highlight)

    def _delete(self, *highlights: Highlight) -> bool:
        marks = self._session.library.marks.highlights
        done = self._session.attempt(lambda: marks.delete(*highlights))
        if done:
            undo = self._session.keymap.label("undo")
            said = _("Removed the highlight: {name} · {undo} undoes")
            self._host.say(said.format(name=highlights[0].name, undo=undo))
        return done

    def _delete_selected(self) -> None:
        """Delete the highlights that the selection touches."""
        span = self._view.selected
        found = self._view.marks.within(span) if span else []
        if not found:
            self._host.say(_("No highlight here"))
        elif self._delete(*found):
            self._view.stop_selecting()

    # The list

    def _show_list(self) -> None:
        def chosen(highlight: Highlight | None) -> None:
            if highlight is not None:
                self.open(highlight)

        screen = modals.HighlightsScreen(self._session, self, self._undoing, self._actions, self._view.reading)
        self._host.push(screen, chosen)

    def open(self, highlight: Highlight) -> None:
        """Open the article of a highlight at its place."""
        self._view.slide_panes_away()
        self._opening.go_to_place(highlight.article_id, highlight.path, lambda: self._go_to(highlight))

    def _go_to(self, highlight: Highlight) -> None:
        place = self._view.marks.place(highlight)
        if place is not None:
            self._view.go_to(place)
        else:
            self._host.say(_("The text is no longer in the article; the quotation is kept"))
