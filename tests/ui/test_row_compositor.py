"""What is rendered for an update: the rows that have changed, and nothing else."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from reader.ui.reading.reading_screen import ReadingScreen
from reader.ui.row_compositor import RowCompositor, _runs
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
    assert [strip.text for strip in theirs.render_strips()] == [strip.text for strip in ours.render_strips()]
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


async def test_the_keys_before_the_page_has_the_focus_begin_at_the_page(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        screen = await opened(pilot)
        screen.set_focus(None)
        screen.view.panes.next(-1)
        await pilot.pause()
        assert screen.sidebar.has_focus
