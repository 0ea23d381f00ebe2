"""Limits on the CPU time of a call in a worker process.

CPU time rather than wall-clock time, because on a busy machine any file may take long.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

COUNTS_CPU = hasattr(signal, "setitimer")
"""Whether this system can limit CPU time. Windows cannot; there, wall-clock time is limited instead."""

LIMIT_SIGNAL = signal.SIGPROF if COUNTS_CPU else signal.SIGTERM
"""The signal that ends a process whose call has used up its CPU time."""


@contextmanager
def limited_cpu(seconds: float) -> Iterator[None]:
    """End this process by `LIMIT_SIGNAL` once the code within this context has taken more CPU time than allowed.

    The system ends the process, even within a regular expression or another library. Time spent waiting for a busy
    processor does not count; the time of all threads does. On systems without such a timer this does nothing.
    """
    if not COUNTS_CPU:  # pragma: no cover - Windows
        yield
        return
    # The default action ends the process without a core file. A handler in Python would wait for the library to return.
    signal.signal(LIMIT_SIGNAL, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


class OutOfTimeError(BaseException):
    """The code within `interrupted_cpu` has used up its CPU time. No `except Exception` within it catches this."""


@contextmanager
def interrupted_cpu(seconds: float) -> Iterator[None]:
    """Raise `OutOfTimeError` in the code within this context once it has taken more CPU time than allowed.

    For work that cannot wait for another process to start. It interrupts Python code and regular expressions, but not
    other libraries, and works in the main thread only. On systems without such a timer this does nothing.

    Raises:
        OutOfTimeError: The time is used up.
    """
    if not COUNTS_CPU:  # pragma: no cover - Windows
        yield
        return

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise OutOfTimeError

    before = signal.signal(LIMIT_SIGNAL, interrupt)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(LIMIT_SIGNAL, before)
