"""Snapshots of the screen, compared with approved ones (`--snapshot-update` replaces them)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from reader.settings.options import Direction, Settings, Typesetting
from reader.ui.app import ReaderApp
from tests.ui.conftest import write
from tests.ui.test_reading import opened
from tests.ui.waiting import until

Make = Callable[..., ReaderApp]


def then(*keys: str) -> Callable[[Pilot[None]], Any]:
    async def run(pilot: Pilot[None]) -> None:
        await opened(pilot)
        await pilot.press(*keys)
        pilot.app.clear_notifications()
        await pilot.pause()

    return run


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40), (200, 50)])
@pytest.mark.parametrize("chinese", [True, False])
def test_the_page(snap_compare: Any, make_app: Make, size: tuple[int, int], chinese: bool) -> None:  # noqa: FBT001
    assert snap_compare(make_app(chinese=chinese), terminal_size=size, run_before=then())


@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
def test_vertical_text(snap_compare: Any, make_app: Make, size: tuple[int, int]) -> None:
    settings = Settings(theme="paper", typesetting=Typesetting(direction=Direction.VERTICAL))
    app = make_app(settings, chinese=True)
    assert snap_compare(app, terminal_size=size, run_before=then("slash", *"透镜", "enter"))


def test_two_columns(snap_compare: Any, make_app: Make) -> None:
    app = make_app(Settings(theme="paper", typesetting=Typesetting(columns=2)), chinese=True)
    assert snap_compare(app, terminal_size=(160, 20), run_before=then("backslash"))


@pytest.mark.parametrize("theme", ["night", "high-contrast-light", "mono"])
def test_a_theme_with_hits(snap_compare: Any, make_app: Make, theme: str) -> None:
    app = make_app(Settings(theme=theme), chinese=True)
    assert snap_compare(app, terminal_size=(100, 24), run_before=then("slash", *"透镜", "enter"))


@pytest.mark.parametrize(
    "keys", [("question_mark",), ("colon",), ("m", "m", "apostrophe", "apostrophe"), ("t",), ("backslash",)]
)
def test_what_opens_over_a_small_page(snap_compare: Any, make_app: Make, keys: tuple[str, ...]) -> None:
    assert snap_compare(make_app(chinese=True), terminal_size=(64, 18), run_before=then(*keys))


@pytest.mark.parametrize("keys", [("f",), ("}", "l"), ("B",)])
def test_links(snap_compare: Any, make_app: Make, archive: Path, keys: tuple[str, ...]) -> None:
    body = (
        '<p>灯塔的<a href="https://example.org/report">报告</a>与<a href="essay.md">随笔</a>，'
        '<a href="gone.md">没有的</a>和<a href="https://example.net/">别处</a>。</p>'
    )
    write(archive, "links", "链接", "2022-01-01 10:00:00", ("海洋",), body)

    async def run(pilot: Pilot[None]) -> None:
        screen = await opened(pilot, "链接")
        await until(pilot, lambda: bool(screen.page.overlaid._link_kinds[0]) and "→2" in screen.outline._links)
        await pilot.press(*keys)
        pane = screen.view.panes.related
        await until(pilot, lambda: not pane.display or all(row.text.strip() != "…" for row in pane._lines()))
        pilot.app.clear_notifications()
        await pilot.pause()

    assert snap_compare(make_app(chinese=True), terminal_size=(100, 20), run_before=run)
