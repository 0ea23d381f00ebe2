"""Clean exit on a signal, a lost terminal or an error: the screen is closed and the position is saved."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from textual.app import App

from reader.document.sanitizing import clean_line
from reader.ui.child_processes import pass_on

HUNG_UP = 1
"""The number of SIGHUP on every system that has it."""

_SIGNALS = ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT")

_TIMEOUT = 6.0
"""Seconds after which a busy program is forced to exit; longer than any key waits."""


def print_unsaid(message: str) -> None:
    """Print what could not be shown before the screen was closed, if anything."""
    if message:
        with suppress(OSError, ValueError):
            sys.stderr.write(f"{clean_line(message)}\n")


def leave_soon(app: App[Any], loop: asyncio.AbstractEventLoop, number: int) -> None:
    """Exit because of a signal or an equivalent event; may be called from a signal handler or any thread."""
    with suppress(RuntimeError):  # The loop is closed, so the app has already exited.
        loop.call_soon_threadsafe(app.call_later, _leave, app, number)


async def _leave(app: App[Any], number: int) -> None:
    """Exit without asking, with the exit code that a shell reports for a program ended by a signal."""
    try:
        await app.run_action("leave")
    finally:
        app.exit(return_code=128 + number)


@contextmanager
def signals_leave(app: App[Any], force: Callable[[], None]) -> Iterator[None]:
    """Exit `app` cleanly on SIGTERM, SIGHUP, SIGQUIT and SIGINT.

    A signal that was ignored at the start (nohup) stays ignored. If the program does not exit within a few seconds,
    `force` restores the terminal, and the process exits. A signal that arrives after the app has ended does not
    interrupt the `with` block, so that it can save unsaved data.
    """
    signalled = threading.Event()
    timers: list[threading.Timer] = []

    def force_exit(number: int) -> None:
        force()
        os._exit(128 + number)

    def on_signal(number: int, _frame: object) -> None:
        pass_on(number)
        if signalled.is_set():
            return
        signalled.set()
        timer = threading.Timer(_TIMEOUT, force_exit, [number])
        timer.daemon = True
        timer.start()
        timers.append(timer)
        loop = app._loop  # noqa: SLF001 - Textual does not make it public
        if loop is None:
            raise SystemExit(128 + number)
        leave_soon(app, loop, number)

    previous: dict[int, Any] = {}
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            previous[number] = signal.signal(number, on_signal)
    try:
        yield
    finally:
        for timer in timers:
            timer.cancel()
        for number, handler in previous.items():
            signal.signal(number, handler)
