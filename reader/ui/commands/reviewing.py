"""The review of highlights."""

from collections.abc import Callable

from reader.language import _
from reader.marks.highlights import Highlight
from reader.settings.folders import settings_path
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.undoing import Undoing
from reader.ui.screens import modals
from reader.ui.session import Session
from reader.ui.shown_paths import path_variants


class Reviewing:
    """Shows the highlights that are due."""

    def __init__(self, session: Session, host: Host, undoing: Undoing, go_to: Callable[[Highlight], None]) -> None:
        """Review the marks of `session`; `go_to` opens the article of a highlight."""
        self._session = session
        self._host = host
        self._undoing = undoing
        self._go_to = go_to

    def handlers(self) -> Handlers:
        """The actions of this command, by id."""
        return {"review": lambda: self._session.before_marks(self._show)}

    def count(self) -> int:
        """The number of highlights that are due today; 0 if reviews are off."""
        most = self._session.settings.reviews_per_day
        if not most:
            return 0
        marks = self._session.library.marks
        return len(self._session.asked(lambda: marks.reviews.due(most), []))

    def _show(self) -> None:
        if not self._session.settings.reviews_per_day:
            message = _("Reviews are off: write “reviews_per_day: 10” in {path}")
            self._host.say(*path_variants(message, settings_path()))
            return

        def chosen(highlight: Highlight | None) -> None:
            if highlight is not None:
                self._go_to(highlight)

        self._host.push(modals.ReviewScreen(self._session, self._undoing), chosen)
