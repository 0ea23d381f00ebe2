"""A calendar of weeks, a column each, whose days are the darker the more was read on them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as Paint
from textual.binding import BindingType
from textual.events import Click, Resize
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from reader.date_names import day_name, month_name
from reader.keymap import Context
from reader.language import _
from reader.marks.days import Day
from reader.reading.activity import STEPS, WEEK, level, monday_of, month_starts, weeks
from reader.ui.colours import Colours
from reader.ui.keys import bindings

MOST_WEEKS = 53
"""Weeks in sight at most: a year, whatever day it begins on."""
_FARTHEST = 5_200
"""Weeks that one can go back at most: a hundred years."""
ROWS = 8
"""Lines of the calendar: the names of the months, and the seven days of a week."""

_CELLS = 2
"""Cells of a day: two make a square of it."""
# Filled from below, and of one cell in every font: the usual shades ░▒▓█ are two wide on some CJK terminals.
_SIGNS = (" .", "⣀⣀", "⣤⣤", "⣶⣶", "⣿⣿")
_TODAY = "◂"
_SHARES = (0.0, 0.2, 0.42, 0.68, 1.0)
"""How much of the accent is in a day's paper, level by level."""
_SIGN = 0.4
"""How much of the ink is in a sign: enough to see it, too little to read a page of them."""


class Calendar(Widget, can_focus=True):
    """The weeks up to today, as many as fit; older ones come into sight when the cursor goes to them."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        Context.CALENDAR,
        {
            "next_day": "step(1)",
            "previous_day": "step(-1)",
            "next_week": "step(7)",
            "previous_week": "step(-7)",
            "page_down": "page(1)",
            "page_up": "page(-1)",
        },
    )
    cursor: reactive[date] = reactive(date.min, init=False)

    class Moved(Message):
        """The cursor is on another day."""

    def __init__(self, colours: Colours, days: Mapping[date, Day], today: date) -> None:
        super().__init__(id="calendar")
        self.colours = colours
        self._days = days
        self._today = today
        week = monday_of(today)
        first = min([week - (MOST_WEEKS - 1) * WEEK, *(monday_of(day) for day in days)])
        # No one reads for longer; a day of the year 1 in a store would lead out of the calendar.
        self._first = max(first, week - _FARTHEST * WEEK)
        self._last_week = week
        self.set_reactive(Calendar.cursor, today)

    # What is in sight

    @property
    def _names(self) -> list[str]:
        """What stands left of the seven rows, every other one nameless, so that they are read with ease."""
        return ["" if number % 2 else day_name(self._last_week + timedelta(number)) for number in range(7)]

    @property
    def _left(self) -> int:
        return max(map(cell_len, self._names)) + 1

    @property
    def widest(self) -> int:
        """Cells of a year of weeks."""
        return self._left + MOST_WEEKS * _CELLS + cell_len(_TODAY)

    @property
    def mondays(self) -> tuple[date, ...]:
        """The weeks in sight."""
        room = (self.size.width - self._left - cell_len(_TODAY)) // _CELLS
        return weeks(self._last_week, max(1, min(room, MOST_WEEKS)))

    def _follow(self) -> None:
        """Bring the cursor's week into sight, moving the weeks as little as can be."""
        week = monday_of(self.cursor)
        reach = self.mondays[-1] - self.mondays[0]
        self._last_week = min(max(self._last_week, week), week + reach)
        self.refresh()

    def on_resize(self, event: Resize) -> None:
        """Keep the cursor in sight."""
        del event
        self._follow()

    # Painting

    def render_line(self, y: int) -> Strip:
        """The names of the months, or a day of the week in all weeks."""
        parts = [] if y >= ROWS else self._row(y - 1) if y else self._months()
        return Strip(parts).adjust_cell_length(self.size.width, self.colours.paper)

    def _months(self) -> list[Segment]:
        line = ""
        for number, first in month_starts(self.mondays):
            name, at = month_name(first), self._left + number * _CELLS
            # A name that would run into the one before, or out of the calendar, is left out whole.
            if (not line or cell_len(line) < at) and at + cell_len(name) <= self.size.width:
                line += " " * (at - cell_len(line)) + name
        return [Segment(line, self.colours.role("muted"))]

    def _row(self, weekday: int) -> list[Segment]:
        muted = self.colours.role("muted")
        name = self._names[weekday]
        parts = [Segment(name + " " * (self._left - cell_len(name)), muted)]
        for monday in self.mondays:
            day = monday + timedelta(days=weekday)
            if day > self._today:
                break
            parts.append(self._day(day))
            if day == self._today:
                parts.append(Segment(_TODAY, self.colours.role("accent", bold=True)))
        return parts

    def _day(self, day: date) -> Segment:
        shown = _square(self.colours, level(self._days.get(day, Day()).seconds))
        if day != self.cursor:
            return shown
        paper = self.colours.paper
        turned = Paint(color=paper.bgcolor, bgcolor=paper.color, bold=True)
        return Segment(shown.text, Paint(reverse=True) if self.colours.plain else turned)

    # Keys and mouse

    def watch_cursor(self) -> None:
        """Keep it in sight, and tell of it."""
        self._follow()
        self.post_message(self.Moved())

    def validate_cursor(self, day: date) -> date:
        """The nearest day there is."""
        return min(max(day, self._first), self._today)

    def action_step(self, days: int) -> None:
        """Move the cursor by days."""
        self.cursor += timedelta(days=days)

    def action_page(self, step: int) -> None:
        """Move the cursor by as many weeks as are in sight."""
        self.cursor += step * len(self.mondays) * WEEK

    def action_first(self) -> None:
        """To the oldest day."""
        self.cursor = self._first

    def action_today(self) -> None:
        """To today."""
        self.cursor = self._today

    def on_click(self, event: Click) -> None:
        """Put the cursor on the day that was clicked."""
        number, weekday = (event.x - self._left) // _CELLS, event.y - 1
        if 0 <= weekday < 7 and 0 <= number < len(self.mondays):
            day = self.mondays[number] + timedelta(days=weekday)
            if day <= self._today:
                self.cursor = day


class Legend(Widget):
    """A line on what the squares mean."""

    ALLOW_SELECT = False

    def __init__(self, colours: Colours) -> None:
        super().__init__(id="legend")
        self.colours = colours

    def render_line(self, y: int) -> Strip:
        """The squares of the levels, each with its minutes."""
        del y
        muted = self.colours.role("muted")
        parts: list[Segment] = []
        for step, minutes in enumerate(STEPS, 1):
            parts += [_square(self.colours, step), Segment(f" <{minutes}  ", muted)]
        parts += [_square(self.colours, len(STEPS) + 1), Segment(f" {STEPS[-1]}+ " + _("min"), muted)]
        return Strip(parts).adjust_cell_length(self.size.width, self.colours.paper)


def _square(colours: Colours, step: int) -> Segment:
    """A day of a level. Its sign tells the level where colours do not, and stands back where they do."""
    return Segment(_SIGNS[step], colours.tint(_SHARES[step], _SIGN) if step else colours.role("rule"))
