"""The stacks: where indexes lie, who keeps them current, and what becomes of those that cannot be written."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reader.archive.archive import open_archives
from reader.index.index import Index
from reader.index.opening import index_path
from reader.index.progress import Progress, Stage, Summary
from reader.library.events import Event
from reader.library.keeper import Keeper, ProcessKeeper, Told
from reader.library.stacks import Stacks, in_memory
from reader.library.surveyor import Wish
from reader.library.upkeep import Update, update
from tests.articles import write_article
from tests.library.shelved import Heard, end_processes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(3):
        write_article(tmp_path / "archive" / f"{number}.md", f"第{number}篇", f"<p>灯塔{number}</p>")
    return tmp_path / "archive"


@contextmanager
def stacked(*paths: Path, cache: Path | None = None) -> Iterator[Stacks]:
    stacks = Stacks(open_archives(paths), cache, None, show_copies=False)
    try:
        yield stacks
    finally:
        end_processes(stacks)
        stacks.close()


class Noted:
    """A keeper that notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def start(self, told: Told) -> None:
        del told
        self.asked.append("start")

    def stop(self) -> None:
        self.asked.append("stop")

    def go_on(self) -> None:
        self.asked.append("go on")

    def rebuild(self, number: int) -> None:
        self.asked.append(f"rebuild {number}")

    def close(self) -> None:
        self.asked.append("close")


def test_folders_have_files_and_single_files_have_their_index_in_memory(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    with stacked(folder, folder / "1.md", cache=cache) as stacks:
        first, second = (index.path for index in stacks.indexes())
        assert first == str(index_path(cache, folder, None))
        assert second.startswith("file:")
        assert [type(keeper).__name__ for keeper in stacks._keepers] == ["ProcessKeeper", "ThreadKeeper"]
        assert not cache.exists()


def test_without_a_cache_all_is_in_memory(folder: Path) -> None:
    with stacked(folder) as stacks:
        assert [type(keeper).__name__ for keeper in stacks._keepers] == ["ThreadKeeper"]
        heard = Heard()
        stacks.indexes()
        stacks.start(heard)
        heard.summary()
        assert [index.shown() for index in stacks.indexes()] == [3]
        assert stacks.surveyor.survey(Wish()).total == 3


def test_every_asker_has_connections_of_its_own(folder: Path) -> None:
    with stacked(folder, folder / "1.md") as stacks:
        first, second = stacks.indexes(), stacks.indexes()
        assert [one.path for one in first] == [one.path for one in second]
        assert not {*map(id, first)} & {*map(id, second)}
        assert first[0].path != first[1].path


def test_indexes_in_memory_do_not_meet() -> None:
    (first, one), (second, other) = in_memory(), in_memory()
    assert first != second
    one.execute("CREATE TABLE a (b)")
    assert other.execute("SELECT count(*) FROM sqlite_schema").get == 0
    one.close()
    other.close()


def test_only_an_archive_that_was_never_read_begins_before_the_screen(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    with stacked(folder, cache=cache) as stacks:
        (keeper,) = stacks._keepers
        assert isinstance(keeper, ProcessKeeper)
        stacks.launch()
        assert keeper._process is not None
    index_path(cache, folder, None).parent.mkdir(exist_ok=True)
    index_path(cache, folder, None).touch()
    with stacked(folder, cache=cache) as stacks:
        (keeper,) = stacks._keepers
        assert isinstance(keeper, ProcessKeeper)
        stacks.launch()
        assert keeper._process is None
    with stacked(folder) as stacks:
        stacks.launch()


def test_what_is_asked_is_asked_of_all_keepers(folder: Path) -> None:
    stacks = Stacks(open_archives([folder]), None, None, show_copies=False)
    noted = [Noted(), Noted()]
    stacks._keepers = list[Keeper](noted)
    stacks.start(lambda _event: None)
    place = stacks._places[0]
    for ask in (stacks.stop, stacks.go_on, lambda: stacks.rebuild(place), lambda: stacks.rebuild(place), stacks.close):
        ask()
    assert [one.asked for one in noted] == [["start", "stop", "go on", "rebuild 0", "close"]] * 2


@pytest.mark.parametrize(
    ("event", "changed"),
    [
        (Event(0), False),
        (Event(0, rebuilt="it was damaged"), True),
        (Event(0, Progress(Stage.WALK)), False),
        (Event(0, Progress(Stage.HEADS, 1, changed=True)), True),
        (Event(0, summary=Summary(5)), False),
        (Event(0, summary=Summary(5, warnings=3)), False),
        (Event(0, summary=Summary(5, new=1)), True),
        (Event(0, summary=Summary(5, changed=1)), True),
        (Event(0, summary=Summary(5, moved=(("x", "a", "b"),))), True),
        (Event(0, summary=Summary(5, gone=1)), True),
    ],
)
def test_an_event_tells_whether_articles_may_have_changed(folder: Path, event: Event, *, changed: bool) -> None:
    with stacked(folder) as stacks:
        stacks.indexes()
        assert stacks.happened(event) is changed


# A cache that cannot be written


def test_where_no_file_can_be_written_the_index_is_in_memory_and_filled(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with stacked(folder, cache=tmp_path / "file" / "cache") as stacks:
        heard, early = Heard(), stacks.indexes()
        stacks.start(heard)
        error = heard.wait_for(lambda event: bool(event.error[0]))
        assert [index.shown() for index in early] == [0]
        behind = len(heard.events)
        assert stacks.happened(error) is False
        heard.summary(behind)
        # Who had its indexes before, who gets them now, and who counts them, all read the new one.
        assert [index.shown() for index in (*early, *stacks.indexes())] == [3, 3]
        assert stacks.surveyor.survey(Wish()).total == 3
        assert len(stacks._keepers) == 2
        # Being told again changes nothing more.
        stacks.happened(error)
        assert len(stacks._keepers) == 2
        for index in early:
            index.close()


def test_an_index_that_was_whole_once_is_read_on_though_it_cannot_be_written_now(folder: Path, tmp_path: Path) -> None:
    path = index_path(tmp_path, folder, None)
    (archive,) = open_archives([folder])
    update(0, archive, str(path), Update())
    with stacked(folder, cache=tmp_path) as stacks:
        (index,) = stacks.indexes()
        stacks.happened(Event(0, error=("the disk is full", "")))
        assert (index.path, index.shown()) == (str(path), 3)
        assert len(stacks._keepers) == 1
        index.close()


def test_only_the_archive_that_failed_falls_back(folder: Path, tmp_path: Path) -> None:
    write_article(tmp_path / "other" / "x.md", "x", "<p>x</p>")
    with stacked(folder, tmp_path / "other", cache=tmp_path / "cache") as stacks:
        first, second = stacks.indexes()
        stacks._told = heard = Heard()
        stacks.happened(Event(1, error=("it cannot be locked", "")))
        summary = heard.summary()
        assert (summary.archive, second.shown()) == (1, 1)
        assert first.path == str(index_path(tmp_path / "cache", folder, None))
        second.close()


# The end


def test_closing_ends_what_counts_and_what_is_in_memory(folder: Path) -> None:
    with stacked(folder) as stacks:
        heard = Heard()
        (index,) = stacks.indexes()
        stacks.start(heard)
        heard.summary()
        assert stacks.surveyor.survey(Wish()).total == 3
        index.close()
    again = Index(index.archive, index.path)
    assert again.shown() == 0
