"""The progress of indexing: written by its command, read by the status line."""

import time

from reader.index.progress import SyncProgress, SyncStage
from reader.keymap import Keymap
from reader.language import _

_WORTH_SAYING = 0.7
"""Seconds before running work is shown."""


class IndexStatus:
    """The state of the indexing.

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
        self._begun: float | None = None

    def advance(self, progress: SyncProgress) -> None:
        """Record the progress of an event."""
        self.progress = None if progress.stage is SyncStage.DONE else progress
        self._begun = self._begun or time.monotonic()

    def end(self) -> None:
        """Record that an archive was indexed, or cannot be."""
        self.progress = self._begun = None

    @property
    def _key(self) -> str:
        return self._keymap.label("stop_reading")

    @property
    def note(self) -> str:
        """The text for the status line about long work, or empty."""
        if self.paused:
            return _("paused · {key} resumes").format(key=self._key)
        progress = self.progress
        if progress is None or self._begun is None or time.monotonic() - self._begun < _WORTH_SAYING:
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
        if progress.seconds_left is not None:
            parts += ["·", _("{seconds:,.0f} s left").format(seconds=progress.seconds_left)]
        return " ".join([*parts, "·", _("{key} pauses").format(key=self._key)])
