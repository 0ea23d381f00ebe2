"""Snapshots of the screen, compared with approved ones (`--snapshot-update` replaces them)."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from reader.settings.options import Settings
from reader.ui.app import ReaderApp
from tests.ui.test_reading import opened

Make = Callable[..., ReaderApp]


def then(*keys: str) -> Callable[[Pilot[None]], Any]:
    async def run(pilot: Pilot[None]) -> None:
        await opened(pilot)
        await pilot.press(*keys)
        pilot.app.clear_notifications()
        await pilot.pause(0.1)

    return run


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40), (200, 50)])
@pytest.mark.parametrize("chinese", [True, False])
def test_the_page(snap_compare: Any, make_app: Make, size: tuple[int, int], chinese: bool) -> None:  # noqa: FBT001
    assert snap_compare(make_app(chinese=chinese), terminal_size=size, run_before=then())


@pytest.mark.parametrize("theme", ["night", "high-contrast-light", "mono"])
def test_a_theme_with_hits(snap_compare: Any, make_app: Make, theme: str) -> None:
    app = make_app(Settings(theme=theme), chinese=True)
    assert snap_compare(app, terminal_size=(100, 24), run_before=then("slash", *"透镜", "enter"))


@pytest.mark.parametrize(
    "keys", [("question_mark",), ("colon",), ("m", "m", "apostrophe", "apostrophe"), ("t",), ("backslash",)]
)
def test_what_opens_over_a_small_page(snap_compare: Any, make_app: Make, keys: tuple[str, ...]) -> None:
    assert snap_compare(make_app(chinese=True), terminal_size=(64, 18), run_before=then(*keys))
