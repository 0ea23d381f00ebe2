"""From start to text, in whole processes in a pseudo-terminal: `python -m tests.benchmarks.bench_start`.

Prints the median times from starting a process until the article's text is on the screen and until the sidebar is
filled, and their ratios to the first paint of a bare Textual app: for archives with an index, for a new one, and for
single files. The cases run in turn, so that a slow moment of the machine affects all of them equally; then everything
is repeated beside four busy loops. Then prints the time of a key that is typed before anything is shown, and the time
to open an article of 1 MB in a running program."""

import argparse
import asyncio
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from reader.library.library import Library
from reader.settings.options import Settings
from reader.shelves.counts import SortBy
from reader.ui.app import ReaderApp
from tests.articles import write_article
from tests.benchmarks.corpus import write_corpus
from tests.benchmarks.home import forget, home
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
COUNT = re.compile(r"All +[1-9]")
"""The text of a sidebar with articles."""


class Case(NamedTuple):
    """A start to be measured.

    Attributes:
        arguments: The command.
        ready: The text that is waited for.
        environ: Its environment.
        prepare: Called before each start.
        filled: Whether the sidebar has articles; None without a long sidebar.
        goal: The highest ratio wanted.
    """

    arguments: Sequence[str]
    ready: Callable[[Terminal], bool]
    environ: dict[str, str]
    prepare: Callable[[], object] = lambda: None
    filled: Callable[[Terminal], bool] | None = None
    goal: float | None = None


def report(characters: int, marker: str) -> str:
    """A body of about `characters` characters, with `marker` at its beginning."""
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
    """The seconds of a new process until the first paint and until the text `ready`."""
    begun = time.perf_counter()
    with Terminal(arguments, columns=120, rows=40, environ=environ) as terminal:
        terminal.wait_for(lambda seen: bool(seen.text.strip()))
        painted = time.perf_counter() - begun
        terminal.wait_for(ready)
        return painted, time.perf_counter() - begun


def measured(case: Case) -> tuple[float, float]:
    """The seconds of a new process until the text and the filled sidebar; the process is then quit by a key."""
    case.prepare()
    begun = time.perf_counter()
    with Terminal(case.arguments, columns=120, rows=40, environ=case.environ) as terminal:
        terminal.wait_for(case.ready)
        text = time.perf_counter() - begun
        if case.filled is None:
            return text, text
        terminal.wait_for(case.filled)
        return text, time.perf_counter() - begun


@contextmanager
def busy(loops: int) -> Iterator[None]:
    """Run `loops` processes that keep a core busy each."""
    processes = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(loops)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def cases(base: Path, size: int) -> dict[str, Case]:
    """All cases, with the archives they need."""
    for number in range(30):
        body = report(3_000, "ready-to-read")
        write_article(base / "thirty" / f"{number}.md", f"第{number}篇", body, month=number % 12 + 1)
    write_article(base / "small.md", "一篇文章", report(3_000, "ready-to-read"))
    write_article(base / "large.md", "一兆字节", report(480_000, "ready-to-read"))
    big = base / f"corpus-{size}"
    if size and not big.exists():
        write_corpus(big, size)

    def shown(marker: str) -> Callable[[Terminal], bool]:
        return lambda seen: marker in seen.text

    def filled(seen: Terminal) -> bool:
        return COUNT.search(seen.lines[0]) is not None

    text, unseen = shown("ready-to-read"), partial(forget, base, "data-new", "cache-new")
    warm, large, new, single = (home(base, f"data-{name}", f"cache-{name}") for name in ("30", "big", "new", "single"))
    found = {
        "bare Textual app": Case([sys.executable, "-c", BARE], text, warm),
        "30 articles, warm": Case([READER, str(base / "thirty")], text, warm, filled=filled, goal=1.3),
        "30 articles, never seen": Case([READER, str(base / "thirty")], text, new, unseen, filled, 1.8),
        "a file of 10 kB": Case([READER, str(base / "small.md")], text, single, goal=1.4),
        "a file of 1 MB": Case([READER, str(base / "large.md")], text, single),
    }
    if size:
        # Any article may be open: its byline contains the minutes of reading time.
        minutes = re.compile(r"\d min\b")
        found[f"{size:,} articles, warm"] = Case(
            [READER, str(big)], lambda seen: minutes.search(seen.text) is not None, large, filled=filled, goal=1.3
        )
    return found


