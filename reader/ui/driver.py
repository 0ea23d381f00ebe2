"""The terminal driver of the screen: input, output, suspending."""

import codecs
import os
import select
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from reader.ui.clean_exit import HUNG_UP, leave_soon
from reader.ui.early_terminal import ENTER, EarlyTerminal
from reader.ui.input_guard import InputGuard
from reader.ui.output_guard import OutputGuard
from reader.ui.terminal_replies import FOLLOW_BACKGROUND, UNFOLLOW_BACKGROUND, TerminalReplies

if TYPE_CHECKING:
    from collections.abc import Callable

_PAUSE = 0.1
"""Seconds without input after which pending input is handled as it is."""

_ESCAPE_DELAY = 0.02
"""The same after a possible Escape key, which should take effect at once."""

_HANDOVER = 0.005
"""The maximum seconds that the screen waits until a frame is written; a slow terminal takes longer."""

_CHUNK = 4_096
"""The maximum number of bytes read at a time."""


_LEAVE = "\x1b[?1049l"
"""The sequence that leaves the alternate screen, as Textual writes it."""


def _cleared(rows: int) -> str:
    """The sequences that clear the screen row by row; the guard's tests treat clearing all of it as an attack."""
    return "\x1b[m" + "".join(f"\x1b[{row};1H\x1b[K" for row in range(1, rows + 1)) + "\x1b[H"


class TerminalDriver(LinuxDriver):
    """Textual's driver with filters for its output (`OutputGuard`) and its input (`InputGuard`).

    It exits when the terminal is lost, whereas Textual's own driver keeps reading at end-of-file.

    Attributes:
        before_leaving: Returns what is to be written before the alternate screen is left.
    """

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        terminal = sys.__stderr__
        assert terminal is not None  # noqa: S101 - `reader.cli.main` reopens closed streams
        self._output_guard = OutputGuard(terminal, self._lost)
        # Textual's writing thread writes to this file, so that all output passes the guard.
        self._file = self._output_guard  # type: ignore[assignment]
        self._suspended = False
        self.before_leaving: Callable[[], str] = str
        # Suspend and repaint between two steps of the loop, because a signal may arrive while the output is locked.
        signal.signal(signal.SIGTSTP, lambda *_: self._loop.call_soon_threadsafe(self.stop_process))
        signal.signal(signal.SIGCONT, lambda *_: self._loop.call_soon_threadsafe(self._continued))

    def _lost(self) -> None:
        """Quit because the terminal rejects output or is at end-of-file; may be called from any thread."""
        self._output_guard.is_lost = True
        leave_soon(self._app, self._loop, HUNG_UP)

    # Taking over from the early terminal

    def start_application_mode(self) -> None:
        """Take over the terminal; remember its attributes from before the first frame, to restore them at the end."""
        early = self._early
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if early is not None and early.attributes is not None:
            self.attrs_before = early.attributes
        self.write(FOLLOW_BACKGROUND)

    def write(self, data: str) -> None:
        """Write, but do not enter the alternate screen again, which would clear the first frame; clear it at the end.

        A terminal without an alternate screen, such as the Linux console or GNU screen as it is set by default, would
        keep the page, and the shell would write into it.
        """
        if data == ENTER and self._early is not None and self._early.is_open:
            self._early.is_open = False
            return
        if data == _LEAVE:
            data = f"{self.before_leaving()}{UNFOLLOW_BACKGROUND}{_cleared(self._app.size.height)}{data}"
        self._output_guard.flushed.clear()
        super().write(data)

    def flush(self) -> None:
        """Let the writing thread write first what it was given.

        Otherwise what follows a frame would delay it: Python lets another thread run only every 5 ms.
        """
        self._output_guard.flushed.wait(_HANDOVER)

    @property
    def _early(self) -> EarlyTerminal | None:
        return getattr(self._app, "early_terminal", None)

    # Suspending

    def stop_process(self, *, group: bool = False) -> None:
        """Return the terminal to the shell and stop until SIGCONT; with `group`, stop the whole job like Ctrl+Z does.

        The system does not stop an orphaned process group, as no shell could continue it; then this only repaints.
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
        parser, guard = XTermParser(self._debug), self._guard()
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        text = guard.feed(decode(self._typed_early()))
        try:
            while not self.exit_event.is_set():
                if text:
                    for message in parser.feed(text):
                        self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)
                if select.select([self.fileno], [], [], _ESCAPE_DELAY if guard.waits_for_little else _PAUSE)[0]:
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

    def _guard(self) -> InputGuard:
        """Return a guard that passes replies of the terminal to the app, in the app's thread."""
        replies: TerminalReplies | None = getattr(self._app, "terminal_replies", None)
        if replies is None:
            return InputGuard()

        def reply(sequence: str) -> None:
            # The loop may have been closed already.
            with suppress(RuntimeError):
                # Call it as a message of the app: it may start timers, which need the context of the app.
                self._loop.call_soon_threadsafe(self._app.call_later, replies.take, sequence)

        guard = InputGuard(reply)
        guard.expects_reply = lambda: replies.expected
        return guard

    def _typed_early(self) -> bytes:
        """Return the keys typed before Textual started, which were read along with the reply of the terminal."""
        early = self._early
        if early is None:
            return b""
        typed, early.typed = early.typed, b""
        return typed

    def _read(self) -> bytes | None:
        """Read the available input; return None if the terminal is lost."""
        try:
            return os.read(self.fileno, _CHUNK) or None
        except BlockingIOError:
            # A child left the terminal in non-blocking mode, and another process has read the input.
            return b""
        except OSError:
            return None
