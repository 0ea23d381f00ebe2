"""Watching the files of archives for changes, as far as the system allows."""

import os
import stat
import sys
import time
from collections import deque
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from reader.archive.archive import Archive
from reader.archive.bundles.entry_paths import may_be_bundle
from reader.archive.walk import may_be_article
from reader.indexing.protocol import Coverage

if TYPE_CHECKING:
    from watchfiles import Change

_LIMIT_FILE = Path("/proc/sys/fs/inotify/max_user_watches")
_DIVISOR = 2
"""This program takes half of the limit, which applies to all programs of a user together."""
_USUAL_LIMIT = 8_192
"""The limit of old kernels, in watches."""

POLL_SECONDS = 60.0
"""The interval in seconds between scans of what the system cannot watch."""

_DEBOUNCE = 400
"""Maximum milliseconds for which consecutive changes are collected."""
_STEP = 50
"""Milliseconds without a change after which the collected ones are reported."""
_TIMEOUT = 250
"""Milliseconds between two checks whether to stop, and before a new watch is reported."""

_LONGEST_REST = 5.0
"""The longest time in seconds between two watches."""

_DELETED = 3
"""The value of `watchfiles.Change.deleted`, which is imported late."""


class Watcher:
    """Watches archives: folders with their subfolders, including linked ones, and files that were named individually.

    On Linux each folder is watched on its own. Watching a tree as a whole would include hidden folders, and follow a
    link into a tree that is watched already.
    """

    def __init__(self, archives: Sequence[Archive]) -> None:
        """Prepare to watch `archives`; nothing is watched yet."""
        self._roots = [os.path.abspath(one.root) for one in archives if one.files is None]  # noqa: PTH100 - as Archive
        files = [os.path.abspath(file) for one in archives for file in one.files or ()]  # noqa: PTH100 - as Archive
        self._files = frozenset(files)
        self._parents = sorted({os.path.dirname(file) for file in files})  # noqa: PTH120 - as above
        self._most = _limit()

    def run(self, changed: Callable[[], None], report: Callable[[Coverage], None], stop: Event) -> None:
        """Call `changed` whenever an article may have changed, and `report` with the coverage, until `stop` is set.

        Both are also called at the start, because something may have changed before. If nothing can be watched, it then
        returns.
        """
        coverage = Coverage(0, 1)
        while not stop.is_set():
            begun = time.monotonic()
            folders, unwatched = self._folders()
            coverage = Coverage(len(folders), unwatched)
            if not folders:
                break
            # While folders appear one after the other, do not spend all the time on finding them.
            stop.wait(min(_LONGEST_REST, time.monotonic() - begun))
            try:
                self._watch(folders, coverage, changed, report, stop)
            except FileNotFoundError:
                # A folder was removed after it was found.
                continue
            except (OSError, RuntimeError):
                # The limit is reached, because other programs watch too.
                self._most = len(folders) // 2
        if not stop.is_set():
            report(Coverage(0, max(1, coverage.watched + coverage.unwatched)))
            changed()

    def _watch(
        self,
        folders: list[str],
        coverage: Coverage,
        changed: Callable[[], None],
        report: Callable[[Coverage], None],
        stop: Event,
    ) -> None:
        """Watch folders until one appears or disappears, or `stop` is set."""
        from watchfiles import watch  # noqa: PLC0415 - the first update starts without waiting for it

        known = set(folders)
        has_begun = False
        for changes in watch(
            *folders,
            watch_filter=None,
            debounce=_DEBOUNCE,
            step=_STEP,
            rust_timeout=_TIMEOUT,
            yield_on_timeout=True,
            stop_event=stop,
            raise_interrupt=False,
            recursive=not _IS_LINUX,
        ):
            if not has_begun:
                has_begun = True
                report(coverage)
                changed()
            elif any(self._matters(change, path) for change, path in changes):
                changed()
            if _IS_LINUX and any(_changes_folders(path, known) for _change, path in changes):
                return

    def _matters(self, change: "Change", path: str) -> bool:
        """Whether a change of this file or folder may affect an archive."""
        if path in self._files:
            return True
        folder, name = os.path.split(path)
        if folder in self._parents and not any(_is_inside(path, root) for root in self._roots):
            return False
        # A moved folder is reported only as deleted, and the type of a deleted path is unknown.
        if may_be_article(name) or may_be_bundle(name):
            return True
        return "." not in name or change == _DELETED or os.path.isdir(path)  # noqa: PTH112 - hundreds at a time

    def _folders(self) -> tuple[list[str], int]:
        """The folders to watch, those near the roots first, and the number of folders above the limit."""
        found = [folder for folder in self._parents if os.path.isdir(folder)]  # noqa: PTH112 - as above
        found += _subfolders(self._roots)
        found = list(dict.fromkeys(found))
        # watchfiles does not accept names that are not UTF-8, and watches nothing if it may not read one folder.
        watchable = [folder for folder in found if _is_utf8(folder) and os.access(folder, os.R_OK)][: self._most]
        return watchable, len(found) - len(watchable)


_IS_LINUX = sys.platform == "linux"


def _limit() -> int:
    """The number of folders that may be watched."""
    try:
        return max(1, int(_LIMIT_FILE.read_text(encoding="ascii")) // _DIVISOR)
    except (OSError, ValueError):
        return _USUAL_LIMIT // _DIVISOR if _IS_LINUX else sys.maxsize


def _subfolders(roots: Sequence[str]) -> list[str]:
    """The readable folders of `roots`, breadth first, each once, however many links lead to it.

    If whole trees are watched, only the roots and the targets of links are returned.
    """
    found: list[str] = []
    seen: set[tuple[int, int]] = set()
    waiting = deque((root, True) for root in roots)
    while waiting:
        here, is_start = waiting.popleft()
        with suppress(OSError):
            status = os.stat(here)  # noqa: PTH116 - tens of thousands
            if (status.st_dev, status.st_ino) in seen or not stat.S_ISDIR(status.st_mode):
                continue
            seen.add((status.st_dev, status.st_ino))
            with os.scandir(here) as entries:
                if is_start or _IS_LINUX:
                    found.append(here)
                waiting += [
                    (entry.path, entry.is_symlink())
                    for entry in entries
                    if not entry.name.startswith(".") and _is_folder(entry)
                ]
    return found


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A broken or circular link.
        return False


def _changes_folders(path: str, known: Collection[str]) -> bool:
    """Whether a folder appeared that is not watched, or a watched one disappeared."""
    is_folder = os.path.isdir(path)  # noqa: PTH112 - hundreds at a time
    return is_folder != (path in known) and not os.path.basename(path).startswith(".")  # noqa: PTH119 - as above


def _is_utf8(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_inside(path: str, root: str) -> bool:
    return path.startswith(root.rstrip(os.sep) + os.sep)
