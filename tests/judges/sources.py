"""Where the cases of outside judges lie: in a folder named by READER_JUDGES, which `python -m tests.judges` fills.

Their licences are not this project's, so they are fetched when they are needed and never copied into the tree.
"""

import os
from pathlib import Path

import pytest


def judges(pattern: str) -> list[Path]:
    """The files of the judges that match a pattern; skips the test if they were not fetched."""
    folder = os.environ.get("READER_JUDGES", "")
    found = sorted(Path(folder).rglob(pattern)) if folder else []
    if not found:
        pytest.skip(f"{pattern} was not fetched: `python -m tests.judges` does")
    return found
