"""A worker pool: a process that hangs or crashes is replaced, and only the item it was working on fails."""

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Any, Generic, TypeVar

from reader.lean_dataclasses import dataclass, field
from reader.workers.limits import COUNTS_CPU, LIMIT_SIGNAL
from reader.workers.process import isolated_start, serve

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

CPU_LIMIT = 30.0
"""Seconds of CPU time that one item may take. The slowest legitimate file, of many megabytes, takes a fifth of that."""

_WAIT_LIMIT = 600.0
"""Seconds after which a job is given up although it has CPU time left; it may be waiting for a dead network drive."""

_PAUSE = 1.0
"""The maximum time in seconds that is counted between two checks.

After a longer time, this process was suspended together with its workers.
"""

_DEATH = 5.0
"""Seconds to wait for the exit code of a worker that has closed its pipe."""

_JOBS_PER_WORKER = 4
"""Jobs sent to a worker ahead of time, so that it never waits for the next one."""

_BACKLOG = 40
"""Jobs and results held for each worker, so that workers stay busy while results are written."""

_HEAVY = 8 * 2**20
"""Bytes of results that may wait to be received."""

_POLL = 0.1
"""Seconds between two checks while no result arrives."""


class Failure(StrEnum):
    """Why there is no result for an item."""

    TIMED_OUT = "timed out"
    CRASHED = "crashed"


@dataclass(slots=True)
class _Worker:
    """A worker process.

    Attributes:
        process: The process.
        pipe: Our end of the pipe to it.
        jobs: The jobs sent to it; it is working on the first.
        waited: For how many seconds the first job has been running.
    """

    process: BaseProcess
    pipe: "Connection[Any, Any]"
    jobs: deque[Sequence[Any]] = field(default_factory=deque)
    waited: float = 0.0

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


