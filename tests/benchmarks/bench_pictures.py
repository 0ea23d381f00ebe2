"""Pictures on the page: an article with a hundred of them, scrolled from its top to its end.

`python -m tests.benchmarks.bench_pictures` prints whether a row moved while pictures were loaded, the milliseconds of
CPU time to paint a screen of them from their pixels, and how many of them went into searches for reference cycles, how
long they take to appear, and the size of what is kept.
"""

import asyncio
import gc
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from PIL import Image
from rich.color import ColorSystem

from reader.document.document import Position
from reader.library.library import Library
from reader.memory import collect_seldom
from reader.settings.options import Settings
from reader.ui.app import ReaderApp
from reader.ui.widgets.page import Page

COUNT = 100
SIZE = (120, 40)
LIMIT = 50.0
"""The maximum CPU time in milliseconds to paint a picture."""


def write(folder: Path) -> None:
    """An article with pictures of noise over a gradient, which no two neighbouring cells show alike."""
    shade = Image.radial_gradient("L").resize((1200, 800))
    for number in range(COUNT):
        noise = Image.effect_noise((1200, 800), 40 + number)
        Image.merge("RGB", (noise, shade, noise.rotate(180))).save(folder / f"{number}.jpg")
    parts = [f"第{number}段，灯塔在夜里亮着。\n\n![第{number}座]({number}.jpg)\n" for number in range(COUNT)]
    (folder / "pictures.md").write_text("\n---\ntitle: 图片\n---\n" + "\n".join(parts), encoding="utf-8")


class Searches:
    """The CPU time of searches for reference cycles in this thread.

    Attributes:
        seconds: The time so far.
    """

    def __init__(self) -> None:
        self.seconds = 0.0
        self._began = 0.0
        gc.callbacks.append(self._follow)

    def _follow(self, phase: str, _info: object) -> None:
        if phase == "start":
            self._began = time.thread_time()
        else:
            self.seconds += time.thread_time() - self._began


def starts(page: Page) -> list[int]:
    """The row of each paragraph and picture."""
    layout = page.layout_in_use
    assert layout is not None
    return [layout.row_of(Position(leaf)) for leaf in range(len(page.document.leaves))]


def painted(page: Page) -> bool:
    """Whether all pictures in sight are painted; paints them."""
    lines = [page._line(row) for row in range(int(page.scroll_y), int(page.scroll_y) + SIZE[1] - 1)]
    strips = [page.render_line(y) for y in range(SIZE[1] - 1)]
    return all(
        line.picture is None or any("▀" in one.text for one in strip) for line, strip in zip(lines, strips, strict=True)
    )


async def run(folder: Path) -> Iterator[str]:
    """Lines of the report."""
    library = Library([folder], folder.parent / "marks.db")
    app = ReaderApp(library, Settings())
    app.console._color_system = ColorSystem.TRUECOLOR
    paints: list[float] = []
    searched: list[float] = []
    searches = Searches()
    appear: list[float] = []
    most_kept = 0
    async with app.run_test(size=SIZE) as pilot:
        while app.reading_screen.reading is None:
            await pilot.pause(0.005)
        page = app.reading_screen.page
        before = starts(page)
        pictures = page.pictures
        for leaf in range(1, 2 * COUNT, 2):
            page.go_to(Position(leaf))
            began = time.perf_counter()
            await pilot.pause(0.001)
            while not painted(page):
                await pilot.pause(0.002)
            appear.append(time.perf_counter() - began)
            # Paint the picture again, from its pixels.
            pictures._rows.clear()
            used, before_paint = time.process_time(), searches.seconds
            for y in range(SIZE[1] - 1):
                page.render_line(y)
            paints.append(time.process_time() - used)
            searched.append(searches.seconds - before_paint)
            most_kept = max(most_kept, pictures.kept_bytes)
        moved = sum(one != other for one, other in zip(before, starts(page), strict=True))
    library.close()
    assert moved == 0, f"{moved} leaves moved"
    return iter(
        (
            f"leaves that moved: {moved} of {2 * COUNT}",
            f"painted in: median {1000 * median(paints):.1f} ms, most {1000 * max(paints):.1f} ms (limit {LIMIT})",
            f"of which searches for cycles: most {1000 * max(searched):.1f} ms",
            f"until they appear: median {1000 * median(appear):.0f} ms, most {1000 * max(appear):.0f} ms",
            f"kept: at most {most_kept / 2**20:.2f} MiB of pixels",
        )
    )


def main() -> None:
    """Print the report."""
    # As the program does.
    collect_seldom()
    with TemporaryDirectory() as place:
        folder = Path(place) / "archive"
        folder.mkdir()
        write(folder)
        for line in asyncio.run(run(folder)):
            print(line)


if __name__ == "__main__":
    main()
