"""The inside of a worker process, and how it is started."""

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from types import ModuleType
from typing import TYPE_CHECKING, Any

from reader.regex_cache import use_kept_regexes
from reader.settings.base_folders import cache_place
from reader.workers.limits import limited_cpu

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_NICENESS = 10
"""The nice value of background work, so that the screen takes precedence."""


_one_at_a_time = Lock()
"""Serializes process starts, because they change global state and several threads may start processes."""


@contextmanager
def isolated_start() -> Iterator[None]:
    """Let processes that start within this context import neither from the current folder nor the main program.

    A script that uses the package would otherwise run again in each process, and start processes there.

    The real stderr is restored meanwhile: `multiprocessing` passes it on by file descriptor, and Textual's replacement
    has none.
    """
    with _one_at_a_time:
        # Otherwise a json.py in the folder would be imported instead of the standard library's.
        before, os.environ["PYTHONSAFEPATH"] = os.environ.get("PYTHONSAFEPATH"), "1"
        stderr, sys.stderr = sys.stderr, sys.__stderr__ or sys.stderr
        # `multiprocessing` imports the main module by its `__spec__` or `__file__`; a module created here has neither.
        main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main
            sys.stderr = stderr
            if before is None:
                del os.environ["PYTHONSAFEPATH"]
            else:
                os.environ["PYTHONSAFEPATH"] = before


def serve(
    pipe: "Connection[Any, Any]",
    run: Callable[[list[Any]], list[Any]],
    cpu_limit: float,
    is_awaited: bool = False,  # noqa: FBT001, FBT002 - passed by position to a process
) -> None:
    """Reply to each list of items received on `pipe` with `run(items)`, until the other end is closed.

    A list that takes more than `cpu_limit` seconds of CPU time ends the process. Unless the result `is_awaited` on the
    screen, the process has a low priority.
    """
    if not is_awaited:
        lower_priority()
    # Ctrl+C goes to the whole process group; the parent handles it and kills its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_seldom()
    use_kept_regexes(cache_place)
    while True:
        try:
            items = pipe.recv()
            with limited_cpu(cpu_limit):
                results = run(items)
            # Send the results before the next job starts, so that a crash there does not lose them.
            pipe.send(results)
        except (EOFError, OSError):
            return


def collect_seldom() -> None:
    """Search for reference cycles less often.

    Documents are large, short-lived trees without cycles, and searching took a fifth of the time.
    """
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def lower_priority() -> None:
    """Lower the priority of this process in favour of the screen, if the system supports it."""
    nice = getattr(os, "nice", None)
    if nice is not None:
        try:
            nice(_NICENESS)
        except OSError:
            return