@dataclass(slots=True)
class WorkerPool(Generic[_Item, _Result]):
    """Processes that run a function on jobs, which are lists of items. Use it as a context; leaving it kills them all.

    A thread dispatches jobs and collects results, so that workers stay busy whatever the caller is doing.

    Attributes:
        run: A module-level function, called in the workers with a job; it returns one result for each item.
        on_failure: Makes the result of an item that has failed; called in this process.
        size: Number of processes. With 0 the function is called in this process, which is faster for few items.
        cpu_limit: Seconds of CPU time that an item may take.
        wait_limit: Seconds of wall-clock time that it may take.
        weigh: The bytes that a result takes in memory. While many wait to be received, workers have to wait too.
    """

    run: Callable[[list[_Item]], list[_Result]]
    on_failure: Callable[[_Item, Failure], _Result]
    size: int
    cpu_limit: float = CPU_LIMIT
    wait_limit: float = _WAIT_LIMIT
    weigh: Callable[[_Result], int] = lambda _result: 0
    _workers: list[_Worker] = field(default_factory=list)
    _queued: deque[Sequence[_Item]] = field(default_factory=deque)
    _results: "SimpleQueue[list[_Result] | Exception]" = field(default_factory=SimpleQueue)
    _pending: int = 0
    """Items whose results the caller has not received yet."""
    _arrived: int = 0
    _received: int = 0
    """The weight of all results that came from workers, and of those that the caller received."""
    _closed: Event = field(default_factory=Event)
    _wakeup: "tuple[Connection[Any, Any], Connection[Any, Any]]" = field(init=False)
    """A pipe: a byte written to the second end wakes the dispatcher, which waits on the first."""
    _dispatcher: Thread = field(init=False)

    def __enter__(self) -> "WorkerPool[_Item, _Result]":
        if self.size:
            self._workers = [self._start_worker() for _ in range(self.size)]
            self._wakeup = get_context("spawn").Pipe(duplex=False)
            self._dispatcher = Thread(target=self._dispatch, daemon=True)
            self._dispatcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        if not self.size:
            return
        self._closed.set()
        self._wake()
        # Kill the workers first, because the dispatcher may be blocked while sending to one that does not read.
        for worker in list(self._workers):
            worker.process.kill()
        self._dispatcher.join()
        for worker in self._workers:
            worker.kill()
        self._workers = []
        for end in self._wakeup:
            end.close()

    @property
    def has_room(self) -> bool:
        """Whether another job should be submitted before results are taken."""
        return len(self._queued) + self._results.qsize() < max(1, self.size * _BACKLOG)

    def submit(self, job: Sequence[_Item]) -> None:
        """Queue a job."""
        self._pending += len(job)
        self._queued.append(job)
        if self.size:
            self._wake()

    def results(self, *, finish: bool) -> Iterator[list[_Result]]:
        """Yield the results of finished jobs, in no particular order.

        With `finish` it goes on until all jobs are done, else until there is room for another job. While nothing is
        finished it yields an empty list several times a second, so that the caller can check whether to stop.
        """
        while self._pending and (finish or not self.has_room or not self._results.empty()):
            if not self.size:
                found: list[_Result] | Exception = self.run(list(self._queued.popleft()))
            else:
                try:
                    found = self._results.get(timeout=_POLL)
                except Empty:
                    found = []
            if isinstance(found, Exception):
                raise found
            self._pending -= len(found)
            was_full = self._is_full
            self._received += sum(map(self.weigh, found)) if self.size else 0
            if was_full:
                self._wake()
            yield found

    def _wake(self) -> None:
        self._wakeup[1].send_bytes(b"!")

    # The dispatcher thread

    def _dispatch(self) -> None:
        try:
            while not self._closed.is_set():
                self._send_jobs()
                self._collect()
        except Exception as error:  # noqa: BLE001 - re-raised in `results`, which would otherwise wait forever
            self._results.put(error)

    @property
    def _is_full(self) -> bool:
        """Whether so many results wait to be received that workers must wait before they send more."""
        return self._arrived - self._received > _HEAVY

    def _send_jobs(self) -> None:
        if self._is_full:
            return
        for worker in sorted(self._workers, key=lambda one: len(one.jobs)):
            while self._queued and len(worker.jobs) < _JOBS_PER_WORKER:
                job = self._queued.popleft()
                if not worker.jobs:
                    worker.waited = 0.0
                worker.jobs.append(job)
                try:
                    worker.pipe.send(list(job))
                except OSError:
                    # The worker died after its last job; `_receive` will detect that.
                    break

    def _collect(self) -> None:
        """Wait for a moment until something happens, and handle it."""
        # While nothing is collected, the time that a worker waits does not count as running time of its job.
        busy = [] if self._is_full else [worker for worker in self._workers if worker.jobs]
        wakeup = self._wakeup[0]
        begun = time.monotonic()
        ready = wait([wakeup, *(worker.pipe for worker in busy)], timeout=_POLL)
        passed = min(time.monotonic() - begun, _PAUSE)
        if wakeup in ready:
            wakeup.recv_bytes()
        for worker in busy:
            worker.waited += passed
            if worker.pipe in ready:
                self._receive(worker)
            elif worker.waited > (self.wait_limit if COUNTS_CPU else self.cpu_limit):
                self._replace(worker, Failure.TIMED_OUT)

    def _receive(self, worker: _Worker) -> None:
        try:
            results: list[_Result] = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(_DEATH)
            # The limit is meant for one item, but all other items of a job are quick.
            is_over = worker.process.exitcode == -LIMIT_SIGNAL
            self._replace(worker, Failure.TIMED_OUT if is_over else Failure.CRASHED)
            return
        worker.jobs.popleft()
        worker.waited = 0.0
        self._arrived += sum(map(self.weigh, results))
        self._results.put(results)

    def _replace(self, worker: _Worker, failure: Failure) -> None:
        """Replace a worker, and find the failing item of its first job by running the items one by one."""
        if self._closed.is_set():
            return
        first, *others = worker.jobs
        worker.kill()
        self._workers[self._workers.index(worker)] = self._start_worker()
        self._queued.extendleft(reversed(others))
        if len(first) == 1:
            self._results.put([self.on_failure(first[0], failure)])
        else:
            self._queued.extendleft([item] for item in reversed(first))

    def _start_worker(self) -> _Worker:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self.run, self.cpu_limit), daemon=True)
        with isolated_start():
            process.start()
        theirs.close()
        return _Worker(process, ours)


def pool_size(items: int, least: int) -> int:
    """Return the number of workers for a number of items: none below `least`, else one for each core."""
    return 0 if items < least else max(1, os.cpu_count() or 1)
