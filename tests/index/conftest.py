"""Fixtures of the tests of the index."""

from pathlib import Path

import pytest

from tests.index.syncing import Archived


@pytest.fixture
def archived(tmp_path: Path) -> Archived:
    return Archived(tmp_path / "archive")
