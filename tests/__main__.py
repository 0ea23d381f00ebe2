"""`python -m tests`: all checks before a change is merged, the fastest first.

`--quick` is for the inner loop: it skips slow tests, most tests of the screen and those that start the program in a
terminal, and tries fewer Hypothesis examples. `--coverage` prints the coverage of the unit tests; slow tests cover the
same code with more data, and run without it. Other arguments go to pytest."""

import os
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
QUICK = "not slow and not end_to_end"
LONG = (
    *("cli", "indexing", "workers"),
    *("archive/bundles/test_bundles_hostile.py", "archive/test_scan_folders.py"),
    *("document/test_characters.py", "document/test_mapping.py"),
    *("export/test_annotated.py", "export/test_markdown_exporter.py"),
    *("index/test_sync_workers.py", "library/test_front_page.py", "library/test_index_bytes.py"),
    *("layout/test_cells.py", "layout/test_faults.py", "layout/test_fill.py", "layout/test_layout.py"),
    *("layout/test_table.py", "layout/test_units.py"),
    *("marks/test_hostile_files.py", "marks/test_locks.py", "marks/test_restore_atomic.py", "marks/test_restoring.py"),
    "marks/test_two_readers.py",
    *("parse/formats/test_numbered_words.py", "parse/test_headings.py", "parse/test_hostile.py"),
    *("parse/test_markdown_completeness.py", "parse/test_shapes.py", "parse/test_speeds.py"),
    "search/test_federated.py",
)
"""The slowest folders and files of tests, which together take longer than all others."""

SCREENS = ("input_guard", "keys", "terminal")
"""The tests of the screen that are part of the inner loop."""

COVERAGE = ["--cov", "--cov-report=term"]
NOT_FETCHED = 69
"""The exit code of a check that needs the network and has not got it: EX_UNAVAILABLE of sysexits.h."""

_NOTHING_COLLECTED = 5


def behaviour(arguments: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The runs of pytest for these arguments, each a name and a command."""
    others = [one for one in arguments if one not in {"--quick", "--coverage"}]
    coverage = COVERAGE if "--coverage" in arguments else []
    units = ["pytest", "-q", "-n", "auto", "-m", QUICK, *coverage, *others]
    if "--quick" in arguments:
        return [("quick tests", [*units, *left_out()])]
    # Tests in a terminal wait more than they compute, so twice as many run at once as there are processors.
    workers = str(2 * (os.cpu_count() or 1))
    return [
        ("unit tests", units),
        ("slow tests and those in a terminal", ["pytest", "-q", "-n", workers, "-m", f"not ({QUICK})", *others]),
    ]


def left_out() -> list[str]:
    """The options of pytest that skip the tests that are too slow for the inner loop."""
    screens = (PROJECT / "tests" / "ui").glob("test_*.py")
    others = [path.relative_to(PROJECT) for path in screens if path.stem.removeprefix("test_") not in SCREENS]
    return [f"--ignore={path}" for path in (*(f"tests/{one}" for one in LONG), *sorted(others))]


def _program(command: Sequence[str]) -> list[str]:
    return [str(Path(sys.executable).with_name(command[0])), *command[1:]]


def _static() -> list[str]:
    """Run the static checks in parallel, print their output in order, and return the names of those that failed."""
    running = [
        (
            name,
            command,
            subprocess.Popen(_program(command), cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT),
        )
        for name, command in STATIC
    ]
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
    failed = _static()
    for name, command in behaviour(arguments):
        print(f"── {name}: {' '.join(command)}", flush=True)
        code = subprocess.run(_program(command), check=False, cwd=PROJECT).returncode
        # A folder may contain no slow tests.
        if code not in {0, _NOTHING_COLLECTED}:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed", flush=True)
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
