"""The terminal of the screen: reading, writing, suspending."""

import codecs
import os
import select
import signal
import sys
from typing import Any

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from reader.ui.early_terminal import ENTER, EarlyTerminal
from reader.ui.gate import Gate
from reader.ui.input_guard import InputGuard
from reader.ui.leaving import HUNG_UP, leave_soon

_TICK = 0.1
"""Seconds of waiting after which the input counts as pausing."""

_MOMENT = 0.02
"""The same after what may be Escape, which should react at once."""

_READ = 4_096
"""Bytes read at a time."""


class TerminalDriver(LinuxDriver):
    """Textual's driver with a gate before its output and a guard before its input.

    It ends the program when the terminal is lost, where Textual's own driver keeps reading the end of the file.
    """

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        terminal = sys.__stderr__
        assert terminal is not None  # noqa: S101 - `reader.cli.main` opened what was closed
        self._gate = Gate(terminal, self._lost)
        # Textual's writing thread writes to this file, so that all output passes the gate.
        self._file = self._gate  # type: ignore[assignment]
        self._suspended = False
        # Suspend and repaint between two steps of the loop, because a signal may arrive while the output is locked.
        signal.signal(signal.SIGTSTP, lambda *_: self._loop.call_soon_threadsafe(self.stop_process))
        signal.signal(signal.SIGCONT, lambda *_: self._loop.call_soon_threadsafe(self._continued))

    def _lost(self) -> None:
        """Quit because the terminal accepts no output or is at its end. May be called from any thread."""
        self._gate.is_lost = True
        leave_soon(self._app, self._loop, HUNG_UP)

    # What was begun before Textual was there

    def start_application_mode(self) -> None:
        """Take the terminal over, as it was before the first frame was painted on it."""
        early = self._early
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if early is not None and early.attributes is not None:
            self.attrs_before = early.attributes

    def write(self, data: str) -> None:
        """Write, but do not enter the alternate screen again: that would clear the first frame."""
        if data == ENTER and self._early is not None and self._early.is_open:
            self._early.is_open = False
            return
        super().write(data)

    @property
    def _early(self) -> EarlyTerminal | None:
        return getattr(self._app, "early_terminal", None)

    # Suspending

    def stop_process(self, *, group: bool = False) -> None:
        """Return the terminal to the shell and stop until SIGCONT; with `group`, stop the whole job like Ctrl+Z does.

        In an orphaned process group, which no shell waits for, the system does not stop it, so it just repaints.
        """
        managed = self._auto_restart and not self._suspended
        if managed:
            self._suspended = True
            self._app.app_suspend_signal.publish(self._app)
            self.suspend_application_mode()
        before = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(0 if group else os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, before)
        if managed:
            self._suspended = False
            self._resume()

    def _continued(self) -> None:
        """Repaint after a stop by SIGSTOP, which cannot be handled: the shell may have changed the terminal's modes."""
        if self._auto_restart and not self._suspended and self._writer_thread is not None:
            self.suspend_application_mode()
            self._resume()

    def _resume(self) -> None:
        self.resume_application_mode()
        self._app.app_resume_signal.publish(self._app)
        self._app.refresh(layout=True)

    # Input

    def run_input_thread(self) -> None:
        """Read until the screen is closed. Bytes that are not UTF-8, from GBK or an old mouse protocol, become �."""
        parser, guard = XTermParser(self._debug), InputGuard()
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        text = guard.feed(decode(self._typed_early()))
        try:
            while not self.exit_event.is_set():
                if text:
                    for message in parser.feed(text):
                        self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)
                if select.select([self.fileno], [], [], _MOMENT if guard.waits_for_little else _TICK)[0]:
                    data = self._read()
                    if data is None:
                        self._lost()
                        return
                    text = guard.feed(decode(data))
                else:
                    text = guard.rest()
        finally:
            try:
                for _message in parser.feed(""):
                    pass
            except (EOFError, ParseError):
                pass

    def _typed_early(self) -> bytes:
        """What was typed before the first frame, in the way of a question to the terminal."""
        early = self._early
        if early is None:
            return b""
        typed, early.typed = early.typed, b""
        return typed

    def _read(self) -> bytes | None:
        """The input; None if the terminal is lost."""
        try:
            return os.read(self.fileno, _READ) or None
        except BlockingIOError:
            # A child left the terminal in non-blocking mode, and another process has read the input.
            return b""
        except OSError:
            return None
