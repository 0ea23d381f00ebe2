"""The requests of an agent that have no answer yet: the SDK would drop them when its input ends."""

from typing import Any

import anyio
from mcp.shared.message import SessionMessage

from reader.agents.sdk_stream import SdkStream

_PATIENCE = 60.0
"""The maximum time in seconds to wait for answers after the input has ended: a search may have to index first."""


class OpenRequests(SdkStream):
    """The stream of answers; it keeps track of the requests that are still open."""

    def __init__(self, answers: Any) -> None:
        """Send through `answers`, a stream of the SDK."""
        super().__init__(answers)
        self._open: set[str | int] = set()
        self._all_answered: anyio.Event | None = None

    def read(self, message: SessionMessage) -> None:
        """Record a message of the agent if it is a request; notifications and answers expect no answer."""
        number = getattr(message.message, "id", None)
        if number is not None and hasattr(message.message, "method"):
            self._open.add(number)

    async def send(self, message: SessionMessage) -> None:
        """Send a message to the agent."""
        await self._wrapped.send(message)
        if not hasattr(message.message, "method"):
            self._open.discard(getattr(message.message, "id", None))
        if self._all_answered is not None and not self._open:
            self._all_answered.set()

    async def all_answered(self) -> None:
        """Wait until no request is open, for `_PATIENCE` seconds at most."""
        if self._open:
            self._all_answered = anyio.Event()
            with anyio.move_on_after(_PATIENCE):
                await self._all_answered.wait()
