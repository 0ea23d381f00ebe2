"""Unsaved marks in memory: saved when the database can be used again, or else reported before quitting."""

from collections.abc import Callable

from reader.errors import ReaderError, StoreError
from reader.language import _
from reader.marks.unsaved_file_paths import unsaved_files
from reader.ui import late
from reader.ui.commands.host import Host
from reader.ui.screens import modals
from reader.ui.session import Session

_RETRY = 2.0
"""Seconds between two attempts to open the database."""


class UnsavedMarks:
    """Handling of marks that are in memory because the database cannot be used."""

    def __init__(self, session: Session, host: Host, saved: Callable[[], None]) -> None:
        """Call `saved` once the database is in use."""
        self._session = session
        self._host = host
        self._saved = saved

    def start(self) -> None:
        """Retry at intervals to open the database, and to add the marks that earlier sessions could not save."""
        self._host.every(_RETRY, self._retry)
        if self._session.library.store_error is None:
            self._add_earlier()

    def _add_earlier(self) -> None:
        library = self._session.library
        if library.store is None or not unsaved_files(library.store):
            return
        try:
            late.add_unsaved(library.marks, library.store)
        except (ReaderError, OSError) as error:
            said = _("The marks of an earlier session could not be added: {reason}").format(reason=error)
            self._host.notify(said, severity="error", seconds=10)
        else:
            self._session.catch_up()
            self._host.notify(_("The marks that an earlier session could not save were added"))

    def _retry(self) -> None:
        library = self._session.library
        # An open list shows marks by row numbers, which differ in the database.
        if library.store_error is not None and not self._host.has_box and library.reopen():
            self._session.marks_replaced()
            self._host.say(_("The marks database can be used again: your marks are saved"))
            self._add_earlier()
            self._saved()

    def ask_before(self, leave: Callable[[], None]) -> None:
        """Quit, unless marks would be lost and the user chooses to stay."""
        library = self._session.library
        unsaved = library.unsaved
        if unsaved is None or library.reopen() or not (count := unsaved.count()):
            leave()
            return

        def answer(what: modals.Unsaved | None) -> None:
            if what is None:
                return
            try:
                if what is modals.Unsaved.SAVE_TO_FILE:
                    unsaved.write_file()
                else:
                    unsaved.discard()
            except StoreError as failure:
                self._host.notify(str(failure), severity="error", seconds=10)
            else:
                leave()

        self._host.push(modals.UnsavedScreen(self._session.colours, self._session.keymap, unsaved.error, count), answer)
