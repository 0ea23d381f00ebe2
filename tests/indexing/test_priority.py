"""The priority of the indexer: normal while the user waits, low for the rest."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reader.indexing import priority
from reader.indexing.priority import FIRST_ARTICLES, Priority
from reader.workers.process import lower_priority


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


def test_without_autogroup_the_thread_of_each_update_is_niced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    niced: list[bool] = []
    monkeypatch.setattr(priority, "lower_priority", lambda: niced.append(True))
    monkeypatch.setattr(priority, "_NICE_IS_OF_THREADS", True)
    found = Priority(tmp_path / "missing" / "autogroup")
    for _ in range(3):
        found.begin_update()
        found.articles_read(FIRST_ARTICLES)
        found.articles_read(2 * FIRST_ARTICLES)
    assert niced == [True] * 3


def test_nice_value_of_a_process_is_raised_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    niced: list[bool] = []
    monkeypatch.setattr(priority, "lower_priority", lambda: niced.append(True))
    monkeypatch.setattr(priority, "_NICE_IS_OF_THREADS", False)
    found = Priority(tmp_path / "missing" / "autogroup")
    for _ in range(3):
        found.begin_update()
        found.articles_read(FIRST_ARTICLES)
    assert niced == [True]


@pytest.mark.skipif(sys.platform != "linux", reason="the nice value is of the process elsewhere")
def test_nice_value_of_a_thread_ends_with_the_thread() -> None:
    def niced() -> int:
        lower_priority()
        return os.nice(0)

    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(niced).result() > os.nice(0)
