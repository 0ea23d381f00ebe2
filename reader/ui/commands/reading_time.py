"""Reading statistics: time and characters, counted while reading, saved every minute, never sent anywhere."""

import time
from datetime import datetime

from reader.reading.opened_article import Reading
from reader.reading.reading_clock import ReadingClock
from reader.ui import late
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.view import ReadingView
from reader.ui.screens import modals
from reader.ui.session import Session

_KEEP = 60.0
"""Seconds between two saves."""


class ReadingTime:
    """Counts reading time, unless the settings disable it.

    Attributes:
        clock: The counter; None if it is disabled.
    """

    def __init__(self, session: Session, view: ReadingView, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host
        self.clock = ReadingClock() if session.settings.statistics else None
        self._lengths: late.Lengths | None = None
        self._visible = (0, 0)
        self._owed = 0.0, 0

    def handlers(self) -> Handlers:
        """The actions of this command, by id."""
        return {"statistics": self._show}

    def start(self) -> None:
        """Save the counts at intervals."""
        if self.clock is not None:
            self._host.every(_KEEP, self.keep)

    def begin(self, reading: Reading) -> None:
        """Start with an article that is about to be shown."""
        self._lengths = late.Lengths(reading.document, reading.statistics)

    def scrolled(self) -> None:
        """Record what is visible, and for how long."""
        places, lengths = self._view.visible_range, self._lengths
        if self.clock is None or lengths is None or places is None:
            return
        visible = lengths.above(places[0]), lengths.above(places[1])
        if not self.clock.running:
            self.clock.opened(time.monotonic(), *visible)
        elif visible != self._visible:
            # A repaint of the status line for another reason does not mean that somebody is reading.
            self.clock.moved(time.monotonic(), *visible)
        self._visible = visible

    def leave(self) -> None:
        """Stop counting for the open article, which is being closed."""
        if self.clock is not None:
            self.clock.closed(time.monotonic())

    def touched(self) -> None:
        """Record activity of the user."""
        if self.clock is not None:
            self.clock.touched(time.monotonic())

    def keep(self) -> None:
        """Save what was counted since the last time."""
        if self.clock is None:
            return
        seconds, characters = self.clock.taken()
        self._owed = self._owed[0] + seconds, self._owed[1] + characters
        if any(self._owed):
            today = datetime.now().date()  # noqa: DTZ005 - the user's own day
            if self._session.quietly(lambda: self._session.library.marks.days.add(today, *self._owed)):
                self._owed = 0.0, 0

    def _show(self) -> None:
        """Show the reading statistics."""
        self.keep()
        today = datetime.now().date()  # noqa: DTZ005 - the user's own day
        days = self._session.library.marks.days.all()
        session, counted = self._session, self.clock is not None
        self._host.push(modals.StatsScreen(session.colours, session.keymap, days, today, counted=counted))
