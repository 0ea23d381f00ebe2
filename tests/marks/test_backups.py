"""Copies of the store: when they are made, which are kept, which one is gone back to."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import apsw
import pytest

from reader.document.document import Position
from reader.errors import DamagedStoreError, StoreError
from reader.marks import backups as module
from reader.marks.backups import Backup, back_up, back_up_daily, backups, damage, newest_good
from reader.marks.marks import Marks
from tests.marks.making import article, exported, filled, names

START = datetime(2026, 11, 24, 10, tzinfo=UTC)


class Clock(datetime):
    """A clock that stands where it is put."""

    at = START

    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # noqa: ARG003
        return cls.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    monkeypatch.setattr(Clock, "at", START)
    monkeypatch.setattr(module, "datetime", Clock)
    return Clock


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "marks.db"


def touched(store: Path, at: datetime) -> None:
    """Let a store have been changed last at some time."""
    for path in (store, store.with_name(store.name + "-wal")):
        if path.exists():
            os.utime(path, (at.timestamp(), at.timestamp()))


def test_a_copy_is_the_store_whole_and_alone_in_its_file(store: Path) -> None:
    marks = filled(store)
    copy = back_up(store, why="daily")
    assert copy.why == "daily"
    assert backups(store) == [copy]
    assert [one.name for one in copy.path.parent.iterdir()] == [copy.path.name]
    assert exported(Marks(copy.path)) == exported(marks)
    assert damage(copy.path) == ""
    assert newest_good(store) == copy


def test_what_is_copied_is_what_was_acknowledged_though_it_be_in_the_log_still(store: Path) -> None:
    marks = Marks(store)
    marks.bookmarks.add(article(), Position(0), "in the log")
    assert store.with_name("marks.db-wal").stat().st_size > 0
    assert names(Marks(back_up(store, why="daily").path)) == {"in the log"}


def test_a_day_has_one_copy_if_anything_changed(store: Path, clock: type[Clock]) -> None:
    marks = filled(store)
    made = []
    for hours, changed, expected in (
        (0, True, True),
        (1, True, False),
        (23.9, True, False),
        (24, False, True),
        (100, False, False),
        (100, True, True),
        (123, True, False),
        (124, True, True),
    ):
        clock.at = START + timedelta(hours=hours)
        if changed:
            marks.keep_state("at", str(hours))
            touched(store, clock.at)
        copy = back_up_daily(store)
        assert (copy is not None) == expected, hours
        made += [copy] if copy else []
    assert [*reversed(made)] == backups(store)


def test_opening_a_store_is_no_change_of_it(store: Path, clock: type[Clock]) -> None:
    filled(store).close()
    touched(store, START)
    assert back_up_daily(store) is not None
    clock.at = START + timedelta(days=3)
    marks = Marks(store)
    assert marks.bookmarks.all()
    assert back_up_daily(store) is None
    marks.keep_state("theme", "night")
    assert back_up_daily(store) is not None


def test_a_copy_of_another_kind_counts_for_the_day(store: Path, clock: type[Clock]) -> None:
    filled(store).close()
    touched(store, START)
    back_up(store, why="migration")
    clock.at = START + timedelta(hours=2)
    touched(store, clock.at)
    assert back_up_daily(store) is None


def test_a_copy_that_was_made_by_a_wrong_clock_keeps_no_other_from_being_made(store: Path, clock: type[Clock]) -> None:
    filled(store).close()
    clock.at = START + timedelta(days=2_000)
    back_up_daily(store)
    clock.at = START
    touched(store, START)
    copy = back_up_daily(store)
    assert copy is not None
    assert copy.made == START
    assert back_up_daily(store) is None


def test_ten_days_are_kept_and_five_of_each_other_kind(store: Path, clock: type[Clock]) -> None:
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


def test_what_is_no_copy_of_this_store_is_passed_over_and_left_alone(store: Path) -> None:
    filled(store).close()
    assert backups(store) == []
    copy = back_up(store, why="daily")
    others = ["marks-yesterday-daily.db", "other-20261124T100000000000Z-daily.db", "marks-.db", "x", "marks.db"]
    for name in others:
        (copy.path.parent / name).write_bytes(b"")
    assert backups(store) == [copy]
    assert newest_good(store) == copy
    assert {*others, copy.path.name} == {one.name for one in copy.path.parent.iterdir()}


# Damaged ones


def test_a_damaged_store_is_not_copied(store: Path) -> None:
    filled(store).close()
    copy = back_up(store, why="daily")
    content = bytearray(store.read_bytes())
    content[4096 * 3 : 4096 * 4] = os.urandom(4096)
    store.write_bytes(content)
    assert damage(store)
    with pytest.raises(apsw.CorruptError):
        back_up(store, why="migration")
    touched(store, datetime.now(UTC) + timedelta(days=2))
    os.rename(copy.path, copy.path.with_name("marks-20200101T000000000000Z-daily.db"))  # noqa: PTH104
    with pytest.raises(StoreError, match="cannot be copied") as told:
        back_up_daily(store)
    assert not isinstance(told.value, DamagedStoreError)
    assert [one.name for one in copy.path.parent.iterdir()] == ["marks-20200101T000000000000Z-daily.db"]


def test_the_newest_good_copy_is_gone_back_to(store: Path, clock: type[Clock]) -> None:
    marks = Marks(store)
    made: list[Backup] = []
    for number in range(5):
        marks.bookmarks.add(article(), Position(number), f"bookmark {number}")
        clock.at = START + timedelta(days=number)
        made.append(back_up(store, why="daily"))
    assert newest_good(store) == made[4]
    made[4].path.write_bytes(made[4].path.read_bytes()[:-4096])
    assert newest_good(store) == made[3]
    made[3].path.write_bytes(b"")
    assert newest_good(store) == made[2]
    # SQLite itself would not see that a text is none.
    made[2].path.write_bytes(made[2].path.read_bytes().replace(b"bookmark 2", b"bookmark\xff\xff"))
    assert newest_good(store) == made[1]
    made[1].path.unlink()
    made[1].path.mkdir()
    assert newest_good(store) == made[0]
    made[0].path.unlink()
    assert newest_good(store) is None


@pytest.mark.parametrize("content", [b"", b"x", b"SQLite format 3\0", b"SQLite format 3\0" + bytes(8_000), None])
def test_what_is_no_store_is_damaged(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "x.db").write_bytes(content)
    assert damage(tmp_path / "x.db")
    assert damage(tmp_path)


def test_a_store_that_another_reader_is_writing_is_not_damaged(store: Path) -> None:
    marks = filled(store)
    marks.store.connection.execute("BEGIN EXCLUSIVE")
    assert damage(store) == ""


# Nothing half-written


def test_a_copy_that_fails_leaves_nothing_behind(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(store).close()
    copy = back_up(store, why="daily")

    def half(_source: Path, target: Path) -> None:
        for name in (target.name, target.name + "-journal"):
            target.with_name(name).write_bytes(b"half")
        raise apsw.FullError("database or disk is full")

    monkeypatch.setattr(module, "copy_store", half)
    with pytest.raises(StoreError, match="the disk has room"):
        back_up(store, why="daily")
    monkeypatch.setattr(module, "copy_store", lambda _source, target: target.write_bytes(b"half"))
    with pytest.raises(apsw.CorruptError):
        back_up(store, why="daily")
    assert [*copy.path.parent.iterdir()] == [copy.path]


def test_a_copy_that_cannot_be_let_go_of_is_no_failure(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(store).close()

    def held(_path: Path, **_options: object) -> None:
        raise PermissionError

    monkeypatch.setattr(module, "_DAILY", 1)
    monkeypatch.setattr(Path, "unlink", held)
    made = [back_up(store, why="daily") for _ in range(3)]
    assert backups(store) == made[::-1]


def test_a_folder_that_cannot_be_made_is_said_so(store: Path) -> None:
    filled(store).close()
    (store.parent / "backups").touch()
    with pytest.raises(StoreError, match="backups"):
        back_up_daily(store)
