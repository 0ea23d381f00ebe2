"""An interrupted restore of the marks database: offered at the start, and once more when marks are listed."""

from collections.abc import Callable

from reader.errors import StoreError
from reader.language import _
from reader.marks.interrupted_restores import InterruptedRestore, set_aside, unfinished
from reader.marks.store_errors import interruption
from reader.ui.commands.host import Host
from reader.ui.screens import modals
from reader.ui.session import Session

_SHOWN = 15.0
"""Seconds for which the result is shown."""


class Finishing:
    """Finishes interrupted restores, or sets them aside."""

    def __init__(self, session: Session, host: Host) -> None:
        """Offer an interrupted restore also before marks are listed."""
        self._session = session
        self._host = host
        self._times_put_off = 0
        session.before_marks = self._before_marks

    def offer(self, then: Callable[[], None]) -> None:
        """Offer to finish an interrupted restore; call `then` after the answer, or at once if there is none."""
        path = self._session.library.store
        left = unfinished(path) if path is not None else None
        if left is None:
            then()
            return
        if left.completed:
            self._host.notify(str(interruption(left)), severity="warning", seconds=_SHOWN)
            then()
            return

        def answer(what: modals.Unfinished | None) -> None:
            if what is None:
                self._times_put_off += 1
            elif what is modals.Unfinished.FINISH:
                self._finish()
            else:
                self._set_aside(left)
            then()

        self._host.push(modals.FinishScreen(self._session.colours, self._session.keymap, left), answer)

    def _before_marks(self, show: Callable[[], None]) -> None:
        """Offer the restore before a list of marks is shown, unless the user has put it off twice."""
        if self._times_put_off > 1:
            show()
        else:
            self.offer(show)

    def _finish(self) -> None:
        try:
            restored = self._session.library.restore()
        except StoreError as error:
            self._session.report(error)
            return
        self._session.marks_replaced()
        said = _("The interrupted restore is finished; the old database is kept as {path}")
        self._host.notify(said.format(path=restored.aside), seconds=_SHOWN)

    def _set_aside(self, left: InterruptedRestore) -> None:
        try:
            aside = set_aside(left)
        except OSError as error:
            said = _("Cannot rename {path}: {reason}").format(path=left.path, reason=error.strerror or error)
            self._host.notify(said, severity="error", seconds=_SHOWN)
            return
        said = _("The interrupted restore is set aside; its database is kept as {path}")
        self._host.notify(said.format(path=aside), seconds=_SHOWN)
