"""Fixtures of the tests in a terminal."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.end_to_end.journal import Journal, texts, write_archive
from tests.end_to_end.killing_marks import environ
from tests.end_to_end.marking_home import UserHome
from tests.end_to_end.marking_user import MarkingUser


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("marks") / "archive"
    write_archive(folder, 2)
    return folder


@pytest.fixture
def home(archive: Path, tmp_path: Path) -> Iterator[UserHome]:
    chance = Random(4)  # noqa: S311 - not for cryptography
    home = UserHome(tmp_path, MarkingUser(archive, environ(tmp_path), texts(archive), Journal(), chance))
    yield home
    home.person.gone()
