"""Work on many items: a crew does it, results are gathered and written now and then, and the progress is told."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from reader.index.crew import Crew
from reader.index.progress import Progress, Stage
from reader.index.writer import Writer

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_TOLD_SECONDS = 0.2
"""How often the progress is told."""


@dataclass(slots=True)
class Work(Generic[_Item, _Result]):
    """One stage of a sync.

    Attributes:
        stage: Its name.
        total: How many items there are, or None as long as they are still being found.
        writer: Where results are written, in transactions.
        put: Writes results, within a transaction.
        seconds: How long results are gathered: what a death loses, and how often the screen shows more.
        report: Told of the progress.
        stopped: Asked whether to stop.
    """

    stage: Stage
    total: int | None
    writer: Writer
    put: Callable[[list[_Result]], None]
    seconds: float
    report: Callable[[Progress], None]
    stopped: Callable[[], bool]
    _gathered: list[_Result] = field(default_factory=list)
    _done: int = 0
    _begun: float = 0.0
    _written: float = 0.0
    _told: float = 0.0

    def run(self, crew: Crew[_Item, _Result], jobs: Iterable[list[_Item]]) -> None:
        """Let the crew do all jobs; when it is to stop, what was done until then is written."""
        self._begun = self._written = time.monotonic()
        given = 0
        with crew:
            for job in jobs:
                crew.give(job)
                given += len(job)
                if not self._take(crew.results(finish=False)):
                    break
            else:
                self.total = given
                self._take(crew.results(finish=True))
        self._write()

    def _take(self, results: Iterable[list[_Result]]) -> bool:
        """Take results in; False once it is time to stop."""
        for result in results:
            self._gathered += result
            self._done += len(result)
            now = time.monotonic()
            if now - self._written > self.seconds:
                self._write()
            elif now - self._told > _TOLD_SECONDS:
                self._tell(changed=False)
            if self.stopped():
                return False
        return True

    def _write(self) -> None:
        if self._gathered:
            with self.writer.transaction():
                self.put(self._gathered)
            self._gathered = []
            self._tell(changed=True)
        self._written = time.monotonic()

    def _tell(self, *, changed: bool) -> None:
        self._told = time.monotonic()
        rate = self._done / max(self._told - self._begun, 1e-6)
        self.report(Progress(self.stage, self._done, self.total, rate, changed))
