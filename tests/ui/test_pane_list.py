"""The panes that are shown on a screen of a given width, and the panes of the reading screen."""

import json
import math
from collections.abc import Callable

import pytest

from reader.keymap import Context, Keymap
from reader.ui import pane_list
from reader.ui.app import ReaderApp
from reader.ui.pane_list import OUTLINE, PANES, SIDEBAR, PaneChoice, PaneKind, Side, cells_beside
from tests.ui.test_reading import opened

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
            shown = PaneChoice({one.name: state[one.name] for one in PANES}).shown(columns)
            panes = {one.name: screen.query_one(f"#{one.name}") for one in PANES}
            assert [name for name, pane in panes.items() if pane.display] == [one.name for one in shown]
            if columns >= pane_list.TWO:
                cells = {one.side: panes[one.name].outer_size.width for one in shown}
                assert cells_beside(shown, columns) == (cells.get(Side.LEFT, 0), cells.get(Side.RIGHT, 0))
