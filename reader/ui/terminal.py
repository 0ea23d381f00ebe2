"""The driver of the screen, and the function that restores the terminal."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.driver import Driver

_UNDO = (
    b"\x1b[?2026l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?2004l\x1b[?2048l\x1b[?2031l\x1b[?1004l"
    b"\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h\x1b[0m"
)
"""Control sequences that reset all modes that `textual.drivers.linux_driver` sets, and mode 2031."""


def terminal_driver() -> "type[Driver] | None":
    """The driver of the screen; None for Textual's own, on Windows."""
    if sys.platform == "win32":
        return None
    from reader.ui.driver import TerminalDriver  # noqa: PLC0415 - it cannot be imported there

    return TerminalDriver


def terminal_restorer() -> Callable[[], None]:
    """Return a function that restores the current state of the terminal, independently of the screen."""
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
