"""Selecting by mouse: a drag ends at the nearest text, wherever on the screen it ends."""

from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from reader.settings.options import CodeStyle, Settings, Typesetting
from reader.ui.app import ReaderApp
from tests.ui.conftest import write
from tests.ui.marking import Make, painted
from tests.ui.test_reading import opened, rows

TEXT = """
<p>第一段第一句。第一段第二句。</p>
<p>第二段第一句。第二段第二句。</p>
<ul><li>一项</li><li>二项</li></ul>
<table><tr><td>甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲尾</td><td>乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙末</td></tr>
<tr><td>丙丙</td><td>丁丁</td></tr></table>
<pre><code>first = 1

second = "0123456789012345678901234567890123456789012345678901234567890123456789 and so on"</code></pre>
<p>最后一段。</p>
"""
FIRST, SECOND, LAST = "第一段第一句。第一段第二句。", "第二段第一句。第二段第二句。", "最后一段。"


@pytest.fixture
def app(archive: Path, make_app: Make) -> ReaderApp:
    write(archive, "mouse", "鼠标", "2022-01-01 10:00:00", ("海洋",), TEXT)
    return make_app(Settings(typesetting=Typesetting(code=CodeStyle.SCROLL)))


def at(app: ReaderApp, text: str, *, right: int = 0, down: int = 0) -> tuple[int, int]:
    """The cell of the screen at which a text begins, optionally shifted."""
    for y, row in enumerate(rows(app.reading_screen)):
        if text in row:
            return cell_len(row.split(text)[0]) + right, y + down
    raise AssertionError(text)


async def dragged(pilot: Pilot[None], start: tuple[int, int], end: tuple[int, int], widget: str = "#page") -> str:
    """The text copied after a drag; checks that the same text is painted as selected."""
    app = pilot.app
    assert isinstance(app, ReaderApp)
    app.copy_to_clipboard("nothing")
    await pilot.mouse_down("#page", offset=start)
    await pilot.hover(widget, offset=end)
    await pilot.mouse_up(widget, offset=end)
    await pilot.pause()
    screen = app.reading_screen
    text = screen.page.document.extract(screen.view.selected) if screen.view.selected is not None else ""
    shown = painted(screen, "selection")
    # The cells of a table side by side, row by row.
    assert sorted("".join(shown.split())) == sorted("".join(text.split()))
    if text:
        await pilot.press("y")
        assert app.clipboard == text.strip()
    return text


async def test_row_without_text_is_the_end_of_the_text_above_or_the_start_of_the_next(
    app: ReaderApp,
) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await opened(pilot, "鼠标")
        middle = at(app, "第一段第二句")
        assert await dragged(pilot, middle, at(app, FIRST, right=20, down=1)) == "第一段第二句。"
        assert await dragged(pilot, middle, at(app, FIRST, right=-2, down=1)) == "第一段第二句。"
        second = at(app, "第二段第二句")
        assert await dragged(pilot, second, at(app, SECOND, right=5, down=-1)) == "第二段第一句。第"
        # A drag that starts there, too.
        assert await dragged(pilot, at(app, FIRST, right=5, down=1), second) == "第二段第一句。第"
        assert await dragged(pilot, at(app, SECOND, down=-1), middle) == "第一段第二句。"
        # Only the text between the two positions is selected.
        assert await dragged(pilot, at(app, FIRST, down=1), at(app, FIRST, right=9, down=1)) == ""
        assert await dragged(pilot, at(app, FIRST, down=1), at(app, SECOND, down=1)) == SECOND