def compare(found: dict[str, Case], runs: int) -> None:
    """Run all cases in turn, and print medians and ratios."""
    seconds: dict[str, list[tuple[float, float]]] = {name: [] for name in found}
    for run in range(runs + 1):
        for name, case in found.items():
            figures = measured(case)
            if run:  # the first run writes Python's bytecode and warms the disk cache
                seconds[name].append(figures)
    middle = {name: [statistics.median(one) for one in zip(*figures, strict=True)] for name, figures in seconds.items()}
    bare = middle["bare Textual app"][0]
    print(f"{'':28}{'text':>10}{'ratio':>8}{'goal':>7}{'sidebar after it':>20}")
    for name, (text, filled) in middle.items():
        goal = f"{found[name].goal:.1f}" if found[name].goal else ""
        after = f"{(filled - text) * 1000:.0f} ms" if found[name].filled else ""
        print(f"{name:28}{text * 1000:7.0f} ms{text / bare:8.2f}{goal:>7}{after:>20}")


def make_index(case: Case) -> None:
    """Open an archive until it is completely indexed, then quit."""
    with Terminal(case.arguments, columns=120, rows=40, environ=case.environ) as terminal:
        terminal.wait_for(lambda seen: COUNT.search(seen.lines[0]) is not None, seconds=600)
        terminal.wait_for(lambda seen: "X pauses" not in seen.text and "left" not in seen.lines[-1], seconds=7_200)
        # The front page may be open.
        terminal.settle(2.0).press("escape", "q")
        terminal.wait_for_exit()


def first_key(case: Case, runs: int) -> float:
    """The median seconds from the start until `?`, typed immediately, has opened the list of keys."""
    found: list[float] = []
    for _ in range(runs):
        begun = time.perf_counter()
        with Terminal(case.arguments, columns=120, rows=40, environ=case.environ) as terminal:
            terminal.type("?")
            terminal.wait_for("Keyboard shortcuts")
            found.append(time.perf_counter() - begun)
    return statistics.median(found)


async def open_large(folder: Path, runs: int) -> list[float]:
    """The seconds from choosing an article of 1 MB in a running program until its first page."""
    library = Library([folder / "large.md", folder / "small.md"], folder / "marks.db")
    app = ReaderApp(library, Settings())
    found: list[float] = []
    async with app.run_test(size=(120, 40)) as pilot:
        while len(refs := library.catalogue.refs(SortBy.LENGTH)) < 2:
            await pilot.pause(0.5)
        articles = sorted(library.catalogue.articles(refs), key=lambda article: article.size)
        for _ in range(runs):
            app.commands.opening.open(articles[0])
            await pilot.pause(0.5)
            painted = asyncio.Event()
            begun = time.perf_counter()
            # The expected text comes after the article's first page.
            app.commands.opening.open(articles[-1], painted.set)
            await painted.wait()
            found.append(time.perf_counter() - begun)
    library.close()
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", "--runs", type=int, default=9, help="measured runs of each case (9)")
    parser.add_argument("--size", type=int, default=0, help="articles of a large archive, such as 100000 (none)")
    parser.add_argument("--keep", type=Path, help="a folder in which archives and indexes are kept for the next run")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        base = asked.keep or Path(temporary)
        found = cases(base, asked.size)
        for name, case in found.items():
            if name.endswith("warm"):
                make_index(case)
        print(f"medians of {asked.runs} runs of each, in turn\n")
        compare(found, asked.runs)
        print("\nwith four busy loops\n")
        with busy(4):
            compare(found, asked.runs)
        key = first_key(found["30 articles, warm"], asked.runs)
        print(f"\nfrom start to the answer to a key typed at once: {key * 1000:.0f} ms")
        middle = statistics.median(asyncio.run(open_large(base, asked.runs)))
        print(f"from choosing the article of 1 MB to its first page, in a running program: {middle * 1000:.0f} ms")


if __name__ == "__main__":
    main()
