"""The process that keeps the indexes up to date while the screen is open: `python -m reader.indexing.indexer SETUP`.

SETUP is a serialized `protocol.IndexerSetup`. Events are printed to stdout, one per line. Lines of stdin are commands:
`rebuild N`, `pause`, `resume`. The process ends at the end of stdin, which means that its parent has exited.
"""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event as Flag
from threading import Thread

from reader import language
from reader.index.progress import SyncStage
from reader.indexing.known_ids import identities
from reader.indexing.priority import FIRST_ARTICLES, Priority
from reader.indexing.protocol import Coverage, IndexerSetup, IndexEvent, read_setup
from reader.indexing.update import UpdateOptions, run_update
from reader.indexing.watching import POLL_SECONDS, Watcher
from reader.lean_dataclasses import replace
from reader.memory import collect_late
from reader.regex_cache import use_kept_regexes
from reader.settings.base_folders import cache_place

_SETTLED = 0.1
"""Seconds to wait after a change, so that a program can finish writing several files."""

_REST = 4
"""The pause before the next update as a multiple of the last one's duration, so that indexing never fills a core."""

_FIRST_REST = 0.5
"""The maximum pause in seconds as long as few updates follow each other: the user may wait for a new file."""
_FEW_UPDATES = 8
_QUIET_SECONDS = 5.0
"""Seconds without an update after which the next update counts as the first of a new series."""

_RESCAN_SECONDS = 1_800.0
"""The interval in seconds between scans of watched folders, since changes on network drives may go unnoticed."""

_SHUTDOWN_SECONDS = 1.0
"""Seconds to wait for a running transaction when the process is asked to end."""


class _Indexer:
    def __init__(self, setup: IndexerSetup) -> None:
        self._setup = setup
        self._stopped = Flag()
        self._woken = Flag()
        self._asked = Flag()
        self._rebuilds = set[int]()
        self._idle = Flag()
        self._has_listed = Flag()
        self._watched = False
        self._priority = Priority()
        self._in_a_row = 0

    def run(self) -> None:
        Thread(target=self._listen, daemon=True).start()
        Thread(target=self._watch, daemon=True).start()
        while True:
            begun = time.monotonic()
            self._idle.clear()
            if not self._stopped.is_set():
                # Run in a separate thread, because its priority ends with it: see `Priority`.
                with ThreadPoolExecutor(1) as thread:
                    thread.submit(self._update_all).result()
            self._idle.set()
            self._has_listed.set()
            ended = time.monotonic()
            self._asked.wait(self._rest(ended - begun))
            self._asked.clear()
            self._woken.wait(_RESCAN_SECONDS if self._watched else POLL_SECONDS)
            self._woken.clear()
            self._in_a_row = self._in_a_row + 1 if time.monotonic() - ended < _QUIET_SECONDS else 0
            time.sleep(_SETTLED)

    def _rest(self, took: float) -> float:
        """The pause in seconds after an update that took `took` seconds."""
        return min(_REST * took, _FIRST_REST if self._in_a_row < _FEW_UPDATES else POLL_SECONDS)

    def _listen(self) -> None:
        for line in sys.stdin:
            asked = line.strip()
            if asked == "pause":
                self._stopped.set()
                continue
            if asked.startswith("rebuild "):
                # A rebuild does not resume paused indexing.
                self._rebuilds.add(int(asked.split()[1]))
            else:
                self._stopped.clear()
            self._asked.set()
            self._woken.set()
        self._stopped.set()
        # Writes are transactions, so ending the process in the middle of one is safe.
        self._idle.wait(_SHUTDOWN_SECONDS)
        os._exit(0)

    def _update_all(self) -> None:
        store = self._setup.store
        options = UpdateOptions(
            (lambda: identities(store)) if store else UpdateOptions().identities,
            texts=self._setup.texts,
            show_copies=self._setup.show_copies,
            report=self._report,
            stopped=self._stopped.is_set,
        )
        self._priority.begin_update()
        for one in self._setup.archives:
            rebuild = one.number in self._rebuilds
            self._rebuilds.discard(one.number)
            _send(run_update(one, replace(options, rebuild=rebuild)))

    def _report(self, event: IndexEvent) -> None:
        progress = event.progress
        if progress is not None and progress.stage in {SyncStage.HEADS, SyncStage.TEXTS}:
            self._priority.articles_read(progress.done)
            if progress.done >= FIRST_ARTICLES:
                self._has_listed.set()
        _send(event)

    def _watch(self) -> None:
        """Wake the main thread whenever a file of an archive changes; start after the first articles are listed."""

        def report(coverage: Coverage) -> None:
            self._watched = not coverage.unwatched
            _send(IndexEvent(self._setup.archives[0].number, coverage=coverage))

        # Loading the watcher and finding all folders would delay the list that a person waits for.
        self._has_listed.wait()
        Watcher([one.archive for one in self._setup.archives]).run(self._woken.set, report, Flag())


def _send(event: IndexEvent) -> None:
    with suppress(OSError, ValueError):
        print(event.written(), flush=True)  # noqa: T201 - stdout is the protocol of this process


def main() -> None:
    """Run the indexer with the setup in the first argument until the end of stdin."""
    collect_late()
    use_kept_regexes(cache_place)
    setup = read_setup(sys.argv[1])
    language.use(setup.language)
    _Indexer(setup).run()


if __name__ == "__main__":
    main()
