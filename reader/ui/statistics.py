"""How long and how much is read: counted while one reads, kept each minute, shown by `i`. It stays on this machine."""

import time
from datetime import datetime
from typing import TYPE_CHECKING

from reader.reading.clock import ReadingClock
from reader.reading.opened import Reading
from reader.ui.history import HistoryActions

if TYPE_CHECKING:
    from reader.document.statistics import Lengths

_KEEP = 60.0
"""Seconds between two times that what was counted is kept."""


class StatisticsActions(HistoryActions):
    """Counting, and the screen that shows it."""

    def begin_statistics(self) -> None:
        """Count from now on, unless the settings say not to."""
        self.clock = ReadingClock() if self.settings.statistics else None
        self._lengths: Lengths | None = None
        self._sight = (0, 0)
        self._owed = 0.0, 0

    def watch_reading(self) -> None:
        """Keep what is counted, now and then."""
        if self.clock is not None:
            self.set_interval(_KEEP, self.keep_reading)

    def follow_page(self) -> None:
        """Note what is in sight, and for how long."""
        super().follow_page()
        page, lengths = self.reading_screen.page, self._lengths
        if self.clock is None or lengths is None or not page.size.height:
            return
        sight = lengths.above(page.first_place), lengths.above(page.last_place)
        if not self.clock.running:
            self.clock.opened(time.monotonic(), *sight)
        elif sight != self._sight:
            # Whatever else has the status line painted anew is no sign that anyone reads.
            self.clock.moved(time.monotonic(), *sight)
        self._sight = sight

    def reading_shown(self, reading: Reading) -> None:
        """Begin with an article that is on the page."""
        super().reading_shown(reading)
        from reader.document.statistics import Lengths  # noqa: PLC0415 - not for the first paint

        self._lengths = Lengths(reading.document, reading.statistics)

    def leave_article(self) -> None:
        """The open article is left for another, or with the program."""
        if self.clock is not None:
            self.clock.closed(time.monotonic())

    def touched(self) -> None:
        """The person gave a sign of life."""
        if self.clock is not None:
            self.clock.touched(time.monotonic())

    def keep_reading(self) -> None:
        """Keep what was counted since the last time."""
        if self.clock is None:
            return
        seconds, characters = self.clock.taken()
        self._owed = self._owed[0] + seconds, self._owed[1] + characters
        if any(self._owed):
            today = datetime.now().date()  # noqa: DTZ005 - the person's own day
            if self.quietly(lambda: self.library.marks.days.add(today, *self._owed)):
                self._owed = 0.0, 0

    def action_statistics(self) -> None:
        """Show the reading statistics."""
        from reader.ui.screens.stats import StatsScreen  # noqa: PLC0415 - not for the first paint

        self.keep_reading()
        today = datetime.now().date()  # noqa: DTZ005 - the person's own day
        days = self.library.marks.days.all()
        self.push_screen(StatsScreen(self.colours, days, today, self.clock is not None))
