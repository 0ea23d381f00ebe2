"""The text of the small archive, and its marks and messages, for the tests of marks on the screen."""

from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from reader.ui.app import ReaderApp
from reader.ui.reading.reading_screen import ReadingScreen

Make = Callable[..., ReaderApp]
Exports = Callable[..., list[Path]]
FIRST = "海岸线上的十二座灯塔去年全部换上了新灯。"
SECOND = "工程历时三年，耗资36.6万元，比预算节约2.6%；最后一座在11月10日点亮。"


def quotations(app: ReaderApp) -> list[str]:
    """The highlighted texts, oldest first."""
    return [one.anchor.quotation for one in reversed(app.library.marks.highlights.all())]


def painted(screen: ReadingScreen, role: str) -> str:
    """The text of the page that is painted in the style of a role."""
    paint = screen.page.colours.role(role).bgcolor
    found = [screen.page.render_line(y) for y in range(screen.page.size.height)]
    return "".join(text for strip in found for text, style, _ in strip if style and style.bgcolor == paint).strip()


async def said(pilot: Pilot[None]) -> str:
    """The text of the status line."""
    await pilot.pause()
    assert isinstance(pilot.app, ReaderApp)
    return pilot.app.reading_screen.status.render_line(0).text.strip()
