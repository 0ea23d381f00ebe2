"""A sync whose files are read by worker processes."""

import os
from functools import partial
from typing import Any

import pytest

from reader.index import sync as syncing
from reader.index import sync_on_demand
from reader.index.texts import read_texts
from reader.workers.pool import WorkerPool
from tests.conftest import PROJECT
from tests.index.hanging_readers import endless_heads, endless_texts
from tests.index.syncing import PNG, SyncedArchive, rebuilt_content, some_articles


@pytest.fixture(autouse=True)
def _importable_by_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(PROJECT)


def test_workers_give_the_same_result_for_many_files(archived: SyncedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    some_articles(archived)
    archived.write_bytes("b.md", PNG)
    with monkeypatch.context() as patch:
        patch.setattr(syncing, "_FEW", 4)
        assert archived.sync().new == 7
    assert (archived.derived(), archived.ids(), archived.shown()) == rebuilt_content(archived)


def limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let workers with short timeouts read all files."""
    monkeypatch.setattr(syncing, "_FEW", 0)
    monkeypatch.setattr(sync_on_demand, "WorkerPool", partial(WorkerPool, cpu_limit=1.5))


def test_slow_or_crashing_text_is_reported_and_retried(
    archived: SyncedArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.md", "endless.md", "deadly.md"):
        archived.write(name, name)
    with monkeypatch.context() as patch:
        limited(patch)
        patch.setattr(sync_on_demand, "read_texts", endless_texts)
        for _ in range(2):
            # The second sync finds nothing new, but retries.
            assert archived.sync().complete
            told = {name: row["text_warnings"] for name, row in archived.rows().items()}
            assert told["a.md"] is None
            assert "too much processor time" in told["endless.md"]
            assert "crashed" in told["deadly.md"]
            assert archived.finds("body : 灯塔") == {"a.md"}
            assert archived.finds("title : endless") == {"endless.md"}
    archived.sync()
    assert archived.finds("body : 灯塔") == {"a.md", "endless.md", "deadly.md"}
    assert (archived.derived(), archived.ids(), archived.shown()) == rebuilt_content(archived)


def test_file_with_slow_metadata_is_reported_and_retried(
    archived: SyncedArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archived.write("a.md", "a")
    archived.write("endless.md", "endless")
    with monkeypatch.context() as patch:
        limited(patch)
        patch.setattr(sync_on_demand, "read_heads", endless_heads)
        archived.sync()
        assert set(archived.rows()) == {"a.md"}
        assert "too much processor time" in archived.refused()["endless.md"][3]
    archived.sync()
    assert archived.refused() == {}
    assert (archived.derived(), archived.ids(), archived.shown()) == rebuilt_content(archived)


def test_a_large_file_among_a_few_is_read_by_a_worker(archived: SyncedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    def pool(run: Any, on_failure: Any, size: int, **others: Any) -> WorkerPool[Any, Any]:
        if run is read_texts:
            sizes.append(size)
        return WorkerPool(run, on_failure, size, **others)

    monkeypatch.setattr(sync_on_demand, "WorkerPool", pool)
    archived.write("a.md")
    archived.sync()
    archived.write("b.md", body="<p>灯塔照海</p>" * 20_000)
    archived.sync()
    assert sizes == [0, 1]


@pytest.mark.parametrize(("files", "sizes"), [(0, [0]), (1, [0]), (3, [0]), (4, [0, 2]), (9, [0, 2])])
def test_workers_start_only_where_there_are_more_files_than_a_few(
    archived: SyncedArchive, monkeypatch: pytest.MonkeyPatch, files: int, sizes: list[int]
) -> None:
    started: list[int] = []
    read: list[int] = []

    class Counted(WorkerPool[Any, Any]):
        def __init__(self, run: Any, on_failure: Any, size: int, **others: Any) -> None:
            if run is read_texts:
                super().__init__(run, on_failure, 0, **others)
                return
            started.append(size)
            # Counted in this process, whatever the size.
            super().__init__(lambda found: read.extend(found) or run(found), on_failure, 0)

    monkeypatch.setattr(syncing, "_FEW", 3)
    monkeypatch.setattr(sync_on_demand, "WorkerPool", Counted)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    names = [archived.write(f"{number}.md") for number in range(files)]
    assert archived.sync().new == files
    assert started == sizes
    assert len(read) == len(names)
