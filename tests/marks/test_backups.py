"""Backups of the database: when they are made, which are kept, which one is restored."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw
import pytest

from reader.document.document import Position
from reader.marks import backups as module
from reader.marks.backups import back_up, back_up_changed, backups, damage, newest_good
from reader.marks.facade import Marks
from reader.marks.read_only import traces
from tests.marks.clock import START, Clock
from tests.marks.making import article, exported, filled, names
from tests.marks.test_migrations import old_store


@pytest.fixture
def live_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Sets the local time zone."""

    def set_zone(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield set_zone
    monkeypatch.undo()
    time.tzset()


def test_backup_is_a_complete_single_file(store: Path) -> None:
    marks = filled(store)
    copy = back_up(store, why="daily")
    assert copy.why == "daily"
    assert backups(store) == [copy]
    assert [one.name for one in copy.path.parent.iterdir()] == [copy.path.name]
    assert exported(Marks(copy.path)) == exported(marks)
    assert damage(copy.path) == ""
    assert newest_good(store) == copy


def test_backup_contains_changes_that_are_only_in_the_wal(store: Path) -> None:
    marks = Marks(store)
    marks.bookmarks.add(article(), Position(0), "in the log")
    assert store.with_name("marks.db-wal").stat().st_size > 0
    assert names(Marks(back_up(store, why="daily").path)) == {"in the log"}


def test_marks_since_the_newest_backup_are_backed_up_however_new_it_is(store: Path, clock: type[Clock]) -> None:
    marks = Marks(store)
    assert back_up_changed(store) is not None
    for minutes in (5, 10, 15):
        clock.at = START + timedelta(minutes=minutes)
        marks.bookmarks.add(article(), Position(minutes), f"bookmark {minutes}")
        copy = back_up_changed(store)
        assert copy is not None
        assert f"bookmark {minutes}" in names(Marks(copy.path))
        clock.at += timedelta(minutes=1)
        assert back_up_changed(store) is None
    assert len(backups(store)) == 4


def test_every_kind_of_mark_counts_as_a_change_and_so_does_undo(store: Path, clock: type[Clock]) -> None:
    marks = filled(store)
    back_up(store, why="daily")
    bookmark, highlight = marks.bookmarks.all()[0], marks.highlights.all()[0]
    for number, change in enumerate(
        (
            lambda: marks.bookmarks.rename(bookmark, "another name"),
            lambda: marks.bookmarks.delete(bookmark),
            lambda: marks.highlights.change(highlight, colour=3),
            lambda: marks.highlights.delete(highlight),
            lambda: marks.articles.star(article("a1"), starred=False),
            lambda: marks.articles.mark_read(article("new"), read=True, by_hand=False),
            lambda: marks.articles.keep_for_later(article("new"), later=True),
            lambda: marks.articles.tag(article("new"), ["tag"]),
            lambda: marks.searches.save("search", "x"),
            marks.undo,
            marks.redo,
            lambda: marks.searches.delete(marks.searches.all()[0]),
            marks.undo,
        )
    ):
        clock.at = START + timedelta(seconds=number)
        change()
        assert back_up_changed(store) is not None, number
        assert back_up_changed(store) is None, number


def test_marks_of_two_readers_are_backed_up_once(store: Path) -> None:
    one, other = Marks(store), Marks(store)
    one.bookmarks.add(article(), Position(0), "one's")
    other.bookmarks.add(article(), Position(1), "other's")
    copy = back_up_changed(store)
    assert copy is not None
    assert names(Marks(copy.path)) == {"one's", "other's"}
    one.close()
    assert back_up_changed(store) is None
    other.close()
    assert back_up_changed(store) is None
    assert backups(store) == [copy]


def test_positions_and_panes_are_backed_up_after_an_hour(store: Path, clock: type[Clock]) -> None:
    marks = filled(store)
    assert back_up_changed(store) is not None
    changes: tuple[Callable[[], object], ...] = (
        lambda: marks.articles.save_position(article("a1"), Position(8, 1), 0.5),
        lambda: marks.keep_state("theme", "night"),
        lambda: marks.days.add(START.date(), 60, 1_000),
    )
    for number, change in enumerate(changes):
        clock.at = START + timedelta(hours=number, minutes=59)
        change()
        assert back_up_changed(store) is None, number
        clock.at = START + timedelta(hours=number + 1)
        assert back_up_changed(store) is not None, number
        clock.at += timedelta(days=1)
        assert back_up_changed(store) is None, number


def test_opening_and_closing_a_store_is_not_a_change(store: Path, clock: type[Clock]) -> None:
    filled(store).close()
    assert back_up_changed(store) is not None
    clock.at = START + timedelta(days=3)
    marks = Marks(store)
    assert marks.bookmarks.all()
    assert back_up_changed(store) is None
    marks.close()
    assert back_up_changed(store) is None


def test_backup_of_another_kind_counts_too(store: Path) -> None:
    filled(store).close()
    back_up(store, why="migration")
    assert back_up_changed(store) is None


def test_backup_of_an_older_version_does_not_count(store: Path) -> None:
    old_store(store, 2)
    marks = Marks(store)
    assert [one.why for one in backups(store)] == ["migration"]
    assert back_up_changed(store) is not None
    assert back_up_changed(store) is None
    marks.close()


def test_another_store_with_as_many_changes_is_backed_up(store: Path) -> None:
    filled(store).close()
    assert back_up_changed(store) is not None
    store.unlink()
    filled(store).close()
    assert back_up_changed(store) is not None


def test_missing_store_is_neither_a_change_nor_an_error(store: Path) -> None:
    filled(store).close()
    back_up_changed(store)
    store.unlink()
    assert back_up_changed(store) is None


def test_backup_with_a_future_time_does_not_prevent_another(store: Path, clock: type[Clock]) -> None:
    marks = filled(store)
    made = []
    for number in range(12):
        clock.at = START + timedelta(days=2_000 + number)
        marks.bookmarks.add(article(), Position(number), "of the future")
        made.append(back_up_changed(store))
    for number in range(3):
        clock.at = START + timedelta(minutes=number)
        marks.bookmarks.add(article(), Position(number), "of today")
        copy = back_up_changed(store)
        assert copy is not None
        assert backups(store)[0] == newest_good(store) == copy
        assert back_up_changed(store) is None
    assert made[-1] in backups(store)


def test_file_status_shows_writes_and_not_reads(store: Path) -> None:
    marks, other = filled(store), Marks(store)
    back_up_changed(store)
    before = traces(store)
    assert len(before) == 2
    assert other.bookmarks.all()
    assert damage(store) == ""
    assert back_up_changed(store) is None
    assert traces(store) == before
    for change in (
        lambda: marks.articles.star(article("a1"), starred=False),
        lambda: other.articles.save_position(article("a1"), Position(8, 1), 0.5),
        lambda: marks.store.connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE),
        lambda: other.articles.star(article("a1"), starred=True),
        other.close,
        marks.close,
        store.unlink,
    ):
        change()
        if change != other.close:
            assert traces(store) != before
        before = traces(store)
    assert before == ()


