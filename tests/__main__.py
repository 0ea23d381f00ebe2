"""`python -m tests`: everything that must hold before a change lands, in the order in which it fails fastest."""

import subprocess
import sys
from pathlib import Path

CHECKS = (
    ("style", ["ruff", "check", "."]),
    ("form", ["ruff", "format", "--check", "."]),
    ("types", ["mypy"]),
    ("layers", ["lint-imports"]),
    ("behaviour", ["pytest", "-q", "-n", "auto"]),
)


def main() -> int:
    """Run all checks, whatever the earlier ones say; the number of those that failed."""
    scripts = Path(sys.executable).parent
    failed = []
    for name, command in CHECKS:
        print(f"── {name}: {' '.join(command)}", flush=True)
        program = [str(scripts / command[0]), *command[1:], *(sys.argv[1:] if command[0] == "pytest" else [])]
        if subprocess.run(program, check=False, cwd=Path(__file__).resolve().parents[1]).returncode:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed", flush=True)
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
