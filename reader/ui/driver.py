"""The terminal that the screen is on: reading from it, writing to it, suspending the program."""

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

from reader.ui.gate import Gate
from reader.ui.input_guard import InputGuard
from reader.ui.leaving import HUNG_UP, leave_soon

_TICK = 0.1
"""Seconds after which nothing is said to have come."""

_MOMENT = 0.02
"""The same after what may be Escape, for which a person waits."""

_READ = 4_096
"""Bytes read at a time."""


class TerminalDriver(LinuxDriver):
    """Textual's driver with a gate before what it writes and a guard before what it reads.

    It ends the program when the terminal is lost: Textual's own goes on reading the end of a file.
    """

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        terminal = sys.__stderr__
        assert terminal is not None  # noqa: S101 - `reader.cli.main` opened what was closed
        self._gate = Gate(terminal, self._lost)
        # What Textual's writing thread writes to: everything passes here.
        self._file = self._gate  # type: ignore[assignment]
        self._suspended = False
        # Suspended and repainted between two steps of the loop: a signal may come while the output's lock is held.
        signal.signal(signal.SIGTSTP, lambda *_: self._loop.call_soon_threadsafe(self.stop_process))
        signal.signal(signal.SIGCONT, lambda *_: self._loop.call_soon_threadsafe(self._continued))

    def _lost(self) -> None:
        """Leave: the terminal takes nothing more, or is at its end. May be called from any thread."""
        self._gate.is_lost = True
        leave_soon(self._app, self._loop, HUNG_UP)

    # Suspending

    def stop_process(self, *, group: bool = False) -> None:
        """Give the terminal back and stop until SIGCONT; with `group`, the whole job, as a terminal's Ctrl+Z does.

        Where no shell waits for it (an orphaned process group), the system does not stop it, and it is painted again.
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
        """Paint again after a stop that nobody told of (SIGSTOP): the shell may have changed the terminal's modes."""
        if self._auto_restart and not self._suspended and self._writer_thread is not None:
            self.suspend_application_mode()
            self._resume()

    def _resume(self) -> None:
        self.resume_application_mode()
        self._app.app_resume_signal.publish(self._app)
        self._app.refresh(layout=True)

    # What is read

    def run_input_thread(self) -> None:
        """Read until the screen is left. Bytes that are no UTF-8, from GBK or an old terminal's mouse, are �."""
        parser, guard = XTermParser(self._debug), InputGuard()
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        try:
            while not self.exit_event.is_set():
                if select.select([self.fileno], [], [], _MOMENT if guard.waits_for_little else _TICK)[0]:
                    data = self._read()
                    if data is None:
                        self._lost()
                        return
                    text = guard.feed(decode(data))
                else:
                    text = guard.rest()
                if text:
                    for message in parser.feed(text):
                        self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)
        finally:
            try:
                for _message in parser.feed(""):
                    pass
            except (EOFError, ParseError):
                pass

    def _read(self) -> bytes | None:
        """What was typed; None where the terminal is gone."""
        try:
            return os.read(self.fileno, _READ) or None
        except BlockingIOError:
            # A child left the terminal in non-blocking mode, and somebody else has read what there was.
            return b""
        except OSError:
            return None
