"""One stage of a sync: runs jobs in a worker pool, writes results in batches and reports progress."""

import time
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from reader.index.progress import SyncProgress, SyncStage
from reader.index.writer import Writer
from reader.language import lazy
from reader.lean_dataclasses import dataclass, field
from reader.workers.pool import Failure, WorkerPool

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_HEAVY = 8 * 2**20
"""The size in bytes from which results are written without waiting for `seconds`."""

_REPORT_SECONDS = 0.2
"""Seconds between two reports of progress."""


@dataclass(slots=True)
class StageRun(Generic[_Item, _Result]):
    """One stage of a sync.

    Attributes:
        stage: The stage.
        total: Number of items, or None while they are still being found.
        writer: The writer of the index, whose transactions are used.
        put: Writes results; called within a transaction.
        seconds: Seconds between two transactions: the maximum loss after a crash, and the update interval of the
            screen.
        report: Called with the progress.
        stopped: Called to ask whether to stop.
        weigh: Returns the size of a result in bytes. From `_HEAVY` on, results are written before `seconds` are over.
    """

    stage: SyncStage
    total: int | None
    writer: Writer
    put: Callable[[list[_Result]], None]
    seconds: float
    report: Callable[[SyncProgress], None]
    stopped: Callable[[], bool]
    weigh: Callable[[_Result], int] = lambda _result: 0
    _unwritten: list[_Result] = field(default_factory=list)
    _weight: int = 0
    _submitted: int = 0
    _done: int = 0
    _started: float = 0.0
    _written: float = 0.0
    _reported: float = 0.0

    def run(self, pool: WorkerPool[_Item, _Result], jobs: Iterable[list[_Item]], *, is_last: bool = True) -> bool:
        """Run all jobs in the pool; return False if it was stopped, after writing the results so far.

        A stage may be run several times, for example with another pool; the total is only known in the last run.
        """
        self._started = self._started or time.monotonic()
        self._written = time.monotonic()
        complete = False
        with pool:
            for job in jobs:
                pool.submit(job)
                self._submitted += len(job)
                if not self._collect(pool.results(finish=False)):
                    break
            else:
                self.total = self._submitted if is_last else self.total
                complete = self._collect(pool.results(finish=True))
        self._write()
        return complete

    def _collect(self, results: Iterable[list[_Result]]) -> bool:
        """Collect and write results; return False if `stopped` asks for an early end."""
        for result in results:
            self._unwritten += result
            self._weight += sum(map(self.weigh, result))
            self._done += len(result)
            now = time.monotonic()
            # Release the results, which the loop variable would keep until the next ones arrive.
            result.clear()
            if now - self._written > self.seconds or self._weight > _HEAVY:
                self._write()
            elif now - self._reported > _REPORT_SECONDS:
                self._report(changed=False)
            if self.stopped():
                return False
        return True

    def _write(self) -> None:
        if self._unwritten:
            with self.writer.transaction():
                self.put(self._unwritten)
            self._unwritten, self._weight = [], 0
            self._report(changed=True)
        self._written = time.monotonic()

    def _report(self, *, changed: bool) -> None:
        self._reported = time.monotonic()
        rate = self._done / max(self._reported - self._started, 1e-6)
        known = max(self._submitted, self.total or 0)
        unlisted = known - self._done + len(self._unwritten) if self.stage is SyncStage.HEADS else 0
        self.report(SyncProgress(self.stage, self._done, self.total, rate, changed, unlisted))


def given_up(failure: Failure) -> str:
    """The warning about a file that took too long to read or crashed its process."""
    if failure is Failure.TIMED_OUT:
        return lazy("Skipped: reading it took too much processor time; it is tried again next time")
    return lazy("Skipped: reading it crashed the worker process; it is tried again next time")
