"""Many kills of marking processes: `python -m tests.benchmarks.kill_marks --kills 1000 [--seed N] [--mode MODE]`.

In `library` mode, the default, processes that use the library like the program are killed at system calls and random
times while they mark, import, restore, back up, migrate and undo, some with a full disk, a read-only folder, a lock or
another process as an obstacle. In `screen` mode one reader in a pseudo-terminal is killed, in `two` mode one of two,
and in `commands` mode two screens and commands that import and restore at the same time. Prints a summary, and exits
with an error if an acknowledged change is lost or only in a file that was not reported, if there is a mark that nobody
made, or if SQLite finds the file corrupt."""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from tests.end_to_end.killing_commands import CommandKilling
from tests.end_to_end.killing_library import LibraryKilling
from tests.end_to_end.killing_marks import MarkKilling
from tests.end_to_end.two_readers import TwoReaders

_LOOK = 100


def main() -> None:
    """Kill, check, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1_000, help="number of kills (1,000)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the random moments (1)")
    parser.add_argument(
        "--mode", choices=("library", "screen", "two", "commands"), default="library", help="the processes to kill"
    )
    parser.add_argument("--seconds", type=float, default=float("inf"), help="seconds after which to stop in any case")
    parser.add_argument("--keep", type=Path, help="an empty folder in which all files are kept for inspection")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = asked.keep or Path(name)
        if asked.mode == "library":
            kill_library(folder, asked.kills, asked.seed, asked.seconds)
        elif asked.mode == "screen":
            kill_screens(folder, asked.kills, asked.seed, asked.seconds)
        elif asked.mode == "commands":
            kill_commands(folder, asked.kills, asked.seed, asked.seconds)
        else:
            kill_one_of_two(folder, asked.kills, asked.seed, asked.seconds)


def kill_library(folder: Path, kills: int, seed: int, seconds: float) -> None:
    """Kill processes that use the library directly."""
    killing = LibraryKilling(folder, seed)
    run_rounds(killing, kills, seed, seconds, {"killed by": killing.tally.ways})


def run_rounds(
    killing: LibraryKilling | CommandKilling, kills: int, seed: int, seconds: float, others: Mapping[str, Counter[str]]
) -> None:
    """Run rounds until there were enough kills or a fault; print a summary, with `others` too, and exit on a fault."""
    begun, said = time.monotonic(), 0
    tally = killing.tally
    for what, why in killing.skipped.items():
        print(f"not tried: {what}, because {why}")
    try:
        while tally.kills.total() < kills and time.monotonic() - begun < seconds and not any(tally.faults.values()):
            killing.round()
            if tally.kills.total() // _LOOK > said:
                said = tally.kills.total() // _LOOK
                print(f"{tally.kills.total():>6} kills, {time.monotonic() - begun:.0f} s", flush=True)
    finally:
        killing.close()
        took = time.monotonic() - begun
        print(f"{tally.kills.total():,} kills in {killing.rounds:,} rounds, seed {seed}, {took:.0f} s")
        counts = {
            "killed": tally.kills,
            **others,
            "with": tally.obstacles,
            "acknowledged": tally.acknowledged,
            "refused with a message": tally.refused,
        }
        for what, counted in counts.items():
            print(f"{what} ({counted.total():,}): {_counted(counted)}")
        print(", ".join(f"{len(found)} {kind}" for kind, found in tally.faults.items()))
        print(f"{tally.elsewhere} only in files that were reported")
    if any(tally.faults.values()):
        for kind, found in tally.faults.items():
            print(*(f"{kind}: {one}" for one in found), sep="\n")
        sys.exit(1)


def kill_screens(folder: Path, kills: int, seed: int, seconds: float) -> None:
    """Kill one reader in a pseudo-terminal again and again."""
    killing = MarkKilling(folder, seed)
    begun, number = time.monotonic(), 0
    while number < kills and time.monotonic() - begun < seconds:
        number += 1
        try:
            killing.kill()
        except AssertionError as error:
            print(summary(killing), f"at kill {number}, seed {seed}: {error}", sep="\n")
            print(*getattr(error, "__notes__", ()), "what was acknowledged before:", *killing.marker.trace, sep="\n")
            sys.exit(1)
        if number % _LOOK == 0:
            print(f"{number:>6} kills, {time.monotonic() - begun:.0f} s: {summary(killing)}", flush=True)
    killing.end()
    took = time.monotonic() - begun
    print(f"{number} kills, seed {seed}, {took:.0f} s: 0 marks lost, 0 integrity errors")
    print(summary(killing))


def kill_commands(folder: Path, kills: int, seed: int, seconds: float) -> None:
    """Kill screens and commands that use one database, with `U` typed at random."""
    killing = CommandKilling(folder, seed)
    try:
        run_rounds(killing, kills, seed, seconds, {})
    except BaseException:
        print("the last of the journal:", *killing.record.journal[-80:], sep="\n")
        raise
    finally:
        (folder / "journal.txt").write_text("\n".join(killing.record.journal), encoding="utf-8")
        print(f"{killing.tally.undone} imports that a screen reported as undone")


def kill_one_of_two(folder: Path, kills: int, seed: int, seconds: float) -> None:
    """Let two readers mark at once, and kill one of them."""
    begun = time.monotonic()
    two = TwoReaders(folder, seed)
    try:
        while two.kills < kills and time.monotonic() - begun < seconds:
            two.round()
        two.end()
    finally:
        print(f"{two.kills} kills of one of two, seed {seed}, {time.monotonic() - begun:.0f} s")
        two.close()
    acts = sum((person.acts for person in two.people), Counter[str]())
    print(f"0 marks lost, 0 integrity errors; {acts.total():,} changes acknowledged ({_counted(acts)});")
    print(f"not acknowledged: {_counted(two.unacknowledged)}")


def summary(killing: MarkKilling) -> str:
    """A summary so far."""
    acts = killing.marker.acts
    return (
        f"{acts.total():,} changes acknowledged ({_counted(acts)}); killed at {_counted(killing.moments)};"
        f" not acknowledged: {_counted(killing.unacknowledged)}; {killing.found.marks.total():,} marks in the store"
    )


def _counted(counted: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counted.items()))


if __name__ == "__main__":
    main()
