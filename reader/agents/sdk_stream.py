"""A base class for wrappers of the SDK's streams."""

from types import TracebackType
from typing import Any, Self


class SdkStream:
    """A stream that wraps one of the SDK and closes it when it is closed itself, as the SDK expects."""

    def __init__(self, wrapped: Any) -> None:
        """Wrap a stream."""
        self._wrapped = wrapped

    async def aclose(self) -> None:
        """Close the wrapped stream."""
        await self._wrapped.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
