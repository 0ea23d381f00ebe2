"""The reading statistics: the calendar with keyboard and mouse, the figures, and snapshots."""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Label
from wcwidth import wcswidth

import reader.ui
from reader import language
from reader.keymap.keymap import Keymap
from reader.marks.reading_days import Day
from reader.themes.contrast import contrast
from reader.themes.theme_files import load_theme, load_themes
from reader.ui.colours import Colours
from reader.ui.screens.stats import StatsScreen
from reader.ui.textual_colours import textual_theme, tint
from reader.ui.widgets import calendar
from reader.ui.widgets.calendar import Calendar

TODAY = date(2021, 11, 11)  # a Thursday
SIZES = ((40, 12), (80, 24), (120, 40))


def diary(today: date = TODAY) -> dict[date, Day]:
    """About three hundred days with reading activity, always the same."""
    found = {}
    for number in range(1, 420):
        minutes = (number * number * 7 + number * 13) % 97
        if number % 11 and minutes < 80:
            found[today - timedelta(days=number)] = Day(minutes * 60 + 5, minutes * 390 + 20)
    found[today] = Day(1_900, 12_345)
    return found


class Stats(App[None]):
    """An app with only the statistics."""

    CSS_PATH = Path(reader.ui.__file__).parent / "reader.tcss"

    def __init__(self, days: Mapping[date, Day], today: date = TODAY, *, on: bool = True, theme: str = "paper") -> None:
        super().__init__()
        colours = Colours(load_theme(theme)[0])
        worn = textual_theme(colours)
        self.register_theme(worn)
        self.theme = worn.name
        self.stats = StatsScreen(colours, Keymap(), days, today, counted=on)
        self.closed = False

    def on_mount(self) -> None:
        self.push_screen(self.stats, self._note)

    def _note(self, _result: None) -> None:
        self.closed = True


def stats(
    days: Mapping[date, Day] | None = None, today: date = TODAY, *, chinese: bool = False, **others: Any
) -> Stats:
    language.use("zh" if chinese else "en")
    return Stats(diary() if days is None else days, today, **others)


def lines(app: Stats) -> list[str]:
    """The lines of the screen."""
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]


def shown(app: Stats) -> list[str]:
    """The lines of the calendar."""
    found = app.stats.calendar
    return [found.render_line(y).text.rstrip() for y in range(found.size.height)]


def day_text(app: Stats) -> str:
    return str(app.stats.query_one("#stats-day", Label).render())


# The calendar


async def test_calendar_ends_today() -> None:
    app = stats()
    async with app.run_test(size=(80, 24)):
        assert day_text(app) == "Thu 2021-11-11 · 31 min · 12,345 words read"
        rows = shown(app)
        assert [row[:3] for row in rows[1:]] == ["Mon", "   ", "Wed", "   ", "Fri", "   ", "Sun"]
        assert [row.endswith("◂") for row in rows[1:]] == [False, False, False, True, False, False, False]
        # Monday to Thursday have one more day than Friday to Sunday.
        assert {cell_len(row.removesuffix("◂")) for row in rows[1:5]} == {len(rows[1])}
        assert {cell_len(row) for row in rows[5:]} == {len(rows[1]) - 2}


@pytest.mark.parametrize(("today", "last_column"), [(date(2021, 11, 8), 1), (date(2021, 11, 14), 7)])
async def test_the_last_week_ends_today(today: date, last_column: int) -> None:
    app = stats({today: Day(60, 1)}, today)
    async with app.run_test(size=(80, 24)):
        widths = [cell_len(row.removesuffix("◂")) for row in shown(app)[1:]]
        assert widths.count(max(widths)) == last_column


async def test_arrows_and_letters_move_the_cursor() -> None:
    app = stats()
    async with app.run_test(size=(80, 24)) as pilot:
        for keys, day in (
            (("left",), date(2021, 11, 4)),
            (("h",), date(2021, 10, 28)),
            (("up", "k"), date(2021, 10, 26)),
            (("down", "j"), date(2021, 10, 28)),
            (("right", "l"), TODAY),
            (("down",), TODAY),
            (("left", "down", "right"), TODAY),
            (("up", "up", "up", "up"), date(2021, 11, 7)),
            (("end",), TODAY),
        ):
            await pilot.press(*keys)
            assert app.stats.calendar.cursor == day, keys
        await pilot.press("left")
        assert day_text(app).startswith("Thu 2021-11-04")


