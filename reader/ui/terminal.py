"""What can be asked of a terminal before the screen is opened."""

import codecs
import os
import re
import select
import sys
import time
from functools import partial

_PATIENCE = 0.05
"""Seconds to wait for an answer: a terminal on this machine takes a few milliseconds, a mute one costs these."""

_REPORT = re.compile(rb"\x1b\[\d+;(\d+)R")


def bear_any_bytes() -> None:
    """Take typed bytes that are no UTF-8 for �: GBK, or an old terminal's mouse report, must not end the program."""
    try:
        from textual.drivers import linux_driver  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return
    strict = codecs.getincrementaldecoder("utf-8")
    # The driver has no setting for it.
    vars(linux_driver)["getincrementaldecoder"] = lambda _name: partial(strict, "replace")


def ambiguous_width() -> int | None:
    """How many cells the terminal gives a character of ambiguous width (UAX 11): 1, 2, or None if it does not say.

    One such character is written at the beginning of the line, the terminal is asked where its cursor is then
    (DSR 6, ECMA-48), and the line is cleared.
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
    """The column that the terminal reports, counted from 1; 0 if it does not in time."""
    answer = b""
    until = time.monotonic() + _PATIENCE
    while (left := until - time.monotonic()) > 0 and select.select([source], [], [], left)[0]:
        answer += os.read(source, 64)
        if report := _REPORT.search(answer):
            return int(report[1])
    return 0
