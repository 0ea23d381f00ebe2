"""The modes of the terminal before Textual takes it over."""

import os
import pty
import termios
from collections.abc import Iterator

import pytest

from reader.ui.early_terminal import EarlyTerminal


@pytest.fixture
def slave(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    master, slave = pty.openpty()
    with os.fdopen(slave, "r+b", buffering=0, closefd=True) as stream:
        monkeypatch.setattr("sys.stdin", stream)
        monkeypatch.setattr("sys.stderr", stream)
        yield slave
    os.close(master)


def test_ctrl_c_ends_a_long_start_and_the_other_keys_are_kept(slave: int) -> None:
    before = termios.tcgetattr(slave)
    EarlyTerminal(lambda: None).enter()
    now = termios.tcgetattr(slave)
    assert now[3] & termios.ISIG
    assert not now[3] & (termios.ICANON | termios.ECHO)
    assert now[6][termios.VINTR] == before[6][termios.VINTR]
    for key in (termios.VSUSP, termios.VQUIT):
        assert now[6][key] != before[6][key]