async def test_day_without_reading_says_so() -> None:
    app = stats({TODAY: Day(60, 1)})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("up")
        assert day_text(app) == "Wed 2021-11-10 · nothing read"


async def test_cursor_scrolls_to_older_weeks() -> None:
    oldest = TODAY - timedelta(days=1_000)
    app = stats({oldest: Day(60, 1), TODAY: Day(60, 1)})
    async with app.run_test(size=(80, 24)) as pilot:
        found = app.stats.calendar
        before = found.mondays
        await pilot.press("home")
        assert found.cursor == found.mondays[0] <= oldest
        assert len(found.mondays) == len(before)
        assert "◂" not in "".join(shown(app))
        await pilot.press("pagedown")
        assert found.mondays[-1] < before[0]
        await pilot.press("end")
        assert found.mondays == before
        await pilot.press("pageup")
        assert found.cursor == TODAY - timedelta(weeks=len(before))
        assert found.mondays[0] == found.cursor - timedelta(days=3)


async def test_day_in_the_year_one_does_not_extend_the_calendar() -> None:
    app = stats({date.min: Day(60, 1), date.max: Day(60, 1)})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("home", "pageup", "left", "up")
        assert app.stats.calendar.cursor.year == 1922
        assert "1922" in day_text(app)


async def test_a_whole_year_can_be_seen_even_by_new_users() -> None:
    app = stats({TODAY: Day(60, 1)})
    async with app.run_test(size=(200, 50)) as pilot:
        assert len(app.stats.calendar.mondays) == 53
        await pilot.press("home")
        assert app.stats.calendar.cursor == date(2020, 11, 9)


async def test_a_click_goes_to_a_day() -> None:
    app = stats()
    async with app.run_test(size=(80, 24)) as pilot:
        found = app.stats.calendar
        await pilot.click(Calendar, offset=(4 + 2 * 3, 2))
        assert found.cursor == found.mondays[3] + timedelta(days=1)
        here = found.cursor
        # Clicks on the name of a month, the name of a weekday, and a future day.
        for offset in ((10, 0), (1, 3), (4 + 2 * (len(found.mondays) - 1), 7)):
            await pilot.click(Calendar, offset=offset)
            assert found.cursor == here


async def test_cursor_stays_visible_in_a_smaller_window() -> None:
    app = stats()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press(*("left",) * 40)
        here = app.stats.calendar.cursor
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        found = app.stats.calendar
        assert found.cursor == here
        assert found.mondays[0] <= here <= found.mondays[-1] + timedelta(days=6)
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert len(found.mondays) == 53


@pytest.mark.parametrize("chinese", [True, False])
@pytest.mark.parametrize("width", range(38, 121, 7))
async def test_months_are_named_over_their_weeks(width: int, chinese: bool) -> None:  # noqa: FBT001
    app = stats(chinese=chinese)
    async with app.run_test(size=(width, 24)):
        found = app.stats.calendar
        row = found.render_line(0).text
        for number, monday in enumerate(found.mondays):
            first = (monday + timedelta(days=6)).replace(day=1)
            if first >= monday:
                name = f"{first.month}月" if chinese else f"{first:%b}"
                at = (5 if chinese else 4) + 2 * number
                cells = "".join(sign + ("\0" if cell_len(sign) == 2 else "") for sign in row)
                assert cells[at:].replace("\0", "").startswith(name)


def test_symbols_have_one_width_in_every_terminal() -> None:
    for sign in (*"".join(calendar._SIGNS), calendar._TODAY):
        assert wcswidth(sign) == 1
        assert unicodedata.east_asian_width(sign) in {"N", "Na"}
    assert len(set(calendar._SIGNS)) == len(calendar._SIGNS) == len(calendar._SHARES)
    assert {len(sign) for sign in calendar._SIGNS} == {calendar._CELLS}


@pytest.mark.parametrize("theme", [name for name, one in load_themes()[0].items() if one.paper])
def test_more_reading_has_more_contrast(theme: str) -> None:
    colours = Colours(load_theme(theme)[0])
    papers = [tint(colours, share, 0.4).bgcolor for share in calendar._SHARES]
    far = [contrast(colours.theme.paper, one.name) for one in papers if one]
    assert len(far) == 5
    assert all(after > before * 1.12 for before, after in pairwise(far))


