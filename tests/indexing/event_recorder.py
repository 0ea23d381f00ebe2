"""Recording of indexer events in tests."""

from collections.abc import Callable
from threading import Condition

from reader.indexing.client import ProcessClient
from reader.indexing.indexes import ArchiveIndexes
from reader.indexing.protocol import IndexEvent

PATIENCE = 60.0
"""Seconds to wait for an event before a test fails."""


class EventRecorder:
    """Records events from any thread, and waits for them."""

    def __init__(self) -> None:
        self.events: list[IndexEvent] = []
        self._came = Condition()

    def __call__(self, event: IndexEvent) -> None:
        with self._came:
            self.events.append(event)
            self._came.notify_all()

    def wait_for(self, wanted: Callable[[IndexEvent], bool], behind: int = 0) -> IndexEvent:
        """Wait for a matching event after the first `behind` ones."""

        def there() -> IndexEvent | None:
            return next((event for event in self.events[behind:] if wanted(event)), None)

        with self._came:
            found = self._came.wait_for(there, PATIENCE)
        assert found is not None, self.events
        return found

    def summary(self, behind: int = 0) -> IndexEvent:
        """Wait for the summary of a complete update after the first `behind` events."""
        return self.wait_for(lambda event: event.summary is not None and event.summary.complete, behind)


def end_processes(indexes: ArchiveIndexes) -> None:
    """Kill the indexers and close their pipes."""
    for client in indexes._clients:
        if isinstance(client, ProcessClient) and client._process is not None:
            client._process.kill()
            if client._process.stdout is not None:
                client._process.stdout.close()


def count(event: IndexEvent) -> tuple[int, int, int, int]:
    """The numbers of new, changed, moved and deleted articles."""
    assert event.summary is not None
    return event.summary.new, event.summary.changed, len(event.summary.moved), event.summary.gone
