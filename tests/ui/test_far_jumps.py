"""Jumps far down an article that is not laid out yet.

They continue between keys, and the next movement cancels them.
"""

import pytest
from textual.app import ComposeResult

from reader.document.blocks import Inline, ListBlock, ListItem, Paragraph
from reader.document.document import Document, Position, Range
from reader.layout.head import Head
from reader.settings.options import PictureStyle, Typesetting
from reader.themes.theme_files import load_theme
from reader.ui.colours import Colours
from reader.ui.picture_app import PictureApp
from reader.ui.widgets import sheet
from reader.ui.widgets.page import Page
from tests.ui.waiting import until

MANY = 20_000
DOCUMENT = Document((ListBlock(tuple(ListItem((Paragraph(Inline(f"灯{number}")),)) for number in range(MANY))),))
FAR = Position(15_000)


class PageApp(PictureApp):
    """A page alone."""

    def __init__(self) -> None:
        super().__init__(PictureStyle.FRAME, None, ansi_color=False)

    def compose(self) -> ComposeResult:
        """The page."""
        yield Page(Colours(load_theme("paper")[0]), Typesetting(), 60)

    @property
    def page(self) -> Page:
        """The page."""
        return self.query_one(Page)

    @property
    def rows(self) -> list[str]:
        """The visible rows."""
        return [self.page.render_line(y).text.strip() for y in range(self.page.size.height)]


@pytest.fixture(autouse=True)
def _slow(monkeypatch: pytest.MonkeyPatch) -> None:
    # A jump makes one step immediately, and one between any two keys.
    monkeypatch.setattr(sheet, "_AT_ONCE", 0.0)


async def test_jump_continues_between_keys_and_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    app = PageApp()
    async with app.run_test(size=(80, 20)) as pilot:
        monkeypatch.setattr(sheet, "_BREATH", 60.0)
        app.page.show(Head("灯"), DOCUMENT, None)
        await pilot.pause()
        app.page.go_to(FAR)
        await pilot.pause()
        # The page does not move before the arrival, and queries are answered for the current position.
        assert app.page.place == Position(0)
        assert app.page.scroll_y == 0
        assert app.page.last_place < FAR
        monkeypatch.setattr(sheet, "_BREATH", 0.001)
        app.page._continue()
        await until(pilot, lambda: app.page.place == FAR)
        await until(pilot, lambda: "灯15000" in app.rows[0])


@pytest.mark.parametrize("jump", ["end", "position", "range"])
async def test_every_movement_down_arrives(jump: str) -> None:
    app = PageApp()
    async with app.run_test(size=(80, 20)) as pilot:
        app.page.show(Head("灯"), DOCUMENT, None)
        await pilot.pause()
        if jump == "end":
            app.page.to_end()
        elif jump == "position":
            app.page.show_position(Position(MANY - 1))
        else:
            app.page.show_range(Range(Position(MANY - 2), Position(MANY - 1, 2)))
        await until(pilot, lambda: any(f"灯{MANY - 1}" in row for row in app.rows))


async def test_next_movement_cancels_a_jump(monkeypatch: pytest.MonkeyPatch) -> None:
    app = PageApp()
    async with app.run_test(size=(80, 20)) as pilot:
        monkeypatch.setattr(sheet, "_BREATH", 60.0)
        app.page.show(Head("灯"), DOCUMENT, None)
        await pilot.pause()
        app.page.to_end()
        app.page.scroll_rows(30)
        monkeypatch.setattr(sheet, "_BREATH", 0.001)
        app.page._continue()
        await until(pilot, lambda: app.page._layout is not None and app.page._layout.known_rows == MANY)
        await pilot.pause()
        assert app.page.scroll_y == 30


async def test_article_with_a_distant_position_shows_its_header_until_it_is_reached(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = PageApp()
    async with app.run_test(size=(80, 20)) as pilot:
        monkeypatch.setattr(sheet, "_BREATH", 60.0)
        app.page.show(Head("灯塔的清单"), DOCUMENT, FAR)
        await pilot.pause()
        assert any("灯塔的清单" in row for row in app.rows)
        assert not any("灯0" in row for row in app.rows)
        # The target position is kept whatever is pressed, except for movements.
        app.page.scroll_rows(1)
        await pilot.pause()
        assert app.page.place == FAR
        monkeypatch.setattr(sheet, "_BREATH", 0.001)
        app.page._continue()
        await until(pilot, lambda: "灯15000" in app.rows[0])
        assert app.page.place == FAR


async def test_top_can_be_reached_while_a_jump_is_pending(monkeypatch: pytest.MonkeyPatch) -> None:
    app = PageApp()
    async with app.run_test(size=(80, 20)) as pilot:
        monkeypatch.setattr(sheet, "_BREATH", 60.0)
        app.page.show(Head("灯塔的清单"), DOCUMENT, FAR)
        await pilot.pause()
        app.page.to_top()
        await pilot.pause()
        assert app.page.place == Position(0)
        assert any("灯0" in row for row in app.rows)


async def test_unknown_rows_are_empty_until_they_are_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    app = PageApp()
    async with app.run_test(size=(80, 20)) as pilot:
        monkeypatch.setattr(sheet, "_BREATH", 60.0)
        app.page.show(Head("灯"), DOCUMENT, None)
        await pilot.pause()
        # Scroll as by dragging the scroll bar.
        app.page.scroll_to(y=15_000, animate=False)
        await pilot.pause()
        assert not any(app.rows)
        monkeypatch.setattr(sheet, "_BREATH", 0.001)
        app.page._continue()
        await until(pilot, lambda: "灯" in app.rows[0])
        await until(pilot, lambda: app.page.place > Position(14_000))
        assert app.page.scroll_y == 15_000
