"""The process that keeps the indexes current while the screen is open: `python -m reader.indexing.indexer SETUP`.

SETUP is what `messages.IndexerSetup` writes. Events are printed to stdout, one on a line. Lines of stdin are commands:
`rebuild N`, `pause`, `resume`. The process ends when stdin ends, because then the program that started it is gone.
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
from reader.indexing.known_ids import identities
from reader.indexing.messages import IndexerSetup, IndexEvent, read_setup
from reader.indexing.update import UpdateOptions, run_update
from reader.workers.process import lower_priority

if TYPE_CHECKING:
    from watchfiles import Change

_BETWEEN = 60.0
"""Seconds between two looks where the system cannot tell of changes."""

_SETTLED = 0.2
"""Seconds that whoever writes several files is let finish."""

_REST = 4
"""How many times as long as an update took is waited before the next: a busy archive takes no processor whole."""

_SELDOM = 1_800.0
"""The same where it can: of a disk elsewhere it tells not everything."""

_WATCHED = 10_000
"""Folders at most: what a person may watch at a time is shared by all programs."""

_DELETED = 3
"""What watchfiles calls the end of a file or a folder; its name is imported late."""

_AUTOGROUP = Path("/proc/self/autogroup")
"""Where Linux lets a session of processes stand back (sched(7), autogroup)."""

_NICENESS = "15"
"""How far: to a thirtieth of a processor that others want too. Further, and a busy machine never reads an archive."""

_LAST_WORDS = 1.0
"""Seconds that what is being written has to be finished in when the process is to end."""


class _Indexer:
    def __init__(self, setup: IndexerSetup) -> None:
        self._setup = setup
        self._stopped = Flag()
        self._woken = Flag()
        self._asked = Flag()
        self._anew = set[int]()
        self._idle = Flag()
        self._watched = False

    def run(self) -> None:
        Thread(target=self._listen, daemon=True).start()
        Thread(target=self._watch, daemon=True).start()
        lower_priority()
        _step_back_as_a_session()
        while True:
            begun = time.monotonic()
            self._idle.clear()
            if not self._stopped.is_set():
                self._update_all()
            self._idle.set()
            self._asked.wait(min(_BETWEEN, _SETTLED + _REST * (time.monotonic() - begun)))
            self._asked.clear()
            self._woken.wait(_SELDOM if self._watched else _BETWEEN)
            self._woken.clear()
            time.sleep(_SETTLED)

    def _listen(self) -> None:
        for line in sys.stdin:
            asked = line.strip()
            if asked == "pause":
                self._stopped.set()
                continue
            if asked.startswith("rebuild "):
                # Whoever stopped the reading has not asked for this.
                self._anew.add(int(asked.split()[1]))
            else:
                self._stopped.clear()
            self._asked.set()
            self._woken.set()
        self._stopped.set()
        # What is written just now is a transaction: it is whole or it is not there.
        self._idle.wait(_LAST_WORDS)
        os._exit(0)

    def _update_all(self) -> None:
        store = self._setup.store
        options = UpdateOptions(
            (lambda: identities(store)) if store else UpdateOptions().identities,
            show_copies=self._setup.show_copies,
            report=_tell,
            stopped=self._stopped.is_set,
        )
        for one in self._setup.archives:
            rebuild = one.number in self._anew
            self._anew.discard(one.number)
            _tell(run_update(one, replace(options, rebuild=rebuild)))

    def _watch(self) -> None:
        """Wake the other thread whenever a file of an archive changed."""
        from watchfiles import watch  # noqa: PLC0415 - the update begins meanwhile

        roots = [one.archive.root for one in self._setup.archives if one.archive.root.is_dir()]
        if not all(map(_can_be_watched, roots)):
            return
        with suppress(OSError, RuntimeError):
            # Watched from the beginning: what changes while an update runs is seen by the next.
            for changes in watch(*roots, rust_timeout=1_000, yield_on_timeout=True, raise_interrupt=False):
                # What changed before the watch was set is looked for once more.
                begins, self._watched = not self._watched, True
                if begins or any(_matters(change, path) for change, path in changes):
                    self._woken.set()
        # There are more folders than the system watches at a time, or one of them is gone.
        self._watched = False
        self._woken.set()


def _step_back_as_a_session() -> None:
    """Let the screen's session have the processor first: Linux shares it out among sessions before processes."""
    with suppress(OSError):
        _AUTOGROUP.write_text(_NICENESS, encoding="ascii")


def _can_be_watched(root: Path) -> bool:
    """Whether the folders within are not too many to watch, and none is a link: the watch would follow it anywhere."""
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
    """Whether a change of this file or folder may have changed an archive."""
    name = os.path.basename(path)  # noqa: PTH119 - hundreds at a time
    # Of a folder that was moved away nothing is told but that it is no more, and what is no more has no kind.
    return may_be_article(name) or "." not in name or change == _DELETED or os.path.isdir(path)  # noqa: PTH112 - as above


def _tell(event: IndexEvent) -> None:
    with suppress(OSError, ValueError):
        print(event.written(), flush=True)  # noqa: T201 - it is how this process speaks


def main() -> None:
    """Do what the first argument setups, until stdin ends."""
    setup = read_setup(sys.argv[1])
    language.use(setup.language)
    _Indexer(setup).run()


if __name__ == "__main__":
    main()
