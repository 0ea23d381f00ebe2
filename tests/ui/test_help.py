"""The help shows every key completely at any window size."""

import re

import pytest

from reader.keymap.actions import ACTIONS
from reader.keymap.key_names import key_label
from reader.language import _
from reader.ui.widgets.rows import RowList
from tests.ui.marking import Make
from tests.ui.test_reading import opened


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40), (160, 45)])
@pytest.mark.parametrize("chinese", [True, False])
async def test_every_key_is_shown_completely_beside_its_description(
    make_app: Make,
    size: tuple[int, int],
    chinese: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    app = make_app(chinese=chinese)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        await pilot.press("question_mark")
        await pilot.pause()
        shown = app.screen.query_one("#help", RowList)
        lines: list[str] = []
        for number in range(shown.count()):
            shown.scroll_to(y=number, animate=False, force=True)
            y = number - int(shown.scroll_y)
            # The visible text, except the column of the scroll bar.
            lines.append(shown.render_line(y).crop(0, shown.scrollable_content_region.width).text)
        text = "\n".join(line.rstrip() for line in lines)
        for action in ACTIONS:
            keys = r"  ".join(re.escape(key_label(key)) for key in action.keys)
            words = r"\s*".join(map(re.escape, _(action.title).replace(" ", "")))
            assert re.search(rf"^  {keys}(?:  |\n  )\s*{words}$", text, re.MULTILINE), action


async def test_the_help_is_filtered(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("question_mark", "slash", *"bookmark")
        await pilot.pause()
        shown = app.screen.query_one("#help", RowList)
        text = [shown.render_line(y).text for y in range(shown.count())]
        assert 1 < len(text) < len(ACTIONS)
        assert any("Bookmarks" in line or "bookmark" in line for line in text)
        assert not any("Quit" in line for line in text)
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert shown.count() > len(ACTIONS)
        await pilot.press("slash", *"zzzz")
        await pilot.pause()
        assert shown.render_line(0).text.startswith("  No match")
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert type(app.screen).__name__ == "ReadingScreen"
