"""Asking a terminal: the child of a pseudo-terminal asks, and the test answers as different terminals do."""

import os
import pty
import select
import sys
import time

import pytest

ASK = "from reader.ui.terminal import ambiguous_width; print('said', ambiguous_width(), flush=True)"


@pytest.mark.parametrize(("answer", "said"), [(b"\x1b[5;2R", "1"), (b"\x1b[5;3R", "2"), (b"", "None"), (b"x", "None")])
def test_the_terminal_is_asked(answer: bytes, said: str) -> None:
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-c", ASK])  # noqa: S606 - no shell
    seen, answered = b"", False
    until = time.monotonic() + 20
    while time.monotonic() < until and not seen.endswith(b"\n"):
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                seen += os.read(terminal, 4096)
            except OSError:
                break
        if b"\x1b[6n" in seen and not answered:
            answered = True
            os.write(terminal, answer)
    os.close(terminal)
    os.waitpid(child, 0)
    assert f"said {said}" in seen.decode()
