"""A crew of processes that read files, so that one that hangs or dies takes nothing but its own job with it."""

import gc
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

PATIENCE = 30.0
"""Seconds that one file may take; the slowest honest one, of many megabytes, takes a tenth of that."""

_AHEAD = 12
"""Jobs that a process is given at a time: it is not to wait while the results of others are written."""

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

    def __enter__(self) -> "Crew[_Item, _Result]":
        self._hands = [self._hire() for _ in range(self.size)]
        return self

    def __exit__(self, *_: object) -> None:
        for hand in self._hands:
            _dismiss(hand)
        self._hands = []

    @property
    def hungry(self) -> bool:
        """Whether the crew could take another job."""
        return not self._waiting

    def give(self, items: Sequence[_Item]) -> None:
        """Give the crew another job."""
        self._waiting.append(items)
        self._set_to_work()

    def results(self, *, finish: bool) -> Iterator[list[_Result]]:
        """The results of jobs as they are done, in no order: of all of them, or until the crew is `hungry`.

        While none comes an empty list does, several times a second, so that whoever waits can look around.
        """
        if not self.size:
            while self._waiting:
                yield self.work(list(self._waiting.popleft()))
            return
        while self._waiting or any(hand.jobs for hand in self._hands):
            self._set_to_work()
            if not finish and self.hungry:
                return
            busy = [hand for hand in self._hands if hand.jobs]
            ready = wait([hand.pipe for hand in busy], timeout=_LOOK)
            for hand in busy:
                if hand.pipe in ready:
                    yield from self._taken(hand)
            if not ready:
                yield from self._overdue()
                yield []

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

    def _taken(self, hand: _Hand) -> Iterator[list[_Result]]:
        try:
            results: list[_Result] = hand.pipe.recv()
        except (EOFError, OSError):
            yield from self._lost(hand, "died")
            return
        hand.jobs.popleft()
        hand.since = time.monotonic()
        yield results

    def _overdue(self) -> Iterator[list[_Result]]:
        now = time.monotonic()
        for hand in list(self._hands):
            # All of a job's items but one are taken for quick.
            if hand.jobs and now - hand.since > self.patience:
                yield from self._lost(hand, "hung")

    def _lost(self, hand: _Hand, how: str) -> Iterator[list[_Result]]:
        """Put another process in the place of one, and find out which item of the job it was at was too much for it."""
        first, *others = hand.jobs
        _dismiss(hand)
        self._hands[self._hands.index(hand)] = self._hire()
        self._waiting.extendleft(reversed(others))
        if len(first) == 1:
            yield [self.failed(first[0], how)]
        else:
            self._waiting.extendleft([item] for item in reversed(first))

    def _hire(self) -> _Hand:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self.work), daemon=True)
        process.start()
        theirs.close()
        return _Hand(process, ours)


def _dismiss(hand: _Hand) -> None:
    hand.process.kill()
    hand.process.join()
    hand.pipe.close()


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
