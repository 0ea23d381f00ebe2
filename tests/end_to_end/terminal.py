"""A pseudo-terminal that runs the installed command, and its screen (emulated by pyte)."""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

READER = str(Path(sys.executable).with_name("reader"))
PATIENCE = 30.0
"""Seconds to wait for a screen before the test fails; generous, because the machine may be busy."""


class Screen(pyte.HistoryScreen):
    """pyte's screen, which answers no queries, like a terminal that does not know them."""

    def report_device_status(self, mode: int = 0, **kwargs: object) -> None:
        pass

    def report_device_attributes(self, mode: int = 0, **kwargs: object) -> None:
        pass


class Terminal:
    """A command in a pseudo-terminal of `columns` × `rows` cells."""

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        environ: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> None:
        self.columns, self.rows = columns, rows
        self.received = b""
        self.read_at = 0.0
        """The time (`time.perf_counter`) at which the last output arrived, before it is emulated."""
        self._screen = Screen(columns, rows, history=0)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.exit_code: int | None = None
        self._process, self._terminal = pty.fork()
        if self._process == 0:
            around = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environ or {})}
            for variable in ("COLUMNS", "LINES"):
                # A plugin of pytest sets these variables, which are not the size of this terminal.
                if variable not in (environ or {}):
                    around.pop(variable, None)
            for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
                # Reset the signals that background processes ignore, as a shell in a terminal does.
                signal.signal(number, signal.SIG_DFL)
            os.chdir(folder or ".")
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            # Pass exactly these variables: readline sets LINES and COLUMNS without Python's knowledge.
            os.execve(arguments[0], list(arguments), around)  # noqa: S606 - the terminal is the point, no shell in it
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if self.exit_code is None:
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
        os.close(self._terminal)

    @property
    def lines(self) -> list[str]:
        """The rows of the screen; the second cell of a wide character is an empty string in pyte."""
        return [self.line(number) for number in range(self.rows)]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    def line(self, number: int) -> str:
        """A row of the screen."""
        row = self._screen.buffer[number]
        return "".join(row[column].data for column in range(self.columns)).rstrip()

    def on_paper(self, colour: str) -> str:
        """The text on a background colour, row by row."""
        rows = ((row[column] for column in range(self.columns)) for row in self._rows())
        return "\n".join("".join(cell.data for cell in row if cell.bg == colour) for row in rows)

    @property
    def papers(self) -> list[str]:
        """The background at the beginning of each row, which shows the row of a list's cursor."""
        return [row[2].bg for row in self._rows()]

    @property
    def memory(self) -> int:
        """The resident memory of the command's first process in bytes (Linux only)."""
        pages = int(Path(f"/proc/{self._process}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    @property
    def cpu_seconds(self) -> float:
        """The CPU seconds used by the command's first process (Linux only)."""
        fields = Path(f"/proc/{self._process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def process(self) -> int:
        """The command's process, which leads its session."""
        return self._process

    def _rows(self) -> list[Mapping[int, pyte.screens.Char]]:
        return [self._screen.buffer[number] for number in range(self.rows)]

    def press(self, *keys: str) -> Self:
        """Press keys; a name such as "f2" or "pagedown" is sent as in `KEYS`, all else as text."""
        for key in keys:
            assert key in KEYS or not key.startswith(("ctrl+", "alt+", "shift+")), f"KEYS lacks {key}"
            self.type(KEYS.get(key, key))
            self._read(0.05)
        return self

    def type(self, text: str) -> None:
        """Send characters without waiting."""
        self.send(text.encode())

    def send(self, data: bytes) -> None:
        """Send bytes without waiting."""
        os.write(self._terminal, data)

    def read_output(self) -> Self:
        """Read the available output."""
        while select.select([self._terminal], [], [], 0)[0] and self._read(0):
            pass
        return self

    def resize(self, columns: int, rows: int) -> None:
        """Resize the terminal, like a window manager."""
        self.columns, self.rows = columns, rows
        self._screen.resize(rows, columns)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.kill(self._process, signal.SIGWINCH)

    def wait_for(self, wanted: str | Callable[["Terminal"], bool], seconds: float = PATIENCE) -> Self:
        """Read until a text is on the screen, or a condition on it holds.

        Raises:
            AssertionError: That did not happen in time; the message shows the screen.
        """
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if wanted in self.text if isinstance(wanted, str) else wanted(self):
                return self
            if not self._read(0.1):
                break
        if not (wanted in self.text if isinstance(wanted, str) else wanted(self)):
            message = f"{wanted!r} did not come; the screen is\n{self.text}"
            raise AssertionError(message)
        return self

    def heard(self, wanted: re.Pattern[bytes], seconds: float = PATIENCE) -> tuple[float, str]:
        """Wait for matching bytes; return the time (`time.perf_counter`) of their arrival and the first group.

        The screen is only updated afterwards, because pyte is slower than a terminal.

        Raises:
            AssertionError: They did not arrive in time.
        """
        received, deadline = b"", time.monotonic() + seconds
        found = None
        while found is None and time.monotonic() < deadline:
            if select.select([self._terminal], [], [], 0.1)[0]:
                received += os.read(self._terminal, 65_536)
                found = wanted.search(received)
        moment = time.perf_counter()
        self.received += received
        self._stream.feed(self._decoder.decode(received))
        assert found is not None, f"{wanted.pattern!r} did not come; the screen is\n{self.text}"
        return moment, found[1].decode()

    def kill(self) -> None:
        """Kill the command and its process group; its output so far is shown on the screen."""
        try:
            os.killpg(self._process, signal.SIGKILL)
        except ProcessLookupError:
            # It was just forked and does not lead a group yet.
            os.kill(self._process, signal.SIGKILL)
        self.wait_for_exit()

    def hang_up(self) -> None:
        """Close the terminal, like closing its window."""
        os.close(self._terminal)
        self._terminal = os.open(os.devnull, os.O_RDWR)

    def settle(self, quiet: float = 0.4) -> Self:
        """Read until there was no output for `quiet` seconds; while only the first frame is shown, keep waiting."""
        before = -1
        while before != len(self.received) or (self._is_starting and self.exit_code is None):
            before = len(self.received)
            self._read(quiet)
        return self

    @property
    def _is_starting(self) -> bool:
        """Whether the alternate screen was entered, but the last mode that Textual sets is not set yet."""
        return b"\x1b[?1049h" in self.received and b"\x1b[?2004h" not in self.received

    def wait_for_exit(self, seconds: float = PATIENCE) -> int:
        """Wait for the end of the command; return its exit code."""
        deadline = time.monotonic() + seconds
        while self.exit_code is None and time.monotonic() < deadline:
            self._read(0.1)
        assert self.exit_code is not None, f"it still runs; the screen is\n{self.text}"
        return self.exit_code

    def _read(self, seconds: float) -> bool:
        """Process the output of the next `seconds`; return False if the command has ended."""
        ready = select.select([self._terminal], [], [], seconds)[0]
        try:
            data = os.read(self._terminal, 65_536) if ready else b""
        except OSError:  # on Linux, reading a closed pseudo-terminal fails with EIO
            data, ready = b"", []
            self._reap(wait=True)
        self.read_at = time.perf_counter() if data else self.read_at
        self.received += data
        self._stream.feed(self._decoder.decode(data))
        if not ready:
            self._reap(wait=False)
        return self.exit_code is None

    def _reap(self, *, wait: bool) -> None:
        if self.exit_code is None:
            process, status = os.waitpid(self._process, 0 if wait else os.WNOHANG)
            if process:
                self.exit_code = os.waitstatus_to_exitcode(status)


KEYS = {
    "space": " ",
    "enter": "\r",
    # As in kitty's protocol: the lone byte of xterm is Alt for a letter that is read together with it, as happens to
    # whatever is typed next while the machine is busy.
    "escape": "\x1b[27u",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "shift+f2": "\x1b[1;2Q",
    "f3": "\x1bOR",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f9": "\x1b[20~",
    "f11": "\x1b[23~",
    "alt+down": "\x1b[1;3B",
    "alt+up": "\x1b[1;3A",
    "alt+right": "\x1b[1;3C",
    "alt+left": "\x1b[1;3D",
    "ctrl+f": "\x06",
    "ctrl+p": "\x10",
    "ctrl+q": "\x11",
    "ctrl+u": "\x15",
    "ctrl+s": "\x13",
}
