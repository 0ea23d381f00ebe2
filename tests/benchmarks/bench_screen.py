"""The screen on growing archives: `python -m tests.benchmarks.bench_screen [--sizes 1000 100000] [--keep FOLDER]`.

Runs whole processes in a pseudo-terminal. Prints for each size: when the list of a new archive can be used, how long a
key takes while that archive is indexed, the memory of the screen's process, and the time of the first paint with the
finished index, compared with a bare Textual app and an archive of 30 articles."""

import argparse
import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.articles import write_article
from tests.benchmarks.bench_start import BARE, report, start
from tests.benchmarks.corpus import write_corpus
from tests.benchmarks.home import home
from tests.end_to_end.terminal import READER, Terminal

COUNT = re.compile(r"All +([\d,]+)(k?) ")
KEYS = 150
PAUSE = 0.1
"""Seconds between two keys: fast typing."""


def environ(base: Path, size: int) -> dict[str, str]:
    """The environment of the reader of one archive."""
    return home(base, f"data-{size}", f"cache-{size}")


def listed(terminal: Terminal) -> int:
    """The number of articles shown in the sidebar."""
    found = COUNT.search(terminal.lines[0])
    return int(found[1].replace(",", "")) * (1_000 if found[2] else 1) if found else 0


def never_seen(archive: Path, base: Path, size: int) -> None:
    """Start on an archive without an index, press keys while it is indexed, and wait for the end of indexing."""
    shutil.rmtree(base / f"cache-{size}", ignore_errors=True)
    begun = time.perf_counter()
    with Terminal([READER, str(archive)], columns=120, rows=40, environ=environ(base, size)) as terminal:
        terminal.wait_for(lambda seen: listed(seen) > 0, seconds=300)
        print(f"  never seen: {listed(terminal):,} articles listed after {time.perf_counter() - begun:.2f} s")
        terminal.press("shift+tab", "home")
        waits: list[float] = []
        for number in range(KEYS):
            time.sleep(PAUSE)
            terminal.read_output()
            before = terminal.papers
            pressed = time.perf_counter()
            terminal.type("\x1b[A" if number % 2 else "\x1b[B")
            terminal.wait_for(lambda seen, before=before: seen.papers != before)  # type: ignore[misc]
            waits.append(time.perf_counter() - pressed)
        reading = "X pauses" in terminal.text
        cuts = statistics.quantiles(waits, n=20)
        print(
            f"  {KEYS} keys{' while it is read' if reading else ''}: p50 {cuts[9] * 1000:.0f} ms,"
            f" p95 {cuts[18] * 1000:.0f} ms, max {max(waits) * 1000:.0f} ms"
        )
        terminal.wait_for(lambda seen: listed(seen) > 0 and "X pauses" not in seen.text, seconds=7_200)
        print(f"  all read after {time.perf_counter() - begun:.1f} s")
        print(f"  memory of the screen meanwhile: {terminal.memory / 2**20:.0f} MiB")
        terminal.press("q")
        terminal.wait_for_exit()


def memory(archive: Path, base: Path, size: int) -> int:
    """The bytes in use after a start on the finished index, scrolling through the list, and a search."""
    with Terminal([READER, str(archive)], columns=120, rows=40, environ=environ(base, size)) as terminal:
        terminal.wait_for(lambda seen: listed(seen) > 0, seconds=300)
        terminal.press("V", "V", "shift+tab").settle(1.0)
        terminal.press("end").settle()
        terminal.press("F").wait_for("is:unread").press(*"市场")
        # A blinking cursor never settles.
        terminal.wait_for(lambda seen: re.search("[0-9,]+ found · ", seen.text) is not None)
        used = terminal.memory
        terminal.press("escape").wait_for(lambda seen: "most relevant first" not in seen.text)
        terminal.press("V", "q").wait_for_exit()
    return used


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", "--runs", type=int, default=9, help="measured runs of each case (9)")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--keep", type=Path, help="a folder in which archives and indexes are kept for the next run")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        base = asked.keep or Path(temporary)
        for number in range(30):
            body = report(3_000, "ready-to-read")
            write_article(base / "archive-30" / f"{number}.md", f"第{number}篇", body, month=number % 12 + 1)
        for size in asked.sizes:
            print(f"{size:,} articles")
            folder = base / f"archive-{size}"
            if not folder.exists():
                write_corpus(folder, size)
            never_seen(folder, base, size)
            print(f"  memory with the list, its end and a search: {memory(folder, base, size) / 2**20:.0f} MiB")
        compare_starts(base, asked.sizes, asked.runs)


def compare_starts(base: Path, sizes: list[int], runs: int) -> None:
    """Time the first paint and the article's text of each archive in turn, relative to the bare app and 30 articles."""
    cases = {"bare": [sys.executable, "-c", BARE]}
    cases |= {f"{size}": [READER, str(base / f"archive-{size}")] for size in (30, *sizes)}
    seconds: dict[str, list[tuple[float, float]]] = {case: [] for case in cases}
    for run in range(runs + 2):
        for case, arguments in cases.items():
            around = environ(base, int(case)) if case != "bare" else environ(base, 30)
            ready = "ready-to-read" if case in ("bare", "30") else " %"
            measured = start(arguments, ready, around)
            if run > 1:  # the first runs create the index of the thirty articles and warm the disk cache
                seconds[case].append(measured)
    print(f"\n{'articles':>12}{'first paint':>14}{'to bare':>9}{'to 30':>8}{'article there':>16}{'to 30':>8}")
    middle = {case: [statistics.median(one) for one in zip(*found, strict=True)] for case, found in seconds.items()}
    for case, (painted, ready) in middle.items():
        print(
            f"{case:>12}{painted * 1000:11.0f} ms{painted / middle['bare'][0]:9.2f}{painted / middle['30'][0]:8.2f}"
            f"{ready * 1000:13.0f} ms{ready / middle['30'][1]:8.2f}"
        )


if __name__ == "__main__":
    main()
