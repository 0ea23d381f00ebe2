"""`python -m tests.site.pictures`: the pictures of the guide, taken of the sample archive by the program itself."""

import asyncio
import re
import tempfile
from collections.abc import Awaitable, Callable, Mapping
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


async def _selecting(pilot: Any, app: ReaderApp) -> None:
    del app
    await pilot.press("v", "v", "right")


async def _night(pilot: Any, app: ReaderApp) -> None:
    del pilot, app


PICTURES: Mapping[str, tuple[str, Steps]] = {
    "page": ("paper", _page),
    "front": ("paper", _front),
    "search": ("paper", _search),
    "selecting": ("paper", _selecting),
    "night": ("night", _night),
}
"""The pictures by name: the theme, and what is done before they are taken."""


async def take(theme: str, steps: Steps) -> str:
    """A picture (SVG) of an English article of the sample archive after some steps."""
    language.use("en")
    with tempfile.TemporaryDirectory() as folder:
        library = Library([resources.seeds()], Path(folder) / "marks.db")
        app = ReaderApp(library, Settings(theme=theme))
        async with app.run_test(size=SIZE) as pilot:
            article = None
            while article is None:
                # The sample archive is indexed in a separate process.
                await pilot.pause(0.2)
                articles = library.catalogue.articles(library.catalogue.refs(SortBy.DATE))
                article = next((one for one in articles if one.title == "The Keeping of Lights"), None)
            app.commands.opening.open(article)
            while app.reading_screen.view.reading is None or app.reading_screen.view.reading.article.id != article.id:
                await pilot.pause(0.2)
            await pilot.pause(1.0)
            await steps(pilot, app)
            await pilot.pause(1.5)
            svg = app.export_screenshot(title="reader")
        library.close()
    return lean(svg)


def lean(svg: str) -> str:
    """A picture without what differs from one run to the next, and without fonts from other hosts."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return re.sub(r"terminal-\d+", "terminal", svg)


def main() -> None:
    """Take all pictures."""
    FOLDER.mkdir(exist_ok=True)
    for name, (theme, steps) in PICTURES.items():
        svg = asyncio.run(take(theme, steps))
        (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")
        print(f"{name}.svg: {len(svg.encode()):,} bytes")


if __name__ == "__main__":
    main()
