"""Garbage collection while nobody waits for the screen."""

from reader.memory import collect_if_due
from reader.ui.commands.host import Host

_INTERVAL = 2.0
"""Seconds between two checks; if there was no key or movement between them, nobody waits."""


class IdleCollection:
    """Runs the garbage collector while no keys are pressed, so that no frame has to wait for it."""

    def __init__(self, host: Host) -> None:
        """Do nothing until `start`."""
        self._host = host
        self._is_idle = False

    def start(self) -> None:
        """Check at intervals whether anybody waits."""
        self._host.every(_INTERVAL, self._look)

    def touched(self) -> None:
        """Record a key or a movement."""
        self._is_idle = False

    def _look(self) -> None:
        if self._is_idle:
            collect_if_due()
        self._is_idle = True
