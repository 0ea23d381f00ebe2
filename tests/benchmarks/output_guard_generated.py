"""The output guard with generated texts: `python -m tests.benchmarks.output_guard_generated --count 100000`.

File names, titles, folder names and notes (a quarter each) in archives, files of marks and themes are shown by the
reader in a pseudo-terminal, and its raw output is searched. Stops at the first finding and prints its cause."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.end_to_end.generated import archives_of, generated, read_in_terminal
from tests.end_to_end.hostile import Item


def culprits(items: list[Item], folder: Path) -> list[Item]:
    """Find the items that let something through, by bisection."""
    number = 0
    while len(items) > 1:
        number += 1
        halves = items[: len(items) // 2], items[len(items) // 2 :]
        guilty = next(
            (half for at, half in enumerate(halves) if read_in_terminal(folder / f"{number}-{at}", half)), None
        )
        if guilty is None:
            break
        items = guilty
    return items


def main() -> int:
    """Print a line for each archive; 1 at the first finding."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, help="total number of texts")
    parser.add_argument("--size", type=int, default=4_000, help="texts per archive, four per article")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument(
        "--seconds", type=float, default=3_600, help="seconds after which no further archive is started"
    )
    options = parser.parse_args()
    begun, done = time.monotonic(), 0
    while done < options.count and time.monotonic() - begun < options.seconds:
        texts = generated(min(options.size, options.count - done), options.seed + done)
        (items,) = archives_of(texts, len(texts))
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            found = read_in_terminal(Path(folder) / "all", items)
            if found:
                print(found[:10], "from", culprits(items, Path(folder)), flush=True)
                return 1
        done += len(texts)
        print(f"{done:,} texts, nothing got through, {time.monotonic() - begun:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
