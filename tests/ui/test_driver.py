"""The driver of the screen: what is typed into the terminal reaches the app as keys."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from textual import events
from textual.drivers._writer_thread import WriterThread

from reader.ui import driver as drivers
from reader.ui.driver import TerminalDriver
from reader.ui.output_guard import OutputGuard
from reader.ui.terminal_replies import TerminalReplies

PATIENCE = 60.0
"""Seconds after which what is typed counts as lost."""


class TypedInto:
    """An app that only keeps the messages that it receives."""

    def __init__(self) -> None:
        self.received: asyncio.Queue[Any] = asyncio.Queue()
        self.terminal_replies = TerminalReplies()

    async def _post_message(self, message: Any) -> None:
        self.received.put_nowait(message)


@pytest.fixture
def _signals() -> Iterator[None]:
    """Restore the handlers that a driver sets."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTSTP, signal.SIGCONT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("_signals")
async def test_keys_typed_into_the_terminal_reach_the_app() -> None:
    app: Any = TypedInto()
    driver = TerminalDriver(app)
    terminal, typing = os.pipe()
    driver.fileno = terminal
    thread = Thread(target=driver.run_input_thread)
    thread.start()
    try:
        os.write(typing, "j灯\x1b[A".encode())
        keys = [await asyncio.wait_for(app.received.get(), PATIENCE) for _key in range(3)]
    finally:
        driver.exit_event.set()
        await asyncio.to_thread(thread.join)
        os.close(typing)
        os.close(terminal)
    assert all(isinstance(key, events.Key) for key in keys)
    assert [(key.key, key.character) for key in keys][:2] == [("j", "j"), ("灯", "灯")]
    assert keys[2].key == "up"


class SlowTerminal:
    """A terminal that takes a while to accept output."""

    def __init__(self) -> None:
        self.written = ""

    def write(self, output: str) -> None:
        time.sleep(0.02)
        self.written += output

    def flush(self) -> None:
        pass


@pytest.mark.usefixtures("_signals")
async def test_frame_is_written_before_the_screen_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drivers, "_HANDOVER", PATIENCE)
    app: Any = TypedInto()
    driver, terminal = TerminalDriver(app), SlowTerminal()
    guard: Any = OutputGuard(terminal, lambda: None)  # type: ignore[arg-type]
    driver._output_guard = driver._file = guard
    driver._writer_thread = WriterThread(guard)
    driver._writer_thread.start()
    try:
        for frame in ("灯", "塔"):
            driver.write(frame)
            driver.flush()
            assert terminal.written.endswith(frame)
    finally:
        driver._writer_thread.stop()
