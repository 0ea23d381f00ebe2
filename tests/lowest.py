"""`python -m tests.lowest`: the tests with every direct dependency at the lowest version that pyproject.toml allows.

It verifies the lower bounds. The environment is created in a temporary folder and removed afterwards. Arguments go to
pytest; without any, all unit tests run with few examples, and those of the screen in a terminal. `--part` runs those of
the inner loop only, in a minute or two."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.__main__ import QUICK, left_out

PROJECT = Path(__file__).resolve().parents[1]
RUNS = (
    ["-n", "auto", "-m", QUICK],
    ["-n", "auto", "tests/end_to_end/test_screen.py"],
)
PART = (["-n", "auto", "-m", QUICK, *left_out()],)


def main() -> int:
    """Create the environment and run the tests in it; return the highest exit code of pytest."""
    runs = {(): RUNS, ("--part",): PART}.get(tuple(sys.argv[1:]), (sys.argv[1:],))
    uv = Path(sys.executable).with_name("uv")
    with tempfile.TemporaryDirectory(prefix="reader-lowest-") as folder:
        python = Path(folder, "bin", "python")
        subprocess.run([uv, "venv", "-q", "--python", sys.executable, folder], check=True)
        install: list[str | Path] = [
            uv,
            "pip",
            "install",
            "-q",
            "--python",
            python,
            "--resolution",
            "lowest-direct",
            "-e",
            f"{PROJECT}[dev]",
        ]
        subprocess.run(install, check=True, cwd=PROJECT)
        # Ignore warnings: old releases warn about new Python versions.
        command: list[str | Path] = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "ignore"]
        environment = {**os.environ, "READER_HYPOTHESIS": "quick"}
        codes = [
            subprocess.run([*command, *arguments], check=False, cwd=PROJECT, env=environment).returncode
            for arguments in runs
        ]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
