"""The priority of the indexer: high while a person waits, low for the rest."""

from pathlib import Path

import pytest

from reader.indexing import priority
from reader.indexing.priority import FIRST_ARTICLES, Priority


def test_the_first_articles_of_each_update_have_normal_priority(tmp_path: Path) -> None:
    autogroup = tmp_path / "autogroup"
    autogroup.write_text("0")
    found = Priority(autogroup)
    found.begin_update()
    found.articles_read(FIRST_ARTICLES - 1)
    assert autogroup.read_text() == "0"
    found.articles_read(FIRST_ARTICLES)
    assert int(autogroup.read_text()) > 0
    found.begin_update()
    assert autogroup.read_text() == "0"


def test_without_autogroup_the_process_is_niced_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    niced: list[bool] = []
    monkeypatch.setattr(priority, "lower_priority", lambda: niced.append(True))
    found = Priority(tmp_path / "missing" / "autogroup")
    for _ in range(3):
        found.begin_update()
        found.articles_read(FIRST_ARTICLES)
        found.articles_read(2 * FIRST_ARTICLES)
    assert niced == [True]
