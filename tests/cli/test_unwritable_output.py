"""Output that cannot be written: the exit code is 1, with one message."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reader import resources

FULL = Path("/dev/full")
ARTICLE = resources.seeds() / "English" / "Essays" / "The Keeping of Lights.md"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    folders = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("DATA", "CACHE", "CONFIG")}
    return {**os.environ, "LC_ALL": "C.UTF-8"} | folders


@pytest.mark.parametrize(
    ("redirection", "reason"), [(f">{FULL}", "No space left on device"), (">&-", "Bad file descriptor")]
)
@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("--version",),
        ("help", "show"),
        ("marks", "export", "--help"),
        ("show", ARTICLE),
        ("list", "-a", ARTICLE.parent),
        ("search", "-a", ARTICLE.parent, "light"),
        ("export", ARTICLE, "-o", "-"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_unwritable_output_is_an_error(
    arguments: tuple[object, ...], redirection: str, reason: str, environ: dict[str, str]
) -> None:
    if not FULL.exists():
        pytest.skip("this system has no /dev/full")
    command = ["sh", "-c", f'exec "$@" {redirection}', "sh", sys.executable, "-m", "reader", *map(str, arguments)]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (1, f"reader: Cannot write the output ({reason})\n")


@pytest.mark.parametrize("arguments", [("--help",), ("help", "export"), ("show", "--no-pager", str(ARTICLE))])
def test_closed_pipe_is_no_error(arguments: tuple[str, ...], environ: dict[str, str]) -> None:
    readable, writable = os.pipe()
    os.close(readable)
    try:
        command = [sys.executable, "-m", "reader", *arguments]
        done = subprocess.run(command, env=environ, stdout=writable, stderr=subprocess.PIPE, check=False, timeout=60)
    finally:
        os.close(writable)
    assert (done.returncode, done.stderr) == (0, b"")
