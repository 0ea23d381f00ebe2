"""The progress of indexing, updated by its command and shown in the status line."""

import time

from reader.index.progress import SyncProgress, SyncStage, time_left
from reader.keymap.keymap import Keymap
from reader.language import _, ngettext

_DELAY = 0.7
"""Seconds of indexing after which its progress is shown."""


def waiting_note(count: int) -> str:
    """The message that a number of articles cannot be found yet."""
    return ngettext("{count:,} article is not indexed yet", "{count:,} articles are not indexed yet", count).format(
        count=count
    )


class IndexStatus:
    """The state of indexing.

    Attributes:
        paused: Whether the user has paused it.
        finished: Whether every archive has been indexed, or cannot be.
        progress: The progress; None while nothing is running.
    """

    def __init__(self, keymap: Keymap) -> None:
        """Describe the state with the keys of `keymap`."""
        self._keymap = keymap
        self.paused = False
        self.finished = False
        self.progress: SyncProgress | None = None
        self._started: float | None = None

    def advance(self, progress: SyncProgress) -> None:
        """Record a progress report."""
        self.progress = None if progress.stage is SyncStage.DONE else progress
        self._started = self._started or time.monotonic()

    def end(self) -> None:
        """Record that an archive was indexed, or cannot be."""
        self.progress = self._started = None

    @property
    def unlisted(self) -> int:
        """The number of files that were found, but are not listed as articles yet."""
        return self.progress.unlisted if self.progress is not None else 0

    @property
    def _key(self) -> str:
        return self._keymap.label("pause_indexing")

    @property
    def note(self) -> str:
        """The text about indexing for the status line, or empty."""
        if self.paused:
            return _("paused · {key} resumes").format(key=self._key)
        progress = self.progress
        if progress is None or self._started is None or time.monotonic() - self._started < _DELAY:
            return ""
        names = {
            SyncStage.WALK: _("Scanning"),
            SyncStage.HEADS: _("Titles"),
            SyncStage.TEXTS: _("Texts"),
            SyncStage.DONE: "",
        }
        parts = [names[progress.stage], f"{progress.done:,}" + (f" / {progress.total:,}" if progress.total else "")]
        if progress.rate:
            parts += ["·", _("{rate:,.0f}/s").format(rate=progress.rate)]
        # At the end of a stage, what it has read is still being written.
        if progress.seconds_left:
            parts += ["·", time_left(progress.seconds_left)]
        return " ".join([*parts, "·", _("{key} pauses").format(key=self._key)])