def test_newest_six_and_the_last_of_each_of_ten_days_are_kept(
    store: Path, clock: type[Clock], live_in: Callable[[str], None]
) -> None:
    live_in("UTC")
    marks = Marks(store)
    for day in range(14):
        # There are no marks on one day.
        for minutes in range(0, 0 if day == 12 else 40, 5):
            clock.at = START + timedelta(days=day, minutes=minutes)
            marks.bookmarks.add(article(), Position(day), "bookmark")
            assert back_up_changed(store) is not None
    kept = [one.made - START for one in backups(store)]
    newest = [timedelta(days=13, minutes=minutes) for minutes in (35, 30, 25, 20, 15, 10)]
    assert kept == newest + [timedelta(days=day, minutes=35) for day in (11, 10, 9, 8, 7, 6, 5, 4, 3)]


def test_day_is_in_the_local_zone(
    store: Path, clock: type[Clock], monkeypatch: pytest.MonkeyPatch, live_in: Callable[[str], None]
) -> None:
    monkeypatch.setattr(module, "_NEWEST", 1)
    filled(store).close()
    for zone, expected in (("UTC", 1), ("Asia/Shanghai", 2)):
        live_in(zone)
        for hour in (10, 17):
            clock.at = datetime(2026, 11, 24, hour, tzinfo=UTC)
            back_up(store, why="daily")
        assert len(backups(store)) == expected
        for one in backups(store):
            one.path.unlink()


def test_five_of_each_other_kind_are_kept(store: Path, clock: type[Clock]) -> None:
    filled(store).close()
    for number in range(14):
        clock.at = START + timedelta(days=number)
        for why in ("daily", "migration", "restore"):
            back_up(store, why=why)
            clock.at += timedelta(seconds=1)
    kept = {
        why: [one.made.day for one in backups(store) if one.why == why] for why in ("daily", "migration", "restore")
    }
    days = [(START + timedelta(days=number)).day for number in reversed(range(14))]
    assert kept == {"daily": days[:10], "migration": days[:5], "restore": days[:5]}


def test_files_that_are_not_backups_are_ignored(store: Path) -> None:
    filled(store).close()
    assert backups(store) == []
    copy = back_up(store, why="daily")
    others = ["marks-yesterday-daily.db", "other-20261124T100000000000Z-daily.db", "marks-.db", "x", "marks.db"]
    for name in others:
        (copy.path.parent / name).write_bytes(b"")
    assert backups(store) == [copy]
    assert newest_good(store) == copy
    assert {*others, copy.path.name} == {one.name for one in copy.path.parent.iterdir()}
