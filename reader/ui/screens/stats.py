"""The reading statistics: a calendar of reading days, and totals."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Resize
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Label

from reader.date_names import day_title
from reader.document.blocks import Inline
from reader.keymap.actions import Context
from reader.keymap.keymap import Keymap
from reader.language import _, ngettext
from reader.layout.lines import NO_BLOCK, Role, Style
from reader.layout.paragraph import lay_out_paragraph
from reader.marks.reading_days import Day
from reader.reading.activity import Summary, duration, summary
from reader.settings.options import Typesetting
from reader.ui.colours import Colours
from reader.ui.key_bindings import Hint, bindings
from reader.ui.screens.dialog import Dialog
from reader.ui.segments import segments_of
from reader.ui.text_fitting import fitted
from reader.ui.widgets.calendar import ROWS, Calendar, Legend

_ROOMY = 23
"""Minimum height of the terminal in rows for a border and blank rows."""
_LOW = 18
"""Minimum height in rows for the title, the legend and the hints."""
_BESIDE = (17, 12, 9)
"""Rows taken by everything but the totals: on a screen of `_ROOMY` rows, of `_LOW` rows, and on a lower one."""
_ALL, _FEW = 6, 3
"""Rows of the totals, in full and abridged."""


class _Figures(Widget):
    """A note, if there is one, and the totals, as far as there are rows for them."""

    ALLOW_SELECT = False

    def __init__(self, colours: Colours, notes: tuple[str, ...], figures: Summary | None) -> None:
        """Show the first of `notes` for which there are rows, variants of one note, and the totals."""
        super().__init__(id="figures")
        self.colours = colours
        self._notes = notes
        self._figures = figures

    def lines(self, width: int, room: int) -> list[list[Segment]]:
        """Return the text in at most `room` rows of `width` cells."""
        said = self._note_lines(width, room)
        if self._figures is not None:
            full = len(said) + _ALL <= room
            if said and len(said) + 1 + (_ALL if full else _FEW) <= room:
                said.append([])
            said += self._table(self._figures, width) if full else self._few(self._figures, width)
        return said[: max(room, 0)]

    def render_line(self, y: int) -> Strip:
        """Render a row."""
        width, height = self.size
        lines = self.lines(width, height)
        return Strip(lines[y] if y < len(lines) else []).adjust_cell_length(width, self.colours.text)

    def _note_lines(self, width: int, room: int) -> list[list[Segment]]:
        """The first note that fits in `room` rows, or else the last one; empty if there is none."""
        lines: list[list[Segment]] = []
        for note in self._notes if width > 1 else ():
            found = lay_out_paragraph(Inline(note), width, Typesetting(), block=NO_BLOCK, base=Style(Role.MUTED))
            lines = [segments_of(line, self.colours, {}) for line in found]
            if len(lines) <= room:
                break
        return lines

    def _few(self, figures: Summary, width: int) -> list[list[Segment]]:
        """The totals in `_FEW` rows."""
        ink = self.colours.role("ink")
        texts = (
            _("Today {today} · week {week}").format(
                today=duration(figures.today.seconds), week=duration(figures.week.seconds)
            ),
            _("Month {month} · all {all}").format(
                month=duration(figures.month.seconds), all=duration(figures.all.seconds)
            ),
            _("Streak {row:,} · longest {longest:,}").format(row=figures.streak, longest=figures.longest_streak),
        )
        return [[Segment(fitted(text, width), ink)] for text in texts]

    def _table(self, figures: Summary, width: int) -> list[list[Segment]]:
        """The totals in `_ALL` rows."""
        rows = (
            (_("Today"), figures.today),
            (_("This week"), figures.week),
            (_("This month"), figures.month),
            (_("All"), figures.all),
        )
        words = ((_("Streak"), _streak(figures)), (_("Busiest day"), _busiest(figures)))
        names = max(cell_len(name) for name, _what in (*rows, *words)) + 2
        times = [duration(day.seconds) for _name, day in rows]
        counts = _counts([day for _name, day in rows], width - names - max(map(cell_len, times)) - 2)
        muted, ink = self.colours.role("muted"), self.colours.role("ink")
        found: list[list[Segment]] = []
        for (name, _day), time, count in zip(rows, _right(times), _right(counts), strict=True):
            found.append([Segment(name + " " * (names - cell_len(name)), muted), Segment(f"{time}  {count}", ink)])
        for name, texts in words:
            label = Segment(name + " " * (names - cell_len(name)), muted)
            found.append([label, Segment(_fullest(texts, width - names), ink)])
        return found


def _streak(figures: Summary) -> tuple[str, ...]:
    """Variants of the text about the days read in a row, the longest first."""
    texts = _("current {row:,} · longest {longest:,}"), _("{row:,} · longest {longest:,}")
    return tuple(text.format(row=figures.streak, longest=figures.longest_streak) for text in texts)


def _busiest(figures: Summary) -> tuple[str, ...]:
    """Variants of the text about the busiest day, the longest first."""
    if figures.busiest is None:
        return (_("nothing read"),)
    day, read = figures.busiest
    time = duration(read.seconds)
    return f"{day_title(day)} · {time}", f"{day} · {time}", f"{day}"


def _right(texts: list[str]) -> list[str]:
    """Align the ends of texts."""
    widest = max(map(cell_len, texts))
    return [" " * (widest - cell_len(text)) + text for text in texts]


def _counts(days: list[Day], room: int) -> list[str]:
    """How much was read on each of `days`, in the longest variant that fits in `room` cells, or empty."""
    for form in (_words, _number):
        found = [form(day.characters) for day in days]
        if max(map(cell_len, found)) <= room:
            return found
    return [""] * len(days)


class StatsScreen(Dialog[None]):
    """The statistics of reading."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Context.STATISTICS)

    def __init__(
        self, colours: Colours, keymap: Keymap, days: Mapping[date, Day], today: date, *, counted: bool
    ) -> None:
        """Show `days`, which end with `today`; `counted` tells whether counting is enabled."""
        steps = ("previous_week", "previous_day", "next_day", "next_week")
        hints = (
            Hint(_("change day"), tuple(f"calendar.{step}" for step in steps)),
            Hint("", ("calendar.first", "calendar.today")),
            Hint(_("close"), ("box.close",)),
        )
        super().__init__(colours, keymap, _("Reading statistics"), hints)
        self._days = days
        self.calendar = Calendar(colours, days, today)
        self.figures = _Figures(colours, _notes(days, on=counted), summary(days, today) if days else None)

    def body(self) -> ComposeResult:
        """Compose the calendar, the day under the cursor, the totals and the legend."""
        yield self.calendar
        yield Label("", id="stats-day", markup=False)
        yield self.figures
        yield Legend(self.colours)

    def on_mount(self) -> None:
        """Focus the calendar."""
        self.calendar.focus()

    def on_resize(self, event: Resize) -> None:
        """Adapt to the size of the terminal."""
        width, height = event.size
        roomy, lowest = height >= _ROOMY, height < _LOW
        box = min(width * 97 // 100, self.calendar.widest + 4) if roomy else width
        inner = box - (4 if roomy else 2)
        room = height - _BESIDE[0 if roomy else 2 if lowest else 1]
        lines = len(self.figures.lines(inner, room))
        self.set_class(not roomy, "-close")
        self.set_class(lowest, "-lowest")
        self.set_class(lines < room, "-airy")
        self.query_one("#box").styles.width = box
        self.calendar.styles.height = ROWS
        self.figures.styles.height = lines
        self._tell(inner)

    def on_calendar_moved(self, event: Calendar.Moved) -> None:
        """Describe the new day under the cursor."""
        event.stop()
        self._tell(self.calendar.size.width)

    def _tell(self, width: int) -> None:
        day = self.calendar.cursor
        self.query_one("#stats-day", Label).update(_fullest(_day_texts(day, self._days.get(day, Day())), width))


def _day_texts(day: date, read: Day) -> tuple[str, ...]:
    """Variants of the text about a day, the longest first."""
    if read == Day():
        return (f"{day_title(day)} · " + _("nothing read"),)
    time = duration(read.seconds)
    count = read.characters
    return (
        f"{day_title(day)} · {time} · {_words(count)}",
        f"{day} · {time} · {_words(count)}",
        ngettext("{day} · {time} · {count:,} word", "{day} · {time} · {count:,} words", count).format(
            day=day, time=time, count=count
        ),
        f"{day} · {time}",
    )


def _words(count: int) -> str:
    # As word processors count: every Han character, kana or Hangul syllable is a word.
    return ngettext("{count:,} word read", "{count:,} words read", count).format(count=count)


def _number(count: int) -> str:
    return f"{count:,}"


def _fullest(texts: tuple[str, ...], width: int) -> str:
    """The first of `texts` that fits in `width` cells, or the last one truncated."""
    return next((text for text in texts if cell_len(text) <= width), fitted(texts[-1], width))


def _notes(days: Mapping[date, Day], *, on: bool) -> tuple[str, ...]:
    """Variants of the note about the days as a whole, the longest first; none if there is nothing to tell."""
    if not on:
        return (
            _("Statistics are turned off in the settings. Clear existing data with “reader marks clear-history”."),
            _("Statistics are turned off in the settings"),
            _("Statistics are turned off"),
        )
    if days:
        return ()
    return (
        _(
            "Nothing read yet. From now on, how long and how much you read is recorded; the data stays "
            "on this computer."
        ),
        _("Nothing read yet. From now on, reading is recorded on this computer only."),
        _("Nothing read yet"),
    )
