"""A call in a separate process, which can be stopped at any time, even within a regular expression."""

import pickle
import signal
import time
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from io import BytesIO
from multiprocessing import get_context
from threading import Event
from typing import TYPE_CHECKING, Any, TypeVar

from reader.workers.pool import Failure
from reader.workers.process import isolated_start
from reader.workers.stopped import Stopped

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")

CPU_LIMIT = 30
"""Seconds of CPU time that a call may take. Time spent waiting for a busy processor does not count."""

_POLL = 0.05
"""The interval in seconds at which the stop flag is checked."""


class TooDeepError(Exception):
    """Raised if a call has succeeded but its result is nested too deeply to be sent to this process."""


def run_apart(
    run: Callable[[_Given], _Made], given: _Given, stop: Event, *, cpu_limit: int = CPU_LIMIT
) -> _Made | Failure:
    """What `run(given)` returns, called in a new process; why there is no result if it takes too long or crashes.

    Args:
        run: A module-level function.
        given: Its argument, which is pickled, as its result is.
        stop: Set by another thread to kill the process.
        cpu_limit: Seconds of CPU time that the process may take, its start included.

    Raises:
        Stopped: `stop` was set before there was a result.
        TooDeepError: The result cannot be sent.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_call, args=(theirs, run, given, cpu_limit), daemon=True)
    try:
        with isolated_start():
            process.start()
        theirs.close()
        made: _Made | Failure = _received(ours, stop, cpu_limit)
    except (EOFError, OSError):
        if process.pid is not None:
            process.join()
        return Failure.TIMED_OUT if process.exitcode in _SIGNALS_OF_LIMIT else Failure.CRASHED
    finally:
        if process.pid is not None:
            process.kill()
            process.join()
        ours.close()
    return made


def _received(pipe: "Connection[Any, Any]", stop: Event, cpu_limit: int) -> Any:
    begun = time.monotonic()
    while not pipe.poll(_POLL):
        if stop.is_set():
            raise Stopped
        if not _COUNTS_CPU and time.monotonic() - begun > cpu_limit:
            return Failure.TIMED_OUT
    data = pipe.recv_bytes()
    if not data:
        raise TooDeepError
    return pickle.loads(data)  # noqa: S301 - our own process wrote it


# In the child process

try:
    import resource
except ImportError:  # pragma: no cover - Windows, where wall-clock time is used
    _COUNTS_CPU = False
    _SIGNALS_OF_LIMIT: tuple[int, ...] = ()
else:
    _COUNTS_CPU = True
    _SIGNALS_OF_LIMIT = (-signal.SIGXCPU,)


def _call(pipe: "Connection[Any, Any]", run: Callable[[Any], Any], given: Any, cpu_limit: int) -> None:
    # Ctrl+C goes to the whole process group; the parent handles it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_cpu(cpu_limit)
    try:
        data = _pickled(run(given))
    except RecursionError:
        data = b""
    except Exception:  # noqa: BLE001 - a traceback would damage the screen; the parent detects the closed pipe
        return
    pipe.send_bytes(data)


def _limit_cpu(seconds: int) -> None:
    if not _COUNTS_CPU:  # pragma: no cover - as above
        return
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds if hard < 0 else min(seconds, hard), hard))
    # The signal that ends the process would otherwise leave a core file.
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _pickled(made: object) -> bytes:
    stream = BytesIO()
    _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(made)
    return stream.getvalue()


class _Pickler(pickle.Pickler):
    """Pickles frozen dataclasses as constructor calls, in a third of the time of the default for slots."""

    def reducer_override(self, made: object) -> Any:
        kind = type(made)
        names = _field_names(kind)
        if names is None:
            return NotImplemented
        return kind, tuple([getattr(made, name) for name in names])


_NAMES: dict[type[Any], tuple[str, ...] | None] = {}


def _field_names(kind: type[Any]) -> tuple[str, ...] | None:
    """Return the constructor fields of a dataclass in order; None for any other class."""
    if kind not in _NAMES:
        is_one = is_dataclass(kind)
        _NAMES[kind] = tuple(field.name for field in fields(kind) if field.init) if is_one else None
    return _NAMES[kind]
