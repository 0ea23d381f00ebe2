"""Querying a terminal: the child of a pseudo-terminal asks, and the test replies like different terminals."""

import os
import pty
import select
import sys
import time

import pytest

ASK = """
from reader.ui.early_terminal import early_terminal
from reader.ui.terminal import terminal_restorer
with early_terminal(terminal_restorer()) as terminal:
    width = terminal.ambiguous_width()
print('said', width, terminal.typed, flush=True)
"""


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"\x1b[5;2R", "1 b''"),
        (b"\x1b[5;3R", "2 b''"),
        (b"", "None b''"),
        (b"x", "None b'x'"),
        (b"jk\x1b[5;2Rl", "1 b'jkl'"),
    ],
)
def test_terminal_is_queried_and_typed_keys_are_kept(answer: bytes, said: str) -> None:
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-c", ASK])  # noqa: S606 - no shell
    seen, answered = b"", False
    until = time.monotonic() + 120
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
