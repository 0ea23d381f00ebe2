"""Many kills of the reader while somebody marks: `python -m tests.benchmarks.kill_marks --kills 1000 [--seed N]`.

The same kills as in `tests/end_to_end/test_kill_marks.py`, as many as one has time for, on one store that grows through
all of them. Prints what was done, and ends with an error if a mark that the screen acknowledged is lost or another, if
there is one that nobody made, or if SQLite finds fault with the file.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.end_to_end.killing_marks import MarkKilling
from tests.end_to_end.two_readers import TwoReaders

_LOOK = 100


def main() -> None:
    """Kill, look, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1_000, help="how many (1,000)")
    parser.add_argument("--seed", type=int, default=1, help="another one kills at other moments (1)")
    parser.add_argument("--two", action="store_true", help="two readers with one store, one of whom is killed")
    parser.add_argument("--keep", type=Path, help="an empty folder where all that is left stays, to be looked at")
    asked = parser.parse_args()
    if asked.two:
        kill_one_of_two(asked.kills, asked.seed)
        return
    with tempfile.TemporaryDirectory() as name:
        killing = MarkKilling(asked.keep or Path(name), asked.seed)
        begun = time.monotonic()
        for number in range(1, asked.kills + 1):
            try:
                killing.kill()
            except AssertionError as error:
                print(summary(killing), f"at kill {number}, seed {asked.seed}: {error}", sep="\n")
                print(
                    *getattr(error, "__notes__", ()), "what was acknowledged before:", *killing.marker.trace, sep="\n"
                )
                sys.exit(1)
            if number % _LOOK == 0:
                print(f"{number:>6} kills, {time.monotonic() - begun:.0f} s: {summary(killing)}", flush=True)
        killing.end()
        seconds = time.monotonic() - begun
        print(f"{asked.kills} kills, seed {asked.seed}, {seconds:.0f} s: 0 marks lost, 0 integrity errors")
        print(summary(killing))


def kill_one_of_two(kills: int, seed: int) -> None:
    """Let two mark at once, and kill one or the other."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        two = TwoReaders(Path(name), seed)
        try:
            for _ in range(kills):
                two.round()
            two.end()
        finally:
            print(f"{two.kills} kills of one of two, seed {seed}, {time.monotonic() - begun:.0f} s")
            two.close()
    acts = sum((person.acts for person in two.people), Counter[str]())
    print(f"0 marks lost, 0 integrity errors; {acts.total():,} changes acknowledged ({_counted(acts)});")
    print(f"not acknowledged: {_counted(two.unacknowledged)}")


def summary(killing: MarkKilling) -> str:
    """What was done so far."""
    acts = killing.marker.acts
    return (
        f"{acts.total():,} changes acknowledged ({_counted(acts)}); killed at {_counted(killing.moments)};"
        f" not acknowledged: {_counted(killing.unacknowledged)}; {killing.found.marks.total():,} marks in the store"
    )


def _counted(counted: "dict[str, int]") -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counted.items()))


if __name__ == "__main__":
    main()
