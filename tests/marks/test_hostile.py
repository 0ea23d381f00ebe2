"""Stores that are no files, files of marks that do not end, and moments at the end of the calendar."""

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.cli import marks as command
from reader.errors import ExchangeError
from reader.library.identities import identities
from reader.marks.backups import damage
from reader.marks.marks import Marks
from reader.marks.restoring import restore
from reader.marks.store import local
from reader.settings import Settings

_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes in folders, and no /dev/zero")


def test_a_pipe_in_the_place_of_the_store_is_told_of_and_waited_for_by_nobody(tmp_path: Path) -> None:
    store = tmp_path / "marks.db"
    os.mkfifo(store)
    assert damage(store)
    assert identities(store) == identities(tmp_path / "none.db")
    assert not restore(store).salvaged
    assert store.is_file()
    Marks(store).close()


def test_a_file_of_marks_that_does_not_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_LARGEST", 1_000)
    with pytest.raises(ExchangeError, match="too large"):
        command.run(["import", "/dev/zero"], Settings())


def test_a_moment_at_the_end_of_the_calendar_is_shown_in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        for zone, when in (("Asia/Shanghai", _LAST), ("America/New_York", _FIRST)):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            assert local(when) == when
    finally:
        monkeypatch.undo()
        time.tzset()
