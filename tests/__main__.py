"""`python -m tests`: all checks before a change is merged, the fastest first.

`--static`, `--units` and `--slow` run a part of them: what needs no test, the unit tests, and the slow tests with those
in a terminal. `--quick` is for the inner loop: of each test it tries the first case and few Hypothesis examples, and it
skips slow tests, most tests of the screen and those that start the program in a terminal. `--coverage` prints which
lines the unit tests run in their own process; slow tests run the same code with more data, and are not measured. Other
arguments go to pytest."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
STATIC = (
    ("style", ["ruff", "check", "."]),
    ("formatting", ["ruff", "format", "--check", "."]),
    ("layers", ["lint-imports"]),
    ("types", ["mypy"]),
)
"""The slowest is the last."""

QUICK = "not slow and not end_to_end"
LONG = (
    *("agents", "cli", "indexing", "workers", "test_examples.py"),
    *("archive/bundles/test_bundles_hostile.py", "archive/test_fields.py", "archive/test_plain_header.py"),
    *("archive/test_scan_folders.py", "document/test_characters.py", "document/test_mapping.py"),
    *("document/test_parts.py", "document/test_text_units.py"),
    *("export/test_annotated.py", "export/test_markdown_exporter.py", "export/test_markdown_templates.py"),
    *("index/test_sync_workers.py", "library/test_front_page.py", "library/test_index_bytes.py"),
    *("layout/test_cells.py", "layout/test_faults.py", "layout/test_fill.py", "layout/test_layout.py"),
    *("layout/test_table.py", "layout/test_units.py"),
    *("marks/test_hostile_files.py", "marks/test_locks.py", "marks/test_restore_atomic.py", "marks/test_restoring.py"),
    "marks/test_two_readers.py",
    *("parse/formats/test_numbered_words.py", "parse/headings/test_headings.py", "parse/test_hostile.py"),
    *("parse/test_markdown_completeness.py", "parse/headings/test_shapes.py", "parse/test_speeds.py"),
    "search/test_federated.py",
)
"""The slowest folders and files of tests, which together take longer than all others."""

SCREENS = ("input_guard", "key_bindings", "terminal")
"""The tests of the screen that are part of the inner loop."""

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
    # Tests of the screen and of worker processes wait for a third of their time.
    units = [*pytest, "-q", "-n", str(processors + 1), "-m", QUICK, *others]
    if "--quick" in arguments:
        return [("quick tests", [*units, "--first-cases", *left_out()])]
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


def left_out() -> list[str]:
    """The options of pytest that skip the tests that are too slow for the inner loop."""
    screens = (PROJECT / "tests" / "ui").glob("test_*.py")
    others = [path.relative_to(PROJECT) for path in screens if path.stem.removeprefix("test_") not in SCREENS]
    return [f"--ignore={path}" for path in (*(f"tests/{one}" for one in LONG), *sorted(others))]


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
