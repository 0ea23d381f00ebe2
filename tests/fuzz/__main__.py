"""`python -m tests.fuzz [--minutes N] [--seed S] [TARGET ...]`: random inputs for everything that is read from outside.

Each finding is cut to a minimal input, written to `tests/corpus/<target>/`, and reported with its exception; then the
target is not fuzzed further. The exit code is 1 if there was a finding. `tests/test_corpus_of_faults.py` replays the
corpus, so that a finding stays a test after it is mended. Bounds: the minutes, `_CPU` seconds for an input, and
`_MEMORY` bytes for the process."""

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path
from traceback import format_exception_only

from hypothesis import HealthCheck, Phase, given, seed, settings

from reader.workers.limits import OutOfTimeError, interrupted_cpu
from tests.fuzz.targets import TARGETS, Target

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
_CPU = 10.0
_MEMORY = 4 * 2**30
_EXAMPLES = 150
"""Inputs of a target before the next target has its turn."""


def bounded(check: Callable[[bytes], None], data: bytes) -> None:
    """Check an input; an AssertionError says that it takes too much CPU time."""
    try:
        with interrupted_cpu(_CPU):
            check(data)
    except OutOfTimeError:
        message = f"takes more than {_CPU} CPU seconds"
        raise AssertionError(message) from None


def finding(target: Target, number: int) -> tuple[bytes, Exception] | None:
    """Fuzz a target for one turn; return a minimal input and its exception, if there is one."""
    last = b""

    @seed(number)
    @settings(
        max_examples=_EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    @given(target.inputs)
    def run(data: bytes) -> None:
        nonlocal last
        last = data
        bounded(target.check, data)

    try:
        run()
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        return last, error
    return None


def kept(name: str, data: bytes) -> Path:
    """Write a finding to the corpus."""
    folder = CORPUS / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / blake2b(data, digest_size=6).hexdigest()
    path.write_bytes(data)
    return path


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz in turn until the time is over."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"what to fuzz: {', '.join(TARGETS)} (all)")
    parser.add_argument("--minutes", type=float, default=10.0, help="how long (10)")
    parser.add_argument("--seed", type=int, default=None, help="repeats a run; else another one each time")
    options = parser.parse_args(arguments)
    if unknown := set(options.targets) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    first = random.randrange(2**32) if options.seed is None else options.seed  # noqa: S311
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    print(f"seed {first}")
    waiting = list(options.targets or TARGETS)
    end, turns, found = time.monotonic() + options.minutes * 60, 0, 0
    while waiting and time.monotonic() < end:
        for name in tuple(waiting):
            if time.monotonic() > end:
                break
            turns += 1
            if (one := finding(TARGETS[name], first + turns)) is not None:
                found += 1
                waiting.remove(name)
                print(
                    f"{name}: {kept(name, one[0])}: {''.join(format_exception_only(one[1])).strip()[:500]}", flush=True
                )
    print(f"{turns * _EXAMPLES} inputs, {found} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
