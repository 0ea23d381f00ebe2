"""What is rendered for an update: the rows that have changed, and nothing else."""

import re
from collections.abc import Sequence
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets._toast import Toast

from reader.ui.reading.reading_screen import ReadingScreen
from reader.ui.row_compositor import RowCompositor, _runs
from reader.ui.screens.palette import PaletteScreen
from reader.ui.widgets.sidebar import Sidebar
from tests.ui.marking import Make
from tests.ui.test_reading import opened
from tests.ui.waiting import until


@given(st.sets(st.integers(0, 60)))
def test_runs_are_the_numbers_in_as_few_parts_as_possible(numbers: set[int]) -> None:
    runs = list(_runs(sorted(numbers)))
    assert [number for start, end in runs for number in range(start, end)] == sorted(numbers)
    assert all(end < start for (_start, end), (start, _end) in pairwise(runs))


def shown(screen: ReadingScreen) -> list[str]:
    """The screen as Textual's own compositor would compose it."""
    ours = screen._compositor
    theirs = Compositor()
    theirs.reflow(screen, ours.size)
    assert theirs.render_strips() == ours.render_strips()
    return [strip.text for strip in ours.render_strips()]


async def test_moving_the_cursor_of_a_list_repaints_its_old_and_new_row(
    make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        screen = await opened(pilot)
        sidebar = screen.sidebar
        sidebar.cursor = 0
        repainted: list[Region] = []

        def refresh(_self: Sidebar, *regions: Region, **_options: bool) -> None:
            assert regions, "all of it is repainted"
            repainted.extend(regions)

        monkeypatch.setattr(Sidebar, "refresh", refresh)
        sidebar.cursor = 3
        # The first line is the heading.
        assert {y for region in repainted for y in region.line_range} == {0, 1, 4}
        monkeypatch.undo()
        before = shown(screen)
        await pilot.press("shift+tab", "home", "down", "enter")
        await until(pilot, lambda: shown(screen) != before)


async def test_an_update_renders_only_its_rows(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        screen = await opened(pilot)
        compositor, widgets = screen._compositor, {screen.sidebar, screen.status, screen.page}
        assert isinstance(compositor, RowCompositor)
        # Nothing is awaited from here on, so that nothing else is repainted.
        compositor.update_widgets(widgets)
        compositor.render_update()
        rendered: list[tuple[str | None, Region]] = []
        render_lines = Widget.render_lines

        def recorded(self: Widget, crop: Region) -> list[Strip]:
            rendered.append((self.id, crop))
            return render_lines(self, crop)

        for kind in (Widget, Sidebar):
            monkeypatch.setattr(kind, "render_lines", recorded)
        screen.status.refresh()
        screen.sidebar.refresh(Region(0, 2, 30, 1), Region(0, 5, 30, 2))
        compositor.update_widgets(widgets)
        assert compositor.render_update() is not None
        sidebar = {(crop.y, crop.bottom) for name, crop in rendered if name == "sidebar"}
        assert sidebar == {(2, 3), (5, 7)}
        assert {crop.height for name, crop in rendered if name == "status"} == {1}


async def test_what_is_behind_other_widgets_is_not_rendered(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        screen = await opened(pilot)
        compositor, rendered = screen._compositor, set[Widget]()
        render_lines = Widget.render_lines

        def recorded(self: Widget, crop: Region) -> list[Strip]:
            rendered.add(self)
            return render_lines(self, crop)

        monkeypatch.setattr(Widget, "render_lines", recorded)
        compositor.render_update(full=True)
        assert screen.page in rendered
        assert not rendered & {screen, screen.query_one("#body")}


def update_of(compositor: Compositor, screen: Screen[Any], regions: Sequence[Region]) -> str:
    """What is written to the terminal, with its colours, if these regions of the screen have changed."""
    compositor._dirty_regions.clear()
    compositor._dirty_regions.update(regions)
    update = compositor.render_update(screen_stack=screen.app._background_screens)
    assert isinstance(update, ChopsUpdate)
    # The console of an app without a terminal has few colours.
    written = update.render_segments(Console(color_system="truecolor", force_terminal=True))
    # Textual also moves the cursor to the part behind a region, and writes nothing there.
    return re.sub(r"\x1b\[\d+;\d+H(?=\n|\x1b\[\d+;\d+H|\Z)", "", written)


def up_to_edges(screen: Screen[Any], regions: Sequence[Region]) -> list[Region]:
    """The rows of regions up to the edges of widgets in sight on both sides, so that no character is halved."""
    owners = [[screen.get_widget_at(x, y)[0] for x in range(screen.size.width)] for y in range(screen.size.height)]
    rows = []
    for region in regions:
        for y in region.line_range:
            left, right = region.x, region.right
            while left and owners[y][left - 1] is owners[y][left]:
                left -= 1
            while right < screen.size.width and owners[y][right] is owners[y][right - 1]:
                right += 1
            rows.append(Region(left, y, right - left, 1))
    return rows


def check_updates(screen: Screen[Any], chance: Random) -> None:
    """Compare updates of arbitrary regions with those of Textual's own compositor, and full renders after them."""
    ours, size = screen._compositor, screen.size
    assert isinstance(ours, RowCompositor)
    theirs = Compositor()
    theirs.reflow(screen, ours.size)

    def region() -> Region:
        # Halves of wide characters, single cells, and whole rows; never the whole screen, which is a full update.
        x, y = chance.randrange(size.width), chance.randrange(size.height)
        return Region(x, y, chance.randint(1, size.width - x), chance.randint(1, min(4, size.height - y)))

    assert "\x1b[38;2;" in update_of(ours, screen, [Region(0, 0, size.width, 3)]), "colours are compared, too"
    for _time in range(15):
        regions = [region() for _one in range(chance.randint(1, 4))]
        assert update_of(ours, screen, regions) == update_of(theirs, screen, up_to_edges(screen, regions))
    assert ours.render_strips() == theirs.render_strips()


async def test_updates_are_those_of_the_compositor_of_textual(make_app: Make) -> None:
    app = make_app()
    chance = Random(0)  # noqa: S311 - the same regions each time
    async with app.run_test(size=(110, 24)) as pilot:
        screen = await opened(pilot)
        check_updates(screen, chance)
        # Rows that overlap their clip, a selection, a pane over the page, and a modal over all of it.
        for keys in (("pagedown", "v", "j", "j"), ("escape", "shift+tab", "down"), ("question_mark",), ("escape", ":")):
            await pilot.press(*keys)
            await pilot.pause()
            assert isinstance(app.screen, Screen)
            check_updates(app.screen, chance)
        assert isinstance(app.screen, PaletteScreen)


async def test_no_character_of_a_notification_is_lost_above_the_edge_of_a_pane(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = await opened(pilot)
        # Of two texts that differ by one cell, one has a character of two cells on each edge.
        for text in ("窗格的边框在这一行文字的后面" * 3, "x" + "窗格的边框在这一行文字的后面" * 3):
            app.notify(text, timeout=60)
        await until(pilot, lambda: len(screen.query(Toast)) == 2)
        await pilot.pause()
        toasts = list(screen.query(Toast))
        edges = {screen.sidebar.region.right, screen.page.region.right}
        assert any(toast.region.x < x < toast.region.right for toast in toasts for x in edges)
        rows = screen._compositor.render_strips()
        for toast in toasts:
            own = toast.render_lines(toast.outer_size.region)
            for y, strip in zip(toast.region.line_range, own, strict=True):
                assert rows[y].crop(toast.region.x, toast.region.right).text == strip.text
        # What is behind is repainted around it.
        screen.sidebar.refresh()
        screen.page.refresh()
        screen._compositor.update_widgets({screen.sidebar, screen.page})
        update = screen._compositor.render_update()
        assert isinstance(update, ChopsUpdate)
        painted = [
            (y, x, strip, end)
            for y, start, end in update.spans
            for x, strip in update.chops[y].items()
            if strip and x < end and start < x + strip.cell_length
        ]
        assert painted
        # Textual crops what goes on behind a span.
        assert all(x + strip.cell_length <= end for _y, x, strip, end in painted)
        assert all(strip.text == rows[y].crop(x, x + strip.cell_length).text for y, x, strip, _end in painted)


@pytest.mark.parametrize("text", ["灯", "x" + "灯" * 30])
async def test_no_character_is_lost_where_a_notification_was(make_app: Make, text: str) -> None:
    app = make_app()
    async with app.run_test(size=(40, 12), notifications=True) as pilot:
        screen = await opened(pilot)
        for size in ((40, 12), (41, 12)):
            await pilot.resize_terminal(*size)
            app.notify(text, timeout=60)
            await until(pilot, lambda: len(screen.query(Toast)) == 1)
            gone = screen.query_one(Toast).region
            app.clear_notifications()
            await until(pilot, lambda: not screen.query(Toast))
            rows = screen._compositor.render_strips()
            screen._compositor._dirty_regions.clear()
            screen._compositor._dirty_regions.add(gone)
            update = screen._compositor.render_update()
            assert isinstance(update, ChopsUpdate)
            for y, start, end in update.spans:
                parts = (rows[y].crop(0, start), rows[y].crop(start, end), rows[y].crop(end))
                assert "".join(part.text for part in parts) == rows[y].text
