"""Signals to the program and its children: `python -m tests.benchmarks.kill_program [--kills 200] [--seed 1]`.

Sends TERM, HUP, QUIT and KILL at random times while the program starts, indexes, marks, opens, searches and quits.
Exits with an error if the terminal is not restored (except after KILL of the program), a process or a temporary file is
left, a mark is lost, or the program does not survive the death of a child."""

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.end_to_end.killing_program import ProgramKilling

_SAY = 25


def main() -> None:
    """Send signals, check, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200, help="number of signals (200)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the random moments (1)")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="seconds after which to stop in any case")
    asked = parser.parse_args()
    faults: list[str] = []
    begun, number = time.monotonic(), 0
    with tempfile.TemporaryDirectory() as name:
        killing = ProgramKilling(Path(name), asked.seed)
        while number < asked.kills and time.monotonic() - begun < asked.seconds:
            number += 1
            try:
                killing.kill()
            except AssertionError as error:
                faults.append(f"signal {number}, {killing.last}: {error}")
                print(faults[-1], flush=True)
            if number % _SAY == 0:
                print(f"{number:>6} signals, {time.monotonic() - begun:.0f} s, {len(faults)} faults", flush=True)
        killing.close()
    print(f"{number} signals, seed {asked.seed}, {time.monotonic() - begun:.0f} s: {len(faults)} faults")
    print(f"sent: {_counted(killing.signals)}")
    print(f"at: {_counted(killing.moments)}")
    print(f"{killing.acknowledged} marks acknowledged")
    if faults:
        sys.exit(1)


def _counted(counted: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counted.items()))


if __name__ == "__main__":
    main()