async def test_positions_above_and_below_all_text_are_its_beginning_and_end(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await opened(pilot, "鼠标")
        middle = at(app, "第一段第二句", right=2)
        assert await dragged(pilot, middle, (4, 0)) == "第一段第一句。第一"
        assert await dragged(pilot, middle, at(app, "鼠标")) == "第一段第一句。第一"
        below = at(app, LAST, down=1)
        assert (await dragged(pilot, at(app, LAST, right=4), below)) == "一段。"
        assert (await dragged(pilot, at(app, LAST, right=4), (60, 38))) == "一段。"


async def test_positions_beside_a_line_are_its_beginning_and_end(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await opened(pilot, "鼠标")
        middle = at(app, "第一段第二句", right=2)
        assert await dragged(pilot, middle, (70, middle[1])) == "一段第二句。"
        assert await dragged(pilot, middle, (0, middle[1])) == "第一段第一句。第一"
        second = at(app, SECOND)
        assert await dragged(pilot, middle, (0, second[1])) == "一段第二句。"
        assert await dragged(pilot, (70, middle[1]), (second[0] + 3, second[1])) == "第二"
        assert await dragged(pilot, (0, second[1]), (70, second[1])) == SECOND


async def test_drag_that_leaves_the_page_ends_at_the_nearest_text(app: ReaderApp) -> None:
    async with app.run_test(size=(120, 14)) as pilot:
        screen = await opened(pilot, "鼠标")
        assert screen.sidebar.display
        middle = at(app, "第一段第二句", right=2)
        assert await dragged(pilot, middle, (3, middle[1]), "#sidebar") == "第一段第一句。第一"
        text = await dragged(pilot, at(app, "第二段第二句"), (2, 0), "#status")
        assert text.startswith("第二段第二句。\n一项")
        assert len(text) < 40


async def test_selection_in_lists_tables_and_code_is_as_seen(app: ReaderApp) -> None:
    async with app.run_test(size=(60, 40)) as pilot:
        await opened(pilot, "鼠标")
        item = at(app, "二项")
        assert await dragged(pilot, at(app, "一项"), (item[0] - 2, item[1])) == "一项"
        assert await dragged(pilot, (item[0] - 2, item[1]), (item[0] + 3, item[1])) == "二项"
        # A drag to the cell below selects the text between in reading order; the rule between them is the end of the
        # first row.
        cell = at(app, "甲甲")
        text = await dragged(pilot, cell, at(app, "丙丙"))
        assert text.startswith("甲甲")
        assert text.endswith("乙末\n丙")
        assert await dragged(pilot, at(app, "末"), at(app, "丁丁", down=-1)) == "末"
        # The end of a cell is below the beginning of the next cell, but precedes it in reading order.
        assert await dragged(pilot, at(app, "乙", right=1), at(app, "尾")) == "尾\n乙"
        code = at(app, "first")
        assert await dragged(pilot, code, (code[0] + 4, code[1] + 1)) == "first = 1"
        await pilot.press("greater_than_sign")
        assert await dragged(pilot, at(app, "678901234"), at(app, "678901234", right=3)) == "6789"


async def test_selection_survives_a_change_of_width_and_ends_with_the_article(app: ReaderApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await opened(pilot, "鼠标")
        middle = at(app, "第一段第二句")
        await pilot.mouse_down("#page", offset=middle)
        await pilot.hover("#page", offset=(middle[0], middle[1] + 1))
        await pilot.mouse_up("#page", offset=(middle[0], middle[1] + 1))
        await pilot.resize_terminal(24, 40)
        await pilot.pause()
        assert "".join(painted(screen, "selection").split()) == "第一段第二句。"
        assert screen.view.selected is not None
        assert screen.page.document.extract(screen.view.selected) == "第一段第二句。"
        await pilot.press("K")
        await opened(pilot, "守塔日记")
        assert screen.view.selected is None


@pytest.mark.parametrize(("times", "expected"), [(2, "first"), (3, "first = 1")])
async def test_two_clicks_select_a_word_and_three_a_paragraph(app: ReaderApp, times: int, expected: str) -> None:
    async with app.run_test(size=(60, 40)) as pilot:
        screen = await opened(pilot, "鼠标")
        await pilot.click("#page", offset=at(app, "first"), times=times)
        await pilot.pause()
        assert screen.view.selection.by_keys
        assert screen.view.selected is not None
        assert screen.page.document.extract(screen.view.selected).startswith(expected)
        # Keys continue from there, and the next keyboard selection uses sentences, as before.
        await pilot.press("a")
        (made,) = app.library.marks.highlights.all()
        assert made.anchor.quotation.startswith(expected)
        await pilot.press("v")
        assert "Sentence" in screen.status.render_line(0).text


async def test_clicks_beside_the_text_select_nothing(app: ReaderApp) -> None:
    async with app.run_test(size=(60, 40)) as pilot:
        screen = await opened(pilot, "鼠标")
        await pilot.click("#page", offset=(5, 0), times=2)
        await pilot.pause()
        assert screen.view.selected is None


async def test_what_the_mouse_has_selected_is_found(app: ReaderApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        screen = await opened(pilot, "鼠标")
        await dragged_only(pilot, at(app, "第一句"), at(app, "第一句", right=6))
        await pilot.press("slash")
        assert len(screen.view.finding.hits) == 2
        assert screen.view.selected is None
        assert not screen.view.find_line.has_focus


async def dragged_only(pilot: Pilot[None], start: tuple[int, int], end: tuple[int, int]) -> None:
    await pilot.mouse_down("#page", offset=start)
    await pilot.hover("#page", offset=end)
    await pilot.mouse_up("#page", offset=end)
    await pilot.pause()
