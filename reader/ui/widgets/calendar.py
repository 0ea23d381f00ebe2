"""A heat map of reading activity: one column per week, with darker days for more reading time."""

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
from reader.keymap.actions import Context
from reader.language import _
from reader.marks.reading_days import Day
from reader.reading.activity import STEPS, WEEK, level, monday_of, month_starts, weeks
from reader.ui.colours import Colours
from reader.ui.key_bindings import bindings
from reader.ui.textual_colours import tint

MOST_WEEKS = 53
"""The maximum number of visible weeks: a year, whatever day it begins on."""
_FARTHEST = 5_200
"""The maximum number of weeks to scroll back: a hundred years."""
ROWS = 8
"""The number of rows: the names of the months, and the seven days of a week."""

_CELLS = 2
"""The width of a day in cells: two cells make a square."""
# Braille patterns are one cell wide everywhere, whereas the shades ░▒▓█ take two cells on some CJK terminals.
_SIGNS = (" .", "⣀⣀", "⣤⣤", "⣶⣶", "⣿⣿")
_TODAY = "◂"
_SHARES = (0.0, 0.2, 0.42, 0.68, 1.0)
"""The share of the accent colour in a day's background, by level."""
_SIGN = 0.4
"""The share of ink in the foreground of a symbol, so that it is visible but unobtrusive."""


class Calendar(Widget, can_focus=True):
    """The most recent weeks, as many as fit; moving the cursor scrolls to older ones."""

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
        """The cursor moved to another day."""

    def __init__(self, colours: Colours, days: Mapping[date, Day], today: date) -> None:
        super().__init__(id="calendar")
        self.colours = colours
        self._days = days
        self._today = today
        week = monday_of(today)
        first = min([week - (MOST_WEEKS - 1) * WEEK, *(monday_of(day) for day in days)])
        # A corrupt date, such as one in the year 1, must not extend the calendar.
        self._first = max(first, week - _FARTHEST * WEEK)
        self._last_week = week
        self.set_reactive(Calendar.cursor, today)

    # Visible weeks

    @property
    def _names(self) -> list[str]:
        """The labels of the seven rows; every other one is empty for readability."""
        return ["" if number % 2 else day_name(self._last_week + timedelta(number)) for number in range(7)]

    @property
    def _left(self) -> int:
        return max(map(cell_len, self._names)) + 1

    @property
    def widest(self) -> int:
        """The width of a whole year in cells."""
        return self._left + MOST_WEEKS * _CELLS + cell_len(_TODAY)

    @property
    def mondays(self) -> tuple[date, ...]:
        """The Mondays of the visible weeks."""
        room = (self.size.width - self._left - cell_len(_TODAY)) // _CELLS
        return weeks(self._last_week, max(1, min(room, MOST_WEEKS)))

    def _follow(self) -> None:
        """Scroll the week of the cursor into view by the smallest distance."""
        week = monday_of(self.cursor)
        reach = self.mondays[-1] - self.mondays[0]
        self._last_week = min(max(self._last_week, week), week + reach)
        self.refresh()

    def on_resize(self, event: Resize) -> None:
        """Keep the cursor visible."""
        del event
        self._follow()

    # Painting

    def render_line(self, y: int) -> Strip:
        """Render the names of the months, or one weekday of all weeks."""
        parts = [] if y >= ROWS else self._row(y - 1) if y else self._months()
        return Strip(parts).adjust_cell_length(self.size.width, self.colours.text)

    def _months(self) -> list[Segment]:
        line = ""
        for number, first in month_starts(self.mondays):
            name, at = month_name(first), self._left + number * _CELLS
            # Omit a name that would overlap the previous one or exceed the width.
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
        base = self.colours.text
        turned = Paint(color=base.bgcolor, bgcolor=base.color, bold=True)
        return Segment(shown.text, Paint(reverse=True) if self.colours.plain else turned)

    # Keys and mouse

    def watch_cursor(self) -> None:
        """Keep the cursor visible, and post `Moved`."""
        self._follow()
        self.post_message(self.Moved())

    def validate_cursor(self, day: date) -> date:
        """Clamp the cursor to the days of the calendar."""
        return min(max(day, self._first), self._today)

    def action_step(self, days: int) -> None:
        """Move the cursor by days."""
        self.cursor += timedelta(days=days)

    def action_page(self, step: int) -> None:
        """Move the cursor by the number of visible weeks."""
        self.cursor += step * len(self.mondays) * WEEK

    def action_first(self) -> None:
        """Move to the oldest day."""
        self.cursor = self._first

    def action_today(self) -> None:
        """Move to today."""
        self.cursor = self._today

    def on_click(self, event: Click) -> None:
        """Move the cursor to the clicked day."""
        number, weekday = (event.x - self._left) // _CELLS, event.y - 1
        if 0 <= weekday < 7 and 0 <= number < len(self.mondays):
            day = self.mondays[number] + timedelta(days=weekday)
            if day <= self._today:
                self.cursor = day


class Legend(Widget):
    """The legend of the levels."""

    ALLOW_SELECT = False

    def __init__(self, colours: Colours) -> None:
        super().__init__(id="legend")
        self.colours = colours

    def render_line(self, y: int) -> Strip:
        """Render the square of each level with its minutes."""
        del y
        muted = self.colours.role("muted")
        parts: list[Segment] = []
        for step, minutes in enumerate(STEPS, 1):
            parts += [_square(self.colours, step), Segment(f" <{minutes}  ", muted)]
        parts += [_square(self.colours, len(STEPS) + 1), Segment(f" {STEPS[-1]}+ " + _("min"), muted)]
        return Strip(parts).adjust_cell_length(self.size.width, self.colours.text)


def _square(colours: Colours, step: int) -> Segment:
    """Return the square of a level. Without colours, its symbol shows the level; with colours, the symbol is faint."""
    return Segment(_SIGNS[step], tint(colours, _SHARES[step], _SIGN) if step else colours.role("rule"))
