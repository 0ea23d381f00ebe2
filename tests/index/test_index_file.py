"""Opening an index: a usable one is opened, an unusable one is rebuilt, and no other file is changed."""

import os
from pathlib import Path

import apsw
import pytest

from reader.errors import IndexingError
from reader.index import index_file
from reader.index.index_file import (
    discard,
    exclusive_lock,
    features,
    index_path,
    open_to_read,
    open_to_write,
    remove,
)
from reader.index.schema import files_of, is_current

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
MARK = "kept by a test"


def made(path: Path) -> None:
    """Create an index with some content."""
    connection, why = open_to_write(str(path))
    assert why == ""
    connection.execute("INSERT INTO meta VALUES ('mark', ?)", (MARK,))
    with connection:
        connection.executemany("INSERT INTO name VALUES (?, ?)", ((number, f"n{number}") for number in range(5_000)))
    connection.close()


def mark_in(connection: apsw.Connection) -> str:
    row = connection.execute("SELECT value FROM meta WHERE name = 'mark'").fetchone()
    return "" if row is None else str(row[0])


def test_missing_index_is_created_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "a.db"
    assert open_to_read(str(path)) is None
    assert not path.parent.exists()
    connection, why = open_to_write(str(path))
    assert why == ""
    assert is_current(connection)
    assert connection.pragma("journal_mode") == "wal"
    assert connection.execute("SELECT value FROM meta WHERE name = 'features'").get == features()
    assert connection.execute("SELECT count(*) FROM article").get == 0
    connection.close()


def test_existing_index_is_opened_unchanged(tmp_path: Path) -> None:
    made(tmp_path / "a.db")
    connection, why = open_to_write(str(tmp_path / "a.db"))
    assert (why, mark_in(connection)) == ("", MARK)
    reading = open_to_read(str(tmp_path / "a.db"))
    assert reading is not None
    assert mark_in(reading) == MARK
    reading.close()
    connection.close()


def test_readers_see_what_the_writer_wrote(tmp_path: Path) -> None:
    made(tmp_path / "a.db")
    writing, _ = open_to_write(str(tmp_path / "a.db"))
    reading = open_to_read(str(tmp_path / "a.db"))
    assert reading is not None
    with writing:
        writing.execute("UPDATE meta SET value = 'new' WHERE name = 'mark'")
        assert mark_in(reading) == MARK
    assert mark_in(reading) == "new"
    reading.close()
    writing.close()


def test_an_index_in_memory_is_shared_by_its_name() -> None:
    path = "file:/test_opening?vfs=memdb"
    writing, why = open_to_write(path)
    assert why == ""
    writing.execute("INSERT INTO meta VALUES ('mark', ?)", (MARK,))
    reading = open_to_read(path)
    assert reading is not None
    assert mark_in(reading) == MARK
    reading.close()
    writing.close()


