"""Drafts of notes: kept while a note is written, and offered again when it is opened."""

from reader.language import _
from reader.marks.drafts import Drafts, NoteDraft, NotePlace
from reader.marks.highlights import COLOURS, shortened
from reader.ui.commands.host import Host
from reader.ui.screens import modals
from reader.ui.session import Session

_SHOWN = 15.0
"""Seconds for which a draft that was found at the start is announced."""

_QUOTED = 60
"""Maximum characters of the quotation in the announcement."""


class Drafting:
    """Keeps and finds the drafts of the session."""

    def __init__(self, session: Session, host: Host) -> None:
        self._host = host
        self._drafts = Drafts(session.library.store)

    def start(self) -> None:
        """Announce a note that an earlier session could not finish."""
        draft = self._drafts.take_unannounced()
        if draft is not None:
            said = _("The note that you were writing on “{quotation}” is kept: open the note there to continue")
            self._host.notify(said.format(quotation=shortened(draft.place.quotation, _QUOTED)), seconds=_SHOWN)

    def begun(self, place: NotePlace) -> "modals.NoteEdit | None":
        """Return the draft of a place, or None."""
        draft = self._drafts.at(place)
        if draft is None:
            return None
        return modals.NoteEdit(draft.note, min(max(draft.colour, 1), COLOURS))

    def keep(self, place: NotePlace, written: "modals.NoteEdit | None") -> None:
        """Keep the draft of a place; None removes it."""
        if written is None:
            self._drafts.remove(place)
        else:
            self._drafts.keep(NoteDraft(place, written.note, written.colour))
