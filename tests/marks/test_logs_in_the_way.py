"""Obstacles at the paths of SQLite's log files, and unusable logs, are repaired; no mark is lost."""

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.document.document import Position
from reader.errors import StoreError
from reader.marks.facade import Marks
from reader.marks.restoring import open_marks
from tests.marks.making import article, exported, filled

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes and no modes of files")


def _folder(log: Path) -> None:
    log.mkdir()


def _broken_link(log: Path) -> None:
    log.symlink_to(log.parent / "nowhere" / "log")


def _pipe(log: Path) -> None:
    os.mkfifo(log)


def _forbidden(log: Path) -> None:
    log.touch(0o000)


@pytest.mark.parametrize("lay", [_folder, _broken_link, _pipe, _forbidden])
@pytest.mark.parametrize("log", ["-wal", "-shm", "-journal"])
def test_obstacle_in_place_of_a_log_is_removed(tmp_path: Path, lay: Callable[[Path], None], log: str) -> None:
    store = tmp_path / "marks.db"
    marks = filled(store)
    before = exported(marks)
    marks.close()
    lay(store.with_name(store.name + log))
    marks, error = open_marks(store)
    assert error is None
    assert exported(marks) == before
    marks.bookmarks.add(article(), Position(0), "later")
    marks.close()


def test_unreadable_wal_with_marks_is_read(tmp_path: Path) -> None:
    live = filled(tmp_path / "live" / "marks.db")
    before = exported(live)
    shutil.copytree(tmp_path / "live", tmp_path / "copied")
    live.close()
    store = tmp_path / "copied" / "marks.db"
    log = store.with_name("marks.db-wal")
    assert log.stat().st_size > 0
    for path in (log, store.with_name("marks.db-shm")):
        path.chmod(0o000)
    marks, error = open_marks(store)
    assert error is None
    assert exported(marks) == before
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    marks.close()


def test_folder_with_content_is_kept_and_reported(tmp_path: Path) -> None:
    store = tmp_path / "marks.db"
    filled(store).close()
    (tmp_path / "marks.db-wal" / "kept").mkdir(parents=True)
    with pytest.raises(StoreError, match="unable to open") as caught:
        Marks(store)
    assert caught.value.hint
    assert (tmp_path / "marks.db-wal" / "kept").is_dir()
