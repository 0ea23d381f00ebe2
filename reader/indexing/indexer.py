"""The process that keeps the indexes current while the screen is open: `python -m reader.indexing.indexer SETUP`.

SETUP is a serialized `messages.IndexerSetup`. Events are printed to stdout, one per line. Lines of stdin are commands:
`rebuild N`, `pause`, `resume`. The process ends at the end of stdin, which means that its parent has exited.
"""

import os
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Event as Flag
from threading import Thread
from typing import TYPE_CHECKING

from reader import language
from reader.archive.walk import may_be_article
from reader.index.progress import SyncStage
from reader.indexing.known_ids import identities
from reader.indexing.priority import Priority
from reader.indexing.protocol import IndexerSetup, IndexEvent, read_setup
from reader.indexing.update import UpdateOptions, run_update

if TYPE_CHECKING:
    from watchfiles import Change

_POLL_SECONDS = 60.0
"""The interval in seconds between scans if the system cannot watch the folders."""

_SETTLED = 0.2
"""Seconds to wait after a change, so that a program can finish writing several files."""

_REST = 4
"""The pause before the next update as a multiple of the last one's duration, so that indexing never fills a core."""

_RESCAN_SECONDS = 1_800.0
"""The interval in seconds between scans of watched folders, since changes on network drives may go unnoticed."""

_WATCHED = 10_000
"""The maximum number of watched folders: the system's limit per user is shared by all programs."""

_DELETED = 3
"""The value of `watchfiles.Change.deleted`, which is imported late."""

_SHUTDOWN_SECONDS = 1.0
"""Seconds that a running transaction is given to finish when the process is asked to end."""


class _Indexer:
    def __init__(self, setup: IndexerSetup) -> None:
        self._setup = setup
        self._stopped = Flag()
        self._woken = Flag()
        self._asked = Flag()
        self._rebuilds = set[int]()
        self._idle = Flag()
        self._watched = False
        self._priority = Priority()

    def run(self) -> None:
        Thread(target=self._listen, daemon=True).start()
        Thread(target=self._watch, daemon=True).start()
        while True:
            begun = time.monotonic()
            self._idle.clear()
            if not self._stopped.is_set():
                self._update_all()
            self._idle.set()
            self._asked.wait(min(_POLL_SECONDS, _SETTLED + _REST * (time.monotonic() - begun)))
            self._asked.clear()
            self._woken.wait(_RESCAN_SECONDS if self._watched else _POLL_SECONDS)
            self._woken.clear()
            time.sleep(_SETTLED)

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
        _send(event)

    def _watch(self) -> None:
        """Wake the main thread whenever a file of an archive changes."""
        from watchfiles import watch  # noqa: PLC0415 - the first update starts without waiting for it

        if any(one.archive.files is not None for one in self._setup.archives):
            # The folder of a file that was named may be a whole disk: files are looked at now and then.
            return
        roots = [one.archive.root for one in self._setup.archives if one.archive.root.is_dir()]
        if not all(map(_can_be_watched, roots)):
            return
        with suppress(OSError, RuntimeError):
            # Watching starts at once, so that the next update sees what changes during this one.
            for changes in watch(*roots, rust_timeout=1_000, yield_on_timeout=True, raise_interrupt=False):
                # Scan once more for what changed before watching began.
                begins, self._watched = not self._watched, True
                if begins or any(_matters(change, path) for change, path in changes):
                    self._woken.set()
        # The system's limit of watched folders was reached, or a folder has disappeared.
        self._watched = False
        self._woken.set()


def _can_be_watched(root: Path) -> bool:
    """Whether `root` has few enough folders to watch and no symbolic link to a folder, which would be followed."""
    waiting, count = [os.fspath(root)], 0
    while waiting and count < _WATCHED:
        count += 1
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_symlink() and entry.is_dir():
                    return False
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
    return not waiting


def _matters(change: "Change", path: str) -> bool:
    """Whether a change of this file or folder may affect an archive."""
    name = os.path.basename(path)  # noqa: PTH119 - hundreds at a time
    # A moved folder is reported only as deleted, and the type of a deleted path is unknown.
    return may_be_article(name) or "." not in name or change == _DELETED or os.path.isdir(path)  # noqa: PTH112 - as above


def _send(event: IndexEvent) -> None:
    with suppress(OSError, ValueError):
        print(event.written(), flush=True)  # noqa: T201 - stdout is the protocol of this process


def main() -> None:
    """Run the indexer with the setup in the first argument until the end of stdin."""
    setup = read_setup(sys.argv[1])
    language.use(setup.language)
    _Indexer(setup).run()


if __name__ == "__main__":
    main()
