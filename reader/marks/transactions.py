"""Write transactions of the marks database: how long they wait for the lock, and how they end."""

from collections.abc import Iterator
from contextlib import contextmanager

import apsw

PATIENCE = 5_000
"""Milliseconds that a change waits for another process by default."""

_IMPATIENCE = 100
"""Milliseconds that a change waits after a previous one has timed out."""

_NO_PATIENCE = 30
"""Milliseconds that an impatient change waits; too short to be noticed."""


class LockWait:
    """Takes the write lock. After a timeout, later changes wait only briefly until the lock is free again."""

    def __init__(self) -> None:
        self.limit(PATIENCE)

    def limit(self, milliseconds: int) -> None:
        """Set the time that each change waits for another process."""
        self._longest = self._patience = milliseconds

    def begin(self, connection: apsw.Connection, *, patient: bool) -> None:
        """Begin a transaction with the write lock: upgrading a read lock fails if another process wrote meanwhile.

        Raises:
            apsw.BusyError: Another process kept the lock.
        """
        connection.set_busy_timeout(self._patience if patient else _NO_PATIENCE)
        try:
            connection.execute("BEGIN IMMEDIATE")
        except (apsw.BusyError, apsw.LockedError):
            if patient:
                # The lock may be held for much longer, so later changes must not wait as long again.
                self._patience = _IMPATIENCE
            raise
        self._patience = self._longest


@contextmanager
def ending(connection: apsw.Connection) -> Iterator[apsw.Connection]:
    """Commit the open transaction, or roll it back after an error.

    Raises:
        apsw.Error: It could not be committed, and was rolled back.
    """
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        # SQLite may have rolled back already, for example if the disk is full.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
