"""A restore is atomic: no failure, kill or concurrent reader loses a mark."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw
import pytest

from reader.document.document import Position
from reader.errors import StoreError
from reader.marks import read_only, restoring
from reader.marks.backups import back_up, damage
from reader.marks.facade import Marks
from reader.marks.interrupted_restores import unfinished
from reader.marks.read_only import IntegrityReport, check_integrity
from reader.marks.restoring import finish_interrupted, open_marks, open_to_read, restore
from tests.marks.making import article, exported, filled, names

OBSTACLES = (apsw.FullError, apsw.IOError, apsw.CantOpenError, apsw.ReadOnlyError, apsw.PermissionsError)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A database with a backup, and a mark that is not in the backup."""
    store = tmp_path / "data" / "marks.db"
    marks = filled(store)
    back_up(store, why="daily")
    marks.bookmarks.add(article("new"), Position(0), "since the copy")
    marks.close()
    return store


def files(store: Path) -> dict[Path, bytes]:
    return {one: one.read_bytes() for one in store.parent.rglob("*") if one.is_file()}


# Errors that are not corruption


@pytest.mark.parametrize("kind", OBSTACLES)
def test_obstacles_to_reading_are_not_corruption_and_nothing_is_restored(
    store: Path, kind: type[apsw.Error], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(store)

    @contextmanager
    def fails(*_: object) -> Any:
        raise kind("disk I/O error")
        yield

    for way in ("as_it_is", "copied", "without_log"):
        monkeypatch.setattr(read_only, way, fails)
    found = check_integrity(store)
    assert (damage(store), found.damage) == ("", "")
    # A technical message of SQLite is replaced by one for users.
    assert found.obstacle in {"disk I/O error", "database or disk is full"}
    with pytest.raises(StoreError, match="cannot be read now"):
        restore(store)
    assert files(store) == before


def test_store_that_cannot_be_written_is_exported_completely(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = exported(Marks(store))

    def full(*_: object) -> None:
        raise apsw.FullError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(
            "reader.marks.store_opening.keep_log", lambda *given: full() if str(store) in _file(given) else None
        )
        marks = open_to_read(store)
    assert marks.store.path is None
    assert exported(marks) == before


def _file(given: tuple[Any, ...]) -> str:
    return str(given[0].filename)


# Kills


def _dying(store: Path, number: int, act: Callable[[], object]) -> bool:
    """Call a function in a process that is killed at the given call that renames or links a file.

    Return whether it was killed.
    """
    process = os.fork()
    if process == 0:
        calls = iter(range(number + 1))

        def dies(real: Callable[..., Any]) -> Callable[..., Any]:
            def call(*given: Any, **named: Any) -> Any:
                if str(store.parent) in str(given[0]) and next(calls, None) == number:
                    os._exit(9)
                return real(*given, **named)

            return call

        for owner, name in ((os, "link"), (os, "rename"), (os, "replace"), (os, "unlink")):
            setattr(owner, name, dies(getattr(owner, name)))
        try:
            act()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 9


@pytest.mark.parametrize("broken", [False, True])
def test_kill_between_any_two_steps_of_a_restore_costs_nothing_and_is_reported(
    store: Path,
    tmp_path: Path,
    broken: bool,  # noqa: FBT001
) -> None:
    wanted = {"a 一处", "a 改过"} | (set() if broken else {"since the copy"})
    if broken:
        store.write_bytes(b"garbage" * 2_000)
    copy = next((store.parent / "backups").iterdir())
    shutil.copytree(store.parent, tmp_path / "kept")
    told = 0
    for number in range(100):
        shutil.rmtree(store.parent)
        shutil.copytree(tmp_path / "kept", store.parent)
        died = _dying(store, number, lambda: restore(store, copy))
        left = unfinished(store)
        told += left is not None
        if left is None and damage(store):
            restore(store)
        marks, _error = open_marks(store)
        marks.close()
        finish_interrupted(store)
        assert damage(store) == ""
        assert wanted <= names(Marks(store)), number
        assert unfinished(store) is None
        if not died:
            break
    assert number > 3
    assert told >= 2


def test_kill_while_the_new_store_is_written_keeps_the_old_one(store: Path) -> None:
    before = exported(Marks(store))
    process = os.fork()
    if process == 0:
        vars(restoring)["unusable"] = lambda _path: os._exit(9)
        restoring.restore(store)
        os._exit(0)
    os.waitpid(process, 0)
    assert unfinished(store) is None
    assert not list(store.parent.glob("marks-restor*"))
    assert exported(Marks(store)) == before


# Failures


@pytest.mark.parametrize("failing", ["import_marks", "merge", "sync_file", "unusable"])
def test_any_failure_while_the_new_store_is_created_changes_nothing(
    store: Path, failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write_bytes(b"garbage" * 2_000)
    before = files(store)

    def fails(*given: object, **_named: object) -> str:
        if failing == "unusable":
            return "" if "backups" in str(given[0]) else "malformed"
        raise OSError(28, "No space left on device") if failing == "sync_file" else StoreError("full")

    also = restoring.open_marks(None)[0]
    from reader.marks.dump import dump  # noqa: PLC0415

    monkeypatch.setattr(restoring, failing, fails)
    with pytest.raises(StoreError):
        restore(store, also=dump(also.store.rows))
    assert files(store) == before


# Other readers


def test_concurrent_writes_during_a_replacement_reach_the_new_store(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.marks.transactions.PATIENCE", 50)
    other = Marks(store)
    real = restoring._salvage

    def meanwhile(path: Path, marks: Marks) -> bool:
        read = real(path, marks)
        with pytest.raises(StoreError, match="nother reader"):
            # Otherwise it would only be in the file that is set aside.
            other.bookmarks.add(article(), Position(1), "too late")
        return read

    monkeypatch.setattr(restoring, "_salvage", meanwhile)
    restore(store, next((store.parent / "backups").iterdir()))
    other.bookmarks.add(article(), Position(1), "afterwards")
    # It is visible at once, although the other process has it open and is killed without closing it.
    assert {"afterwards", "since the copy"} <= names(Marks(store))


_MARK = """
import sys
from pathlib import Path
from reader.document.document import Position
from reader.errors import StoreError
from reader.marks import transactions
from reader.marks.facade import Marks
from tests.marks.making import article
transactions.PATIENCE = 300
try:
    marks = Marks(Path(sys.argv[1]), patience=300)
    marks.bookmarks.add(article("between"), Position(0), "between")
    marks.close()
except StoreError:
    print("refused")
else:
    print("acknowledged")
"""
"""A script for another process that marks and prints the messages for its user."""


@pytest.mark.parametrize("step", range(6))
@pytest.mark.parametrize("with_links", [True, False])
def test_marks_of_another_process_between_steps_are_kept_or_refused(
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: int,
    with_links: bool,  # noqa: FBT001
) -> None:
    screen = Marks(store)
    screen.bookmarks.add(article("screen"), Position(0), "in the log of the screen")
    done, said = list[str](), list[str]()

    def marking(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            answer = real(*given, **named)
            done.append(str(given))
            if len(done) == step + 1:
                command = [sys.executable, "-c", _MARK, str(store)]
                said.append(subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip())
            return answer

        return call

    for name in ("link", "rename", "replace"):
        monkeypatch.setattr(os, name, marking(getattr(os, name)))
    if not with_links:
        monkeypatch.setattr(os, "link", _no_links)
    restore(store, next((store.parent / "backups").iterdir()))
    monkeypatch.undo()
    assert len(done) >= (6 if with_links else 4)
    wanted = {"since the copy", "in the log of the screen", *(["between"] if said == ["acknowledged"] else [])}
    assert set(said) <= {"acknowledged", "refused"}
    assert check_integrity(store) == IntegrityReport()
    assert wanted <= names(Marks(store))
    assert screen.store.changed_elsewhere()
    assert wanted <= names(screen)
    assert check_integrity(store) == IntegrityReport()


def _no_links(*_given: object, **_named: object) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


def test_changes_in_a_replaced_store_are_not_undone(store: Path) -> None:
    screen = Marks(store)
    screen.bookmarks.add(article("mine"), Position(0), "mine")
    restore(store, next((store.parent / "backups").iterdir()))
    importing = Marks(store)
    importing.bookmarks.add(article("theirs"), Position(0), "theirs")
    importing.close()
    assert screen.store.changed_elsewhere()
    assert screen.undo() is None
    assert {"mine", "theirs", "since the copy"} <= names(screen)
    screen.bookmarks.add(article("mine"), Position(1), "again")
    assert screen.undo() is not None
    assert screen.undo() is None


# Opening


def test_store_with_a_long_running_writer_can_be_opened(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.marks.transactions.PATIENCE", 50)
    Marks(store).store.connection.pragma("journal_mode", "wal")
    holder = Marks(store)
    holder.store.connection.execute("BEGIN IMMEDIATE")
    marks, error = open_marks(store)
    assert error is None
    assert "since the copy" in names(marks)
    with pytest.raises(StoreError, match="nother reader"):
        marks.bookmarks.add(article(), Position(5), "x")
    holder.store.connection.execute("ROLLBACK")
    marks.bookmarks.add(article(), Position(5), "x")
    assert "x" in names(Marks(store))
