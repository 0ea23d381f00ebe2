"""The priority of the indexer: that of the screen for the first articles of an update, low for the rest.

The user waits for the first articles of an archive, and for a file that has just changed, but not for the rest. With
low priority from the start, the indexer would starve on a busy machine.
"""

import sys
from pathlib import Path

from reader.workers.process import lower_priority

FIRST_ARTICLES = 300
"""Number of articles of an update that are read with the priority of the screen: more than a screen shows."""

_AUTOGROUP = Path("/proc/self/autogroup")
"""The file that sets the priority of a session on Linux (sched(7), autogroup)."""

_BACKGROUND = "15"
"""The nice value: a thirtieth of a contended core. With a higher one, a busy machine would never finish indexing."""

_NICE_IS_OF_THREADS = sys.platform == "linux"


class Priority:
    """The priority of this process and its workers, which form a separate session.

    Linux schedules sessions before processes, and lets a session return to normal priority. Without autogroup the nice
    value is raised, which cannot be undone. On Linux a nice value applies to the calling thread and to the threads and
    processes that it starts, so each update runs in a new thread.
    """

    def __init__(self, autogroup: Path = _AUTOGROUP) -> None:
        self._autogroup = autogroup
        self._is_low = False

    def begin_update(self) -> None:
        """Return to normal priority for the first articles, if the system allows it."""
        if self._is_low and (self._write("0") or _NICE_IS_OF_THREADS):
            self._is_low = False

    def articles_read(self, count: int) -> None:
        """Lower the priority once enough articles of this update have been read."""
        if not self._is_low and count >= FIRST_ARTICLES:
            self._is_low = True
            if not self._write(_BACKGROUND):
                lower_priority()

    def _write(self, nice: str) -> bool:
        try:
            self._autogroup.write_text(nice, encoding="ascii")
        except OSError:
            return False
        return True
