"""Vertical text and two columns on the screen: keys, places, matches, marks, the mouse."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from reader.document.document import Position
from reader.settings.options import Direction, Settings, Typesetting
from reader.ui.app import ReaderApp
from reader.ui.reading.reading_screen import ReadingScreen
from tests.ui.conftest import write
from tests.ui.marking import Make, painted, said
from tests.ui.test_reading import opened, rows

VERTICAL = Settings(typesetting=Typesetting(direction=Direction.VERTICAL))
TWO = Settings(typesetting=Typesetting(columns=2), measure=60)
SIZE = (80, 24)
PAGES = "".join(f"<h2>第{n}章</h2><p>{'海边有一座灯塔，夜里亮着。' * 20}</p>" for n in range(1, 9))
MIXED = """
<p>灯塔在<a href="https://example.org/log">海边的日志</a>里，夜里亮着。守塔人记下天气和船。</p>
<pre><code>lamp = turn(20)
print(lamp)</code></pre>
<p>最后一段。</p>
"""


@pytest.fixture
def novel(archive: Path, make_app: Make) -> ReaderApp:
    write(archive, "novel", "海边的灯塔", "2022-02-01 10:00:00", ("海洋",), PAGES)
    return make_app(VERTICAL)


def column_at(screen: ReadingScreen, x: int) -> str:
    """What stands in two cells of the page, from top to bottom."""
    found = []
    for row in rows(screen):
        at = 0
        for character in row:
            if at == x:
                found.append(character)
            at += cell_len(character)
    return "".join(found).replace(" ", "\u3000").strip("\u3000")


def first_column(screen: ReadingScreen) -> str:
    """The first column of the text in sight."""
    view = screen.page._view
    assert view is not None
    return column_at(screen, view.placed[0].x)


def place_on_screen(screen: ReadingScreen, place: Position) -> tuple[int, int]:
    """The cell of the screen at which a position is painted."""
    page = screen.page
    assert page.layout_in_use is not None
    number, cell = page.layout_in_use.cell_of(place)
    view = page._view
    assert view is not None
    found = view.place_of(number + len(page._above), cell)
    assert found is not None
    return page.region.x + found[0], page.region.y + found[1]


async def test_a_key_turns_the_text_and_turns_it_back(make_app: Make, archive: Path) -> None:
    write(archive, "novel", "海边的灯塔", "2022-02-01 10:00:00", ("海洋",), PAGES)
    app = make_app(Settings())
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, "海边的灯塔")
        screen.view.go_to(Position(3, 40))
        await pilot.pause()
        before = screen.view.place
        await pilot.press("semicolon")
        await pilot.pause()
        assert "Vertical text" in await said(pilot)
        assert screen.page.is_vertical
        assert screen.view.place == before or screen.page.first_place <= before < screen.page.last_place
        await pilot.press("semicolon")
        await pilot.pause()
        assert not screen.page.is_vertical
        assert app.session.kept("direction", "") in {"", "horizontal"}


async def test_text_in_other_languages_stays_horizontal(make_app: Make, archive: Path) -> None:
    write(archive, "newer", "The Newer Light", "2022-03-01 10:00:00", ("Essays",), "<p>The lamp comes on.</p>")
    app = make_app(VERTICAL)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, "The Newer Light")
        assert not screen.page.is_vertical
        await pilot.press("semicolon", "semicolon")
        assert "Only Chinese" in await said(pilot)


async def test_pages_are_turned_from_right_to_left(novel: ReaderApp) -> None:
    async with novel.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, "海边的灯塔")
        page = screen.page
        assert first_column(screen) == "海边的灯塔"
        assert page.progress == 0
        tops = [page.first_place]
        while page.progress < 1:
            last = page.last_place
            await pilot.press("space")
            assert page.first_place == last
            tops.append(page.first_place)
        assert len(tops) > 3
        await pilot.press("space")
        assert page.first_place == tops[-1]
        for top in reversed(tops[:-1]):
            await pilot.press("b")
            assert page.first_place <= top
        assert page.scroll_y == 0
        second = page._line(1)
        await pilot.press("left")
        assert page._line(int(page.scroll_y)) == second
        await pilot.press("right")
        assert page.scroll_y == 0
        await pilot.press("G")
        assert page.progress == 1


async def test_sections_and_matches_are_found(novel: ReaderApp) -> None:
    async with novel.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, "海边的灯塔")
        await pilot.press("right_square_bracket", "right_square_bracket")
        await pilot.pause()
        assert first_column(screen) == "第３章"
        assert screen.view.moving.sections.current == 2
        await pilot.press("slash", *"第7章", "enter")
        await pilot.pause()
        assert painted(screen, "hit_current") == "第７章"


async def test_keys_select_along_the_column(novel: ReaderApp) -> None:
    async with novel.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, "海边的灯塔")
        screen.view.go_to(Position(1, 100))
        await pilot.press("v", "c")
        first = screen.view.selected
        assert first is not None
        await pilot.press("down")
        below = screen.view.selected
        assert below is not None
        assert below.start > first.start
        x, _row = place_on_screen(screen, below.start)
        await pilot.press("left")
        beside = screen.view.selected
        assert beside is not None
        assert place_on_screen(screen, beside.start)[0] < x
        await pilot.press("right")
        assert screen.view.selected == below
        await pilot.press("up")
        assert screen.view.selected is not None
        assert screen.view.selected.start < below.start


async def test_the_mouse_selects_columns(novel: ReaderApp) -> None:
    async with novel.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, "海边的灯塔")
        start, end = Position(1, 0), Position(1, 30)
        await pilot.mouse_down(screen, offset=place_on_screen(screen, start))
        await pilot.hover(screen, offset=place_on_screen(screen, end))
        await pilot.mouse_up(screen, offset=place_on_screen(screen, end))
        await pilot.pause()
        span = screen.view.selected
        assert span is not None
        assert (span.start, span.end) == (start, Position(1, 31))
        await pilot.press("a")
        await pilot.pause()
        assert len(painted(screen, "highlight_1").replace("\u3000", "")) == 31


async def test_marks_are_shown_above_their_columns(novel: ReaderApp) -> None:
    async with novel.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, "海边的灯塔")
        await pilot.press("right_square_bracket", "m", "m")
        await pilot.pause()
        above = rows(screen)[0]
        assert above.strip() == "▍"
        assert place_on_screen(screen, screen.view.place)[0] == above.index("▍")


async def test_a_mark_is_above_its_column_and_not_above_the_reading(novel: ReaderApp) -> None:
    pytest.importorskip("pypinyin")
    async with novel.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, "海边的灯塔")
        await pilot.press("R", "R", "right_square_bracket", "m", "m")
        await pilot.pause()
        assert any("hǎi" in row for row in rows(screen))
        assert rows(screen)[0].strip() == "▍"


async def test_code_is_a_block_and_links_are_followed(archive: Path, make_app: Make) -> None:
    write(archive, "mixed", "日志", "2022-03-01 10:00:00", ("海洋",), MIXED)
    app = make_app(VERTICAL)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, "日志")
        code = [row for row in rows(screen) if "lamp = turn(20)" in row]
        assert len(code) == 1
        assert any("print(lamp)" in row for row in rows(screen))
        links = screen.page.visible_links()
        assert [link.target for link in links] == ["https://example.org/log"]
        assert (links[0].cell, links[0].row) == place_on_screen(screen, Position(0, 3))


@pytest.mark.parametrize("size", [(40, 12), (24, 8), (10, 4), (120, 40), (200, 60)])
async def test_a_resize_keeps_the_place(novel: ReaderApp, size: tuple[int, int]) -> None:
    async with novel.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, "海边的灯塔")
        screen.view.go_to(Position(9, 100))
        await pilot.pause()
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert screen.page.first_place <= Position(9, 100) < screen.page.last_place
        assert all(cell_len(row) <= size[0] for row in rows(screen))


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_the_find_bar_moves_no_column(novel: ReaderApp, size: tuple[int, int]) -> None:
    async with novel.run_test(size=size) as pilot:
        screen = await opened(pilot, "海边的灯塔")
        screen.view.go_to(Position(3, 40))
        await pilot.pause()
        before, place = rows(screen)[: size[1] - 2], screen.page.first_place
        for keys in (("slash",), ("q", "q"), ("escape",)):
            await pilot.press(*keys)
            await pilot.pause()
            assert rows(screen)[: size[1] - 2] == before
            assert screen.page.first_place == place


async def test_a_small_window_shows_the_date_and_the_length_of_columns(novel: ReaderApp) -> None:
    async with novel.run_test(size=(40, 12)) as pilot:
        screen = await opened(pilot, "海边的灯塔")
        assert "２０２２" in "".join(column_at(screen, one.x) for one in screen.page._view.placed)  # type: ignore[union-attr]
        await pilot.press("plus", "plus")
        count = screen.page.column // 2
        assert f"Column length: {count} rows" in await said(pilot)


async def test_two_columns_are_turned_like_the_pages_of_a_book(archive: Path, make_app: Make) -> None:
    write(archive, "novel", "海边的灯塔", "2022-02-01 10:00:00", ("海洋",), PAGES)
    app = make_app(TWO)
    async with app.run_test(size=(170, 24)) as pilot:
        screen = await opened(pilot, "海边的灯塔")
        await pilot.press("backslash", "t")
        await pilot.pause()
        page = screen.page
        assert page.is_paged
        assert not page.is_vertical
        view = page._view
        assert view is not None
        assert len({one.x for one in view.placed}) == 2
        last = page.last_place
        await pilot.press("right")
        assert page.first_place == last
        await pilot.press("left")
        assert page.scroll_y == 0
        await pilot.press("slash", *"第7章", "enter")
        await pilot.pause()
        assert painted(screen, "hit_current") == "第7章"
        await pilot.resize_terminal(120, 24)
        await pilot.pause()
        assert not page.is_paged
        assert "第7章" in "".join(rows(screen))


async def test_a_key_divides_the_page(make_app: Make) -> None:
    app = make_app(Settings())
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await pilot.press("underscore")
        assert f"Two columns need 132 cells; the page has {screen.page.size.width}" in await said(pilot)
        assert not screen.page.is_paged
        await pilot.press("underscore")
        assert "One column" in await said(pilot)


async def test_hiding_a_pane_makes_room_for_two_columns(make_app: Make) -> None:
    app = make_app(Settings())
    async with app.run_test(size=(180, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("underscore")
        assert f"the page has {screen.page.size.width}. Hide a pane: \\ t" in await said(pilot)
        assert not screen.page.is_paged
        await pilot.press("backslash")
        await pilot.pause()
        assert screen.page.is_paged
