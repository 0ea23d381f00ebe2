"""Reading files that may be anything: only regular ones are opened, and none can make the reader wait."""

import os
import stat
from pathlib import Path

from reader.errors import ArchiveError
from reader.language import lazy

# A FIFO that took a file's place since it was looked at would make open() wait for a writer.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


def read_start(path: Path, most: int) -> tuple[bytes, int]:
    """Up to `most` bytes from the beginning of a file, and its size in bytes.

    Raises:
        ArchiveError: It is gone, cannot be read, or is no regular file. The message does not name it.
    """
    try:
        # Looked at first, because opening a device may do something.
        _refuse_special(path.stat())
        descriptor = os.open(path, _FLAGS)
        try:
            status = os.fstat(descriptor)
            _refuse_special(status)
            data = os.read(descriptor, min(most, status.st_size + 1))
            # One call gives a small file whole; a big one, or one on a network, may come in parts.
            while len(data) < min(most, status.st_size) and (more := os.read(descriptor, most - len(data))):
                data += more
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:
        raise ArchiveError(lazy("Cannot be read: {reason}", reason=reason(error))) from error
    return data[:most], max(status.st_size, len(data))


def reason(error: Exception) -> str:
    """What the system says is wrong, without the path, which stands beside it."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__


def _refuse_special(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise ArchiveError(lazy("Not a regular file but a folder, a pipe or a device"))