def test_index_of_another_version_is_rebuilt(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    made(path)
    other = apsw.Connection(str(path))
    other.pragma("user_version", 99)
    other.close()
    assert open_to_read(str(path)) is None
    connection, why = open_to_write(str(path))
    assert "version" in why
    assert (mark_in(connection), is_current(connection)) == ("", True)
    connection.close()


def test_index_with_other_features_is_rebuilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.db"
    made(path)
    monkeypatch.setattr(index_file, "features", lambda: "variants 7, pinyin 7")
    connection, why = open_to_write(str(path))
    assert "pinyin" in why
    assert mark_in(connection) == ""
    connection.close()


def test_empty_file_becomes_an_index(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.touch()
    assert open_to_read(str(path)) is None
    connection, why = open_to_write(str(path))
    assert (why, is_current(connection)) == ("", True)
    connection.close()


@pytest.mark.parametrize("content", [b"no database at all", b"SQLite format 3\0" + b"\xff" * 4_000, b"\0" * 8_192])
def test_file_that_is_not_a_database_is_replaced(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(content)
    assert open_to_read(str(path)) is None
    connection, why = open_to_write(str(path))
    assert why
    assert is_current(connection)
    connection.close()


def test_database_of_another_program_is_not_an_index(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    other = apsw.Connection(str(path))
    other.execute("CREATE TABLE meta (name, value); INSERT INTO meta VALUES ('features', '')")
    other.pragma("user_version", 1)
    other.close()
    assert open_to_read(str(path)) is None


def test_database_of_another_program_is_replaced_and_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    other = apsw.Connection(str(path))
    other.execute("CREATE TABLE meta (name, value); INSERT INTO meta VALUES ('features', '')")
    other.close()
    connection, why = open_to_write(str(path))
    assert "not an index" in why
    assert is_current(connection)
    connection.close()


def test_only_a_link_itself_is_replaced_not_its_target(tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("precious")
    for number, target in enumerate((precious, tmp_path / "nowhere", Path(os.devnull), tmp_path / "3.db")):
        path = tmp_path / f"{number}.db"
        path.symlink_to(target)
        connection, _ = open_to_write(str(path))
        assert is_current(connection)
        connection.close()
        assert not path.is_symlink()
    assert precious.read_text() == "precious"


def test_pipe_is_replaced_without_blocking(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    os.mkfifo(path)
    assert open_to_read(str(path)) is None
    connection, why = open_to_write(str(path))
    assert "not an index" in why
    assert is_current(connection)
    connection.close()


@pytest.mark.parametrize("version", [3, 66])
def test_header_that_claims_to_be_read_only_is_corruption(tmp_path: Path, version: int) -> None:
    path = tmp_path / "a.db"
    made(path)
    content = bytearray(path.read_bytes())
    content[18] = version
    path.write_bytes(content)
    connection, why = open_to_write(str(path))
    assert "corrupt" in why
    assert is_current(connection)
    connection.close()


@pytest.mark.parametrize("error", [apsw.FullError, apsw.IOError, apsw.CantOpenError, apsw.ReadOnlyError])
def test_index_that_cannot_be_written_at_present_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[apsw.Error]
) -> None:
    def refusing(*_: object, **__: object) -> None:
        raise error

    made(tmp_path / "a.db")
    content = (tmp_path / "a.db").read_bytes()
    monkeypatch.setattr(index_file, "connect", refusing)
    with pytest.raises(IndexingError):
        open_to_write(str(tmp_path / "a.db"))
    assert (tmp_path / "a.db").read_bytes() == content


@pytest.mark.parametrize("offset", [0, 16, 40, 60, 96, 100, 110, 4_096, 4_100, 40_960])
def test_corruption_only_raises_documented_errors(tmp_path: Path, offset: int) -> None:
    path = tmp_path / "a.db"
    made(path)
    content = bytearray(path.read_bytes())
    assert len(content) > 40_960 + 64
    content[offset : offset + 64] = b"\xa5" * 64
    path.write_bytes(content)
    reading = open_to_read(str(path))
    if reading is not None:
        reading.close()
    connection, why = open_to_write(str(path))
    # Obvious corruption causes a rebuild; other corruption is found when it is read.
    if why or not mark_survives(connection):
        assert why
        assert is_current(connection)
    connection.close()


def mark_survives(connection: apsw.Connection) -> bool:
    try:
        return mark_in(connection) == MARK
    except apsw.Error:
        return True


@pytest.mark.parametrize("length", [50, 100, 4_096, 10_000])
def test_truncated_index_is_rebuilt_or_reported(tmp_path: Path, length: int) -> None:
    path = tmp_path / "a.db"
    made(path)
    os.truncate(path, length)
    reading = open_to_read(str(path))
    if reading is not None:
        reading.close()
    connection, why = open_to_write(str(path))
    assert why
    assert is_current(connection)
    connection.close()


def test_unwritable_place_is_reported_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file" / "a.db", tmp_path / "file" / "deeper" / "a.db"):
        with pytest.raises(IndexingError) as caught:
            open_to_write(str(path))
        assert str(path) in caught.value.message
        assert caught.value.hint
        assert open_to_read(str(path)) is None
    (tmp_path / "folder.db").mkdir()
    with pytest.raises(IndexingError):
        open_to_write(str(tmp_path / "folder.db"))
    assert open_to_read(str(tmp_path / "folder.db")) is None


@pytest.mark.skipif(AS_ROOT, reason="root may write everywhere")
def test_unwritable_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a").chmod(0o500)
    try:
        with pytest.raises(IndexingError):
            open_to_write(str(tmp_path / "a" / "a.db"))
    finally:
        (tmp_path / "a").chmod(0o700)


def test_folder_on_a_read_only_disk_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may write everywhere, so let the system call fail.
    def refusing(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", refusing)
    with pytest.raises(IndexingError) as caught:
        open_to_write(str(tmp_path / "a" / "a.db"))
    assert "Read-only file system" in caught.value.message


def test_an_index_is_removed_with_all_its_files_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    made(path)
    (tmp_path / "a.db.txt").touch()
    connection, _ = open_to_write(str(path))
    connection.execute("INSERT INTO meta VALUES ('x', 'y')")
    assert {file.name for file in files_of(path) if file.exists()} >= {"a.db", "a.db-wal"}
    connection.close()
    remove(path)
    remove(path)
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith("a.db")] == ["a.db.txt"]


# The path of an index


def test_every_archive_has_one_place_however_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cache = Path("/cache")
    place = index_path(cache, tmp_path / "a", None)
    assert place.parent == cache
    assert place.suffix == ".db"
    assert place == index_path(cache, Path("a"), None) == index_path(cache, tmp_path / "b" / ".." / "a", None)
    others = {index_path(cache, tmp_path, None), index_path(cache, tmp_path / "b", None)}
    files = {index_path(cache, tmp_path, (tmp_path / name,)) for name in ("a.md", "b.md")}
    assert len({place, *others, *files}) == 5


def test_corrupt_index_is_removed_unless_it_is_in_use(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    made(path)
    with exclusive_lock(path):
        discard(path)
        assert path.exists()
    discard(path)
    assert not path.exists()
    (tmp_path / "b.db").mkdir()
    discard(tmp_path / "b.db")
