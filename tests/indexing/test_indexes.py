"""The indexes of archives: their locations, their clients, and the fallback if they cannot be written."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reader.archive.archive import open_archives
from reader.index.index import Index
from reader.index.index_file import in_memory, index_path
from reader.index.progress import SyncProgress, SyncStage, SyncSummary
from reader.indexing import indexes as index_places
from reader.indexing.client import IndexClient, Listener, ProcessClient
from reader.indexing.indexes import ArchiveIndexes
from reader.indexing.protocol import IndexEvent
from reader.indexing.update import UpdateOptions, update
from reader.shelves.counter import CountRequest, ShelfCounter
from tests.articles import write_article
from tests.indexing.event_recorder import EventRecorder, end_processes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(3):
        write_article(tmp_path / "archive" / f"{number}.md", f"第{number}篇", f"<p>灯塔{number}</p>")
    return tmp_path / "archive"


@contextmanager
def opened_indexes(*paths: Path, cache: Path | None = None) -> Iterator[ArchiveIndexes]:
    indexes = ArchiveIndexes(open_archives(paths), cache, None, show_copies=False)
    try:
        yield indexes
    finally:
        end_processes(indexes)
        indexes.close()


def total(indexes: ArchiveIndexes) -> int:
    """The number of articles counted by new connections."""
    counter = ShelfCounter(indexes.connect(), indexes.rebuild)
    try:
        return counter.count(CountRequest()).total
    finally:
        counter.close()


class RecordingClient:
    """A client that records its calls."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def start(self, told: Listener) -> None:
        del told
        self.asked.append("start")

    def pause(self) -> None:
        self.asked.append("pause")

    def resume(self) -> None:
        self.asked.append("resume")

    def rebuild(self, number: int) -> None:
        self.asked.append(f"rebuild {number}")

    def close(self) -> None:
        self.asked.append("close")


def test_large_file_opened_alone_leaves_nothing_in_the_cache(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    large = folder / "large.txt"
    large.write_text("灯塔照着海。\n" * 80_000)
    heard = EventRecorder()
    with opened_indexes(large, cache=cache) as indexes:
        indexes.start(heard)
        heard.summary()
        ((index,),) = (indexes.connect(),)
        assert Path(index.path).exists()
        assert index.complete() == "texts"
    assert list(cache.iterdir()) == []


def test_of_a_huge_file_opened_alone_only_metadata_are_indexed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_places, "_LARGE", 10)
    monkeypatch.setattr(index_places, "_HUGE", 20)
    heard = EventRecorder()
    with opened_indexes(folder / "1.md", cache=tmp_path / "cache") as indexes:
        indexes.start(heard)
        assert heard.summary().summary is not None
        assert total(indexes) == 1
        ((index,),) = (indexes.connect(),)
        assert index.path.startswith("file:")
        assert index.complete() == "heads"
    assert not (tmp_path / "cache").exists()


