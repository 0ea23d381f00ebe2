"""The store of marks when it fails: said once, copied as it changes, and gone back from when it is damaged."""

from threading import Lock

from reader.errors import DamagedStoreError, StoreError
from reader.language import _
from reader.marks.backups import back_up_changed, damage, newest_good, traces
from reader.marks.telling import damaged
from reader.ui.base import BaseApp

_SETTLED = 1.0
"""Seconds after the first paint at which the article is there, so that looking a large store over delays nothing."""

_AGAIN = 300.0
"""Seconds behind which it is looked at again: what somebody marks in so long a time may have no copy yet."""


class MendingActions(BaseApp):
    """What the app does about its store of marks."""

    _offered = False
    _looked_at: tuple[object, ...] = ()
    """What the disk told of the store when it was looked over last."""

    _not_copied = False
    """Whether that was said, and no copy was made since."""

    _looking = Lock()
    """Held by whoever looks it over: a process shows one app."""

    def look_after_store(self) -> None:
        """Say what is wrong with the store, and copy it if it is whole; called once the first page is shown."""
        error = self.library.store_error
        if isinstance(error, DamagedStoreError):
            self.failed(error)
        elif error is not None:
            said = _("Marks last only until the program ends")
            self.notify(f"{error}\n{said}", severity="warning", markup=False, timeout=12)
        elif self.library.marks.store.path is not None:
            self.set_timer(_SETTLED, self._look_over)
            self.set_interval(_AGAIN, self._look_over)

    def _look_over(self) -> None:
        self.run_worker(self._check, thread=True, group="backup")

    def _check(self) -> None:
        """Runs in a thread: looks the store over where it changed, which takes its time, and copies it."""
        with self._looking:
            self._copy_changed()

    def _copy_changed(self) -> None:
        path = self.library.marks.store.path
        # Before it is read: what is written meanwhile is found at the next look.
        if path is None or (found := traces(path)) == self._looked_at:
            return
        reason = damage(path)
        if reason and path.is_file():
            self._looked_at = found
            if not self._offered:
                self.call_from_thread(self.failed, damaged(str(path), reason))
            return
        try:
            back_up_changed(path)
        except StoreError as error:
            if not self._not_copied:
                self.call_from_thread(self.failed, error)
            self._not_copied = True
        else:
            self._looked_at, self._not_copied = found, False

    def failed(self, error: StoreError) -> None:
        """Say that the store of marks cannot be used; offer the newest good copy of a damaged one, once."""
        if not isinstance(error, DamagedStoreError) or self._offered:
            super().failed(error)
            return
        self._offered = True
        from reader.ui.screens.restoring import RestoreScreen  # noqa: PLC0415 - seldom, one hopes

        path = self.library.store
        backup = newest_good(path) if path is not None else None

        def answer(restore: bool | None) -> None:  # noqa: FBT001 - what the screen gives
            if restore:
                self._restore()

        self.push_screen(RestoreScreen(self.colours, error, backup), answer)

    def _restore(self) -> None:
        self._offered = False
        try:
            restored = self.library.restore()
        except StoreError as error:
            super().failed(error)
            return
        self.catch_up()
        self.marks_replaced()
        said = _("The marks are those of {made}, and what could still be read; the damaged file is {path}")
        if restored.backup is None:
            said = _("A new store of marks was begun, with what could still be read; the damaged file is {path}")
        made = f"{restored.backup.made.astimezone():%Y-%m-%d %H:%M}" if restored.backup else ""
        self.notify(said.format(made=made, path=restored.aside), markup=False, timeout=15)

    def marks_replaced(self) -> None:
        """Show the marks of another store."""
        raise NotImplementedError
