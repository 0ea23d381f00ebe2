"""POSIX locks belong to the process: closing any descriptor of a database drops the locks that SQLite holds on it.

See https://www.sqlite.org/howtocorrupt.html 2.2. Without the lock, another process that closes the database may assume
to be the last one and delete the WAL that is in use."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from reader.index.index_file import exclusive_lock, lock_path
from reader.marks.backups import back_up, back_up_changed, damage, holds
from reader.marks.facade import Marks
from reader.marks.known_articles import known_articles
from reader.marks.read_only import copied, copy_bytes, read_store, without_log
from reader.marks.restoring import open_marks, open_to_read
from reader.private_files import make_private
from tests.marks.making import filled

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no POSIX locks")

_SHARED = 0x40000002, 510
"""The first byte and the number of bytes of a main database file on which each user holds a shared lock (os_unix.c)."""

_IN_USE = 128, 1
"""The byte of a -shm file on which each user holds a shared lock (the dead man switch in os_unix.c)."""

_LOCK = """
import fcntl, os, sys
for name, start, length in zip(sys.argv[1::3], sys.argv[2::3], sys.argv[3::3]):
    try:
        fcntl.lockf(os.open(name, os.O_RDWR), fcntl.LOCK_EX | fcntl.LOCK_NB, int(length), int(start))
    except OSError:
        continue
    print("unlocked", name)
"""


def unlocked(store: Path) -> str:
    """The files of a database on which another process sees no lock of this process."""
    log = store.with_name(store.name + "-shm")
    places = [str(one) for file, place in ((store, _SHARED), (log, _IN_USE)) for one in (file, *place)]
    return subprocess.run([sys.executable, "-c", _LOCK, *places], check=True, capture_output=True, text=True).stdout


def _copied(store: Path) -> None:
    with copied(store) as connection:
        assert connection.execute("SELECT count(*) FROM article").fetchall() == [(2,)]


def _unreadable_in_place(store: Path) -> None:
    """Read the database through a copy, as if its folder were not writable."""

    def question(connection: apsw.Connection) -> object:
        if connection.filename == str(store):
            raise apsw.CantOpenError
        return connection.execute("SELECT count(*) FROM article").fetchall()

    assert read_store(store, question) == [(2,)]


def _without_log(store: Path) -> None:
    with pytest.raises(OSError, match="log"), without_log(store):
        pass


_USES: list[Callable[[Path], object]] = [
    make_private,
    _copied,
    _unreadable_in_place,
    _without_log,
    damage,
    holds,
    known_articles,
    back_up_changed,
    lambda store: back_up(store, why="daily"),
    lambda store: copy_bytes(store, store.with_name("copy.db")),
    lambda store: Marks(store).close(),
    lambda store: open_marks(store)[0].close(),
    lambda store: open_to_read(store).close(),
]


@pytest.mark.parametrize("use", _USES)
def test_no_operation_on_an_open_store_drops_its_locks(use: Callable[[Path], object], tmp_path: Path) -> None:
    store = tmp_path / "marks.db"
    marks = filled(store)
    assert unlocked(store) == ""
    use(store)
    assert unlocked(store) == ""
    marks.close()


def test_thread_that_fails_to_lock_an_index_leaves_the_lock_to_its_owner(tmp_path: Path) -> None:
    index = tmp_path / "index.db"
    attempt = "import apsw, sys; c = apsw.Connection(sys.argv[1]); c.execute('BEGIN EXCLUSIVE')"
    with exclusive_lock(index) as is_locked:
        assert is_locked
        with exclusive_lock(index) as again:
            assert not again
        command = [sys.executable, "-c", attempt, str(lock_path(index))]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        assert "BusyError" in done.stderr


def test_copy_of_the_bytes_is_identical_whatever_the_name(tmp_path: Path) -> None:
    store = tmp_path / "marks.db"
    filled(store).close()
    odd = tmp_path / b"\xb2\xe2.db".decode("utf-8", "surrogateescape")
    odd.write_bytes(store.read_bytes())
    for source in (store, odd):
        target = tmp_path / "copy"
        copy_bytes(source, target)
        assert target.read_bytes() == store.read_bytes()
        target.unlink()


def test_program_never_opens_the_files_of_an_open_store_itself(tmp_path: Path) -> None:
    """SQLite opens files without audit events, so any event for these files is a forbidden opening."""
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "a.md").write_text("# 灯塔\n\n海上的灯塔。", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", _SESSION, str(archive), str(tmp_path / "out.json")],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "done"


_SESSION = """
import os, sys
from pathlib import Path

def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)) and os.path.basename(os.fsdecode(arguments[0])) in (
        "marks.db", "marks.db-shm"
    ) and os.fsdecode(arguments[0]).startswith(os.environ["XDG_DATA_HOME"]):
        print("opened", arguments, file=sys.stderr)

from reader.cli.main import run
from reader.library.library import Library
from reader.settings.folders import cache_folder, data_folder
from reader.marks.backups import back_up_changed
sys.addaudithook(watch)
archive, out = sys.argv[1:]
store = data_folder() / "marks.db"
library = Library([Path(archive)], store, cache_folder())
for arguments in (["index", "-a", archive], ["search", "-a", archive, "is:starred OR 灯塔"]):
    assert run(arguments) == 0, arguments
library.marks.keep_state("theme", "x")
back_up_changed(store)
for arguments in (
    ["marks", "export", "-o", out, "--force"], ["marks", "export", "-a", archive, "is:read"],
    ["marks", "import", "-a", archive, out],
    ["marks", "check"], ["marks", "clear-history"], ["marks", "check"],
):
    assert run(arguments) == 0, arguments
library.restore()
library.close()
print("done")
"""
