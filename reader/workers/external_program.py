"""A program that runs while the screen is used: without a terminal, with its input and output in memory."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from threading import Thread

from reader.document.sanitizing import clean
from reader.regex import regex

LONGEST = 2**21
"""The maximum bytes of output that are kept; a program that writes more is not stopped."""

_CHUNK = 65_536

_GRACE = 2.0
"""Seconds between asking a program to end and killing it."""

_SEQUENCE = regex(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])|\x9b[0-?]*[ -/]*[@-~]")
"""An escape sequence of a terminal (ECMA-48), such as one that sets a colour."""


class ExternalProgram:
    """A program in a session of its own, so that no key and no closed terminal ends it."""

    def __init__(self, command: Sequence[str], data: bytes, environment: Mapping[str, str]) -> None:
        """Start a program with `data` as its standard input.

        Raises:
            OSError: It cannot be started.
            ValueError: An argument contains NUL.
        """
        self._child = subprocess.Popen(  # noqa: S603 - the user's own program, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )
        self._written = bytearray()
        self.is_cut = False
        """Whether it has written more than is kept."""
        self.code: int | None = None
        """The exit code, negative for a signal; None while it runs."""
        Thread(target=feed, args=(self._child, data), daemon=True).start()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        """Read its output until it ends; runs in a thread."""
        stream = self._child.stdout
        assert stream is not None  # noqa: S101 - for mypy
        with suppress(OSError, ValueError):
            while chunk := os.read(stream.fileno(), _CHUNK):
                room = LONGEST - len(self._written)
                self.is_cut = self.is_cut or len(chunk) > room
                self._written += chunk[:room]
        self.code = self._child.wait()
        with suppress(OSError):
            stream.close()

    @property
    def output(self) -> str:
        """The output so far, without escape sequences."""
        return shown_output(bytes(self._written))

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for its end, at most for some seconds; return whether it has ended."""
        self._reader.join(seconds)
        return self.code is not None

    def stop(self) -> None:
        """End the program and the programs that it has started, if it is still running; return at once."""
        if self.code is None:
            self._signal(signal.SIGTERM)
            Thread(target=self._end, daemon=True).start()

    def _end(self) -> None:
        if not self.wait(_GRACE):
            self._signal(getattr(signal, "SIGKILL", signal.SIGTERM))

    def _signal(self, number: int) -> None:
        with suppress(OSError):
            if sys.platform == "win32":
                self._child.send_signal(number)
            else:
                os.killpg(self._child.pid, number)


def shown_output(written: bytes) -> str:
    """The output of a program as text; of an overwritten line, such as a progress bar, only the last state."""
    text = _SEQUENCE.sub("", written.decode("utf-8", "replace").replace("\r\n", "\n"))
    lines = (line.rstrip("\r").rpartition("\r")[2] for line in text.split("\n"))
    return clean("\n".join(lines)).rstrip("\n")


def feed(child: "subprocess.Popen[bytes]", data: bytes) -> None:
    """Write the standard input of a child process and close it; a child need not read all of it."""
    assert child.stdin is not None  # noqa: S101 - for mypy
    with suppress(OSError, ValueError):
        child.stdin.write(data)
    with suppress(OSError, ValueError):
        child.stdin.close()
