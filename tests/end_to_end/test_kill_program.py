"""TERM, HUP, QUIT and KILL to the program and its children at random times: nothing is left behind, no mark is lost.

Two hundred: `python -m tests.benchmarks.kill_program --kills 200`.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.killing_program import ProgramKilling, processes_with

pytestmark = [pytest.mark.end_to_end, pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="it looks into /proc")]

KILLS = 7


def test_signals_restore_the_terminal_and_leave_no_process_file_or_lost_mark(tmp_path: Path) -> None:
    killing = ProgramKilling(tmp_path, seed=2)
    for _ in range(KILLS):
        killing.kill()
    killing.close()
    assert killing.signals.total() == KILLS


def test_remaining_process_and_file_are_detected(tmp_path: Path) -> None:
    waiting = "import sys; print(flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", waiting],
        env={**os.environ, "READER_LEFT": str(os.getpid())},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert processes_with(f"READER_LEFT={os.getpid()}") == {process.pid}
        process.communicate()
    assert not processes_with(f"READER_LEFT={os.getpid()}")
    killing = ProgramKilling(tmp_path, seed=1)
    killing._look_at_files(killed=False)
    (tmp_path / "scratch" / "left").touch()
    with pytest.raises(AssertionError, match="left"):
        killing._look_at_files(killed=False)
