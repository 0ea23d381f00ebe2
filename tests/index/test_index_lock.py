"""The lock of an index: held by one writer, released in any case, and repaired."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.errors import IndexingError
from reader.index.index_file import (
    exclusive_lock,
    lock_path,
    open_to_write,
)
from reader.index.schema import transaction
from tests.index.test_index_file import made

# One writer


def test_only_one_process_has_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.db"
    with exclusive_lock(path) as first:
        assert first
        with exclusive_lock(path) as second:
            assert not second
        with exclusive_lock(tmp_path / "new" / "b.db") as other:
            assert other
    with exclusive_lock(path) as again:
        assert again


@pytest.mark.parametrize("content", [b"x", b"no database at all" * 500, b"SQLite format 3\0" + b"\xff" * 4080])
def test_damaged_lock_is_repaired_and_exclusive(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.db"
    lock_path(path).write_bytes(content)
    with exclusive_lock(path) as first:
        assert first
        with exclusive_lock(path) as second:
            assert not second
    with exclusive_lock(path) as again:
        assert again


def _folder(lock: Path) -> None:
    lock.mkdir()


def _broken_link(lock: Path) -> None:
    lock.symlink_to(lock.parent / "nowhere" / "a.lock")


def _pipe(lock: Path) -> None:
    os.mkfifo(lock)


def _forbidden(lock: Path) -> None:
    lock.touch(0o000)


def _read_only(lock: Path) -> None:
    lock.touch(0o400)


def _forbidden_garbage(lock: Path) -> None:
    lock.write_bytes(b"no database at all" * 500)
    lock.chmod(0o000)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes and no modes of files")
@pytest.mark.parametrize("lay", [_folder, _broken_link, _pipe, _forbidden, _read_only, _forbidden_garbage])
def test_obstacle_in_place_of_the_lock_is_removed(tmp_path: Path, lay: Callable[[Path], None]) -> None:
    path = tmp_path / "a.db"
    lay(lock_path(path))
    with exclusive_lock(path) as first:
        assert first
        with exclusive_lock(path) as second:
            assert not second
    assert lock_path(path).is_file()
    assert stat.S_IMODE(lock_path(path).lstat().st_mode) == 0o600


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes and no modes of files")
@pytest.mark.parametrize("lay", [_folder, _broken_link, _pipe, _forbidden])
@pytest.mark.parametrize("log", ["-wal", "-shm", "-journal"])
def test_obstacle_in_place_of_a_log_is_removed(tmp_path: Path, lay: Callable[[Path], None], log: str) -> None:
    path = tmp_path / "a.db"
    made(path)
    lay(path.with_name(path.name + log))
    connection, why = open_to_write(str(path))
    assert why == ""
    with transaction(connection):
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('x', '1')")
    connection.close()


def test_failed_lock_is_released(tmp_path: Path) -> None:
    path = tmp_path / "a.db"

    def failing() -> None:
        with exclusive_lock(path) as first:
            assert first
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    with exclusive_lock(path) as again:
        assert again


def test_lock_ends_with_the_process_however_it_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom reader.index.index_file import exclusive_lock\n"
        "with exclusive_lock(Path(sys.argv[1])) as first:\n"
        "    print(first, flush=True)\n    sys.stdin.read(1)\n    os._exit(3)"
    )
    command = [sys.executable, "-c", script, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        with exclusive_lock(path) as second:
            assert not second
        process.communicate("x")
    with exclusive_lock(path) as again:
        assert again


def test_impossible_lock_is_reported_without_waiting(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder.lock" / "kept").mkdir(parents=True)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "pipe.lock").symlink_to(tmp_path / "pipe")
    for name in ("file/a.db", "folder.db", "pipe.db"):
        with pytest.raises(IndexingError, match="cannot be locked") as caught, exclusive_lock(tmp_path / name):
            pass
        assert str((tmp_path / name).with_suffix(".lock")) in caught.value.message
        assert caught.value.hint
