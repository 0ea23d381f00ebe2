"""Saving the state of reading: the position, the progress of each section, the layout of the panes."""

from typing import TYPE_CHECKING

from reader.reading.opened import Reading
from reader.reading.section_progress import SectionProgress
from reader.ui.commands.host import Host
from reader.ui.commands.view import ReadingView
from reader.ui.session import Session

if TYPE_CHECKING:
    from reader.document.document import Position

_KEEP = 2.0
"""Seconds between two saves of the position: the maximum loss if the process is killed."""


class PlaceKeeping:
    """The position in the open article, saved for the next start."""

    def __init__(self, session: Session, view: ReadingView, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host
        self._kept: tuple[str, Position, float] | None = None
        self._progress: SectionProgress | None = None
        self._layout = session.kept("layout")

    def start(self) -> None:
        """Save the position at intervals from now on."""
        self._host.every(_KEEP, self.keep)

    def begin(self, reading: Reading) -> None:
        """Start with an article that is about to be shown."""
        articles = self._session.library.marks.articles
        known = self._session.asked(lambda: articles.sections(reading.article.id), None) or {}
        self._progress = SectionProgress(reading.document, reading.outline, known)
        self._view.follow_progress(self._progress.__getitem__)
        self._kept = None

    def scrolled(self) -> None:
        """Record what is visible."""
        visible = self._view.visible_range
        if self._progress is not None and visible is not None and self._progress.seen(*visible):
            self._view.show_progress()

    def keep(self) -> None:
        """Save the position and the layout if they have changed."""
        reading, progress = self._view.reading, self._progress
        if reading is None or progress is None:
            return
        now = (reading.article.id, self._view.place, self._view.progress)
        sections = progress.changed
        # A database that another process is writing to is tried again at the next interval.
        if (now != self._kept or sections) and self._session.quietly(
            lambda: self._session.library.save_position(reading, now[1], now[2], sections)
        ):
            self._kept = now
            progress.kept(sections)
        layout = self._view.layout_state()
        if layout != self._layout and self._session.keep("layout", layout):
            self._layout = layout
