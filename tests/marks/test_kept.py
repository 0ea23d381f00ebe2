"""Acknowledged marks are kept, and the change log does not grow without limit."""

import os
import shutil
from datetime import date
from pathlib import Path
from threading import Timer

import apsw
import pytest

from reader.marks import store_opening, undo_log
from reader.marks.backups import back_up, damage
from reader.marks.facade import Marks
from reader.search.query_tree import State
from tests.marks.making import anchor, article, in_state


@pytest.mark.parametrize(("colour", "note"), [(3, "更多"), (3, None), (None, "更多"), (3, "旧的"), (1, "更多")])
def test_colour_and_note_saved_together_are_both_kept(colour: int | None, note: str | None) -> None:
    marks = Marks(None)
    made = marks.highlights.add(article(), anchor(), "", 1, "旧的")
    marks.highlights.change(made, colour=colour, note=note)
    (kept,) = marks.highlights.all()
    assert (kept.colour, kept.note) == (colour or 1, note or "旧的")
    marks.undo()
    assert marks.highlights.all() == [made]


def test_change_log_does_not_grow_over_many_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo_log, "_KEPT", 10)
    store = tmp_path / "marks.db"
    for start in range(8):
        marks = Marks(store)
        for number in range(4):
            marks.articles.star(article(), starred=number % 2 == 0)
        logged = marks.store.rows("SELECT count(*) FROM change")[0][0]
        assert logged == min(4 * start + 4, 10)
        marks.close()
    marks = Marks(store)
    undone = [marks.undo() for _ in range(11)]
    assert [one is not None for one in undone] == [True] * 10 + [False]


def test_concurrent_changes_of_another_reader_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo_log, "_KEPT", 2)
    one, other = Marks(tmp_path / "marks.db"), Marks(tmp_path / "marks.db")
    one.articles.star(article(), starred=True)
    for _ in range(3):
        other.articles.keep_for_later(article(), later=True)
        other.articles.keep_for_later(article(), later=False)
    assert one.undo() is not None
    assert not in_state(other, State.STARRED)


def test_unfinished_backups_are_removed_once_old(tmp_path: Path) -> None:
    store = tmp_path / "marks.db"
    Marks(store).close()
    folder = back_up(store, why="daily").path.parent
    old, fresh = folder / "marks-20261123T100000000000Z-daily.tmp", folder / "marks-20261124T100000000000Z-daily.tmp"
    for unfinished in (old, fresh, old.with_name(f"{old.name}-journal")):
        unfinished.touch()
        if unfinished is not fresh:
            os.utime(unfinished, (0, 0))
    back_up(store, why="daily")
    assert list(folder.glob("*.tmp*")) == [fresh]


def test_deleted_wal_costs_nothing_marked_after_it(tmp_path: Path) -> None:
    store, copy = tmp_path / "marks.db", tmp_path / "copy.db"
    marks = Marks(store)
    marks.articles.star(article(), starred=True)
    (tmp_path / "marks.db-wal").unlink()
    marks.articles.keep_for_later(article(), later=True)
    # A copy of the files on disk, as a killed process leaves them.
    for suffix in ("", "-wal"):
        shutil.copyfile(f"{store}{suffix}", f"{copy}{suffix}")
    left = Marks(copy)
    assert (in_state(left, State.STARRED), in_state(left, State.LATER)) == ({"a"}, {"a"})


@pytest.mark.parametrize("gone", ["-wal", "-shm"])
def test_log_deleted_while_the_store_is_opened_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    store, copy, read = tmp_path / "marks.db", tmp_path / "copy.db", store_opening.last_revision
    waiting = [tmp_path / f"marks.db{gone}"]

    def read_and_delete(connection: apsw.Connection) -> int:
        revision = read(connection)
        if waiting:
            waiting.pop().unlink()
        return revision

    monkeypatch.setattr(store_opening, "last_revision", read_and_delete)
    marks = Marks(store)
    assert not waiting
    marks.articles.star(article(), starred=True)
    for suffix in ("", "-wal"):
        shutil.copyfile(f"{store}{suffix}", f"{copy}{suffix}")
    assert in_state(Marks(copy), State.STARRED) == {"a"}
    assert in_state(Marks(store), State.STARRED) == {"a"}


def test_cleared_history_is_in_no_file(tmp_path: Path) -> None:
    marks = Marks(tmp_path / "marks.db")
    marks.days.add(date(1987, 6, 5), 60, 1_000)
    marks.clear_history()
    assert not [file.name for file in tmp_path.rglob("*") if file.is_file() and b"1987-06-05" in file.read_bytes()]


@pytest.mark.parametrize("gone", [("-wal",), ("-shm",), ("-wal", "-shm")])
def test_reader_started_after_the_wal_was_deleted_shares_a_new_one(tmp_path: Path, gone: tuple[str, ...]) -> None:
    store = tmp_path / "marks.db"
    one = Marks(store)
    one.articles.star(article(), starred=True)
    for suffix in gone:
        (tmp_path / f"marks.db{suffix}").unlink()
    one.articles.keep_for_later(article(), later=True)
    other = Marks(store)
    for number in range(50):
        one.highlights.add(article(), anchor(), "", 1, f"one {number}")
        other.highlights.add(article(), anchor(), "", 1, f"other {number}")
        assert one.store.changed_elsewhere()
        assert len(one.highlights.all()) == len(other.highlights.all()) == 2 * number + 2
    assert other.undo() is not None
    assert one.undo() is not None
    one.close()
    other.close()
    assert not damage(store)
    left = Marks(store)
    assert (in_state(left, State.STARRED), in_state(left, State.LATER)) == ({"a"}, {"a"})
    assert len(left.highlights.all()) == 98


def test_store_being_created_by_another_reader_is_waited_for(tmp_path: Path) -> None:
    other = apsw.Connection(str(tmp_path / "marks.db"))
    other.execute("CREATE TABLE something (x)")
    # While a connection without WAL writes, WAL mode cannot be enabled, and SQLite does not wait for that.
    other.execute("BEGIN IMMEDIATE")
    Timer(0.3, lambda: other.execute("ROLLBACK")).start()
    marks = Marks(tmp_path / "marks.db")
    marks.articles.star(article(), starred=True)
    assert marks.store.connection.pragma("journal_mode") == "wal"
    marks.close()
