"""The terminal before Textual takes it over: setting its modes, queries, and painting."""

import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from reader.regex import regex

if TYPE_CHECKING:
    import re

ENTER = "\x1b[?1049h"
"""The sequence that switches to the alternate screen and clears it (xterm, private mode 1049)."""

_TIMEOUT = 0.05
"""Seconds to wait for a reply: local terminals reply within milliseconds, and others delay the start."""

_REPORT = regex(rb"\x1b\[\d+;(\d+)R")
_QUERY = "\x1b[H“\x1b[6n\x1b[H\x1b[K"
"""A character of ambiguous width in the top left corner, and a query of the cursor position (DSR 6, ECMA-48)."""


class EarlyTerminal:
    """The terminal from the start of the screen until Textual takes it over.

    Attributes:
        restore: Restores the original state of the terminal.
        attributes: The termios attributes to restore at the end.
        typed: The bytes read so far without known replies, to be handled by Textual: typed keys, and other replies.
        has_replied: Whether `reply` has returned a reply.
        is_open: Whether the alternate screen is active and Textual has not taken it over yet.
    """

    def __init__(self, restore: Callable[[], None]) -> None:
        self.restore = restore
        self.attributes: list[Any] | None = None
        self.typed = b""
        self.has_replied = False
        self.is_open = False
        self._queried = 0.0
        self._painted = ""
        self._source, self._target = sys.stdin.fileno(), sys.stderr.fileno()

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        size = os.get_terminal_size(self._target)
        return size.columns, size.lines

    def enter(self) -> None:
        """Enter the alternate screen; keep typed keys for later without echoing them.

        Raises:
            OSError: The modes of the terminal cannot be set.
        """
        import termios  # noqa: PLC0415 - not available on Windows

        try:
            self.attributes = self.attributes or termios.tcgetattr(self._source)
            raw = termios.tcgetattr(self._source)
            raw[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
            # Ctrl+C ends a start that takes long; the other keys for signals are keys of the screen.
            off = os.fpathconf(self._source, "PC_VDISABLE").to_bytes(1, "little", signed=False)
            for key in (termios.VQUIT, termios.VSUSP):
                raw[6][key] = off
            raw[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
            # Set this first, so that a signal between the two lines restores the terminal.
            self.is_open = True
            termios.tcsetattr(self._source, termios.TCSANOW, raw)
        except termios.error as error:
            raise OSError(*error.args) from error
        self.write(ENTER + "\x1b[?25l")

    def ask_width(self) -> None:
        """Query the width of ambiguous characters (UAX 11); `ambiguous_width` reads the reply."""
        self.write(_QUERY)
        self._queried = time.monotonic()

    def ask(self, query: str) -> None:
        """Write a query; `reply` returns an early reply, and the input of the screen handles a later one."""
        self.write(query)

    def reply(self, pattern: "re.Pattern[str]") -> "re.Match[str] | None":
        """Return the reply that `pattern` finds in what has arrived so far, without waiting; None if there is none."""
        while select.select([self._source], [], [], 0)[0] and self._receive():
            pass
        # Latin-1 decodes any byte to one character, so offsets are those of the bytes; replies are ASCII.
        found = pattern.search(self.typed.decode("latin-1"))
        if found is not None:
            self.has_replied = True
            self.typed = self.typed[: found.start()] + self.typed[found.end() :]
        return found

    def _receive(self) -> bool:
        """Read what has arrived; return whether there was any."""
        data = os.read(self._source, 1024)
        self.typed += data
        return bool(data)

    def paint(self, frame: str) -> None:
        """Paint a frame, or more of it."""
        self._painted += frame
        self.write(frame)

    def stop(self) -> None:
        """Suspend the process with the terminal restored; paint the frame again when it continues."""
        self.restore()
        previous = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, previous)
        self.enter()
        self.write(self._painted)

    def write(self, output: str) -> None:
        """Write text and control sequences without buffering."""
        data = output.encode()
        while data:
            data = data[os.write(self._target, data) :]

    def ambiguous_width(self) -> int | None:
        """Return the width of ambiguous characters (UAX 11) in cells, 1 or 2; None if the terminal does not reply."""
        deadline = self._queried + _TIMEOUT
        while (report := _REPORT.search(self.typed)) is None:
            remaining = max(0.0, deadline - time.monotonic())
            if not select.select([self._source], [], [], remaining)[0] or not self._receive():
                return None
        # Keys typed around the reply are input for Textual.
        self.typed = self.typed[: report.start()] + self.typed[report.end() :]
        return {2: 1, 3: 2}.get(int(report[1]))


@contextmanager
def early_terminal(restore: Callable[[], None]) -> Iterator[EarlyTerminal | None]:
    """Enter the terminal; yield None if that is not possible.

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
    """Turn signals into an exception, so that the terminal is restored; suspend the process on SIGTSTP."""

    def end(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    def stop(_number: int, _frame: object) -> None:
        if terminal.is_open:
            terminal.stop()

    handlers = dict.fromkeys(("SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT"), end) | {"SIGTSTP": stop}
    previous: dict[int, Any] = {}
    for name, handler in handlers.items():
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            previous[number] = signal.signal(number, handler)
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
