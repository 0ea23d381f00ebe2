"""`python -m tests`: everything that must hold before a change lands, in the order in which it fails fastest.

`--quick` leaves out what is slow and what starts the program in a terminal; `--coverage` prints what the tests reach.
Other arguments go to pytest.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

STATIC = (
    ("style", ["ruff", "check", "."]),
    ("formatting", ["ruff", "format", "--check", "."]),
    ("types", ["mypy"]),
    ("layers", ["lint-imports"]),
)
BEHAVIOUR = ["pytest", "-q", "-n", "auto"]
QUICK = ["-m", "not slow and not end_to_end"]
COVERAGE = ["--cov", "--cov-report=term"]


def checks(arguments: Sequence[str]) -> list[tuple[str, list[str]]]:
    """What runs with these arguments: a name and a command each."""
    extra = [one for one in arguments if one not in {"--quick", "--coverage"}]
    extra += QUICK if "--quick" in arguments else ()
    extra += COVERAGE if "--coverage" in arguments else ()
    return [*STATIC, ("behaviour", [*BEHAVIOUR, *extra])]


def main() -> int:
    """Run all checks, whatever the earlier ones say; the number of those that failed."""
    scripts = Path(sys.executable).parent
    if "--quick" in sys.argv:
        os.environ["READER_HYPOTHESIS"] = "quick"
    failed = []
    for name, command in checks(sys.argv[1:]):
        print(f"── {name}: {' '.join(command)}", flush=True)
        program = [str(scripts / command[0]), *command[1:]]
        if subprocess.run(program, check=False, cwd=Path(__file__).resolve().parents[1]).returncode:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed", flush=True)
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
