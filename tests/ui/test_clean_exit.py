"""Signals after the screen is closed: saving is completed."""

import asyncio
import os
import signal
import threading
from typing import Any

import pytest
from textual.app import App

from reader.ui.clean_exit import signals_leave


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_during_saving_does_not_interrupt_it(number: signal.Signals) -> None:
    app = App[Any]()
    app._loop = asyncio.new_event_loop()
    app._loop.close()
    before, forced = signal.getsignal(number), []
    with signals_leave(app, lambda: forced.append("forced")):
        os.kill(os.getpid(), number)
        saved = True
    assert saved
    assert signal.getsignal(number) is before
    # The process is not ended later either.
    for timer in [one for one in threading.enumerate() if isinstance(one, threading.Timer)]:
        timer.join(60)
    assert not forced
