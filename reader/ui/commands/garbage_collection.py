"""Garbage collection while nobody waits for the screen."""

from reader.memory import collect_if_due
from reader.ui.commands.host import Host

_INTERVAL = 2.0
"""Seconds between two looks; without a key or a movement from one to the next, nobody waits."""


class IdleCollection:
    """Searches for reference cycles between keys, so that no frame has to wait for it."""

    def __init__(self, host: Host) -> None:
        """Start with `start`."""
        self._host = host
        self._is_idle = False

    def start(self) -> None:
        """Look at intervals."""
        self._host.every(_INTERVAL, self._look)

    def touched(self) -> None:
        """Notice a key or a movement."""
        self._is_idle = False

    def _look(self) -> None:
        if self._is_idle:
            collect_if_due()
        self._is_idle = True
