"""From key to screen with very many marks in the store: `python -m tests.benchmarks.bench_marks [--marks 100000]`.

In a real pseudo-terminal, prints for an empty store and for a full one, in turn: how long it takes until a star, a
bookmark and a highlight are acknowledged on the screen, and how much memory the program uses then.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from reader.archive.article import Article
from reader.document.body import BodyFormat
from reader.marks.marks import Marks
from tests.benchmarks.bench_screen import environ
from tests.benchmarks.corpus import write_corpus
from tests.end_to_end.terminal import READER, Terminal

_TIMES = 40
_A_MARK = 0.3
"""Seconds between two marks: nobody marks faster."""


def fill(store: Path, marks: int) -> None:
    """Write a store with so many highlights, a third of them with notes, on a tenth as many articles."""
    kept = Marks(store)
    count = max(marks // 10, 1)
    with kept.store.change(None) as connection:
        for number in range(count):
            article = Article(
                id=f"made-{number}",
                path=Path(f"/made/{number}.md"),
                root=Path("/made"),
                title=f"文章 {number}",
                date=None,
                author="",
                categories=(),
                tags=(),
                url="",
                format=BodyFormat.HTML,
                size=1,
            )
            kept.store._know(article)
        connection.executemany(
            "INSERT INTO highlight (uid, article, block, offset, end_block, end_offset, quotation, before, after,"
            " section, colour, note, created_at, changed_at)"
            " VALUES (?, ?, ?, 0, ?, 40, ?, '前', '后', '节', 1, ?, ?, ?)",
            [
                (
                    f"uid-{n}",
                    f"made-{n % count}",
                    n // count,
                    n // count,
                    f"第{n}处划线的文字" * 6,
                    "笔记" * (n % 3),
                    1e9 + n,
                    1e9 + n,
                )
                for n in range(marks)
            ],
        )
    kept.close()


def acknowledged(terminal: Terminal, keys: str, said: Callable[[str], bool]) -> float:
    """Seconds from the last of some keys until the status line says so."""
    time.sleep(_A_MARK)
    terminal.take_in()
    for key in keys[:-1]:
        terminal.type(key)
        time.sleep(0.15)
        terminal.take_in()
    begun = time.perf_counter()
    terminal.type(keys[-1])
    while not said(terminal.lines[-1]):
        terminal.take_in()
        if time.perf_counter() - begun > 10:
            raise SystemExit(f"{keys!r} was never acknowledged:\n{terminal.text}")
    return time.perf_counter() - begun


def measure(base: Path, size: int) -> None:
    """Mark, and print how long it took."""
    waits: dict[str, list[float]] = {"star": [], "bookmark": [], "highlight": []}
    with Terminal([READER, str(base / "archive")], columns=120, rows=40, environ=environ(base, size)) as terminal:
        terminal.wait_for("All").settle(2.0)
        for number in range(_TIMES):
            star = "Starred" if number % 2 == 0 else "No star"
            waits["star"].append(acknowledged(terminal, "*", lambda line, star=star: star in line))
            waits["bookmark"].append(
                acknowledged(terminal, "mm", lambda line: "ookmark" in line and "letter" not in line)
            )
            acknowledged(terminal, "U", lambda line: "Undone" in line)
            waits["highlight"].append(acknowledged(terminal, "va", lambda line: "Highlighted" in line))
            acknowledged(terminal, "U", lambda line: "Undone" in line)
        memory = terminal.memory / 2**20
        terminal.press("q")
        terminal.wait_for_exit()
    for name, seconds in waits.items():
        cuts = statistics.quantiles(seconds, n=20)
        half, most = cuts[9] * 1000, cuts[18] * 1000
        print(f"  {name:<10} p50 {half:5.0f} ms   p95 {most:5.0f} ms   max {max(seconds) * 1000:5.0f} ms")
    print(f"  memory {memory:.0f} MiB")


def main() -> None:
    """Measure both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--marks", type=int, default=100_000, help="how many there are in the full store (100,000)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        write_corpus(base / "archive", 100)
        store = Path(environ(base, asked.marks)["XDG_DATA_HOME"]) / "reader" / "marks.db"
        store.parent.mkdir(parents=True)
        fill(store, asked.marks)
        for size in (0, asked.marks):
            print(f"{size:,} marks in the store")
            measure(base, size)


if __name__ == "__main__":
    main()
