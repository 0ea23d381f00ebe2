"""The last stage of a sync: the texts of articles that are not indexed yet."""

import json
from collections.abc import Callable, Iterator, Mapping

from reader.archive.page_sites import site_of
from reader.index import sync_on_demand as on_demand
from reader.index.date_keys import LAST
from reader.index.entries import IndexedText, PendingArticle
from reader.index.progress import SyncProgress, SyncStage
from reader.index.schema import GIVEN_UP
from reader.index.site_stage import known_sites
from reader.index.writer import Writer
from reader.lean_dataclasses import dataclass, field

_LARGE = 300_000
"""The size in bytes from which a file is always read by a worker, which can be killed if it takes too long."""
_TEXTS_A_JOB = 72
_WANTED_AT_ONCE = 4_000
_SECONDS = 1.5
"""Seconds between writes of results: the maximum loss after a crash, and the update interval of the screen."""


@dataclass(slots=True)
class TextStage:
    """Indexing of all texts that wait for it. Call `run` once.

    Attributes:
        writer: The writer of the index.
        report: Called with the progress, several times per second.
        stopped: Called equally often; returns whether to stop.
        few: The minimum number of files for which workers are started.
    """

    writer: Writer
    report: Callable[[SyncProgress], None]
    stopped: Callable[[], bool]
    few: int
    _given_up: list[int] = field(default_factory=list)
    """The keys of the articles that could not be read in this sync."""

    def run(self) -> None:
        """Index the texts, including those that an earlier sync gave up on."""
        self._try_again()
        total = self.writer.waiting()
        if not total:
            return
        size = on_demand.pool_size(total, self.few) or int(self.writer.largest_waiting() >= _LARGE)
        pool = on_demand.WorkerPool(on_demand.read_texts, self._unread, size, weigh=on_demand.weight)
        stage: on_demand.StageRun[PendingArticle, IndexedText] = on_demand.StageRun(
            SyncStage.TEXTS, total, self.writer, self._put, _SECONDS, self.report, self.stopped, on_demand.weight
        )
        stage.run(pool, on_demand.text_jobs(self._wanted(), _TEXTS_A_JOB))

    def _try_again(self) -> None:
        keys = json.loads(self.writer.get_meta(GIVEN_UP) or "[]")
        if keys:
            with self.writer.transaction():
                self.writer.forget_texts(keys)
                self.writer.set_meta(GIVEN_UP, "")

    def _unread(self, wanted: PendingArticle, failure: "on_demand.Failure") -> IndexedText:
        # The pool's thread calls this, perhaps while `_put` copies the list; appending and copying are thread-safe.
        self._given_up.append(wanted.key)
        return on_demand.unread_text(wanted, on_demand.given_up(failure))

    def _wanted(self) -> Iterator[PendingArticle]:
        below = LAST
        sites = known_sites(self.writer)
        while found := self.writer.wanted(_WANTED_AT_ONCE, below):
            below = found[-1].key
            yield from (_with_site(one, sites) for one in found) if sites else found

    def _put(self, texts: list[IndexedText]) -> None:
        # FTS5 only batches rows in ascending order; otherwise it writes a segment for each row.
        for text in sorted(texts):
            self.writer.put_text(text)
        if self._given_up:
            self.writer.set_meta(GIVEN_UP, json.dumps(self._given_up.copy()))


def _with_site(wanted: PendingArticle, sites: Mapping[str, frozenset[int]]) -> PendingArticle:
    blocks = sites.get(site_of(wanted.inner_path, wanted.addresses.partition("\n")[0]))
    return wanted._replace(site_blocks=blocks) if blocks else wanted
