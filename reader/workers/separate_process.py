"""Calling a function in a separate process that can be killed at any time, even inside a regular expression."""

import pickle
import signal
import time
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from io import BytesIO
from multiprocessing import get_context
from threading import Event
from typing import TYPE_CHECKING, Any, TypeVar

from reader.regex_cache import use_kept_regexes
from reader.settings.base_folders import cache_place
from reader.workers.limits import COUNTS_CPU, LIMIT_SIGNAL, limited_cpu
from reader.workers.pool import Failure
from reader.workers.process import isolated_start
from reader.workers.stopped import Stopped

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_Argument = TypeVar("_Argument")
_Part = TypeVar("_Part")

CPU_LIMIT = 30
"""Seconds of CPU time that a call may take. Time spent waiting for a busy processor does not count."""

_POLL = 0.05
"""The interval in seconds at which the stop flag is checked."""

_END, _TOO_DEEP = b"", b"!"
"""Messages that are not parts: the end, and a part that cannot be pickled. Every pickle is longer."""


class TooDeepError(Exception):
    """A result that is nested too deeply to be sent to this process."""


def run_apart(
    run: Callable[[_Argument], Iterable[_Part]], argument: _Argument, stop: Event, *, cpu_limit: float = CPU_LIMIT
) -> list[_Part] | Failure:
    """Call `run(argument)` in a new process and return what it yields, or a `Failure` if it takes too long or crashes.

    Each part is sent as soon as it is yielded. If the generator releases it then, a large result never exists three
    times at once: as objects, pickled, and as the copy in this process.

    Args:
        run: A module-level function.
        argument: Its argument. The argument and the parts are pickled.
        stop: Set by another thread to kill the process.
        cpu_limit: The maximum CPU time in seconds; wall-clock time on systems that cannot limit CPU time.

    Raises:
        Stopped: `stop` was set before there was a result.
        TooDeepError: The result cannot be sent.
    """
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_call, args=(sender, run, argument, cpu_limit), daemon=True)
    try:
        with isolated_start():
            process.start()
        sender.close()
        return _received(receiver, stop, cpu_limit)
    except (EOFError, OSError):
        if process.pid is not None:
            process.join()
        return Failure.TIMED_OUT if process.exitcode == -LIMIT_SIGNAL else Failure.CRASHED
    finally:
        if process.pid is not None:
            process.kill()
            process.join()
        receiver.close()


def _received(pipe: "Connection[Any, Any]", stop: Event, cpu_limit: float) -> list[Any] | Failure:
    started = time.monotonic()
    parts: list[Any] = []
    while True:
        while not pipe.poll(_POLL):
            if stop.is_set():
                raise Stopped
            if not COUNTS_CPU and time.monotonic() - started > cpu_limit:
                return Failure.TIMED_OUT
        if stop.is_set():
            raise Stopped
        data = pipe.recv_bytes()
        if data == _END:
            return parts
        if data == _TOO_DEEP:
            raise TooDeepError
        parts.append(pickle.loads(data))  # noqa: S301 - our own process wrote it


# In the child process


def _call(pipe: "Connection[Any, Any]", run: Callable[[Any], Iterable[Any]], argument: Any, cpu_limit: float) -> None:
    # Ctrl+C goes to the whole process group; the parent handles it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    use_kept_regexes(cache_place)
    try:
        with limited_cpu(cpu_limit):
            for part in run(argument):
                pipe.send_bytes(_pickled(part))
        pipe.send_bytes(_END)
    except RecursionError:
        pipe.send_bytes(_TOO_DEEP)
    except Exception:  # noqa: BLE001 - a traceback would damage the screen; the parent detects the closed pipe
        return


def _pickled(made: object) -> bytes:
    stream = BytesIO()
    _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(made)
    return stream.getvalue()


class _Pickler(pickle.Pickler):
    """A pickler of frozen dataclasses as constructor calls: three times as fast as the default for slotted classes."""

    def reducer_override(self, made: object) -> Any:
        kind = type(made)
        names = _field_names(kind)
        if names is None:
            return NotImplemented
        return kind, tuple([getattr(made, name) for name in names])


_FIELD_NAMES: dict[type[Any], tuple[str, ...] | None] = {}


def _field_names(kind: type[Any]) -> tuple[str, ...] | None:
    """Return the constructor fields of a dataclass in order; None for any other class."""
    if kind not in _FIELD_NAMES:
        found = fields(kind) if is_dataclass(kind) else None
        _FIELD_NAMES[kind] = None if found is None else tuple(field.name for field in found if field.init)
    return _FIELD_NAMES[kind]