# The figures


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("chinese", [True, False])
async def test_texts_are_not_truncated(size: tuple[int, int], chinese: bool) -> None:  # noqa: FBT001
    app = stats(chinese=chinese)
    async with app.run_test(size=size):
        text = "\n".join(lines(app))
        assert "…" not in text
        assert ("今天" if chinese else "Today") in text
        assert ("连续阅读" if chinese else "Streak") in text


async def test_figures_agree_with_the_days() -> None:
    app = stats({TODAY: Day(1_860, 12_345), date(2021, 11, 7): Day(7_500, 40_000), date(2021, 11, 6): Day(5, 1)})
    async with app.run_test(size=(80, 24)):
        text = [" ".join(line.strip("│ ").split()) for line in lines(app)]
        for line in (
            "Today 31 min 12,345 words read",
            "This week 31 min 12,345 words read",
            "This month 2 h 36 min 52,346 words read",
            "All 2 h 36 min 52,346 words read",
            "Streak current 1 · longest 2",
            "Busiest day Sun 2021-11-07 · 2 h 5 min",
        ):
            assert line in text


@pytest.mark.parametrize("height", range(9, 41))
async def test_every_height_shows_the_calendar_and_the_day(height: int) -> None:
    for on in (True, False):
        app = stats(on=on)
        async with app.run_test(size=(60, height)):
            text = lines(app)
            assert len(text) == height
            assert sum("⣿" in line for line in text if "<10" not in line) >= 6
            assert any("2021-11-11 · 31 min" in line for line in text)
            box = app.stats.query_one("#box")
            assert box.region.bottom <= height
            assert box.max_scroll_y == 0
            if height >= 18:
                assert any("<10" in line for line in text)
                assert any("Esc close" in line for line in text)


@pytest.mark.parametrize("size", [(1, 1), (6, 3), (20, 6), (300, 100)])
async def test_every_size_works(size: tuple[int, int]) -> None:
    for days in ({}, diary()):
        app = stats(days, on=False)
        async with app.run_test(size=size) as pilot:
            await pilot.press("left", "up", "home", "pagedown")
            assert len(lines(app)) == size[1]


@pytest.mark.parametrize("size", SIZES)
async def test_disabled_statistics_are_reported(size: tuple[int, int]) -> None:
    for days in ({}, diary()):
        app = stats(days, on=False)
        async with app.run_test(size=size):
            text = " ".join(" ".join(line.strip("│ ") for line in lines(app)).split())
            assert "turned off in the settings. Clear existing data with “reader marks clear-history”" in text


async def test_missing_activity_is_reported() -> None:
    app = stats({})
    async with app.run_test(size=(80, 24)):
        text = "\n".join(lines(app))
        assert "Nothing read yet" in text
        assert "Busiest" not in text


@pytest.mark.parametrize("key", ["escape", "q", "i"])
async def test_it_is_closed_by(key: str) -> None:
    app = stats()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        assert app.closed


# Snapshots


def then(*keys: str) -> Callable[[Pilot[None]], Any]:
    async def run(pilot: Pilot[None]) -> None:
        await pilot.press(*keys)
        await pilot.pause()

    return run


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("chinese", [True, False])
@pytest.mark.parametrize("theme", ["paper", "night"])
def test_the_statistics(snap_compare: Any, size: tuple[int, int], chinese: bool, theme: str) -> None:  # noqa: FBT001
    app = stats(chinese=chinese, theme=theme)
    assert snap_compare(app, terminal_size=size, run_before=then("left", "up"))


def test_without_colours(snap_compare: Any) -> None:
    assert snap_compare(stats(chinese=True, theme="mono"), terminal_size=(80, 24), run_before=then("left", "up"))


@pytest.mark.parametrize("size", SIZES[:2])
@pytest.mark.parametrize("on", [True, False])
def test_before_anything_was_read(snap_compare: Any, size: tuple[int, int], on: bool) -> None:  # noqa: FBT001
    assert snap_compare(stats({}, on=on, chinese=True), terminal_size=size, run_before=then())


def test_turned_off_after_a_year(snap_compare: Any) -> None:
    assert snap_compare(stats(on=False), terminal_size=(80, 24), run_before=then())
