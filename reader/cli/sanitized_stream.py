"""Output streams that remove control characters, so that no printed text can control the terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from reader.document.sanitizing import inert

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TextIO


class SanitizedStream:
    """A text stream without control characters, used for all output, including that of argparse and Python.

    Attributes:
        unguarded: The underlying stream.
    """

    def __init__(self, stream: "TextIO") -> None:
        self.unguarded = stream

    def write(self, text: str) -> int:
        """Write `text` without control characters; return the number of characters in `text`."""
        self.unguarded.write(inert(text))
        return len(text)

    def __getattr__(self, name: str) -> "Any":
        """Delegate all other attributes to the underlying stream."""
        return getattr(self.unguarded, name)


def unguarded(stream: "TextIO") -> "TextIO":
    """The stream that a `SanitizedStream` wraps, for writers that clean text themselves; any other stream as it is."""
    return stream.unguarded if isinstance(stream, SanitizedStream) else stream


@contextmanager
def plain_output() -> Iterator[None]:
    """Remove control characters from stdout and stderr within the context."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (SanitizedStream(stream) for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
