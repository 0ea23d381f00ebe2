"""Peaks of memory: `python -m tests.benchmarks.bench_memory` (Linux).

Opens articles of 1, 10 and 61 MB in four shapes in a pseudo-terminal, one at a time, and goes to the end of each.
Prints the seconds until text is on the screen, until the end is, and until the program is idle (at most a minute), and
the peak memory in MB: of all processes together (the sum of their PSS, in which shared pages count once, sampled
continuously), of the program, and of each process that it started (VmHWM). Then measures `reader index` on an archive
of novels of 3 MB. `--only` chooses shapes, `--sizes` megabytes; `--novels 0` skips the index."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from tests.benchmarks.bench_lazy import SENTENCES
from tests.benchmarks.home import home
from tests.end_to_end.terminal import READER, Terminal
from tests.end_to_end.terminal_state import processes_of

_PATIENCE = 300.0
_POLL = 0.05
_END = "the-very-end"
_BEGINNING = "the-very-beginning"
_IDLE = 60.0
_QUIET = 3.0
"""Seconds of little CPU use after which a program counts as idle."""


def ascii_lines() -> Iterator[str]:
    """A log or a list: lines without blank lines between them."""
    for number in count():
        yield f"{number:08d} the keeper of lamp {number % 97} logged wind {number % 12}, sea {number % 9}, fog none\n"


def chinese() -> Iterator[str]:
    """A novel: paragraphs separated by blank lines, with chapters."""
    for number in count():
        if number % 400 == 0:
            yield f"第{number // 400 + 1}章　灯塔\n\n"
        yield (
            "　　" + "".join(SENTENCES[(number + offset) % len(SENTENCES)] for offset in range(1 + number % 5)) + "\n\n"
        )


def markdown() -> Iterator[str]:
    """Paragraphs with emphasis and links under headings."""
    for number in count():
        if number % 50 == 0:
            yield f"## Watch {number // 50 + 1}\n\n"
        yield f"The *lamp* of [station {number % 41}](https://example.org/{number}) was **lit** at dusk. " * 4 + "\n\n"


def html() -> Iterator[str]:
    """Paragraphs of HTML."""
    for number in count():
        yield f"<p>{SENTENCES[number % len(SENTENCES)]}<em>第{number}夜</em>，灯照常亮着。</p>\n"


SHAPES: dict[str, tuple[Callable[[], Iterator[str]], str]] = {
    "lines": (ascii_lines, ".txt"),
    "novel": (chinese, ".txt"),
    "markdown": (markdown, ".md"),
    "html": (html, ".html"),
}


def write(path: Path, pieces: Iterator[str], size: int) -> None:
    """Write about `size` bytes of a shape, with a marker word at the beginning and at the end."""
    form = "<p>{}</p>\n" if path.suffix == ".html" else "{}\n\n"
    with path.open("w", encoding="utf-8") as file:
        file.write(form.format(_BEGINNING))
        written = 0
        for piece in pieces:
            written += len(piece.encode())
            file.write(piece)
            if written >= size:
                break
        file.write("\n" + form.format(_END))


def peak(process: int) -> int:
    """The peak memory of a process in bytes; 0 if it has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    found = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(found[0]) * 1024 if found else 0


