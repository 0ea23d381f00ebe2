"""Marking with 100,000 marks in the database: `python -m tests.benchmarks.bench_marks [--marks 100000] [--keep
FOLDER]`.

Runs two whole processes in pseudo-terminals, one with an empty database and one with a full one, in turn, so that a
slow moment of the machine affects both. Prints the time from a key to its acknowledgement on the screen (the bytes in
the terminal) for stars, bookmarks, highlights, highlights in an article that already has 300, and undo; the time of a
start and of the list of highlights; and the memory of the screen's process."""

import argparse
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from reader.themes.theme import FIRST
from reader.themes.theme_files import load_theme
from tests.benchmarks.bench_start import start
from tests.benchmarks.corpus import write_corpus
from tests.benchmarks.home import home
from tests.benchmarks.marked import articles_of, fill, highlight_every_other, open_first, write_marked
from tests.end_to_end.terminal import READER, Terminal

PAUSE = 0.3
"""Seconds between two marks of a fast user."""

MANY = 300
"""The number of highlights in the article with many."""

_SELECTED = load_theme(FIRST)[0].selection.lstrip("#")
_STAR = re.compile(rb"((?:Starred|No star): Marked P)")
_BOOKMARK = re.compile(rb"Bookmarked: ([PQ]\d\d\d the har)")
_UNDONE = re.compile(rb"(Undone: [^\x1b]+)")
_LISTED = re.compile(rb"([\d,]+) in (?:this|these|all) a")

Lasted = dict[str, list[float]]
"""The seconds of each repetition, by database."""


def environ(base: Path, store: str) -> dict[str, str]:
    """The environment of a reader with its own data folder; both share the index of the archive."""
    return home(base, f"data-{store}", "cache")


def store_of(base: Path, store: str) -> Path:
    """The path of a marks database."""
    return base / f"data-{store}" / "reader" / "marks.db"


# Actions, and how long they take


def _timed(terminal: Terminal, key: str, said: re.Pattern[bytes]) -> float:
    terminal.settle(0.05)
    begun = time.perf_counter()
    terminal.type(key)
    return terminal.heard(said)[0] - begun


def star(terminal: Terminal) -> float:
    """Toggle the star of the article."""
    return _timed(terminal, "*", _STAR)


def bookmark(terminal: Terminal) -> float:
    """Bookmark the next line."""
    terminal.press("j", "j").type("m")
    terminal.wait_for("New bookmark: a letter")
    return _timed(terminal, "m", _BOOKMARK)


def highlight(terminal: Terminal) -> float:
    """Highlight the next sentence with an odd number."""
    # A selection at the top of the page is scrolled into view, so the page moves back.
    terminal.press("d", "v").wait_for(lambda seen: bool(seen.on_paper(_SELECTED).strip()))
    terminal.settle(0.05)
    if int(terminal.on_paper(_SELECTED).strip()[1:4]) % 2 == 0:
        terminal.press("l").settle(0.05)
    said = terminal.on_paper(_SELECTED).strip()[:12]
    return _timed(terminal, "a", re.compile(f"Highlighted: ({re.escape(said)})".encode()))


def undo(terminal: Terminal) -> float:
    """Undo the last change."""
    return _timed(terminal, "U", _UNDONE)


ACTS: Mapping[str, Callable[[Terminal], float]] = {"star": star, "bookmark": bookmark, "highlight": highlight}


def lists(terminal: Terminal) -> dict[str, float]:
    """The seconds until the list shows the highlights of the article, of the archives, all, and those with a word."""
    lasted = {"list of the article's": _timed(terminal, "A", _LISTED)}
    lasted["list of the archives'"] = _timed(terminal, "\t", _LISTED)
    lasted["list of all"] = _timed(terminal, "\t", _LISTED)
    terminal.press("/").settle(0.1)
    for number, key in enumerate("公司", start=1):
        lasted[f"list filtered by {number} characters"] = _timed(terminal, key, _LISTED)
    terminal.press("escape").settle(0.7)
    terminal.press("escape").settle(0.7)
    return lasted


# Measuring


