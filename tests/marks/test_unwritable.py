"""A database that cannot be written or used: its marks are still shown."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import apsw
import pytest

from reader.document.document import Position
from reader.errors import StoreError
from reader.marks import read_only, restoring
from reader.marks.backups import back_up, back_up_changed, backups
from reader.marks.facade import Marks
from reader.marks.read_only import check_integrity
from reader.marks.restoring import open_marks
from tests.marks.making import article, exported, filled, full_of, held


def test_unwritable_store_is_shown_from_memory(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = exported(filled(store))

    def unwritable(*_: object) -> None:
        raise apsw.ReadOnlyError("attempt to write a readonly database")

    monkeypatch.setattr("reader.marks.store_opening.migrate", unwritable)
    # The database in memory is writable.
    monkeypatch.setattr(restoring, "Marks", _Migrated)
    marks, error = open_marks(store)
    assert error is not None
    assert "readonly" in error.message
    assert exported(marks) == before
    assert marks.undo() is None
    marks.bookmarks.add(article(), Position(0), "until the end")
    assert marks.undo() is not None
    assert exported(marks) != b""


class _Migrated(Marks):
    """Marks in memory stay writable."""

    def __init__(self, path: Path | None, *rest: object) -> None:
        if path is None:
            with pytest.MonkeyPatch.context() as patch:
                patch.undo()
                from reader.marks.migrations import migrate  # noqa: PLC0415

                patch.setattr("reader.marks.store_opening.migrate", migrate)
                super().__init__(path, *rest)  # type: ignore[arg-type]
        else:
            super().__init__(path, *rest)  # type: ignore[arg-type]


@pytest.mark.parametrize("ways", [("as_it_is",), ("as_it_is", "copied")])
def test_other_ways_of_reading_are_tried(store: Path, ways: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    before = held(full_of(store, 20))
    real = read_only.as_it_is

    def cannot(path: Path, patience: int, options: str = "mode=ro") -> object:
        if options == "mode=ro" and (path == store or len(ways) > 1):
            raise apsw.CantOpenError
        return real(path, patience, options)

    for module in (read_only, restoring):
        monkeypatch.setattr(module, "as_it_is", cannot)
    if len(ways) > 1:
        # Without the WAL, everything must be in the file.
        Marks(store).store.connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    marks = Marks(None)
    restoring._read(store, marks)
    assert held(marks) == before


def test_store_locked_for_long_is_shown(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.marks.transactions.PATIENCE", 10)
    before = held(filled(store))
    other = apsw.Connection(str(store))
    other.execute("BEGIN IMMEDIATE")
    marks, error = open_marks(store)
    # Opening writes nothing, so only a change has to wait.
    assert error is None
    assert held(marks) == before
    with pytest.raises(StoreError, match="nother reader"):
        marks.articles.star(article(), starred=True)
    other.execute("ROLLBACK")
    marks.articles.star(article(), starred=True)


def test_store_of_a_newer_version_is_shown_as_far_as_possible(store: Path) -> None:
    marks = filled(store)
    before = held(marks)
    marks.store.connection.pragma("user_version", 99)
    marks.close()
    marks, error = open_marks(store)
    assert error is not None
    assert "newer" in error.message
    assert held(marks) == before


@pytest.mark.parametrize("content", [b"no database" * 100, None])
def test_if_nothing_can_be_read_memory_is_empty(tmp_path: Path, content: bytes | None) -> None:
    store = tmp_path / "marks.db"
    if content is None:
        store = tmp_path / "file" / "marks.db"
        (tmp_path / "file").touch()
    else:
        store.write_bytes(content)
    marks, error = open_marks(store)
    assert isinstance(error, StoreError)
    assert marks.store.path is None
    assert marks.bookmarks.all() == []
    marks.bookmarks.add(article(), Position(0), "x")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    if mounted(place, "size=4m").returncode:
        pytest.skip("nothing can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False, capture_output=True)


def mounted(place: Path, options: str) -> subprocess.CompletedProcess[bytes]:
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
    return subprocess.run(command, check=False, capture_output=True)


@pytest.mark.parametrize("logged", [True, False])
def test_read_only_disk_shows_its_marks(disk: Path, logged: bool) -> None:  # noqa: FBT001
    marks = filled(disk / "marks.db")
    before = held(marks)
    if not logged:
        marks.close()
    else:
        # The files of a killed reader, with a WAL that is no longer writable.
        shutil.copytree(disk, disk.parent / "killed")
        marks.close()
        for file in (disk.parent / "killed").iterdir():
            shutil.copy(file, disk / file.name)
    assert mounted(disk, "remount,ro").returncode == 0
    marks, error = open_marks(disk / "marks.db")
    assert error is not None
    assert held(marks) == before
    mounted(disk, "remount,rw")
    again, error = open_marks(disk / "marks.db")
    assert error is None
    assert held(again) == before
    again.close()


def fill(disk: Path) -> None:
    """Fill a disk."""
    with (disk / "filler").open("wb", buffering=0) as filler, suppress(OSError):
        while filler.write(b"x" * 512):
            pass


def test_full_disk_shows_its_marks_and_loses_none(disk: Path) -> None:
    marks = filled(disk / "marks.db")
    before = held(marks)
    marks.close()
    fill(disk)
    marks, error = open_marks(disk / "marks.db")
    assert held(marks) == before
    if error is None:
        with pytest.raises(StoreError, match="the free disk space"):
            marks.keep_state("large", "x" * 100_000)
        with pytest.raises(StoreError):
            back_up(disk / "marks.db", why="daily")
    marks.close()
    (disk / "filler").unlink()
    marks = Marks(disk / "marks.db")
    assert held(marks) == before
    marks.bookmarks.add(article(), Position(0), "again")
    marks.close()


def test_inaccessible_folder_is_an_obstacle_and_no_traceback(store: Path) -> None:
    filled(store).close()
    back_up(store, why="daily")
    assert backups(store)
    reading_end, writing_end = os.pipe()
    child = os.fork()
    if child == 0:
        store.parent.chmod(0o600)
        if os.geteuid() == 0:
            os.setuid(65_534)
        outcomes = [
            _outcome(lambda: back_up_changed(store)),
            _outcome(lambda: restoring.restore(store)),
            str(bool(check_integrity(store).obstacle)),
            str(check_integrity(store).damage),
            str(open_marks(store)[1] is not None),
        ]
        os.write(writing_end, " ".join(outcomes).encode())
        os._exit(0)
    os.waitpid(child, 0)
    store.parent.chmod(0o700)
    os.close(writing_end)
    with os.fdopen(reading_end) as answers:
        assert answers.read() == "StoreError StoreError True  True"
    assert not check_integrity(store).damage


def _outcome(act: Callable[[], object]) -> str:
    try:
        act()
    except Exception as error:  # noqa: BLE001 - whichever it is
        return type(error).__name__
    return "done"
