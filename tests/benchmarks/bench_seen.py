"""How soon articles are listed: `python -m tests.benchmarks.bench_seen` (in a pseudo-terminal).

Prints, with and without `--busy` busy processes: the seconds from starting the reader on a new archive until 300 of its
articles are listed; how long a key then takes while the rest is indexed (p50, p95, maximum); and the result of a search
meanwhile: the number of articles found, and of those not indexed yet. Without busy processes the search is repeated
after indexing. Then, in `--trials` trials, the seconds from writing a file into a watched folder (every third time into
a new one) until it is listed; and the same for a file opened alone."""

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tests.articles import write_article
from tests.benchmarks.bench_screen import listed
from tests.benchmarks.corpus import write_corpus
from tests.benchmarks.home import forget, home
from tests.end_to_end.terminal import READER, Terminal

FIRST = 300
_PATIENCE = 300.0
_SOON = 2.0
_SEARCHED = re.compile(r"([\d,]+) found")
_WAITING = re.compile(r"([\d,]+) articles? (?:is|are) not indexed yet")


@contextmanager
def busy(count: int) -> Iterator[None]:
    """Keep `count` processes busy, each in a separate session, like separate programs."""
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"], start_new_session=True) for _ in range(count)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def first_articles(archive: Path, base: Path, keys: int, *, to_the_end: bool) -> str:
    """Measure a new archive."""
    # Without marks, because the front page would open over the list of an archive that was visited before.
    forget(base, "data-never", "cache-never")
    begun = time.perf_counter()
    with Terminal(
        [READER, str(archive)], columns=120, rows=40, environ=home(base, "data-never", "cache-never")
    ) as terminal:
        terminal.wait_for(lambda seen: listed(seen) >= FIRST, seconds=_PATIENCE)
        seconds = time.perf_counter() - begun
        terminal.press("shift+tab", "home")
        waits = key_waits(terminal, keys)
        meanwhile = "X pauses" in terminal.text
        found, waiting = searched(terminal)
        told = f"a search finds {found}, {waiting} not indexed yet"
        if to_the_end:
            terminal.wait_for(lambda seen: "X pauses" not in seen.text, seconds=_PATIENCE)
            told += f"; at the end it finds {searched(terminal)[0]}"
        terminal.press("q")
        terminal.wait_for_exit()
    return f"{FIRST} listed after {seconds:.2f} s; keys{' meanwhile' if meanwhile else ''} {figures(waits)}; {told}"


def key_waits(terminal: Terminal, count: int) -> list[float]:
    """The seconds until the output with the effect of each key arrives.

    pyte takes some milliseconds to emulate it, which a terminal does not.
    """
    waits: list[float] = []
    for number in range(count):
        time.sleep(0.1)
        terminal.read_output()
        before = terminal.papers
        pressed = time.perf_counter()
        terminal.type("\x1b[A" if number % 2 else "\x1b[B")
        terminal.wait_for(lambda seen, before=before: seen.papers != before)  # type: ignore[misc]
        waits.append(terminal.read_at - pressed)
    return waits


def searched(terminal: Terminal) -> tuple[int, int]:
    """The number of articles that a search finds, and of those that are not indexed yet."""
    terminal.press("F").wait_for("is:unread").press(*"市场")
    terminal.wait_for(lambda seen: _SEARCHED.search(seen.text) is not None, seconds=_PATIENCE)
    found, waiting = _SEARCHED.search(terminal.text), _WAITING.search(terminal.text)
    terminal.press("ctrl+u", "escape").wait_for(lambda seen: _SEARCHED.search(seen.text) is None)
    numbers = [int(one[1].replace(",", "")) if one else 0 for one in (found, waiting)]
    return numbers[0], numbers[1]


def new_files(base: Path, trials: int) -> list[float]:
    """The seconds until each of several new files is listed."""
    random = Random(1)  # noqa: S311 - not for secrets
    archive = base / "watched"
    for number in range(30):
        write_article(archive / f"{number}.md", f"第{number}篇", "<p>灯塔</p>")
    waits: list[float] = []
    with Terminal(
        [READER, str(archive)], columns=120, rows=40, environ=home(base, "data", "cache-watched")
    ) as terminal:
        terminal.wait_for(lambda seen: listed(seen) == 30, seconds=_PATIENCE)
        for number in range(trials):
            settle(terminal, random.uniform(0.0, 3.0))
            folder = archive / f"folder-{number}" if number % 3 == 2 else archive
            begun = time.perf_counter()
            write_article(folder / f"new-{number}.md", f"新{number}篇", "<p>灯塔</p>")
            terminal.wait_for(lambda seen, count=31 + number: listed(seen) == count, seconds=_PATIENCE)  # type: ignore[misc]
            waits.append(time.perf_counter() - begun)
        terminal.press("q")
        terminal.wait_for_exit()
    return waits


def written_file(base: Path, trials: int) -> list[float]:
    """The seconds until each of several changes of a file that was opened alone is on the screen."""
    random = Random(2)  # noqa: S311 - not for secrets
    file = base / "alone" / "x.md"
    write_article(file, "灯塔", "<p>begin</p>")
    waits: list[float] = []
    with Terminal([READER, str(file)], columns=120, rows=40, environ=home(base, "data", "cache-alone")) as terminal:
        terminal.wait_for("begin", seconds=_PATIENCE)
        for number in range(trials):
            settle(terminal, random.uniform(0.0, 3.0))
            begun = time.perf_counter()
            write_article(file, "灯塔", f"<p>change-{number}-end</p>")
            terminal.wait_for(f"change-{number}-end", seconds=_PATIENCE)
            waits.append(time.perf_counter() - begun)
        terminal.press("q")
        terminal.wait_for_exit()
    return waits


def settle(terminal: Terminal, seconds: float) -> None:
    """Wait while reading the output."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        terminal.read_output()
        time.sleep(0.05)


def figures(waits: Sequence[float]) -> str:
    """Format median, 95th percentile and maximum in milliseconds."""
    cuts = statistics.quantiles(waits, n=20)
    return f"p50 {cuts[9] * 1000:.0f} ms, p95 {cuts[18] * 1000:.0f} ms, max {max(waits) * 1000:.0f} ms"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=3_000, help="articles of the new archive (3,000)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each measurement (3)")
    parser.add_argument("--keys", type=int, default=60, help="keys pressed in each run (60)")
    parser.add_argument("--busy", type=int, nargs="*", default=[0, 4], help="numbers of busy processes (0 4)")
    parser.add_argument("--trials", type=int, default=30, help="number of files written (30)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        if options.runs:
            write_corpus(base / "archive", options.articles)
        for _ in range(options.runs):
            for count in options.busy:
                with busy(count):
                    print(
                        f"{count} busy: {first_articles(base / 'archive', base, options.keys, to_the_end=not count)}",
                        flush=True,
                    )
        for name, measured in (("new files", new_files), ("a file opened alone", written_file)):
            if options.trials:
                waits = measured(base, options.trials)
                late = sum(wait > _SOON for wait in waits)
                print(f"{name}: {figures(waits)}; {late} of {len(waits)} after {_SOON:g} s", flush=True)


if __name__ == "__main__":
    main()
