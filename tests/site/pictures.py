"""`python -m tests.site.pictures [NAME …]`: the pictures of the guides, which the program takes."""

import asyncio
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader import language, resources
from reader.library.library import Library
from reader.settings.options import Settings
from reader.shelves.counts import SortBy
from reader.ui.app import ReaderApp
from tests.conftest import PROJECT

FOLDER = PROJECT / "docs" / "pictures"
SIZE = (100, 28)
"""Columns and rows."""

Steps = Callable[[Any, ReaderApp], Awaitable[None]]


async def _page(pilot: Any, app: ReaderApp) -> None:
    del app
    await pilot.press("right_square_bracket")


async def _front(pilot: Any, app: ReaderApp) -> None:
    del app
    await pilot.press("0")


async def _search(pilot: Any, app: ReaderApp) -> None:
    del app
    await pilot.press("F", *"lights")


async def _chinese_search(pilot: Any, app: ReaderApp) -> None:
    del app
    await pilot.press("F", *"灯塔")


async def _vertical(pilot: Any, app: ReaderApp) -> None:
    del app
    await pilot.press("semicolon")


async def _selecting(pilot: Any, app: ReaderApp) -> None:
    del app
    await pilot.press("v", "v", "right")


async def _night(pilot: Any, app: ReaderApp) -> None:
    del pilot, app


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: what is done before it is taken, the theme, the language, the title of the article, and the size."""

    steps: Steps
    theme: str = "paper"
    language: str = "en"
    title: str = "The Keeping of Lights"
    size: tuple[int, int] = SIZE


_ZH = "灯塔看守人的算术"

PICTURES: Mapping[str, Picture] = {
    "page": Picture(_page),
    "front": Picture(_front),
    "search": Picture(_search),
    "selecting": Picture(_selecting),
    "night": Picture(_night, "night"),
    "zh_page": Picture(_page, language="zh", title=_ZH),
    "zh_vertical": Picture(_vertical, language="zh", title=_ZH, size=(80, 20)),
    "zh_search": Picture(_chinese_search, language="zh", title=_ZH),
    "zh_selecting": Picture(_selecting, language="zh", title=_ZH),
    "ja_page": Picture(_page, language="ja", title="灯台の光"),
}
"""The pictures by name."""


async def take(picture: Picture) -> str:
    """A picture (SVG) of an article of the sample archive after some steps."""
    language.use(picture.language)
    with tempfile.TemporaryDirectory() as folder:
        library = Library([resources.seeds()], Path(folder) / "marks.db")
        app = ReaderApp(library, Settings(theme=picture.theme))
        async with app.run_test(size=picture.size) as pilot:
            article = None
            while article is None:
                # The sample archive is indexed in a separate process.
                await pilot.pause(0.2)
                articles = library.catalogue.articles(library.catalogue.refs(SortBy.DATE))
                article = next((one for one in articles if one.title == picture.title), None)
            app.commands.opening.open(article)
            while app.reading_screen.view.reading is None or app.reading_screen.view.reading.article.id != article.id:
                await pilot.pause(0.2)
            await pilot.pause(1.0)
            await picture.steps(pilot, app)
            await pilot.pause(1.5)
            svg = app.export_screenshot(title="reader")
        library.close()
    return lean(svg)


def lean(svg: str) -> str:
    """A picture without what differs from one run to the next, and without fonts from other hosts."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return re.sub(r"terminal-\d+", "terminal", svg)


def main() -> None:
    """Take all pictures, or those that are named."""
    FOLDER.mkdir(exist_ok=True)
    for name in sys.argv[1:] or PICTURES:
        svg = asyncio.run(take(PICTURES[name]))
        (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")
        print(f"{name}.svg: {len(svg.encode()):,} bytes")


if __name__ == "__main__":
    main()
