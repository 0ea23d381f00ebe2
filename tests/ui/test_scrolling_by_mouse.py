"""The current section after a jump, when the page is scrolled by the wheel, by the scroll bar or by columns."""

from pathlib import Path

import pytest
from textual.events import MouseScrollDown, MouseScrollUp
from textual.pilot import Pilot
from textual.scrollbar import ScrollDown, ScrollTo, ScrollUp

from reader.ui.app import ReaderApp
from reader.ui.reading.sections import Sections
from tests.articles import write_article
from tests.ui.test_chords import status
from tests.ui.test_foreign_keys import app_of
from tests.ui.test_reading import opened
from tests.ui.waiting import until

SECTIONS = 12


@pytest.fixture
def long(tmp_path: Path) -> Path:
    """An article with sections of one screenful each."""
    body = "".join(f"<h2>Part {number}</h2>" + "<p>A beacon at sea.</p>" * 12 for number in range(1, SECTIONS + 1))
    write_article(tmp_path / "archive" / "Long.md", "Long", body)
    return tmp_path / "archive"


def turn(app: ReaderApp, kind: type[MouseScrollDown | MouseScrollUp], times: int) -> None:
    """Turn the wheel over the page, as a terminal reports it."""
    region = app.screen.query_one("#page").region
    x, y, step = region.x + 5, region.y + 3, 1 if kind is MouseScrollDown else -1
    for _ in range(times):
        app.post_message(kind(None, x, y, 0, step, 0, shift=False, meta=False, ctrl=False))


async def jumped(pilot: Pilot[None], steps: int) -> tuple[Sections, int]:
    """Open the article, and go to a section with the key; return its number, too."""
    screen = await opened(pilot, "Long")
    await pilot.press(*["right_square_bracket"] * steps)
    sections = screen.view.moving.sections
    assert sections.current is not None
    return sections, sections.current


async def test_the_wheel_leaves_the_section_of_a_jump(long: Path, tmp_path: Path) -> None:
    app = app_of(long, tmp_path, "default")
    async with app.run_test(size=(100, 24)) as pilot:
        sections, target = await jumped(pilot, 3)
        turn(app, MouseScrollDown, 60)
        await until(pilot, lambda: (sections.current or 0) > target)
        assert f"Part {target + 1}" not in status(app)
        turn(app, MouseScrollUp, 200)
        await until(pilot, lambda: sections.current in {None, 0})
    app.library.close()


@pytest.mark.parametrize("message", [ScrollDown(), ScrollTo(y=150, animate=False)], ids=["click", "drag"])
async def test_the_scroll_bar_leaves_the_section_of_a_jump(
    long: Path, tmp_path: Path, message: ScrollDown | ScrollTo
) -> None:
    app = app_of(long, tmp_path, "default")
    async with app.run_test(size=(100, 24)) as pilot:
        sections, target = await jumped(pilot, 3)
        app.reading_screen.page.vertical_scrollbar.post_message(message)
        await until(pilot, lambda: (sections.current or 0) > target)
        app.reading_screen.page.vertical_scrollbar.post_message(ScrollUp())
        app.reading_screen.page.vertical_scrollbar.post_message(ScrollTo(y=0, animate=False))
        await until(pilot, lambda: sections.current in {None, 0})
    app.library.close()


async def test_the_wheel_at_the_end_keeps_the_section_of_a_jump(long: Path, tmp_path: Path) -> None:
    app = app_of(long, tmp_path, "default")
    async with app.run_test(size=(100, 60)) as pilot:
        sections, target = await jumped(pilot, SECTIONS - 1)
        assert app.reading_screen.page.progress == 1
        turn(app, MouseScrollDown, 3)
        await pilot.pause()
        assert sections.current == target
    app.library.close()


async def test_turned_pages_leave_the_section_of_a_jump(long: Path, tmp_path: Path) -> None:
    app = app_of(long, tmp_path, "default")
    async with app.run_test(size=(220, 24)) as pilot:
        sections, target = await jumped(pilot, 3)
        await pilot.press("underscore")
        await until(pilot, lambda: app.reading_screen.page.is_paged)
        await pilot.press("right", "right")
        await until(pilot, lambda: (sections.current or 0) > target)
    app.library.close()
