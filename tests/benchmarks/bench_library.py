"""Indexes of growing archives: `python -m tests.benchmarks.bench_library [--sizes 1000 10000] [--keep FOLDER]`.

Prints for each size how fast a new archive is indexed (metadata, then texts), the time of a sync of the unchanged
archive compared with only listing its files (scandir and stat), the size of the index, and the time of queries: the
first fifty articles, newest first and best first, over 200 queries of 1 to 8 characters, common and rare, and with
filters."""

import argparse
import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from reader.archive.archive import Archive, open_archives
from reader.index.index import Index
from reader.index.progress import SyncStage
from reader.index.schema import files_of
from reader.indexing.protocol import IndexEvent
from reader.indexing.update import UpdateOptions, update
from reader.search.federated import Search, Sort
from reader.search.query_parser import parse
from tests.benchmarks.corpus import sentence, write_corpus

FILTERS = (
    "{} after:2021-11",
    "{} -公司",
    "{} OR 市场",
    "title:{}",
    "{} len:>2000",
    "{} is:unread",
    "{} has:image",
    "cat:财经 {}",
)
HAN = re.compile("[\u4e00-\u9fff]{2,}")


def queries(count: int) -> list[str]:
    """Queries of all lengths, taken from sentences like those of the archive; every other one has a filter."""
    random = Random(9)  # noqa: S311 - the same queries each time
    made: list[str] = []
    while len(made) < count:
        run = random.choice(HAN.findall(sentence(random)))
        length = min(random.randint(1, 8), len(run))
        start = random.randint(0, len(run) - length)
        word = run[start : start + length]
        made.append(random.choice(FILTERS).format(word) if len(made) % 2 else word)
    return made


def looked_at(folder: Path) -> int:
    """Count the files with one stat each: the least that a sync can cost."""
    count, waiting = 0, [os.fspath(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    waiting.append(entry.path)
                else:
                    entry.stat()
                    count += 1
    return count


def timed(work: Callable[[], object]) -> float:
    """Seconds that some work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def made(archive: Archive, index: Path) -> None:
    """Index a new archive, and print when the first articles were available, and when each stage was complete."""
    begun = time.perf_counter()
    seen: dict[str, float] = {}

    def told(event: IndexEvent) -> None:
        progress = event.progress
        if progress is not None and progress.changed:
            seen.setdefault("first articles", time.perf_counter() - begun)
        if progress is not None and progress.stage is SyncStage.TEXTS:
            seen.setdefault("heads", time.perf_counter() - begun)

    update(0, archive, os.fspath(index), UpdateOptions(report=told))
    seen["texts"] = time.perf_counter() - begun
    print("  never seen:", ", ".join(f"{what} after {seconds:.1f} s" for what, seconds in seen.items()))


def measure(folder: Path, index: Path) -> None:
    """Measure one archive and print."""
    (archive,) = open_archives([folder])
    if not index.exists():
        made(archive, index)
    size = sum(file.stat().st_size for file in files_of(index) if file.exists())
    print(f"  index: {size / 2**20:,.0f} MiB")
    # Alternate, so that a slow moment of the machine affects both.
    pairs = [
        (timed(lambda: looked_at(folder)), timed(lambda: update(0, archive, os.fspath(index), UpdateOptions())))
        for _ in range(3)
    ]
    look, sync = (min(column) for column in zip(*pairs, strict=True))
    print(f"  unchanged: sync {sync:.2f} s, scandir and stat {look:.2f} s, ratio {sync / look:.1f}")
    search = Search([Index(archive, os.fspath(index))])
    asked = [parse(query) for query in queries(200)]
    for sort in Sort:
        seconds = []
        for node in asked:
            begun = time.perf_counter()
            search.articles(search.find(node, sort, most=50))
            seconds.append(time.perf_counter() - begun)
        cuts = statistics.quantiles(seconds, n=20)
        print(f"  {sort}: p50 {cuts[9] * 1000:.1f} ms, p95 {cuts[18] * 1000:.1f} ms, max {max(seconds) * 1000:.0f} ms")
    search.close()


def main() -> None:
    """Measure all sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--keep", type=Path, help="a folder in which archives and indexes are kept for the next run")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        base = asked.keep or Path(temporary)
        for size in asked.sizes:
            folder = base / f"archive-{size}"
            if not folder.exists():
                write_corpus(folder, size)
            print(f"{size:,} articles")
            measure(folder, base / f"index-{size}.db")


if __name__ == "__main__":
    main()