def pss(process: int) -> int:
    """The memory of a process in bytes, with its share of shared pages; 0 if it has ended."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8")
    except OSError:
        return 0
    found = [line.split()[1] for line in rollup.splitlines() if line.startswith("Pss:")]
    return int(found[0]) * 1024 if found else 0


def ticks(processes: set[int]) -> int:
    """The CPU time of processes, in clock ticks."""
    total = 0
    for process in processes:
        try:
            fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
        except OSError:
            continue
        total += sum(map(int, fields.split()[11:13]))
    return total


class Peaks:
    """The peak memory of a program's first process, of its other processes, and of all together."""

    def __init__(self, first: int) -> None:
        self._first = first
        self.first = 0
        self.together = 0
        self.others: dict[int, int] = {}

    def look(self, processes: set[int]) -> None:
        """Take a sample; call this often, because a process that has ended cannot be measured."""
        self.first = max(self.first, peak(self._first))
        self.together = max(self.together, sum(map(pss, processes)))
        for process in processes - {self._first}:
            self.others[process] = max(self.others.get(process, 0), peak(process))

    def __str__(self) -> str:
        others = sorted((most // 2**20 for most in self.others.values()), reverse=True)[:3]
        return f"{self.together // 2**20:9d}{self.first // 2**20:9d}" + "".join(f"{most:6d}" for most in others)


def opened(path: Path, base: Path) -> str:
    """Measure one article; return a line of figures."""
    with Terminal(
        [READER, str(path)], columns=100, rows=40, environ=home(base, "data", f"cache-{path.stem}")
    ) as terminal:
        peaks = Peaks(terminal.process)
        begun = time.monotonic()

        def shows(word: str) -> Callable[[Terminal], bool]:
            def look(one: Terminal) -> bool:
                peaks.look(processes_of(one))
                return word in one.text

            return look

        terminal.wait_for(shows(_BEGINNING), _PATIENCE)
        first = time.monotonic() - begun
        at_text = peaks.first
        begun = time.monotonic()
        terminal.press("G").wait_for(shows(_END), _PATIENCE)
        end = time.monotonic() - begun
        at_end = peaks.first
        begun = last = time.monotonic()
        before = ticks(processes_of(terminal))
        while time.monotonic() - last < _QUIET and time.monotonic() - begun < _IDLE:
            terminal.read_output()
            processes = processes_of(terminal)
            peaks.look(processes)
            if (now := ticks(processes)) > before + 1:
                before, last = now, time.monotonic()
            time.sleep(_POLL)
        done = last - begun
        terminal.press("q")
        terminal.wait_for_exit()
    return f"{first:7.1f}{end:7.1f}{done:7.1f}  {at_text // 2**20:6d}{at_end // 2**20:6d}{peaks}"


def indexed(base: Path, novels: int) -> str:
    """Measure `reader index`; return a line of figures."""
    archive = base / "novels"
    archive.mkdir()
    for number in range(novels):
        write(archive / f"novel-{number}.txt", chinese(), 3_000_000)
    environ = {**os.environ, **home(base, "data", "cache-novels")}
    begun = time.monotonic()
    process = subprocess.Popen([READER, "index", "-a", str(archive)], env=environ, stdout=subprocess.DEVNULL)
    peaks = Peaks(process.pid)
    while process.poll() is None:
        peaks.look(_descendants(process.pid))
        time.sleep(_POLL)
    return f"{time.monotonic() - begun:7.1f}{'':14}  {'':12}{peaks}"


def _descendants(process: int) -> set[int]:
    found, waiting = {process}, [process]
    while waiting:
        one = waiting.pop()
        try:
            children = Path(f"/proc/{one}/task/{one}/children").read_text(encoding="ascii").split()
        except OSError:
            continue
        waiting += map(int, children)
        found.update(map(int, children))
    return found


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=float, nargs="*", default=[1, 10, 61], help="sizes of articles in megabytes")
    parser.add_argument("--only", nargs="*", default=list(SHAPES), choices=list(SHAPES))
    parser.add_argument("--novels", type=int, default=60, help="number of novels of 3 MB in the indexed archive")
    options = parser.parse_args()
    print("                     seconds to             MB: at text, end; together; program, others")
    print("                   text    end   idle")
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        for shape in options.only:
            pieces, suffix = SHAPES[shape]
            for size in options.sizes:
                path = base / f"{shape}-{size:g}{suffix}"
                write(path, pieces(), int(size * 1_000_000))
                print(f"{shape:9}{size:5g} MB {opened(path, base)}", flush=True)
                path.unlink()
        if options.novels:
            print(f"index of {options.novels} novels {indexed(base, options.novels)}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
