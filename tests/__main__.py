"""`python -m tests`: all checks before a change is merged, the fastest first.

`--static`, `--units` and `--slow` run a part of them: what needs no test, the unit tests, and the slow tests with those
in a terminal. `--quick` is for the inner loop: it runs the unit tests nearest to what has changed since main and a
sample of the others (`quick_tests.py`), or those in the files and folders that are given, and tries only the first case
of each and few Hypothesis examples. `--coverage` prints which lines the unit tests run in their own process; slow tests
run the same code with more data, and are not measured. Other arguments go to pytest."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.quick_tests import changed_files, quick_files

PROJECT = Path(__file__).resolve().parents[1]
STATIC = (
    ("style", ["ruff", "check", "."]),
    ("formatting", ["ruff", "format", "--check", "."]),
    ("layers", ["lint-imports"]),
    ("types", ["mypy"]),
)
"""The slowest is the last."""

QUICK = "not slow and not end_to_end"
PARTS = ("--static", "--units", "--slow")
"""The parts of the checks, which may run side by side on several machines."""

SLOW = re.compile(r"\bmark\.(?:slow|end_to_end)\b")
"""What a file contains that has tests of the second run."""

COVERAGE = [
    *("python", "-m", "slipcover", "--source", "reader", "--skip-covered", "-m", "pytest"),
    # slipcover's plugin is imported before pytest.
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
    *("-p", "tests.slipcover_threshold"),
]
"""pytest under slipcover, which stops observing a line once it has run: on Python 3.11, coverage.py takes twice as
long as the tests."""

NOT_FETCHED = 69
"""The exit code of a check that needs the network and has not got it: EX_UNAVAILABLE of sysexits.h."""

_NOTHING_COLLECTED = 5


def behaviour(arguments: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The runs of pytest for these arguments, each a name and a command."""
    others = [one for one in arguments if one not in {"--quick", "--coverage", *PARTS}]
    pytest = COVERAGE if "--coverage" in arguments else ["pytest"]
    processors = os.cpu_count() or 1
    if "--quick" in arguments:
        are_named = any((PROJECT / one.partition("::")[0]).exists() for one in others)
        files = () if are_named else quick_files(PROJECT, changed_files(PROJECT))
        return [("quick tests", ["pytest", "-q", "-n", str(processors), "-m", QUICK, "--first-cases", *others, *files])]
    # Tests of the screen and of worker processes wait for a third of their time.
    units = [*pytest, "-q", "-n", str(processors + 1), "-m", QUICK, *others]
    # Tests in a terminal wait more than they compute, so twice as many run at once as there are processors.
    slow = ["pytest", "-q", "-n", str(2 * processors), "-m", f"not ({QUICK})", *(others or slow_files())]
    runs = {"--units": ("unit tests", units), "--slow": ("slow tests and those in a terminal", slow)}
    return [run for part, run in runs.items() if part in parts_of(arguments)]


def parts_of(arguments: Sequence[str]) -> Sequence[str]:
    """The parts of the checks that these arguments name; all of them if they name none."""
    return [one for one in PARTS if one in arguments] or PARTS


def slow_files() -> list[str]:
    """The files with tests of the second run: each of its processes would take 20 seconds to collect all tests."""
    files = sorted((PROJECT / "tests").rglob("test_*.py"))
    return [str(path.relative_to(PROJECT)) for path in files if SLOW.search(path.read_text(encoding="utf-8"))]


def _program(command: Sequence[str]) -> list[str]:
    return [str(Path(sys.executable).with_name(command[0])), *command[1:]]


_Running = tuple[str, Sequence[str], "subprocess.Popen[bytes]"]


def _start(checks: Sequence[tuple[str, list[str]]]) -> list[_Running]:
    return [
        (
            name,
            command,
            subprocess.Popen(_program(command), cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT),
        )
        for name, command in checks
    ]


def _finish(running: Sequence[_Running]) -> list[str]:
    """Print the output of checks in order, and return the names of those that failed."""
    failed = []
    for name, command, process in running:
        said = process.communicate()[0].decode(errors="replace")
        print(f"── {name}: {' '.join(command)}\n{said.rstrip()}", flush=True)
        if process.returncode:
            failed.append(name)
    return failed


def main() -> int:
    """Run all checks, even after one has failed; return the number of failed ones."""
    arguments = sys.argv[1:]
    if "--quick" in arguments:
        os.environ["READER_HYPOTHESIS"] = "quick"
    # The tests start hundreds of processes, each of which would compile the package again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    running = _start(STATIC if "--static" in parts_of(arguments) else ())
    # The types take long, and one processor: the tests begin meanwhile.
    failed, running = _finish(running[:-1]), running[-1:]
    for name, command in behaviour(arguments):
        print(f"── {name}: {' '.join(command)}", flush=True)
        code = subprocess.run(_program(command), check=False, cwd=PROJECT).returncode
        # A folder may contain no slow tests.
        if code not in {0, _NOTHING_COLLECTED}:
            failed.append(name)
        failed += _finish(running)
        running = []
    failed += _finish(running)
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed", flush=True)
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
