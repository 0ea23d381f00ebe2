"""Leaving well: by a signal, with the terminal lost, or by an error, the screen is taken down and the place is kept."""

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from textual.app import App

from reader.ui.children import pass_on

HUNG_UP = 1
"""SIGHUP's number on every system that has it."""

_SIGNALS = ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT")

_PATIENCE = 6.0
"""Seconds that a program which is busy has to leave by itself; longer than a key waits for anything."""


def leave_soon(app: App[Any], loop: asyncio.AbstractEventLoop, number: int) -> None:
    """Leave because of a signal, or what amounts to it; may be called from a signal handler and from any thread."""
    with suppress(RuntimeError):  # the loop is closed: it has been left
        loop.call_soon_threadsafe(app.call_later, _leave, app, number)


async def _leave(app: App[Any], number: int) -> None:
    """Leave without a question, with the exit code that a shell gives a program which a signal ended."""
    try:
        await app.run_action("leave")
    finally:
        app.exit(return_code=128 + number)


@contextmanager
def signals_leave(app: App[Any], force: Callable[[], None]) -> Iterator[None]:
    """Leave `app` well on SIGTERM, SIGHUP, SIGQUIT and SIGINT.

    A signal that is ignored by whoever started the program (nohup) stays ignored. Where the program does not leave
    within seconds, `force` restores the terminal, and the process ends.
    """
    told = threading.Event()

    def ended(number: int) -> None:
        force()
        os._exit(128 + number)

    def on_signal(number: int, _frame: object) -> None:
        pass_on(number)
        if told.is_set():
            return
        told.set()
        timer = threading.Timer(_PATIENCE, ended, [number])
        timer.daemon = True
        timer.start()
        loop = app._loop  # noqa: SLF001 - Textual tells it nowhere else
        if loop is None:
            raise SystemExit(128 + number)
        leave_soon(app, loop, number)

    before: dict[int, Any] = {}
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, on_signal)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
