"""`python -m tests.mutants reader/layout`: mutation testing.

cosmic-ray provides the mutation operators. A random sample of the mutants of each room is tried (`--sample`, `--seed`),
or all mutants of one line (`reader/layout/cells.py:45`), in a temporary copy of the project without the shared files
beside it. Each mutant is tested by the quick tests of the room that run its line, those of the file named after its
module first, until one fails; `--seconds` limits their CPU time. Prints each survivor and the kill rate of each room.
Survivors are mutants that no test notices, or that mean the same: read them. What tests run which lines is recorded
once for each state of a room and its tests, in the folder for temporary files. Needs the extra `mutants` and a system
with `fork`."""

import os
import signal
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from tests.mutants.sampling import Mutant, mutants_of, sample_of
from tests.mutants.trial import PROJECT, Trial


def arguments() -> Namespace:
    """Parse the command line."""
    parser = ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument(
        "places", metavar="PLACE", nargs="+", help="a folder, a file or a line of the package, such as reader/layout"
    )
    parser.add_argument("--sample", type=int, default=60, help="number of mutants of each place (60)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the samples (1)")
    parser.add_argument("--tests", nargs="+", help="the tests, if they are not in the folder of the same name")
    parser.add_argument("--seconds", type=float, default=10, help="CPU seconds for the tests of a mutant (10)")
    parser.add_argument("--verbose", action="store_true", help="print also which test notices each mutant")
    return parser.parse_args()


def mutants_at(project: Path, place: str, size: int, seed: int) -> list[Mutant]:
    """A sample of the mutants of a folder or file, or all mutants of a line."""
    path, _colon, line = place.partition(":")
    room = project / path
    if line:
        every = mutants_of(path, room.read_text(encoding="utf-8"), None)
        return [one for one in every if one.line == int(line) and one.changes(room.read_text(encoding="utf-8"))]
    return sample_of(project, sorted(room.rglob("*.py")) if room.is_dir() else [room], size, seed)


def folder_of(place: str) -> Path:
    """The folder of the package that a place is in, relative to the project: `reader/layout`."""
    path = Path(place.partition(":")[0])
    return Path(*path.parts[:2]) if (PROJECT / Path(*path.parts[:2])).is_dir() else path


def main() -> int:
    """Try a sample of the mutants of each place and print the results."""
    chosen = arguments()
    # If this process is stopped, no child remains.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(143))
    rates = []
    with tempfile.TemporaryDirectory(prefix="reader-mutants-") as folder:
        trial = Trial(Path(folder, "project"), chosen.seconds)
        for place in chosen.places:
            room = folder_of(place)
            sample = mutants_at(trial.folder, place, chosen.sample, chosen.seed)
            print(f"{place}: {len(sample)} mutants", flush=True)
            tests = chosen.tests or [str(Path("tests", *room.parts[1:]))]
            killed = 0
            for mutant, killer in trial.killers(str(room), tests, sample):
                killed += bool(killer)
                if not killer or chosen.verbose:
                    text = mutant.described((trial.folder / mutant.file).read_text(encoding="utf-8"))
                    print(f"{f'killed by {killer}' if killer else 'SURVIVED'}: {text}", flush=True)
            rates.append(f"{place}: {killed} of {len(sample)} killed, {killed / max(len(sample), 1):.0%}")
            print(rates[-1], flush=True)
    print(*rates, sep="\n")
    return 0


if __name__ == "__main__":
    if not hasattr(os, "fork"):
        sys.exit("tests.mutants needs a system with fork")
    sys.exit(main())
