"""The first paint of an article lays out the rows in sight; the rest follows without moving anything.

What is laid out is counted in units, not in seconds.
"""

from collections.abc import Callable

import pytest
from textual.app import ComposeResult
from textual.geometry import Region
from textual.strip import Strip

from reader.document.body import Body, BodyFormat
from reader.document.document import Document, Position, Range
from reader.layout.head import Head
from reader.layout.layout import Layout
from reader.layout.lines import Line
from reader.parse.parser import parse
from reader.settings.options import Direction, PictureStyle, TableStyle, Typesetting
from reader.themes.theme_files import load_theme
from reader.ui.colours import Colours
from reader.ui.picture_app import PictureApp
from reader.ui.widgets.page import Page
from tests.ui.waiting import until

PARTS = 60
SIZE = (140, 20)


def _part(number: int) -> str:
    """A section whose height is hard to guess: marks that may not begin a line, code and a table."""
    prose = "灯塔，（夜里）亮着。" * (1 + number * 7 % 23)
    code = "".join(f"lamp = turn({turn})\n" for turn in range(number % 5))
    table = "".join(f"| 第{row}盏 | {'很亮的' * (row + number % 9)} |\n" for row in range(3))
    return f"## 第{number}节\n\n{prose}\n\n```\n{code}```\n\n| 灯 | 光 |\n| --- | --- |\n{table}\n"


ARTICLE = parse(Body("".join(map(_part, range(PARTS))), BodyFormat.MARKDOWN))
LEAVES = len(ARTICLE.leaves)
END = Position(LEAVES - 1, len(ARTICLE.text(LEAVES - 1)) - 1)
MIDDLE = Position(LEAVES // 2)
WAYS = {
    "rows": Typesetting(),
    "justified": Typesetting(justify=True),
    "sideways tables": Typesetting(tables=TableStyle.SCROLL),
    "two columns": Typesetting(columns=2),
    "vertical": Typesetting(direction=Direction.VERTICAL),
}


class PageApp(PictureApp):
    """A page alone, which notes what its first paint shows, and how many units were laid out for it."""

    def __init__(self, typesetting: Typesetting) -> None:
        super().__init__(PictureStyle.FRAME, None, ansi_color=False)
        self.typesetting = typesetting
        self.laid_out: set[int] = set()
        self.first: list[str] | None = None
        self.units_of_first = 0
        self.progress_of_first = 0.0

    def compose(self) -> ComposeResult:
        """The page."""
        yield Page(Colours(load_theme("paper")[0]), self.typesetting, 60)

    @property
    def page(self) -> Page:
        """The page."""
        return self.query_one(Page)

    @property
    def rows(self) -> list[str]:
        """The visible rows."""
        return [self.page.render_line(y).text for y in range(self.page.size.height)]

    @property
    def layout_in_use(self) -> Layout:
        """The layout of the article."""
        assert self.page.layout_in_use is not None
        return self.page.layout_in_use

    def show(self, document: Document, place: Position | None) -> None:
        """Show an article, and note its first paint."""
        self.first = None
        self.laid_out.clear()
        self.page.show(Head("灯塔"), document, place)

    def note(self) -> None:
        """Note what the first paint shows."""
        if self.first is None and self.page.document.leaves:
            self.units_of_first, self.progress_of_first = len(self.laid_out), self.page.progress
            self.first = self.rows


@pytest.fixture
def make(monkeypatch: pytest.MonkeyPatch) -> Callable[[Typesetting], PageApp]:
    apps: list[PageApp] = []
    lay_out, render_lines = Layout._lay_out, Page.render_lines

    def counted(layout: Layout, number: int) -> list[Line]:
        for app in apps:
            app.laid_out.add(number)
        return lay_out(layout, number)

    def noted(page: Page, crop: Region) -> list[Strip]:
        strips = render_lines(page, crop)
        for app in apps:
            app.note()
        return strips

    monkeypatch.setattr(Layout, "_lay_out", counted)
    monkeypatch.setattr(Page, "render_lines", noted)

    def made(typesetting: Typesetting) -> PageApp:
        apps.append(PageApp(typesetting))
        return apps[-1]

    return made


@pytest.mark.parametrize("way", WAYS)
async def test_first_paint_lays_out_what_is_in_sight_and_shows_what_stays(
    make: Callable[[Typesetting], PageApp], way: str
) -> None:
    app = make(WAYS[way])
    async with app.run_test(size=SIZE) as pilot:
        for place in (None, Position(3, 5), MIDDLE, Position(LEAVES - 3), END):
            app.show(ARTICLE, place)
            await until(pilot, lambda: app.first is not None and app.layout_in_use.complete)
            whole = len(app.layout_in_use.units.made)
            # At the end, as many rows above are laid out as below any other place.
            assert 0 < app.units_of_first < whole / 3, place
            assert app.rows == app.first, place
            assert abs(app.page.progress - app.progress_of_first) < 0.03, place
            if place in {None, END}:
                assert app.page.progress == app.progress_of_first == (place == END)


async def test_first_paint_at_a_match_stays(make: Callable[[Typesetting], PageApp]) -> None:
    app = make(Typesetting())
    async with app.run_test(size=SIZE) as pilot:
        app.show(ARTICLE, None)
        app.page.show_hits((Range(MIDDLE, Position(MIDDLE.block, 1)),), 0)
        await until(pilot, lambda: app.first is not None and app.layout_in_use.complete)
        assert app.units_of_first < len(app.layout_in_use.units.made) / 3
        assert app.rows == app.first
        row = app.page.row_of(MIDDLE)
        assert app.page.top_row <= row < app.page.top_row + app.page.size.height


async def test_size_of_what_fits_is_exact_in_the_first_paint(make: Callable[[Typesetting], PageApp]) -> None:
    app = make(Typesetting())
    async with app.run_test(size=SIZE) as pilot:
        short = parse(Body("```\n1\n```\n\n灯。\n", BodyFormat.MARKDOWN))
        app.show(short, None)
        await until(pilot, lambda: app.first is not None)
        assert app.progress_of_first == app.page.progress == 1
        assert app.units_of_first == len(app.layout_in_use.units.made)


async def test_layout_of_an_article_that_is_not_painted_continues(make: Callable[[Typesetting], PageApp]) -> None:
    app = make(Typesetting())
    async with app.run_test(size=SIZE) as pilot:
        app.show(ARTICLE, None)
        app.page.display = False
        await until(pilot, lambda: app.layout_in_use.complete)
        assert app.first is None
