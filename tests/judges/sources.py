"""The folder with the test cases of other projects: READER_JUDGES, which `python -m tests.judges` fills.

They have other licences than this project, so they are fetched on demand and never copied into the tree.
"""

import os
from pathlib import Path

import pytest


def judges(pattern: str) -> list[Path]:
    """The files of the test cases that match a pattern; skips the test if they were not fetched."""
    folder = os.environ.get("READER_JUDGES", "")
    found = sorted(Path(folder).rglob(pattern)) if folder else []
    if not found:
        pytest.skip(f"{pattern} was not fetched: `python -m tests.judges` does")
    return found
