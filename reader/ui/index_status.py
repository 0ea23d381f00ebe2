"""How far the indexing of the archives has come: written by the command that follows it, read by the status line."""

import time

from reader.index.progress import SyncProgress, SyncStage
from reader.keymap import Keymap
from reader.language import _

_WORTH_SAYING = 0.7
"""Seconds that work takes before it is spoken of."""


class IndexStatus:
    """What is known of the indexing.

    Attributes:
        paused: Whether the person paused it.
        finished: Whether every archive was indexed to its end, or cannot be.
        progress: How far it is; None while nothing is done.
    """

    def __init__(self, keymap: Keymap) -> None:
        """Tell of it with the keys of `keymap`."""
        self._keymap = keymap
        self.paused = False
        self.finished = False
        self.progress: SyncProgress | None = None
        self._begun: float | None = None

    def advance(self, progress: SyncProgress) -> None:
        """Work goes on, or has come to its end."""
        self.progress = None if progress.stage is SyncStage.DONE else progress
        self._begun = self._begun or time.monotonic()

    def end(self) -> None:
        """An archive was indexed, or cannot be."""
        self.progress = self._begun = None

    @property
    def _key(self) -> str:
        return self._keymap.label("stop_reading")

    @property
    def note(self) -> str:
        """What the status line says of work that takes its time, or empty."""
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