def test_folders_have_index_files_and_single_files_are_in_memory(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    with opened_indexes(folder, folder / "1.md", cache=cache) as indexes:
        first, second = (index.path for index in indexes.connect())
        assert first == str(index_path(cache, folder, None))
        assert second.startswith("file:")
        assert [type(client).__name__ for client in indexes._clients] == ["ProcessClient", "ThreadClient"]
        assert not cache.exists()


def test_without_a_cache_all_indexes_are_in_memory(folder: Path) -> None:
    with opened_indexes(folder) as indexes:
        assert [type(client).__name__ for client in indexes._clients] == ["ThreadClient"]
        heard = EventRecorder()
        indexes.connect()
        indexes.start(heard)
        heard.summary()
        assert [index.shown() for index in indexes.connect()] == [3]
        assert total(indexes) == 3


def test_every_caller_gets_its_own_connections(folder: Path) -> None:
    with opened_indexes(folder, folder / "1.md") as indexes:
        first, second = indexes.connect(), indexes.connect()
        assert [one.path for one in first] == [one.path for one in second]
        assert not {*map(id, first)} & {*map(id, second)}
        assert first[0].path != first[1].path


def test_indexes_in_memory_are_separate() -> None:
    (first, one), (second, other) = in_memory(), in_memory()
    assert first != second
    one.execute("CREATE TABLE a (b)")
    assert other.execute("SELECT count(*) FROM sqlite_schema").get == 0
    one.close()
    other.close()


def test_only_a_new_archive_starts_before_the_screen(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    with opened_indexes(folder, cache=cache) as indexes:
        (client,) = indexes._clients
        assert isinstance(client, ProcessClient)
        indexes.launch()
        assert client._process is not None
    index_path(cache, folder, None).parent.mkdir(exist_ok=True)
    index_path(cache, folder, None).touch()
    with opened_indexes(folder, cache=cache) as indexes:
        (client,) = indexes._clients
        assert isinstance(client, ProcessClient)
        indexes.launch()
        assert client._process is None
    with opened_indexes(folder) as indexes:
        indexes.launch()


def test_commands_go_to_all_clients(folder: Path) -> None:
    indexes = ArchiveIndexes(open_archives([folder]), None, None, show_copies=False)
    noted = [RecordingClient(), RecordingClient()]
    indexes._clients = list[IndexClient](noted)
    indexes.start(lambda _event: None)
    place = indexes._places[0]
    for ask in (
        indexes.pause,
        indexes.resume,
        lambda: indexes.rebuild(place),
        lambda: indexes.rebuild(place),
        indexes.close,
    ):
        ask()
    assert [one.asked for one in noted] == [["start", "pause", "resume", "rebuild 0", "close"]] * 2


@pytest.mark.parametrize(
    ("event", "changed"),
    [
        (IndexEvent(0), False),
        (IndexEvent(0, rebuilt="it was damaged"), True),
        (IndexEvent(0, SyncProgress(SyncStage.WALK)), False),
        (IndexEvent(0, SyncProgress(SyncStage.HEADS, 1, changed=True)), True),
        (IndexEvent(0, summary=SyncSummary(5)), False),
        (IndexEvent(0, summary=SyncSummary(5, warnings=3)), False),
        (IndexEvent(0, summary=SyncSummary(5, new=1)), True),
        (IndexEvent(0, summary=SyncSummary(5, changed=1)), True),
        (IndexEvent(0, summary=SyncSummary(5, moved=(("x", "a", "b"),))), True),
        (IndexEvent(0, summary=SyncSummary(5, gone=1)), True),
    ],
)
def test_event_determines_whether_articles_may_have_changed(folder: Path, event: IndexEvent, *, changed: bool) -> None:
    with opened_indexes(folder) as indexes:
        indexes.connect()
        assert indexes.handle(event) is changed


# A cache that cannot be written


def test_without_a_writable_file_the_index_is_filled_in_memory(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with opened_indexes(folder, cache=tmp_path / "file" / "cache") as indexes:
        heard, early = EventRecorder(), indexes.connect()
        indexes.start(heard)
        error = heard.wait_for(lambda event: bool(event.error[0]))
        assert [index.shown() for index in early] == [0]
        behind = len(heard.events)
        assert indexes.handle(error) is False
        heard.summary(behind)
        # Existing connections, new ones and the counter all read the new index.
        assert [index.shown() for index in (*early, *indexes.connect())] == [3, 3]
        assert total(indexes) == 3
        assert len(indexes._clients) == 2
        # A second report has no effect.
        indexes.handle(error)
        assert len(indexes._clients) == 2
        for index in early:
            index.close()


def test_complete_index_is_used_even_if_it_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    path = index_path(tmp_path, folder, None)
    (archive,) = open_archives([folder])
    update(0, archive, str(path), UpdateOptions())
    with opened_indexes(folder, cache=tmp_path) as indexes:
        (index,) = indexes.connect()
        indexes.handle(IndexEvent(0, error=("the disk is full", "")))
        assert (index.path, index.shown()) == (str(path), 3)
        assert len(indexes._clients) == 1
        index.close()


def test_only_the_failed_archive_falls_back(folder: Path, tmp_path: Path) -> None:
    write_article(tmp_path / "other" / "x.md", "x", "<p>x</p>")
    with opened_indexes(folder, tmp_path / "other", cache=tmp_path / "cache") as indexes:
        first, second = indexes.connect()
        indexes._listener = heard = EventRecorder()
        indexes.handle(IndexEvent(1, error=("it cannot be locked", "")))
        summary = heard.summary()
        assert (summary.archive, second.shown()) == (1, 1)
        assert first.path == str(index_path(tmp_path / "cache", folder, None))
        second.close()


# Closing


def test_closing_ends_counting_and_in_memory_indexes(folder: Path) -> None:
    with opened_indexes(folder) as indexes:
        heard = EventRecorder()
        (index,) = indexes.connect()
        indexes.start(heard)
        heard.summary()
        assert total(indexes) == 3
        index.close()
    again = Index(index.archive, index.path)
    assert again.shown() == 0
