"""The results of an integrity check: intact, corrupt with the damage, or impossible at present with the reason."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reader.document.document import Position
from reader.errors import CorruptStoreError
from reader.marks.facade import Marks
from reader.marks.read_only import check_integrity
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
