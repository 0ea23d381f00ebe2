"""Waiting until an app has done everything that was asked of it.

Textual's pilot waits until the process has used little processor time for a fiftieth of a second. That is too early on
a busy machine, where a process without a processor uses none, and too late on an idle one, twice for each key.
"""

import asyncio
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Any

from textual._context import active_app
from textual.app import App
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.worker import WorkerState

_PATIENCE = 60.0
"""Seconds after which the app is not waited for any longer."""

_POLL = 0.002
_POLLS = 500
"""How often threads are looked at, before they are left alone; a test may stop one on purpose. Counted rather than
timed, so that they get as much time on a busy machine."""

_IN_A_ROW = 3
"""How often nothing is found to do until the app counts as settled."""


async def settle(_shortest: float = 0.0, _longest: float = 0.0) -> None:
    """Wait until the active app has handled all messages, has painted, and has no thread at work."""
    app = active_app.get()
    until = monotonic() + _PATIENCE
    quiet = polls = 0
    while quiet < _IN_A_ROW and monotonic() < until:
        # Let every task run that can.
        await asyncio.sleep(0)
        if _has_messages(app):
            quiet = 0
        elif polls < _POLLS and _is_working(app):
            quiet = 0
            polls += 1
            await asyncio.sleep(_POLL)
        else:
            _paint(app)
            quiet += 1


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait until a condition holds, and the app has settled after that.

    Raises:
        AssertionError: It does not hold in time.
    """
    deadline = monotonic() + _PATIENCE
    while not holds():
        assert monotonic() < deadline, "it never came"
        await pilot.pause(0.02)
    if pilot.app.is_running:
        await pilot.pause()


def _pumps(app: App[Any]) -> Iterator[MessagePump]:
    yield app
    yield from list(app._registry)


def _has_messages(app: App[Any]) -> bool:
    """Whether a widget has messages, or is handling one: then it does not wait for its queue."""
    for pump in _pumps(app):
        if pump._running and not pump._closing and pump._task is not None and not pump._task.done():
            queue: Any = pump._message_queue
            if not queue.empty() or not queue.ready_event._waiters or pump._next_callbacks:
                return True
    return False


def _is_working(app: App[Any]) -> bool:
    """Whether a thread runs, or the screen is about to get another size."""
    threads = (worker._thread_worker and worker.state is WorkerState.RUNNING for worker in app.workers)
    return app._resize_timer is not None or any(threads)


def _paint(app: App[Any]) -> None:
    """Do what the screen does at its next tick, a sixtieth of a second later."""
    if app.screen_stack and app.screen.is_attached:
        app.screen._on_timer_update()
