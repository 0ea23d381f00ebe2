"""Queries of the terminal before the screen is opened, and the driver of the screen."""

import os
import select
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from reader.regex import regex

if TYPE_CHECKING:
    from textual.driver import Driver

_PATIENCE = 0.05
"""Seconds to wait for a response: a terminal on this machine takes milliseconds, a silent one all of this time."""

_UNDO = (
    b"\x1b[?2026l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?2004l\x1b[?2048l\x1b[?1004l"
    b"\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h\x1b[0m"
)
"""Control sequences that reset everything the screen sets, one by one in `textual.drivers.linux_driver`."""

_REPORT = regex(rb"\x1b\[\d+;(\d+)R")


def terminal_driver() -> "type[Driver] | None":
    """The driver of the screen; None for Textual's own, on Windows."""
    if sys.platform == "win32":
        return None
    from reader.ui.driver import TerminalDriver  # noqa: PLC0415 - it cannot be imported there

    return TerminalDriver


def terminal_restorer() -> Callable[[], None]:
    """Return a function that restores the present state of the terminal without the help of the screen."""
    if sys.platform == "win32":
        return lambda: None
    import termios  # noqa: PLC0415 - there is none on Windows

    attributes: list[Any] | None = None
    with suppress(OSError, ValueError, termios.error):
        attributes = termios.tcgetattr(sys.stdin.fileno())

    def restore() -> None:
        with suppress(OSError, ValueError, termios.error):
            descriptor = sys.stdin.fileno()
            if attributes is not None:
                termios.tcsetattr(descriptor, termios.TCSANOW, attributes)
            # A terminal that reads no output must not keep the program from ending.
            os.set_blocking(descriptor, False)
            os.write(descriptor, _UNDO)
            os.set_blocking(descriptor, True)

    return restore


def ambiguous_width() -> int | None:
    """Measure the width of a character of ambiguous width (UAX 11): 1 or 2 cells, or None without a response.

    One such character is written at the start of the line, the terminal is asked for the cursor position (DSR 6,
    ECMA-48), and the line is cleared.
    """
    try:
        import termios  # noqa: PLC0415 - only where terminals are like this
        import tty  # noqa: PLC0415
    except ImportError:
        return None
    try:
        source, target = sys.stdin.fileno(), sys.stdout.fileno()
        before = termios.tcgetattr(source)
    except (OSError, ValueError, termios.error):
        return None
    try:
        tty.setcbreak(source, termios.TCSANOW)
        os.write(target, "\r“\x1b[6n".encode())
        column = _column(source)
        os.write(target, b"\r\x1b[K")
    except (OSError, termios.error):
        return None
    finally:
        termios.tcsetattr(source, termios.TCSANOW, before)
    return {2: 1, 3: 2}.get(column)


def _column(source: int) -> int:
    """Read the column that the terminal reports, counted from 1; 0 if it does not respond in time."""
    answer = b""
    until = time.monotonic() + _PATIENCE
    while (left := until - time.monotonic()) > 0 and select.select([source], [], [], left)[0]:
        answer += os.read(source, 64)
        if report := _REPORT.search(answer):
            return int(report[1])
    return 0
