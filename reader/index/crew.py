"""A crew of processes that read files, so that one that hangs or dies takes nothing but its own job with it."""

import gc
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Any, Generic, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

PATIENCE = 30.0
"""Seconds that one file may take; the slowest honest one, of many megabytes, takes a tenth of that."""

_AHEAD = 4
"""Jobs that a process is given at a time, so that it never waits for one."""

_KEPT = 40
"""Jobs and results that are kept for each process: it is not to wait while the results of others are written."""

_LOOK = 0.1
"""Seconds between two looks around while no result comes."""

_NICENESS = 10
"""How far the crew stands back behind the screen where both want the processor."""

Work = Callable[[list[_Item]], list[_Result]]


@dataclass(slots=True)
class _Hand:
    """One process, and the jobs it was given; it is at the first of them."""

    process: BaseProcess
    pipe: "Connection[Any, Any]"
    jobs: deque[Sequence[Any]] = field(default_factory=deque)
    since: float = 0.0


@dataclass(slots=True)
class Crew(Generic[_Item, _Result]):
    """Processes that do `work` on lists of items. Use it as a context; none of them survives it.

    A thread hands out the jobs and takes the results in, whatever the one that asked for them is doing meanwhile.

    Attributes:
        work: A function of a module, called in the other processes; it gives a result for each item.
        failed: Makes the result of an item whose process died or hung; the second argument tells which.
        size: How many processes there are; with 0 the work is done in this one, as befits few items.
        patience: Seconds that an item may take.
    """

    work: Work[_Item, _Result]
    failed: Callable[[_Item, str], _Result]
    size: int
    patience: float = PATIENCE
    _hands: list[_Hand] = field(default_factory=list)
    _waiting: deque[Sequence[_Item]] = field(default_factory=deque)
    _done: "SimpleQueue[list[_Result] | Exception]" = field(default_factory=SimpleQueue)
    _owed: int = 0
    """Items whose results were not given yet."""
    _over: Event = field(default_factory=Event)
    _bell: "tuple[Connection[Any, Any], Connection[Any, Any]]" = field(init=False)
    """Rung at the second end to tell the thread, at the first, that there is something to do."""
    _leader: Thread = field(init=False)

    def __enter__(self) -> "Crew[_Item, _Result]":
        if self.size:
            self._hands = [self._hire() for _ in range(self.size)]
            self._bell = get_context("spawn").Pipe(duplex=False)
            self._leader = Thread(target=self._lead, daemon=True)
            self._leader.start()
        return self

    def __exit__(self, *_: object) -> None:
        if not self.size:
            return
        self._over.set()
        self._ring()
        # The thread may be telling something to a process that does not listen.
        for hand in list(self._hands):
            hand.process.kill()
        self._leader.join()
        for hand in self._hands:
            _dismiss(hand)
        self._hands = []
        for end in self._bell:
            end.close()

    @property
    def hungry(self) -> bool:
        """Whether the crew could take another job."""
        return len(self._waiting) + self._done.qsize() < max(1, self.size * _KEPT)

    def give(self, items: Sequence[_Item]) -> None:
        """Give the crew another job."""
        self._owed += len(items)
        self._waiting.append(items)
        if self.size:
            self._ring()

    def results(self, *, finish: bool) -> Iterator[list[_Result]]:
        """The results of jobs as they are done, in no order: of all of them, or what there is until it is `hungry`.

        While none comes an empty list does, several times a second, so that whoever waits can look around.
        """
        while self._owed and (finish or not self.hungry or not self._done.empty()):
            if not self.size:
                found: list[_Result] | Exception = self.work(list(self._waiting.popleft()))
            else:
                try:
                    found = self._done.get(timeout=_LOOK)
                except Empty:
                    found = []
            if isinstance(found, Exception):
                raise found
            self._owed -= len(found)
            yield found

    def _ring(self) -> None:
        self._bell[1].send_bytes(b"!")

    # What the thread does

    def _lead(self) -> None:
        try:
            while not self._over.is_set():
                self._set_to_work()
                self._look()
        except Exception as error:  # noqa: BLE001 - whoever asks for results is told, instead of waiting for ever
            self._done.put(error)

    def _set_to_work(self) -> None:
        for hand in sorted(self._hands, key=lambda one: len(one.jobs)):
            while self._waiting and len(hand.jobs) < _AHEAD:
                job = self._waiting.popleft()
                if not hand.jobs:
                    hand.since = time.monotonic()
                hand.jobs.append(job)
                try:
                    hand.pipe.send(list(job))
                except OSError:
                    # It died since its last job, which shows when its results are asked for.
                    break

    def _look(self) -> None:
        """Wait for something to happen, for a moment at most, and see to it."""
        busy = [hand for hand in self._hands if hand.jobs]
        bell = self._bell[0]
        ready = wait([bell, *(hand.pipe for hand in busy)], timeout=_LOOK)
        if bell in ready:
            bell.recv_bytes()
        for hand in busy:
            if hand.pipe in ready:
                self._take(hand)
            elif time.monotonic() - hand.since > self.patience:
                # All of a job's items but one are taken for quick.
                self._lose(hand, "hung")

    def _take(self, hand: _Hand) -> None:
        try:
            results: list[_Result] = hand.pipe.recv()
        except (EOFError, OSError):
            self._lose(hand, "died")
            return
        hand.jobs.popleft()
        hand.since = time.monotonic()
        self._done.put(results)

    def _lose(self, hand: _Hand, how: str) -> None:
        """Put another process in the place of one, and find out which item of the job it was at was too much for it."""
        if self._over.is_set():
            return
        first, *others = hand.jobs
        _dismiss(hand)
        self._hands[self._hands.index(hand)] = self._hire()
        self._waiting.extendleft(reversed(others))
        if len(first) == 1:
            self._done.put([self.failed(first[0], how)])
        else:
            self._waiting.extendleft([item] for item in reversed(first))

    def _hire(self) -> _Hand:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self.work), daemon=True)
        with _apart():
            process.start()
        theirs.close()
        return _Hand(process, ours)


