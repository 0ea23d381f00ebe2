"""The index client that indexes in a thread."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event as Flag

import pytest

from reader.index.index import Index
from reader.index.index_file import in_memory
from reader.indexing.client import IndexClient, ThreadClient
from reader.indexing.protocol import IndexEvent
from tests.articles import write_article
from tests.indexing.event_recorder import EventRecorder, count
from tests.indexing.indexer_setups import setup_for


def test_thread_detects_changes_of_a_file_opened_alone(folder: Path) -> None:
    name, connection = in_memory()
    file = folder / "x" / "1.md"
    client, heard = ThreadClient(setup_for(file, name)), EventRecorder()
    client.start(heard)
    heard.wait_for(lambda event: event.coverage is not None)
    heard.summary()
    behind = len(heard.events)
    write_article(file, "新的第1篇", "<p>灯塔</p>")
    heard.wait_for(lambda event: event.summary is not None and event.summary.changed == 1, behind)
    client.pause()
    client.close()
    connection.close()


@pytest.fixture
def thread(folder: Path) -> Iterator[tuple[IndexClient, Index, EventRecorder]]:
    name, connection = in_memory()
    setup = setup_for(folder, name)
    client, index = ThreadClient(setup), Index(setup.archives[0].archive, name)
    yield client, index, EventRecorder()
    client.close()
    index.close()
    connection.close()


def test_a_thread_fills_an_index_in_memory(thread: tuple[IndexClient, Index, EventRecorder]) -> None:
    client, index, heard = thread
    assert index.complete() == ""
    client.start(heard)
    assert count(heard.summary()) == (3, 0, 0, 0)
    assert (index.shown(), index.complete()) == (3, "texts")


def test_thread_reads_changes_when_resumed(thread: tuple[IndexClient, Index, EventRecorder], folder: Path) -> None:
    client, index, heard = thread
    client.start(heard)
    heard.summary()
    write_article(folder / "new.md", "新的", "<p>新的</p>")
    behind = len(heard.events)
    client.resume()
    assert count(heard.summary(behind)) == (1, 0, 0, 0)
    assert index.shown() == 4


def test_paused_thread_stops_and_resumes(folder: Path) -> None:
    name, connection = in_memory()
    client, heard, behind = ThreadClient(setup_for(folder, name)), EventRecorder(), Flag()

    def told(event: IndexEvent) -> None:
        if not heard.events:
            client.pause()
        heard(event)
        behind.set()

    client.start(told)
    stopped = heard.wait_for(lambda event: event.summary is not None)
    assert stopped.summary is not None
    assert not stopped.summary.complete
    client.resume()
    assert heard.summary().summary is not None
    client.close()
    connection.close()


def test_thread_reports_an_unwritable_index(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    client, heard = ThreadClient(setup_for(folder, tmp_path / "file" / "a.db")), EventRecorder()
    client.start(heard)
    assert "a.lock" in heard.wait_for(lambda event: bool(event.error[0])).error[0]
    client.close()
