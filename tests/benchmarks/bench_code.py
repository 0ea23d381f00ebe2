"""Code in colours: the first page of an article full of code, and scrolling through it, with and without colours.

`python -m tests.benchmarks.bench_code` prints milliseconds of CPU time of the screen's process; the tokens are made by
another one. Both runs are in one process, in turns.
"""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from reader.library.library import Library
from reader.settings.options import Settings
from reader.syntax.code_chunks import CodeChunk
from reader.syntax.token_roles import TokenTable
from reader.ui import late
from reader.ui.app import ReaderApp

SIZE = (120, 40)
FRAMES = 150
FUNCTION = '''```python
def light_{n}(lamp, *, hours=12):
    """Keep the lamp of tower {n} lit."""
    for hour in range(hours):  # from dusk
        if lamp.oil < 0.5 and hour % 2 == {n} % 2:
            lamp.fill("oil", litres={n} / 10)
        print(f"hour {{hour}}: {{lamp!r}}", end="\\\\n")
    return {{"tower": {n}, "lit": True, "cost": 36.6}}
```

'''


class NoTokenizer:
    """Stands for the tokenizer where code has no colours."""

    def __init__(self, receive: Callable[[CodeChunk, TokenTable], object]) -> None:
        del receive

    def request(self, chunks: Sequence[CodeChunk]) -> None:
        """Do nothing."""

    def end(self) -> None:
        """Do nothing."""


def article(size: int) -> str:
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(f"第{len(parts)}段，灯塔在夜里亮着。\n\n" + FUNCTION.format(n=len(parts)))
        length += len(parts[-1].encode())
    return "\n---\ntitle: 代码\n---\n" + "".join(parts)


async def run(folder: Path) -> tuple[float, float, float, list[float]]:
    """Seconds of wall-clock and of CPU time to the first page, seconds to its colours, and CPU time of each frame."""
    library = Library([folder], folder.parent / "marks.db")
    app = ReaderApp(library, Settings())
    async with app.run_test(size=SIZE) as pilot:
        page = app.reading_screen.page
        while app.reading_screen.reading is None:
            await pilot.pause(0.005)
        chosen = app.reading_screen.reading.article
        started, used = time.perf_counter(), time.process_time()
        app.reading_screen.view.reading = None
        app.commands.opening.open(chosen)
        while app.reading_screen.view.reading is None:
            await pilot.pause(0.001)
        strips = [page.render_line(y) for y in range(SIZE[1])]
        assert strips
        first, first_cpu = time.perf_counter() - started, time.process_time() - used
        coloured = started
        if late.CodeTokenizer is not NoTokenizer:
            while not page.code._known:
                await pilot.pause(0.001)
            coloured = time.perf_counter()
        await pilot.pause(1.5)
        frames = []
        for _ in range(FRAMES):
            before = time.process_time()
            page.scroll_pages(1)
            for y in range(SIZE[1]):
                page.render_line(y)
            frames.append(time.process_time() - before)
            await asyncio.sleep(0.02)
        return first, first_cpu, coloured - started, frames


def rounds(folder: Path, count: int) -> Iterator[tuple[str, tuple[float, float, float, list[float]]]]:
    real = late.CodeTokenizer
    for _ in range(count):
        for name, kind in (("plain", NoTokenizer), ("colours", real)):
            late.CodeTokenizer = kind  # type: ignore[misc, assignment]
            yield name, asyncio.run(run(folder))


def main() -> None:
    with TemporaryDirectory() as root:
        folder = Path(root) / "code"
        folder.mkdir()
        (folder / "code.md").write_text(article(1_000_000), encoding="utf-8")
        found: dict[str, list[tuple[float, float, float, list[float]]]] = {"plain": [], "colours": []}
        for name, result in rounds(folder, 3):
            found[name].append(result)
    for name, results in found.items():
        frames = sorted(1000 * frame for one in results for frame in one[3])
        print(
            f"{name:8} first page {1000 * min(one[0] for one in results):6.0f} ms, "
            f"CPU {1000 * min(one[1] for one in results):6.0f} ms, "
            f"coloured {1000 * min(one[2] for one in results):6.0f} ms; "
            f"frame median {median(frames):.1f} ms, 99 % {frames[int(len(frames) * 0.99)]:.1f} ms"
        )


if __name__ == "__main__":
    main()
