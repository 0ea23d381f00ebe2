"""`python -m tests.lowest`: the tests with every direct dependency at the lowest version that pyproject.toml allows.

It verifies the lower bounds. The environment is created in a temporary folder and removed afterwards. Arguments go to
pytest; without any, all unit tests run with few examples, and those of the screen in a terminal. `--part` runs a
few for each dependency, in a minute. The exit code is pytest's, or 69 if the dependencies cannot be fetched."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.__main__ import NOT_FETCHED, QUICK

PROJECT = Path(__file__).resolve().parents[1]
RUNS = (
    ["-n", "auto", "-m", QUICK],
    ["-n", "auto", "tests/end_to_end/test_screen.py"],
)
_MOST_SECONDS = 300.0
"""Seconds after which fetching the dependencies is given up."""

REPRESENTATIVES = (
    "archive",  # chardet, python-frontmatter, PyYAML, selectolax, webencodings
    *(
        "document/test_text_folding.py",
        "document/test_chinese_script.py",
        "document/test_text_units.py",
        "index/test_pinyin.py",
    ),  # opencc, jieba, pypinyin
    *("index/test_index_file.py", "index/test_sync.py", "marks/test_store.py", "marks/test_backups.py"),  # apsw
    "indexing/test_watching.py",  # watchfiles
    "layout/test_cells.py",  # wcwidth
    *("parse/test_html_blocks.py", "parse/test_html_text.py", "parse/test_html_tokens.py"),  # html2text, selectolax
    *("parse/test_markdown.py", "parse/formats/test_restructured.py"),  # comrak-ext, docutils
    "settings",  # msgspec, platformdirs
    *("serving", "agents"),  # aiohttp, textual-serve, mcp
    *("ui/test_input_guard.py", "ui/test_opening.py", "ui/test_reading.py", "ui/test_textual_internals.py"),  # textual
)
"""For every dependency, the tests that use it most."""

PART = (["-n", "auto", "-m", QUICK, *(f"tests/{one}" for one in REPRESENTATIVES)],)


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
        try:
            subprocess.run(install, check=True, cwd=PROJECT, timeout=_MOST_SECONDS)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            print(f"The lowest dependencies cannot be fetched: {error}", file=sys.stderr)
            return NOT_FETCHED
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
