"""What links add to a start: `python -m tests.benchmarks.bench_link_start [-n RUNS] [--size ARTICLES]`.

Two archives have the same articles with the same text. In one, every second article has links to others, and the
newest, which is opened, has 60. Prints the processor time from the start of a process to its first frame, which has the
page and the filled sidebar: the least of each archive, which other load of the machine disturbs least, the median, and
the ratios of both. The starts alternate, so that a slow moment of the machine affects both archives."""

import argparse
import re
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.articles import write_article
from tests.benchmarks.bench_links import link_files
from tests.benchmarks.bench_start import Case, make_index
from tests.benchmarks.corpus import write_corpus
from tests.benchmarks.home import home
from tests.end_to_end.first_frame_only import first_frame_only
from tests.end_to_end.terminal import READER, Terminal

_LINK = re.compile(rb"<a href=[^>]*>([^<]*)</a>")


def write_archives(base: Path, size: int) -> dict[str, Path]:
    """Write an archive with links, and the same one with their texts only."""
    found = {name: base / name / "archive" for name in ("with links", "without links")}
    linked, plain = found.values()
    write_corpus(linked, size)
    names = link_files(linked)[:60]
    links = "".join(f'<p>灯塔 <a href="../{name}">第{number}篇</a> 与海港。</p>' for number, name in enumerate(names))
    write_article(linked / "newest" / "start.md", "起点", links + "<p>正文。</p>" * 40, month=12, day=31)
    shutil.copytree(linked, plain)
    for path in filter(Path.is_file, plain.rglob("*")):
        path.write_bytes(_LINK.sub(rb"\1", path.read_bytes()))
    return found


def milliseconds(root: Path, environ: dict[str, str], report: Path) -> float:
    """The processor time of one start up to the first frame."""
    arguments = first_frame_only(root, "repr(time.process_time())", report)
    with Terminal(arguments, columns=120, rows=40, environ=environ) as terminal:
        terminal.wait_for_exit()
    return float(report.read_text(encoding="ascii")) * 1e3


def measured(base: Path, roots: dict[str, Path], runs: int) -> Iterator[tuple[str, float]]:
    """The times of starts, in turn; the first of each, which warms the disk cache, is left out."""
    homes = {name: home(base / name, "data", "cache") for name in roots}
    for name, root in roots.items():
        make_index(Case([READER, str(root)], lambda _seen: True, homes[name]))
    for run in range(runs + 1):
        for name, root in roots.items():
            time = milliseconds(root, homes[name], base / "seconds")
            if run:
                yield name, time


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", "--runs", type=int, default=15, help="measured starts of each archive (15)")
    parser.add_argument("--size", type=int, default=2_000, help="articles of each archive (2000)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        roots = write_archives(base, asked.size)
        times: dict[str, list[float]] = {name: [] for name in roots}
        for name, time in measured(base, roots, asked.runs):
            times[name].append(time)
    for name, one in times.items():
        print(f"{name:14} {min(one):7.1f} ms, median {statistics.median(one):7.1f} ms")
    linked, plain = times.values()
    print(f"ratios: {min(linked) / min(plain):.3f} and {statistics.median(linked) / statistics.median(plain):.3f}")


if __name__ == "__main__":
    main()
