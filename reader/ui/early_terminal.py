"""The terminal before Textual has it: put into its modes, asked how wide characters are, painted on."""

import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from reader.regex import regex

ENTER = "\x1b[?1049h"
"""Switches to the alternate screen, and clears it (xterm, private mode 1049)."""

_PATIENCE = 0.05
"""Seconds to wait for an answer: a terminal on this machine takes a few milliseconds, a mute one costs these."""

_REPORT = regex(rb"\x1b\[\d+;(\d+)R")
_QUESTION = "\x1b[H“\x1b[6n\x1b[H\x1b[K"
"""Writes a character of ambiguous width in the corner, and asks where the cursor is then (DSR 6, ECMA-48)."""


class EarlyTerminal:
    """The terminal from the start of the screen until Textual takes it over.

    Attributes:
        restore: Puts the terminal back as it was.
        attributes: The settings of the terminal line as they were, for those who restore them.
        typed: What was typed meanwhile, as bytes.
        is_open: Whether the alternate screen is entered and Textual does not have it yet.
    """

    def __init__(self, restore: Callable[[], None]) -> None:
        self.restore = restore
        self.attributes: list[Any] | None = None
        self.typed = b""
        self.is_open = False
        self._asked = 0.0
        self._painted = ""
        self._source, self._target = sys.stdin.fileno(), sys.stderr.fileno()

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        size = os.get_terminal_size(self._target)
        return size.columns, size.lines

    def enter(self) -> None:
        """Enter the alternate screen, and let keys wait unseen.

        Raises:
            OSError: It is no terminal that can be set.
        """
        import termios  # noqa: PLC0415 - there is none on Windows

        try:
            self.attributes = self.attributes or termios.tcgetattr(self._source)
            raw = termios.tcgetattr(self._source)
            raw[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
            raw[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
            # First, so that a signal that comes in between restores the terminal.
            self.is_open = True
            termios.tcsetattr(self._source, termios.TCSANOW, raw)
        except termios.error as error:
            raise OSError(*error.args) from error
        self.write(ENTER + "\x1b[?25l")

    def ask_width(self) -> None:
        """Ask how wide characters of ambiguous width are; `ambiguous_width` reads the answer."""
        self.write(_QUESTION)
        self._asked = time.monotonic()

    def paint(self, frame: str) -> None:
        """Paint a frame."""
        self._painted = frame
        self.write(frame)

    def stop(self) -> None:
        """Give the terminal back until the process is continued, then paint the frame again."""
        self.restore()
        before = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, before)
        self.enter()
        self.write(self._painted)

    def write(self, output: str) -> None:
        """Write text and control functions at once."""
        data = output.encode()
        while data:
            data = data[os.write(self._target, data) :]

    def ambiguous_width(self) -> int | None:
        """How many cells it gives a character of ambiguous width (UAX 11): 1, 2, or None if it does not say."""
        until = self._asked + _PATIENCE
        answer = b""
        report = None
        while report is None:
            left = max(0.0, until - time.monotonic())
            if not select.select([self._source], [], [], left)[0]:
                break
            data = os.read(self._source, 1024)
            if not data:
                break
            answer += data
            report = _REPORT.search(answer)
        if report is None:
            self.typed += answer
            return None
        # What was typed before and behind the answer.
        self.typed += answer[: report.start()] + answer[report.end() :]
        return {2: 1, 3: 2}.get(int(report[1]))


@contextmanager
def early_terminal(restore: Callable[[], None]) -> Iterator[EarlyTerminal | None]:
    """Enter the terminal; None where that cannot be done.

    At the end, `restore` is called unless Textual has taken the terminal over.
    """
    if sys.platform == "win32" or not sys.stderr.isatty():
        yield None
        return
    terminal = EarlyTerminal(restore)
    with _handled_signals(terminal):
        try:
            try:
                terminal.enter()
                terminal.ask_width()
            except OSError:
                yield None
            else:
                yield terminal
        finally:
            if terminal.is_open:
                restore()


@contextmanager
def _handled_signals(terminal: EarlyTerminal) -> Iterator[None]:
    """End the program on a signal by an exception, so that the terminal is restored; suspend it on SIGTSTP."""

    def end(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    def stop(_number: int, _frame: object) -> None:
        if terminal.is_open:
            terminal.stop()

    handlers = dict.fromkeys(("SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT"), end) | {"SIGTSTP": stop}
    before: dict[int, Any] = {}
    for name, handler in handlers.items():
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, handler)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
