"""Maintenance of the marks database: reporting errors once, backing it up as it changes, restoring a corrupt one."""

import time
from threading import Event, Lock

from reader.errors import CorruptStoreError, StoreError
from reader.language import _
from reader.marks.backups import back_up_changed, damage, newest_good
from reader.marks.read_only import traces
from reader.marks.store_errors import corrupt_store_error
from reader.ui.commands.finishing import Finishing
from reader.ui.commands.host import Host
from reader.ui.commands.unsaved_marks import UnsavedMarks
from reader.ui.screens import modals
from reader.ui.session import Session

_SETTLED = 1.0
"""Seconds from the first paint to the first check, so that checking a large database does not delay the article."""

_AGAIN = 300.0
"""Seconds between two checks: the maximum time for which new marks may have no backup."""

_FAILED = 10.0
"""Seconds for which an error is shown."""


class StoreCare:
    """Maintenance of the marks database."""

    _looking = Lock()
    """Serializes the checks of successive apps in this process: one may still run when the next app starts."""

    def __init__(self, session: Session, host: Host) -> None:
        """Report errors of the session from now on."""
        self._session = session
        self._host = host
        self._said = "", 0.0
        self._offered = False
        self._looked_at: tuple[object, ...] = ()  # the state of the files at the last check
        self._ended = Event()
        self._not_copied = False  # whether a failed backup was reported, and none has succeeded since
        self._watches = False
        self._finishing = Finishing(session, host)
        self.unsaved = UnsavedMarks(session, host, self._watch)
        session.report = self.report

    def start(self) -> None:
        """Report a corrupt database, or back up an intact one; called after the first paint."""
        self._finishing.offer(self._begin)

    def _begin(self) -> None:
        error = self._session.library.store_error
        if isinstance(error, CorruptStoreError):
            self.report(error)
        elif error is not None:
            said = _("Marks are lost when the program ends")
            self._host.notify(f"{error}\n{said}", severity="warning", seconds=12)
        else:
            self._watch()
        self.unsaved.start()

    def end(self) -> None:
        """Cancel a running check or backup, which would delay the exit."""
        self._ended.set()

    def _watch(self) -> None:
        """Back up the database from now on whenever it changes."""
        if self._session.library.marks.store.path is not None and not self._watches:
            self._watches = True
            self._host.after(_SETTLED, self._look_over)
            self._host.every(_AGAIN, self._look_over)

    def _look_over(self) -> None:
        self._host.run_in_thread(self._check, "backup")

    def _check(self) -> None:
        """Check the database if it has changed, and back it up. Runs in a thread."""
        with self._looking:
            self._copy_changed()

    def _copy_changed(self) -> None:
        path = self._session.library.marks.store.path
        # Read the state first, so that the next check finds what is written meanwhile.
        if path is None or (found := traces(path)) == self._looked_at:
            return
        reason = damage(path, self._ended.is_set)
        if reason and path.is_file():
            self._looked_at = found
            if not self._offered:
                self._host.call_from_thread(self._session.report, corrupt_store_error(str(path), reason))
            return
        try:
            back_up_changed(path, self._ended.is_set)
        except StoreError as error:
            if not self._not_copied:
                self._host.call_from_thread(self._session.report, error)
            self._not_copied = True
        else:
            self._looked_at, self._not_copied = found, False

    def report(self, error: StoreError) -> None:
        """Report that the database cannot be used; if it is corrupt, offer the newest intact backup, once."""
        if not isinstance(error, CorruptStoreError) or self._offered:
            self._say(error)
            return
        self._offered = True
        path = self._session.library.store
        backup = newest_good(path) if path is not None else None

        def answer(restore: bool | None) -> None:  # noqa: FBT001 - the result of the modal
            if restore:
                self._restore()

        self._host.push(modals.RestoreScreen(self._session.colours, self._session.keymap, error, backup), answer)

    def _say(self, error: StoreError) -> None:
        """Show an error, unless the same one is already shown or was shown recently."""
        said, now = str(error), time.monotonic()
        if said == self._said[0] and now < self._said[1] + _FAILED / 2:
            return
        self._said = said, now
        self._host.notify(said, severity="error", seconds=_FAILED)

    def _restore(self) -> None:
        self._offered = False
        try:
            restored = self._session.library.restore()
        except StoreError as error:
            self._say(error)
            return
        self._session.marks_replaced()
        said = _("Restored the marks of {made}, plus everything that could still be read; the corrupt file is {path}")
        if restored.backup is None:
            said = _(
                "Created a new marks database with everything that could still be read; the corrupt file is {path}"
            )
        made = f"{restored.backup.made.astimezone():%Y-%m-%d %H:%M}" if restored.backup else ""
        self._host.notify(said.format(made=made, path=restored.aside), seconds=15)
