"""A process of its own for work that the screen waits for: a job that hangs is killed, and never delays a key."""

from collections.abc import Callable, Sequence
from multiprocessing import get_context
from threading import Condition, Thread
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from reader.workers.process import isolated_start, serve

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_WAIT_LIMIT = 20.0
"""Seconds of wall-clock time for a job, for systems that cannot limit CPU time."""

_Job = TypeVar("_Job")
_Result = TypeVar("_Result")


class AwaitedProcess(Generic[_Job, _Result]):
    """Does jobs, one after the other. Its process starts with the first request.

    A request replaces earlier jobs that have not begun, because what they were for is no longer visible.
    """

    def __init__(
        self,
        receive: Callable[[_Job, _Result], object],
        run: Callable[[list[_Job]], list[_Result]],
        *,
        failed: _Result,
        cpu_limit: float,
    ) -> None:
        """Prepare to do jobs; the process does not start yet.

        Args:
            receive: Called in another thread with each job and its result.
            run: A module-level function that returns the result of each job.
            failed: The result of a job that takes too long, or crashes.
            cpu_limit: Seconds of CPU time for a job.
        """
        self._receive = receive
        self._run = run
        self._failed = failed
        self._cpu_limit = cpu_limit
        self._wanted: list[_Job] = []
        self._begun: _Job | None = None
        self._changed = Condition()
        self._has_ended = False
        self._thread: Thread | None = None
        self._process: BaseProcess | None = None
        self._pipe: Connection[Any, Any] | None = None

    def request(self, jobs: Sequence[_Job]) -> None:
        """Do jobs in their order; a job that has already begun is not repeated."""
        with self._changed:
            self._wanted = [job for job in jobs if job != self._begun]
            if self._thread is None:
                self._thread = Thread(target=self._work, daemon=True)
                self._thread.start()
            self._changed.notify()

    def end(self) -> None:
        """Kill the process, and wait for the thread."""
        with self._changed:
            self._has_ended = True
            self._changed.notify()
            if self._process is not None:
                self._process.kill()
        if self._thread is not None:
            self._thread.join()

    # In the thread

    def _work(self) -> None:
        while (job := self._next()) is not None:
            result = self._result(job)
            with self._changed:
                self._begun = None
            if not self._has_ended:
                self._receive(job, result)
        self._close()

    def _next(self) -> _Job | None:
        with self._changed:
            while not self._wanted and not self._has_ended:
                self._changed.wait()
            self._begun = None if self._has_ended else self._wanted.pop(0)
            return self._begun

    def _result(self, job: _Job) -> _Result:
        try:
            pipe = self._pipe or self._start()
            pipe.send([job])
            if pipe.poll(_WAIT_LIMIT):
                found: list[_Result] = pipe.recv()
                return found[0]
        except (EOFError, OSError):
            pass
        self._close()
        return self._failed

    def _start(self) -> "Connection[Any, Any]":
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self._run, self._cpu_limit, True), daemon=True)
        with isolated_start():
            process.start()
        theirs.close()
        with self._changed:
            self._process, self._pipe = process, ours
            if self._has_ended:
                process.kill()
        return ours

    def _close(self) -> None:
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if process is not None and pipe is not None:
            process.kill()
            process.join()
            pipe.close()
