"""Marks made right before the program ends are in a backup, however it ends."""

import os
import signal
from pathlib import Path

import pytest

from reader.marks.backups import backups, newest_good
from reader.marks.facade import Marks
from tests.articles import write_article
from tests.end_to_end.terminal import READER, Terminal

pytestmark = pytest.mark.end_to_end


@pytest.mark.parametrize("ended_by", ["q", "SIGTERM", "SIGHUP"])
def test_last_mark_is_in_the_newest_backup(tmp_path: Path, ended_by: str) -> None:
    archive = tmp_path / "archive"
    write_article(archive / "a.md", "渡口", "".join(f"<p>第{n}班渡船离岸，江上起雾。</p>" for n in range(1, 9)))
    environ = {
        "LC_ALL": "C.UTF-8",
        **{f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "CACHE", "CONFIG")},
    }
    store = tmp_path / "data" / "reader" / "marks.db"
    with Terminal([READER, str(archive)], columns=100, rows=30, environ=environ) as terminal:
        terminal.wait_for("第1班渡船").wait_for(lambda _seen: bool(backups(store))).settle()
        terminal.press("m", "m").wait_for("Added a bookmark").settle()
        if ended_by == "q":
            terminal.press("q")
        else:
            os.kill(terminal.process, getattr(signal, ended_by))
        terminal.wait_for_exit()
    backup = newest_good(store)
    assert backup is not None
    marks = Marks(backup.path)
    assert len(marks.bookmarks.all()) == 1
    marks.close()
    assert {path.suffix for path in backup.path.parent.iterdir()} <= {".db"}
