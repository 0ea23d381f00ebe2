"""Fixtures of the tests of indexing."""

from pathlib import Path

import pytest

from tests.articles import write_article


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(3):
        write_article(tmp_path / "archive" / "x" / f"{number}.md", f"第{number}篇", f"<p>灯塔{number}</p>")
    return tmp_path / "archive"
