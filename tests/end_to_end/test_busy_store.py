"""A database that another process locks for seconds: marks are kept, a warning is shown, and quitting asks first."""

import os
import signal
import stat
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from reader.marks.facade import Marks
from reader.marks.unsaved_file_paths import unsaved_files
from tests.end_to_end.journal import write_archive
from tests.end_to_end.killing_marks import environ, store_in
from tests.end_to_end.marking import in_sight, notice, status
from tests.end_to_end.terminal import READER, Terminal
from tests.end_to_end.terminal_state import assert_restored

pytestmark = pytest.mark.end_to_end

SIGN = "⚠ Marks not saved"
HELD = 8.0
"""The minimum seconds for which the lock is held; longer than a change waits for it."""


class LockHolder:
    """A write lock of another process on a database."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._connection: apsw.Connection | None = None
        self._since = 0.0

    def take(self) -> None:
        self._connection = apsw.Connection(os.fspath(self._store))
        self._connection.set_busy_timeout(30_000)
        self._connection.execute("BEGIN IMMEDIATE")
        self._since = time.monotonic()

    def release(self, held: float = 0.0) -> None:
        """Release the lock after it was held for some seconds."""
        if self._connection is not None:
            time.sleep(max(0.0, self._since + held - time.monotonic()))
            self._connection.close()
            self._connection = None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_archive(tmp_path / "archive", 2)
    Marks(store_in(tmp_path)).close()
    return tmp_path


@pytest.fixture
def holder(folder: Path) -> Iterator[LockHolder]:
    holder = LockHolder(store_in(folder))
    yield holder
    holder.release()


def started(folder: Path) -> Terminal:
    return Terminal([READER, str(folder / "archive")], columns=100, rows=24, environ=environ(folder))


def ready(terminal: Terminal) -> Terminal:
    return terminal.wait_for(lambda seen: bool(in_sight(seen))).wait_for("Article A00").settle()


def mark(terminal: Terminal) -> None:
    """Star the article, add it to “read later” and tag it, each acknowledged."""
    terminal.press("*").wait_for("Starred: Article A01")
    terminal.press("w").wait_for("Added to read later: Article A01")
    terminal.press("#").wait_for("separate with commas").press("harbour").wait_for("harbour").press("enter")
    terminal.wait_for("Tags: #harbour")


def marked(folder: Path) -> tuple[int, int, list[str]]:
    """The number of starred articles and of those to be read later in the database, and its tags."""
    with closing(apsw.Connection(os.fspath(store_in(folder)), flags=apsw.SQLITE_OPEN_READONLY)) as connection:
        connection.set_busy_timeout(30_000)
        (states,) = connection.execute("SELECT count(starred_at), count(later_at) FROM article")
        return int(states[0]), int(states[1]), [str(name) for (name,) in connection.execute("SELECT name FROM tag")]


@pytest.mark.parametrize("when", ["before the start", "meanwhile"])
def test_marks_made_while_another_process_holds_the_lock_are_kept(folder: Path, holder: LockHolder, when: str) -> None:
    if when == "before the start":
        holder.take()
    with started(folder) as terminal:
        ready(terminal)
        if when == "meanwhile":
            terminal.press("m", "m").wait_for("Added a bookmark")
            holder.take()
        mark(terminal)
        assert SIGN in terminal.line(23)
        terminal.press("q").wait_for("quit without saving").press("escape")
        terminal.wait_for(lambda seen: "quit without saving" not in seen.text)
        assert marked(folder) == (0, 0, [])
        holder.release(HELD)
        terminal.wait_for(lambda seen: SIGN not in seen.line(23) and bool(status(seen)))
        # The marks are in the database, not only on the screen.
        assert marked(folder) == (1, 1, ["harbour"])
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
    assert marked(folder) == (1, 1, ["harbour"])
    assert not unsaved_files(store_in(folder))


def test_undo_while_locked_is_repeated_in_the_store(folder: Path, holder: LockHolder) -> None:
    with started(folder) as terminal:
        mark(ready(terminal))
        holder.take()
        terminal.press("U").wait_for("Undone: tags changed")
        terminal.press("U").wait_for("Undone: added to read later")
        assert SIGN in terminal.line(23)
        assert marked(folder) == (1, 1, ["harbour"])
        holder.release()
        terminal.wait_for(lambda seen: SIGN not in seen.line(23) and bool(status(seen)))
        assert marked(folder) == (1, 0, [])
        terminal.press("q")
        assert terminal.wait_for_exit() == 0


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_on_a_signal_unsaved_marks_go_to_a_file_that_the_next_start_imports(
    folder: Path, holder: LockHolder, name: str
) -> None:
    number = getattr(signal, name)
    holder.take()
    with started(folder) as terminal:
        mark(ready(terminal))
        os.kill(terminal.process, number)
        assert terminal.wait_for_exit() == 128 + number
        assert_restored(terminal)
        assert "could not be saved" in terminal.text.replace("\n", " ")
    (file,) = unsaved_files(store_in(folder))
    assert file.name in terminal.text.replace("\n", "")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert marked(folder) == (0, 0, [])
    holder.release()
    with started(folder) as terminal:
        terminal.wait_for(lambda seen: "an earlier session could not save were added" in notice(seen))
        assert marked(folder) == (1, 1, ["harbour"])
        ready(terminal).press("q")
        assert terminal.wait_for_exit() == 0
    assert not unsaved_files(store_in(folder))
    assert marked(folder) == (1, 1, ["harbour"])