def measure(base: Path, archive: Path, stores: list[str], count: int, acts: list[str], name: str) -> dict[str, Lasted]:
    """Perform actions in turn in a reader on each database, with the article `name` open.

    Return the seconds by action and database.
    """
    found: dict[str, Lasted] = {act: {store: [] for store in stores} for act in acts}
    terminals = {}
    for store in stores:
        terminals[store] = Terminal([READER, str(archive)], columns=120, rows=40, environ=environ(base, store))
        terminals[store].wait_for(f"{name}000 the harbour").wait_for("All").settle(1.0)
        # Scroll past the header, so that a sentence is at the top.
        terminals[store].press("space").settle()
        while "the harbour" not in terminals[store].line(0):
            terminals[store].press("j").settle(0.1)
    for act in acts:
        for _ in range(count):
            for store, terminal in terminals.items():
                found[act][store].append(ACTS[act](terminal))
                time.sleep(PAUSE)
                terminal.read_output()
    for store, terminal in terminals.items():
        if name == "P":
            found.setdefault("undo", {})[store] = [undo(terminal) for _ in range(min(count, 50))]
            for what, seconds in lists(terminal).items():
                found.setdefault(what, {})[store] = [seconds]
        print(f"memory of the screen, {name}, {store}: {terminal.memory / 2**20:.0f} MiB")
        terminal.press("q").wait_for_exit()
    return found


def starts(base: Path, archive: Path, stores: list[str], runs: int) -> dict[str, Lasted]:
    """The seconds until the first paint and until the article's text, in turn."""
    found: dict[str, Lasted] = {
        "first paint": {one: [] for one in stores},
        "article there": {one: [] for one in stores},
    }
    for run in range(runs + 1):
        for store in stores:
            painted, ready = start([READER, str(archive)], "the harbour", environ(base, store))
            if run:  # the first run warms the disk cache
                found["first paint"][store].append(painted)
                found["article there"][store].append(ready)
    return found


def prepare(base: Path, articles: int, marks: int) -> tuple[Path, list[str]]:
    """Write the archive and the databases unless they exist; return the archive and the names of the databases."""
    archive = base / "archive"
    if not archive.exists():
        write_corpus(archive, articles)
        write_marked(archive, "P")
        write_marked(archive, "Q")
        command = [READER, "index", "-a", str(archive)]
        subprocess.run(command, env={"PATH": "", "HOME": str(base), **environ(base, "index")}, check=True)
    known = articles_of(archive, base / "cache" / "reader")
    full = f"{marks}"
    kept = base / f"filled-{marks}"
    if not kept.exists():
        begun = time.monotonic()
        others = [one for title, one in sorted(known.items()) if not title.startswith("Marked ")]
        fill(kept / "marks.db", others[:articles], marks - MANY)
        print(f"{marks:,} marks written in {time.monotonic() - begun:.0f} s")
    for store in ("empty", full):
        shutil.rmtree(base / f"data-{store}", ignore_errors=True)
        store_of(base, store).parent.mkdir(parents=True)
        if store == full:
            shutil.copyfile(kept / "marks.db", store_of(base, store))
            highlight_every_other(store_of(base, store), known["Marked Q"], "Q", MANY)
        open_first(store_of(base, store), known["Marked P"])
    print(f"the store is {store_of(base, full).stat().st_size / 2**20:.0f} MiB")
    return archive, ["empty", full]


def report(found: Mapping[str, Lasted]) -> None:
    """Format a table: p50, p95 and maximum of each action, in milliseconds."""
    stores = list(next(iter(found.values())))
    print(f"{'ms':>30}" + "".join(f"{store + ' p50':>14}{'p95':>7}{'max':>7}" for store in stores))
    for what, lasted in found.items():
        row = f"{what:>30}"
        for seconds in lasted.values():
            cuts = statistics.quantiles(seconds, n=20, method="inclusive") if len(seconds) > 1 else seconds * 19
            row += f"{cuts[9] * 1000:14.0f}{cuts[18] * 1000:7.0f}{max(seconds) * 1000:7.0f}"
        print(row)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", "--count", type=int, default=200, help="marks of each kind (200)")
    parser.add_argument("--marks", type=int, default=100_000, help="marks in the full database (100,000)")
    parser.add_argument("--articles", type=int, default=10_000, help="articles with marks (10,000)")
    parser.add_argument(
        "--keep", type=Path, help="a folder in which the archive and the marks are kept for the next run"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        base = asked.keep or Path(temporary)
        archive, stores = prepare(base, asked.articles, asked.marks)
        found = starts(base, archive, stores, 9)
        found |= measure(base, archive, stores, asked.count, ["star", "bookmark", "highlight"], "P")
        known = articles_of(archive, base / "cache" / "reader")
        for store in stores:
            open_first(store_of(base, store), known["Marked Q"])
        of_many = measure(base, archive, stores, asked.count, ["highlight"], "Q")
        found[f"highlight, {MANY} are there"] = of_many["highlight"]
        report(found)


if __name__ == "__main__":
    main()
