"""Use English messages for errors of queries."""

from collections.abc import Iterator

import pytest

from reader import language


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    language.use("en")
    yield
    language.use("en")
