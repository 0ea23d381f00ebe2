"""The panes that are shown on a screen of a given width, and the panes of the reading screen."""

import json
import math
from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from reader.keymap.actions import Context
from reader.keymap.keymap import Keymap
from reader.ui import pane_list
from reader.ui.app import ReaderApp
from reader.ui.pane_list import OUTLINE, PANES, SIDEBAR, PaneChoice, PaneKind, Side, cells_beside
from reader.ui.reading.reading_screen import ReadingScreen
from tests.ui.test_reading import opened

Make = Callable[..., ReaderApp]
BACKLINKS = PaneKind("backlinks", Side.RIGHT, math.inf)


@pytest.mark.parametrize(
    ("wanted", "columns", "shown"),
    [
        ({}, 60, ()),
        ({}, 84, (SIDEBAR,)),
        ({}, 109, (SIDEBAR,)),
        ({}, 110, (SIDEBAR, OUTLINE)),
        ({"sidebar": False}, 170, (OUTLINE,)),
        ({"sidebar": False}, 100, ()),
        ({"sidebar": False, "outline": True}, 100, (OUTLINE,)),
        ({"sidebar": True, "outline": True}, 100, (SIDEBAR,)),
        ({"sidebar": True, "outline": None}, 70, (SIDEBAR,)),
        ({"unknown": True}, 110, (SIDEBAR, OUTLINE)),
    ],
)
def test_a_wanted_pane_is_shown_and_others_if_there_is_room(
    wanted: dict[str, bool | None], columns: int, shown: tuple[PaneKind, ...]
) -> None:
    assert PaneChoice(wanted).shown(columns) == shown


def test_one_pane_is_shown_on_each_side(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pane_list, "PANES", (*PANES, BACKLINKS))
    assert PaneChoice().shown(200) == (SIDEBAR, OUTLINE)
    assert PaneChoice({"backlinks": True}).shown(200) == (SIDEBAR, OUTLINE)
    assert PaneChoice({"outline": False, "backlinks": True}).shown(200) == (SIDEBAR, BACKLINKS)
    assert PaneChoice({"sidebar": False, "outline": False, "backlinks": True}).shown(70) == (BACKLINKS,)


def test_the_cells_beside_the_page_are_those_of_the_panes_shown() -> None:
    assert cells_beside((), 120) == (0, 0)
    assert cells_beside((SIDEBAR,), 120) == (32, 0)
    assert cells_beside((BACKLINKS,), 120) == (0, 28)
    assert cells_beside((SIDEBAR, OUTLINE), 164) == (40, 40)


@pytest.mark.parametrize("kind", PANES, ids=lambda kind: kind.name)
def test_every_pane_has_a_key(kind: PaneKind) -> None:
    assert Keymap()[kind.action].context is Context.PAGE


@pytest.mark.parametrize("columns", [50, 70, 100, 120, 170])
async def test_the_panes_on_the_screen_are_those_of_the_list(make_app: Callable[..., ReaderApp], columns: int) -> None:
    """The first frame relies on this, because it only knows the list."""
    async with make_app().run_test(size=(columns, 30)) as pilot:
        screen = await opened(pilot)
        for kind in PANES:
            await pilot.app.run_action(f"perform('{kind.action}')")
            await pilot.pause()
            state = json.loads(screen.view.layout_state())
            # A pane over the page is shown alone, and does not change what is beside the page on a wider screen.
            chosen = PaneChoice({one.name: state[one.name] for one in PANES})
            shown = chosen.shown(columns) if columns >= pane_list.TWO else (kind,)
            assert columns >= pane_list.TWO or chosen == PaneChoice({one.name: None for one in PANES})
            panes = {one.name: screen.query_one(f"#{one.name}") for one in PANES}
            assert [name for name, pane in panes.items() if pane.display] == [one.name for one in shown]
            if columns >= pane_list.TWO:
                cells = {one.side: panes[one.name].outer_size.width for one in shown}
                assert cells_beside(shown, columns) == (cells.get(Side.LEFT, 0), cells.get(Side.RIGHT, 0))


def displayed(screen: ReadingScreen) -> list[str]:
    return [kind.name for kind in PANES if screen.query_one(f"#{kind.name}").display]


async def resized(pilot: Pilot[None], columns: int, rows: int = 24) -> None:
    await pilot.resize_terminal(columns, rows)
    await pilot.pause()


@pytest.mark.parametrize("columns", [80, 50, 40])
@pytest.mark.parametrize(
    ("keys", "beside"),
    [((), ["sidebar", "outline"]), (("t", "t", "backslash"), ["outline"])],
    ids=["default", "chosen"],
)
async def test_a_narrower_screen_hides_the_panes_and_a_wider_one_shows_them_again(
    make_app: Make, keys: tuple[str, ...], beside: list[str], columns: int
) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press(*keys)
        assert displayed(screen) == beside
        state = screen.view.layout_state()
        await resized(pilot, columns)
        assert displayed(screen) == []
        assert screen.page.has_focus
        assert screen.page.size.width == columns
        # A pane that was opened and closed over the page leaves the choice as it was.
        await pilot.press("t")
        assert displayed(screen) == ["outline"]
        await pilot.press("escape")
        assert displayed(screen) == []
        assert screen.view.layout_state() == state
        await resized(pilot, 120, 40)
        assert displayed(screen) == beside


async def test_the_focused_pane_stays_when_the_screen_is_resized(make_app: Make) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("tab")
        assert screen.outline.has_focus
        await resized(pilot, 80)
        assert displayed(screen) == ["outline"]
        assert screen.outline.has_focus
        await pilot.press("B")
        assert displayed(screen) == ["related"]
        await resized(pilot, 120, 40)
        assert displayed(screen) == ["sidebar", "related"]
        assert screen.view.panes.related.has_focus


async def test_a_focused_pane_without_room_leaves_the_focus_to_the_page(make_app: Make) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("tab")
        await resized(pilot, 100)
        assert displayed(screen) == ["sidebar"]
        assert screen.page.has_focus


async def test_zen_mode_survives_a_narrower_screen(make_app: Make) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("z")
        await resized(pilot, 80)
        await resized(pilot, 120, 40)
        assert displayed(screen) == []
        await pilot.press("z")
        assert displayed(screen) == ["sidebar", "outline"]


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_shift_tab_leads_to_the_sidebar_that_is_not_visible(make_app: Make, size: tuple[int, int]) -> None:
    async with make_app().run_test(size=size) as pilot:
        screen = await opened(pilot)
        await pilot.press("shift+tab")
        assert displayed(screen) == ["sidebar"]
        assert screen.sidebar.has_focus
        await pilot.press("tab")
        assert displayed(screen) == []
        assert screen.page.has_focus


async def test_shift_tab_leaves_zen_mode_for_the_sidebar(make_app: Make) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("z", "shift+tab")
        assert displayed(screen) == ["sidebar", "outline"]
        assert screen.sidebar.has_focus


async def test_the_keys_before_the_page_has_the_focus_begin_at_the_page(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(100, 24)) as pilot:
        screen = await opened(pilot)
        screen.set_focus(None)
        screen.view.panes.next(-1)
        await pilot.pause()
        assert screen.sidebar.has_focus
