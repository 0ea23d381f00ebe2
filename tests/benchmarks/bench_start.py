"""First paint, as whole processes in a real pseudo-terminal: `python -m tests.benchmarks.bench_start`.

Prints the time from starting a process until its screen first shows something (first paint) and until it shows the
article's text (ready), for a bare Textual app, for an archive of 30 articles and for one article of 1 MB, in turn, so
that a slow moment of the machine meets all alike.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from reader.library.library import Library
from reader.settings.options import Settings
from reader.shelves.counts import SortBy
from reader.ui.app import ReaderApp
from tests.articles import write_article
from tests.end_to_end.terminal import READER, Terminal

BARE = """
from textual.app import App, ComposeResult
from textual.widgets import Static

class Bare(App):
    def compose(self) -> ComposeResult:
        yield Static("ready-to-read")

Bare().run()
"""

SENTENCES = (
    "进博会的展馆里人来人往，各国展商把最新的产品摆在最显眼的位置。",
    "记者在现场看到，2021年签约金额达到707.2亿美元，比上年下降2.6%。",
    "“开放的大门只会越开越大”，一位参展商这样说；他已经连续四年来到上海。",
    "The quick brown fox reads an archived article in a terminal, line by line.",
)


def report(characters: int, marker: str) -> str:
    """A body of about that many characters, with `marker` at its beginning."""
    paragraphs, length, number = [f"<p>{marker}</p>"], 0, 0
    while length < characters:
        text = "".join(SENTENCES[(number + offset) % len(SENTENCES)] for offset in range(6))
        paragraphs.append(
            f"<p>{text}</p>" if number % 8 else f"<p><strong>第{number}节 标题</strong></p>\n<p>{text}</p>"
        )
        length += len(text)
        number += 1
    return "<div>\n" + "\n".join(paragraphs) + "\n</div>\n"


def start(arguments: Sequence[str], ready: str, environ: dict[str, str]) -> tuple[float, float]:
    """Seconds to the first paint and to the text `ready`, of one fresh process."""
    begun = time.perf_counter()
    with Terminal(arguments, columns=120, rows=40, environ=environ) as terminal:
        terminal.wait_for(lambda seen: bool(seen.text.strip()))
        painted = time.perf_counter() - begun
        terminal.wait_for(ready)
        return painted, time.perf_counter() - begun


async def open_large(folder: Path, runs: int) -> list[float]:
    """Seconds from choosing an article of 1 MB, in a program that runs already, to its first page in the terminal."""
    library = Library([folder], folder / "marks.db")
    app = ReaderApp(library, Settings())
    found: list[float] = []
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(2)
        refs = library.catalogue.refs(SortBy.LENGTH)
        articles = sorted(library.catalogue.articles(refs), key=lambda article: article.size)
        for _ in range(runs):
            app.commands.opening.open(articles[0])
            await pilot.pause(0.5)
            painted = asyncio.Event()
            begun = time.perf_counter()
            # What is asked for here comes behind the article's first page.
            app.commands.opening.open(articles[-1], painted.set)
            await painted.wait()
            found.append(time.perf_counter() - begun)
    library.close()
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", "--runs", type=int, default=9, help="counted runs of each (9)")
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(30):
            body = report(3_000, "ready-to-read")
            write_article(folder / "thirty" / f"{number}.md", f"第{number}篇", body, month=number % 12 + 1)
        write_article(folder / "large.md", "一兆字节", report(480_000, "ready-to-read"))
        environ = {
            "XDG_DATA_HOME": f"{folder}/data",
            "XDG_CONFIG_HOME": f"{folder}/config",
            "LC_ALL": "C.UTF-8",
            # What is installed has its bytecode beside it; a checkout keeps it only where that is not forbidden.
            "PYTHONDONTWRITEBYTECODE": "",
        }
        cases = {
            "bare Textual app": [sys.executable, "-c", BARE],
            "reader, 30 articles": [READER, str(folder / "thirty")],
            "reader, one of 1 MB": [READER, str(folder / "large.md")],
        }
        print(f"one article is {(folder / 'large.md').stat().st_size:,} bytes; {runs} runs of each, in turn\n")
        seconds: dict[str, list[tuple[float, float]]] = {case: [] for case in cases}
        for run in range(runs + 1):
            for case, arguments in cases.items():
                measured = start(arguments, "ready-to-read", environ)
                if run:  # the first warms the disk's cache and Python's bytecode
                    seconds[case].append(measured)
        opened = asyncio.run(open_large(folder, runs))
    print(f"{'':24}{'first paint':>14}{'ratio':>8}{'ready':>14}{'ratio':>8}")
    bare = [statistics.median(column) for column in zip(*seconds["bare Textual app"], strict=True)]
    for case, figures in seconds.items():
        painted, ready = (statistics.median(column) for column in zip(*figures, strict=True))
        print(
            f"{case:24}{painted * 1000:11.0f} ms{painted / bare[0]:8.2f}{ready * 1000:11.0f} ms{ready / bare[1]:8.2f}"
        )
    middle = statistics.median(opened)
    print(f"\nfrom choosing the article of 1 MB to its first page, in a running program: {middle * 1000:.0f} ms")


if __name__ == "__main__":
    main()
