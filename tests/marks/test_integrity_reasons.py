"""The results of an integrity check: intact, corrupt with the damage, or impossible at present with the reason."""

import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from reader.document.document import Position
from reader.errors import CorruptStoreError
from reader.marks import read_only
from reader.marks.facade import Marks
from reader.marks.read_only import check_integrity, failure_reason, is_obstacle
from tests.marks.making import article


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A closed database with some bookmarks, in a single file."""
    path = tmp_path / "marks.db"
    marks = Marks(path)
    for number in range(200):
        marks.bookmarks.add(article(str(number % 5)), Position(number), f"第{number}处")
    marks.close()
    return path


def report_of(path: Path) -> tuple[str, str]:
    found = check_integrity(path)
    return found.damage, found.obstacle


def test_intact_database_has_neither_damage_nor_obstacle(store: Path) -> None:
    assert report_of(store) == ("", "")


def test_a_missing_file_is_an_obstacle(tmp_path: Path) -> None:
    assert report_of(tmp_path / "nothing.db") == ("", "no such file")


def test_folder_or_pipe_is_not_a_database(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    assert report_of(tmp_path) == ("no regular file", "")
    if hasattr(os, "mkfifo"):
        os.mkfifo(pipe)
        assert report_of(pipe) == ("no regular file", "")


def test_other_file_is_not_a_database(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(b"no database at all" * 100)
    assert report_of(path) == ("file is not a database", "")


def test_a_database_of_another_program_lacks_the_table(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE other (a)")
    assert report_of(path) == ("no such table: article", "")


def test_text_that_is_not_utf_8_is_corruption(store: Path) -> None:
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("UPDATE bookmark SET name = CAST(x'ff' AS TEXT) WHERE id = 7")
    damage, obstacle = report_of(store)
    assert "decode" in damage
    assert obstacle == ""


def test_overwritten_page_is_corruption(store: Path) -> None:
    content = bytearray(store.read_bytes())
    for start in range(4096, len(content), 4096):
        content[start : start + 100] = b"\x55" * 100
    store.write_bytes(content)
    damage, obstacle = report_of(store)
    assert damage
    assert obstacle == ""


def test_error_about_a_corrupt_store_has_file_reason_and_hint(tmp_path: Path) -> None:
    path = tmp_path / "marks.db"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(CorruptStoreError) as raised:
        Marks(path)
    assert str(path) in str(raised.value)
    assert "not a database" in str(raised.value)
    assert "reader marks restore" in raised.value.hint


def test_store_truncated_to_nothing_is_reported(store: Path) -> None:
    store.write_bytes(b"\0" * 50)
    with pytest.raises(CorruptStoreError, match="file is empty"):
        Marks(store)


def test_a_stopped_check_is_an_obstacle(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_only, "_OPERATIONS", 50)
    found = check_integrity(store, lambda: True)
    assert (found.damage, found.obstacle) == ("", "interrupted")


def test_database_locked_by_another_program_is_an_obstacle(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_only.read_store, "__defaults__", (0,))
    # With the same SQLite: POSIX locks do not exclude another library in the same process.
    with closing(apsw.Connection(str(store))) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert report_of(store) == ("", "database is locked")


def sqlite_error(kind: type[apsw.Error], message: str, extended: int = 0) -> apsw.Error:
    error = kind(message)
    vars(error)["extendedresult"] = extended
    return error


@pytest.mark.parametrize(
    ("error", "reason", "obstacle"),
    [
        (PermissionError(errno.EACCES, "Permission denied", "marks.db"), "Permission denied", True),
        (OSError("its log cannot be read"), "its log cannot be read", True),
        (OSError(), "OSError", True),
        (MemoryError(), "MemoryError", True),
        (sqlite_error(apsw.FullError, ""), "database or disk is full", True),
        (sqlite_error(apsw.FullError, "not an error"), "database or disk is full", True),
        (sqlite_error(apsw.FullError, "too many rows"), "too many rows", True),
        (sqlite_error(apsw.IOError, "disk I/O error", apsw.SQLITE_IOERR_SHMSIZE), "database or disk is full", True),
        (sqlite_error(apsw.IOError, "disk I/O error", apsw.SQLITE_IOERR_READ), "disk I/O error", True),
        # A file that is shorter than its header says, or that the file system calls corrupt.
        (sqlite_error(apsw.IOError, "disk I/O error", apsw.SQLITE_IOERR_SHORT_READ), "disk I/O error", False),
        (sqlite_error(apsw.IOError, "disk I/O error", apsw.SQLITE_IOERR_CORRUPTFS), "disk I/O error", False),
        (sqlite_error(apsw.CorruptError, "malformed"), "malformed", False),
        (sqlite_error(apsw.NotADBError, "file is not a database"), "file is not a database", False),
        (sqlite_error(apsw.SQLError, "no such column"), "no such column", False),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"), "invalid start byte", False),
    ],
)
def test_reason_of_a_failure_and_whether_the_database_is_intact(
    error: Exception, reason: str, *, obstacle: bool
) -> None:
    told = failure_reason(error)
    assert reason in told
    assert told == reason or isinstance(error, UnicodeDecodeError)
    assert is_obstacle(error) is obstacle
