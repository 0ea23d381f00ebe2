"""`reader marks restore` reports an interrupted restore, and finishes it or sets it aside."""

import subprocess
import sys
from pathlib import Path

import pytest

from reader.document.document import Position
from reader.marks.database_copies import copy_store
from reader.marks.facade import Marks
from reader.settings.folders import data_folder
from tests.cli.run_type import Run
from tests.marks.making import article, names


@pytest.fixture
def left() -> Path:
    """A restored database that was not moved into its place, beside a database with other content."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    store = data_folder() / "marks.db"
    path = store.with_name(f"marks-restored-{process.pid}-20261124T103000000000Z.db")
    other = store.with_name("other.db")
    for place, name in ((store, "in use"), (other, "restored")):
        marks = Marks(place)
        marks.bookmarks.add(article(), Position(1), name)
        marks.close()
    copy_store(other, path)
    other.unlink()
    return path


def kept(path: Path) -> set[str]:
    marks = Marks(path)
    try:
        return names(marks)
    finally:
        marks.close()


def test_other_commands_report_it(command: Run, left: Path) -> None:
    code, _out, err = command("marks", "check")
    assert code == 0
    assert str(left) in err
    assert "reader marks restore" in err
    assert "--discard" in err
    assert left.exists()


def test_it_is_finished(command: Run, left: Path) -> None:
    code, out, err = command("marks", "restore")
    assert (code, err) == (0, "")
    first, second = out.splitlines()
    assert first.startswith("A restore was interrupted on 2026-11-24 ")
    assert second.startswith("The interrupted restore is finished; the old database is kept as ")
    assert kept(data_folder() / "marks.db") == {"restored", "in use"}
    assert kept(Path(second.partition(" kept as ")[2])) == {"in use"}
    assert not left.exists()


def test_it_is_set_aside(command: Run, left: Path) -> None:
    content = left.read_bytes()
    code, out, err = command("marks", "restore", "--discard")
    assert (code, err) == (0, "")
    (line,) = out.splitlines()
    assert line.startswith("The interrupted restore is set aside; its database is kept as ")
    assert Path(line.partition(" kept as ")[2]).read_bytes() == content
    assert kept(data_folder() / "marks.db") == {"in use"}
    assert command("marks", "check")[2] == ""
    code, out, err = command("marks", "restore", "--discard")
    assert (code, out) == (1, "")
    assert "There is no interrupted restore" in err


def test_failed_rename_is_reported(command: Run, left: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", refuse)
    code, out, err = command("marks", "restore", "--discard")
    assert (code, out) == (1, "")
    assert "Permission denied" in err.splitlines()[0]
    assert left.exists()
