"""Databases that are not files, endless files of marks, and times at the limits of the calendar."""

import os
import shlex
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest

from reader.cli import marks_command as command
from reader.cli.parsers import parse
from reader.errors import ExchangeError, StoreError
from reader.indexing.known_ids import identities
from reader.marks import transactions
from reader.marks.backups import damage
from reader.marks.facade import Marks
from reader.marks.restoring import restore
from reader.marks.stored_values import local
from reader.settings.options import Settings

_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes in folders, and no /dev/zero")


def test_pipe_in_place_of_the_store_is_reported_without_blocking(tmp_path: Path) -> None:
    store = tmp_path / "marks.db"
    os.mkfifo(store)
    assert damage(store)
    assert identities(store) == identities(tmp_path / "none.db")
    assert not restore(store).salvaged
    assert store.is_file()
    Marks(store).close()


def test_endless_file_of_marks_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_LARGEST", 1_000)
    with pytest.raises(ExchangeError, match="too large"):
        command.run(parse("marks", ["import", "/dev/zero"]), Settings())


def test_time_at_the_end_of_the_calendar_is_shown_in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        for zone, when in (("Asia/Shanghai", _LAST), ("America/New_York", _FIRST)):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            assert local(when) == when
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(("closed", "code"), [(">&-", 1), (">&- 2>&-", 1), ("<&-", 0), ("2>&-", 0)])
def test_closed_output_gives_an_exit_code_and_no_traceback(tmp_path: Path, closed: str, code: int) -> None:
    done = subprocess.run(  # noqa: S602 - what a shell closes
        f"exec {shlex.quote(sys.executable)} -m reader marks export {closed}",
        shell=True,
        capture_output=True,
        text=True,
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "LC_ALL": "C.UTF-8"},
        check=False,
    )
    assert done.returncode == code
    assert "Traceback" not in done.stderr


def test_path_is_printed_without_control_functions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    command.run(parse("marks", ["export", "-o", str(tmp_path / "a\x1b]0;x\x07\nb\u202e.json")]), Settings())
    assert capsys.readouterr().out.endswith("/a]0;x b.json\n")


def test_only_the_first_change_waits_long_for_a_locked_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transactions, "PATIENCE", 70)
    monkeypatch.setattr(transactions, "_IMPATIENCE", 7)
    waits: list[int] = []
    begin = transactions.LockWait.begin

    def noted(wait: transactions.LockWait, connection: apsw.Connection, *, patient: bool) -> None:
        assert patient
        waits.append(wait._patience)
        begin(wait, connection, patient=patient)

    marks = Marks(tmp_path / "marks.db")
    monkeypatch.setattr(transactions.LockWait, "begin", noted)
    other = apsw.Connection(str(tmp_path / "marks.db"))
    for _ in range(2):
        waits.clear()
        other.execute("BEGIN IMMEDIATE")
        for _ in range(2):
            with pytest.raises(StoreError):
                marks.searches.save("a", "b")
        assert waits == [70, 7]
        other.execute("ROLLBACK")
        marks.searches.save("a", "b")
    other.close()
    marks.close()
