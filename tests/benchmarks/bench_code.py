"""Code in colours: the first page of an article full of code, and scrolling through it, with and without colours.

`python -m tests.benchmarks.bench_code` prints milliseconds of CPU time of the screen's thread, and of wall-clock time;
the tokens are made by another process. Both runs are in one process, in turns, and each is first as often as the other.
"""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from reader.archive.article import Article
from reader.archive.scan import scan
from reader.library.library import Library
from reader.settings.options import Settings
from reader.syntax.code_chunks import CodeChunk
from reader.syntax.token_roles import TokenTable
from reader.ui import late
from reader.ui.app import ReaderApp

SIZE = (120, 40)
FRAMES = 150
ROUNDS = 6
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


class Result(NamedTuple):
    """What one run has measured, in seconds; CPU time is that of the screen's thread.

    Attributes:
        first: Until the beginning of the article is painted.
        first_cpu: CPU time until then.
        whole: Until the whole article is parsed and shown.
        whole_cpu: CPU time until then.
        coloured: Until the code in sight has its colours.
        frames: CPU time of each frame.
    """

    first: float
    first_cpu: float
    whole: float
    whole_cpu: float
    coloured: float
    frames: list[float]


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


async def until(is_met: Callable[[], bool]) -> None:
    """Wait until a condition is met. A pause of the pilot would take as long as what is measured."""
    while not is_met():  # noqa: ASYNC110 - there is no event
        await asyncio.sleep(0.002)


async def run(folder: Path, marks: Path) -> Result:
    """Open an article full of code after one without, and scroll through it; `marks` is a new database."""
    library = Library([folder], marks)
    app = ReaderApp(library, Settings())
    async with app.run_test(size=SIZE) as pilot:
        screen = app.reading_screen
        page, opening = screen.page, app.commands.opening
        articles = {one.title: one for one in scan(library.archives) if isinstance(one, Article)}
        text, code = articles["文字"], articles["代码"]
        while screen.reading is None:
            await pilot.pause(0.1)
        opening.open(text)
        await pilot.pause(2.0)
        assert screen.reading.article == text
        started, used = time.perf_counter(), time.thread_time()
        opening.open(code)
        await until(lambda: page._is_painted and page.document.text(0).startswith("第0段"))
        first, first_cpu = time.perf_counter() - started, time.thread_time() - used
        await until(lambda: screen.reading is not None and screen.reading.article.id == code.id)
        strips = [page.render_line(y) for y in range(SIZE[1])]
        assert strips
        whole, whole_cpu = time.perf_counter() - started, time.thread_time() - used
        coloured = started
        if late.CodeTokenizer.__name__ != NoTokenizer.__name__:
            await until(lambda: bool(page.code._known) and not page.code._awaited)
            coloured = time.perf_counter()
        await pilot.pause(1.5)
        frames = []
        for _ in range(FRAMES):
            before = time.thread_time()
            page.scroll_pages(1)
            for y in range(SIZE[1]):
                page.render_line(y)
            frames.append(time.thread_time() - before)
            await asyncio.sleep(0.02)
        return Result(first, first_cpu, whole, whole_cpu, coloured - started, frames)


def rounds(folder: Path, count: int) -> Iterator[tuple[str, Result]]:
    real = late.CodeTokenizer
    kinds = [("plain", NoTokenizer), ("colours", real)]
    for number in range(count):
        kinds.reverse()
        for name, kind in kinds:
            late.CodeTokenizer = kind  # type: ignore[misc, assignment]
            yield name, asyncio.run(run(folder, folder.parent / f"{name}-{number}.db"))


def main() -> None:
    with TemporaryDirectory() as root:
        folder = Path(root) / "code"
        folder.mkdir()
        (folder / "code.md").write_text(article(1_000_000), encoding="utf-8")
        (folder / "text.md").write_text("\n---\ntitle: 文字\n---\n灯塔在夜里亮着。\n", encoding="utf-8")
        found: dict[str, list[Result]] = {"plain": [], "colours": []}
        for name, result in rounds(folder, ROUNDS):
            found[name].append(result)
    for name, results in found.items():
        frames = sorted(1000 * frame for one in results for frame in one.frames)
        first, first_cpu, whole, whole_cpu, coloured = (1000 * min(one) for one in list(zip(*results, strict=True))[:5])
        print(
            f"{name:8} first page {first:6.0f} ms, CPU {first_cpu:5.1f} ms; "
            f"whole {whole:6.0f} ms, CPU {whole_cpu:5.1f} ms; coloured {coloured:6.0f} ms; "
            f"frame median {median(frames):.1f} ms, 99 % {frames[int(len(frames) * 0.99)]:.1f} ms"
        )
    shares: dict[str, Callable[[Result], float]] = {
        "first page": lambda one: one.first_cpu,
        "whole article": lambda one: one.whole_cpu,
    }
    for what, share in shares.items():
        plain, colours = (sorted(map(share, found[name])) for name in ("plain", "colours"))
        print(
            f"CPU time of the {what} with colours: {median(colours) / median(plain):.2f} times that without "
            f"(medians), {colours[0] / plain[0]:.2f} (least)"
        )


if __name__ == "__main__":
    main()
