"""Queries that last until they are interrupted."""

from threading import Event

import apsw


def until_interrupted(connection: apsw.Connection) -> Event:
    """Make the next query of a connection wait until it is interrupted; the event is set when it has begun."""
    begun = Event()

    def progress() -> bool:
        connection.set_progress_handler(None)
        begun.set()
        while not connection.is_interrupted:
            Event().wait(0.001)
        return False

    connection.set_progress_handler(progress, 1)
    return begun
