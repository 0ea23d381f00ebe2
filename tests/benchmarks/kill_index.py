"""Many kills of `reader index` on one cache: `python -m tests.benchmarks.kill_index --kills 200`.

Repeats the kills of `tests/end_to_end/test_index.py` on an archive so large that texts are written in several
transactions. Prints the states left, and exits with an error if the result differs from an index built without
interruption."""

import argparse
import tempfile
import time
from pathlib import Path
from random import Random

from tests.benchmarks.corpus import write_corpus
from tests.end_to_end.killing import Killing, differences

_LOOK = 20
"""The number of kills after which one run is completed and checked."""


def main() -> None:
    """Kill, check, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="number of kills (200)")
    parser.add_argument("--articles", type=int, default=2_000, help="articles in the archive (2,000)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the random moments (1)")
    asked = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        killing = Killing(Path(name, "archive"), Path(name), Random(asked.seed))  # noqa: S311 - not for cryptography
        write_corpus(killing.archive, asked.articles)
        whole = killing.whole("whole")
        print(f"{asked.articles:,} articles, a whole run takes {killing.seconds:.1f} s")
        for number in range(asked.kills):
            killing.kill("killed")
            if (number + 1) % _LOOK == 0 or number + 1 == asked.kills:
                now = killing.whole("killed")
                if now != whole:
                    raise SystemExit(f"after {number + 1} kills: {differences(whole, now)}")
                print(f"{number + 1:>5} kills, all as it should be: {dict(killing.stages)}", flush=True)
    print(f"{killing.groups} of them of the whole process group; {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
