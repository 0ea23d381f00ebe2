"""A wrapper of a stream of the SDK, to be extended."""

from types import TracebackType
from typing import Any, Self


class SdkStream:
    """A stream that closes the stream of the SDK that it wraps, as the SDK expects of its own."""

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
