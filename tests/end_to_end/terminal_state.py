"""The state of a terminal, and whether a program has restored it."""

import re
import termios
from pathlib import Path
from typing import Any

from tests.end_to_end.terminal import Terminal

_MODE = re.compile(rb"\x1b\[\?(\d+)([hl])")


def modes(received: bytes) -> dict[int, bool]:
    """The private modes of DEC that the received bytes have switched on or off."""
    return {int(number): switch == b"h" for number, switch in _MODE.findall(received)}


def assert_restored(terminal: Terminal, attributes: list[Any] | None = None) -> None:
    """Check for the main screen, cursor and line wrap, no mouse, paste or keyboard mode, and the line discipline."""
    now = modes(terminal.received)
    for number in (1000, 1003, 1004, 1006, 1015, 1016, 1049, 2004, 2026, 2031, 2048):
        assert not now.get(number), f"mode {number} is on"
    assert now[25], "the cursor is hidden"
    assert now.get(7, True), "lines do not wrap"
    assert terminal.received.count(b"\x1b[<u") >= len(re.findall(rb"\x1b\[>\d+u", terminal.received))
    if attributes is not None:
        assert termios.tcgetattr(terminal._terminal) == attributes


def processes_of(terminal: Terminal) -> set[int]:
    """The first process of the terminal and all its descendants in any session (Linux only)."""
    parents: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(status.parent.name)] = int(fields[1])
    found = {terminal.process}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def command_line(process: int) -> str:
    """The command line of a process; empty if it has ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def runs(process: int) -> bool:
    """Whether a process exists and is not a zombie."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return False
    return state[0] not in "ZX"


def state_of(process: int) -> str:
    """The state of a process: R, S, T (stopped), …; empty if it does not exist."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
    except OSError:
        return ""