def _dismiss(hand: _Hand) -> None:
    hand.process.kill()
    hand.process.join()
    hand.pipe.close()


@contextmanager
def _apart() -> Iterator[None]:
    """How processes are begun: with nothing of the current folder run, and without the screen's stand-in for stderr."""
    # Its children would take whatever json.py lies in the folder for Python's own.
    before, os.environ["PYTHONSAFEPATH"] = os.environ.get("PYTHONSAFEPATH"), "1"
    stderr, sys.stderr = sys.stderr, sys.__stderr__ or sys.stderr
    try:
        yield
    finally:
        sys.stderr = stderr
        if before is None:
            del os.environ["PYTHONSAFEPATH"]


def _serve(pipe: "Connection[Any, Any]", work: Work[Any, Any]) -> None:
    """What a process of the crew does until the pipe is closed at the other end, even by a death."""
    step_back()
    # Whoever interrupts a command means the one that hired this process, which then dismisses it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Documents are large trees without cycles that live a moment: looking through them for cycles takes a fifth of the
    # time and finds nothing.
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    while True:
        try:
            items = pipe.recv()
            # Sent whole before the next job begins, so that a death there takes nothing of what was done along.
            pipe.send(work(items))
        except (EOFError, OSError):
            return


def step_back() -> None:
    """Let the screen have the processor first, where the system knows how."""
    nice = getattr(os, "nice", None)
    if nice is not None:
        try:
            nice(_NICENESS)
        except OSError:
            return


def hands_for(items: int, least: int) -> int:
    """How many processes so many items are worth: none under `least`, else one for each processor."""
    return 0 if items < least else max(1, os.cpu_count() or 1)
