"""Fixtures of the tests of the index."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.index.syncing import SyncedArchive
from tests.index.writable_index import WritableIndex


@pytest.fixture
def archived(tmp_path: Path) -> SyncedArchive:
    return SyncedArchive(tmp_path / "archive")


@pytest.fixture
def made(tmp_path: Path) -> Iterator[WritableIndex]:
    made = WritableIndex(str(tmp_path / "a.db"))
    yield made
    made.close()
