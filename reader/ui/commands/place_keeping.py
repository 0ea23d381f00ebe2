"""Saving the state of reading: the position, the progress of each section, the layout of the panes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reader.archive.article import Article
from reader.lean_dataclasses import dataclass
from reader.reading.opened_article import Reading
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
        self._left: _ReadingState | None = None
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
        if self._left is not None:
            self._host.after_paint(self._keep_left)

    def scrolled(self) -> None:
        """Record what is visible."""
        visible = self._view.visible_range
        if self._progress is not None and visible is not None and self._progress.seen(*visible):
            self._view.show_progress()

    def leave(self, following: Article) -> None:
        """Remember the state of the open article, to be saved when the `following` one is painted."""
        reading = self._view.reading
        if reading is not None and reading.article.id == following.id:
            # The same article is opened again, at the saved position, so save that now.
            self.keep()
            return
        self._keep_left()
        state = self._state()
        self._left = state if state is not None and self._is_new(state) else None

    def keep(self) -> None:
        """Save the position and the layout if they have changed."""
        self._keep_left()
        state = self._state()
        if state is None:
            return
        # If another process is writing to the database, try again at the next interval.
        if self._is_new(state) and self._save(state):
            self._kept = state.kept
        layout = self._view.layout_state()
        if layout != self._layout and self._session.keep("layout", layout):
            self._layout = layout

    def _state(self) -> "_ReadingState | None":
        reading, progress = self._view.reading, self._progress
        if reading is None or progress is None:
            return None
        return _ReadingState(reading, self._view.place, self._view.progress, progress, progress.changed)

    def _is_new(self, state: "_ReadingState") -> bool:
        return state.kept != self._kept or bool(state.sections)

    def _keep_left(self) -> None:
        left, self._left = self._left, None
        if left is not None:
            self._save(left)

    def _save(self, state: "_ReadingState") -> bool:
        library = self._session.library
        saved = self._session.quietly(
            lambda: library.save_position(state.reading, state.place, state.progress, state.sections)
        )
        if saved:
            state.section_progress.kept(state.sections)
        return saved


@dataclass(frozen=True, slots=True)
class _ReadingState:
    """How far an article is read.

    Attributes:
        reading: The article.
        place: The position at the top of the page.
        progress: The scroll progress, 0 to 1.
        section_progress: The progress of its sections.
        sections: The sections whose progress is not saved yet.
    """

    reading: Reading
    place: "Position"
    progress: float
    section_progress: SectionProgress
    sections: Mapping[tuple[str, int], float]

    @property
    def kept(self) -> tuple[str, "Position", float]:
        """The values that are saved, apart from the sections."""
        return self.reading.article.id, self.place, self.progress
