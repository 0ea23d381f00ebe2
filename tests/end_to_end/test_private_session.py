"""All files of a session are private, whatever the umask; public ones are made private at the next start."""

import os
import signal
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.marks.backups import backups
from reader.marks.marks_in_memory import Reopening
from reader.marks.restoring import open_marks
from tests.articles import write_article
from tests.end_to_end.terminal import READER, Terminal
from tests.marks.making import article

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of files"),
]

FOLDERS = ("data", "cache", "state")


@pytest.fixture(autouse=True)
def _open_to_all() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "scratch").mkdir()
    folders = {f"XDG_{name.upper()}_HOME": str(tmp_path / name) for name in (*FOLDERS, "config")}
    return {"LC_ALL": "C.UTF-8", "TMPDIR": str(tmp_path / "scratch"), **folders}


def kept(tmp_path: Path) -> list[Path]:
    """The folders of the program and everything below them."""
    places = [tmp_path / name / "reader" for name in FOLDERS]
    return [path for place in places if place.exists() for path in (place, *place.rglob("*"))]


def open_ones(tmp_path: Path) -> dict[str, str]:
    return {
        str(path): oct(mode)
        for path in kept(tmp_path)
        if (mode := stat.S_IMODE(path.lstat().st_mode)) != (0o700 if path.is_dir() else 0o600)
    }


def test_every_file_of_a_session_is_private(tmp_path: Path, environ: dict[str, str]) -> None:
    archive = tmp_path / "archive"
    write_article(archive / "a.md", "渡口", "".join(f"<p>第{n}班渡船离岸，江上起雾。</p>" for n in range(1, 9)))
    store = tmp_path / "data" / "reader" / "marks.db"
    with Terminal([READER, str(archive)], columns=100, rows=30, environ=environ) as terminal:
        terminal.wait_for("第1班渡船").wait_for(lambda _seen: bool(backups(store))).settle()
        terminal.press("m", "m").wait_for("Added a bookmark").settle()
        terminal.press("v").settle().press("n").wait_for("Note").settle().press("half").wait_for("half").settle()
        assert open_ones(tmp_path) == {}
        os.kill(terminal.process, signal.SIGTERM)
        terminal.wait_for_exit()
    for command in (["index", "-a", str(archive)], ["search", "-a", str(archive), "渡船"], ["marks", "check"]):
        subprocess.run([READER, *command], env={**os.environ, **environ}, check=True, capture_output=True)
    exported = tmp_path / "data" / "reader" / "export.json"
    command = [READER, "marks", "export", "-o", str(exported)]
    subprocess.run(command, env={**os.environ, **environ}, check=True, capture_output=True)
    # The file that a session writes if it cannot use the database.
    other = store.with_name("other.db")
    other.write_bytes(b"garbage" * 1_000)
    other.chmod(0o600)
    marks, error = open_marks(other)
    assert error is not None
    unsaved = Reopening(store, marks, error)
    marks.articles.star(article(), starred=True)
    unsaved.write_file(())
    marks.close()
    other.unlink()
    store.write_bytes(b"garbage" * 1_000)
    subprocess.run([READER, "marks", "restore"], env={**os.environ, **environ}, check=True, capture_output=True)
    names = " ".join(path.name for path in kept(tmp_path))
    for wanted in ("marks.db", "backups", "-daily.db", "marks-damaged-", "-unsaved-", "drafts", ".lock", "export.json"):
        assert wanted in names
    assert open_ones(tmp_path) == {}
    assert not list((tmp_path / "scratch").iterdir())
    for path in kept(tmp_path):
        path.chmod(0o777 if path.is_dir() else 0o666)
    with Terminal([READER, str(archive)], columns=100, rows=30, environ=environ) as terminal:
        terminal.wait_for("第1班渡船").settle()
        assert open_ones(tmp_path) == {}
        terminal.press("q")
        terminal.wait_for_exit()
    assert open_ones(tmp_path) == {}
