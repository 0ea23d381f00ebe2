"""A long Markdown file on the screen: `python -m tests.benchmarks.bench_long_markdown [FOLDER]`.

Joins the posts of a folder, or generated ones, to a file of 2.6 MB, and prints the seconds until its first page is on
the screen, with its formatting: from starting the program with that file, beside a file of 10 kB and a bare Textual
app; and from choosing it in a running program. CPU seconds of the process are printed too, because a busy machine
triples the others. The cases run in turn."""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from random import Random

from reader.library.library import Library
from reader.settings.options import Settings
from reader.shelves.counts import SortBy
from reader.ui.app import ReaderApp
from tests.benchmarks.bench_markdown import EXTRAS, post
from tests.benchmarks.bench_start import BARE
from tests.benchmarks.home import home
from tests.end_to_end.terminal import READER, Terminal

SIZE = 2_600_000
FIRST = "---\ntitle: {title}\ndate: 2020-01-01\n---\n\nready-**to**-read\n\n"
SET = "ready-to-read"
"""The text of the first page without the signs of Markdown."""


def posts(folder: Path | None) -> Iterator[str]:
    """Yield bodies of posts without end."""
    random = Random(7)  # noqa: S311 - the same posts each time
    paths = sorted(folder.rglob("*.md")) if folder is not None else []
    for number in count():
        if paths:
            yield paths[number % len(paths)].read_text("utf-8", "replace").split("\n---\n", 1)[-1]
        else:
            yield post(random.choice(list(EXTRAS)), random).split("---\n", 2)[2]


def write(path: Path, title: str, size: int, folder: Path | None) -> Path:
    """Write a Markdown file of about `size` bytes."""
    pieces = [FIRST.format(title=title)]
    written = 0
    for text in posts(folder):
        pieces.append(text)
        written += len(text.encode())
        if written >= size:
            break
    path.write_text("\n\n".join(pieces), "utf-8")
    return path


def started(arguments: Sequence[str], base: Path) -> tuple[float, float]:
    """The seconds and CPU seconds of a new process until the first page, without saved marks or an index."""
    with tempfile.TemporaryDirectory(dir=base) as fresh:
        begun = time.perf_counter()
        with Terminal(arguments, columns=120, rows=40, environ=home(Path(fresh), "data", "cache")) as terminal:
            terminal.wait_for(SET)
            return time.perf_counter() - begun, terminal.cpu_seconds


async def chosen(folder: Path, marks: Path) -> tuple[float, float, float]:
    """The seconds and CPU seconds from choosing the long article to its first page, and the seconds to all of it."""
    library = Library([folder], marks)
    app = ReaderApp(library, Settings())
    async with app.run_test(size=(120, 40)) as pilot:

        async def until(condition: Callable[[], bool]) -> None:
            while not condition():  # noqa: ASYNC110 - nothing announces a paint
                await asyncio.sleep(0.002)

        await until(lambda: len(library.catalogue.refs(SortBy.LENGTH)) > 1)
        short, long = sorted(
            library.catalogue.articles(library.catalogue.refs(SortBy.LENGTH)), key=lambda one: one.size
        )
        painted = asyncio.Event()
        app.commands.opening.open(short, painted.set)
        await painted.wait()
        await pilot.pause(0.5)
        page = app.reading_screen.page
        shown = page.document
        begun, used = time.perf_counter(), time.process_time()
        app.commands.opening.open(long)
        await until(lambda: page.document is not shown)
        await pilot.pause()
        first, cpu = time.perf_counter() - begun, time.process_time() - used
        await until(lambda: app.reading_screen.reading is not None)
        whole = time.perf_counter() - begun
    library.close()
    return first, cpu, whole


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="a folder of Markdown posts (default: generated ones)")
    parser.add_argument("-n", "--runs", type=int, default=7, help="runs of each case (7)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        archive = base / "archive"
        archive.mkdir()
        long = write(archive / "long.md", "长文", SIZE, asked.folder)
        short = write(archive / "short.md", "短文", 10_000, asked.folder)
        cases = {
            "bare Textual app": [sys.executable, "-c", BARE],
            "a file of 10 kB": [READER, str(short)],
            f"Markdown of {long.stat().st_size / 1e6:.1f} MB": [READER, str(long)],
        }
        figures: dict[str, list[tuple[float, float]]] = {name: [] for name in cases}
        for run in range(asked.runs + 1):
            for name, arguments in cases.items():
                measured = started(arguments, base)
                if run:  # the first run writes Python's bytecode and warms the disk cache
                    figures[name].append(measured)
        print(f"{'from start to the first page':32}{'median':>10}{'CPU':>10}")
        for name, all_of in figures.items():
            seconds, cpu = (statistics.median(one) for one in zip(*all_of, strict=True))
            print(f"{name:32}{seconds * 1000:7.0f} ms{cpu * 1000:7.0f} ms")
        opened = [asyncio.run(chosen(archive, base / f"marks-{run}.db")) for run in range(asked.runs)]
        first, cpu, whole = (statistics.median(one) for one in zip(*opened, strict=True))
        print(f"\n{'chosen in a running program':32}{first * 1000:7.0f} ms{cpu * 1000:7.0f} ms")
        print(f"{'until all of it can be scrolled':32}{whole * 1000:7.0f} ms")


if __name__ == "__main__":
    main()
