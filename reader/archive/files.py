"""Safe reading of files: only regular files are opened, so that none can block the program."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from reader.errors import ArchiveError
from reader.language import lazy

# If a FIFO has replaced the file since `stat`, a blocking open() would wait for a writer.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


def read_start(path: Path, most: int) -> tuple[bytes, int]:
    """Return up to `most` bytes from the beginning of a file, and its size in bytes.

    Raises:
        ArchiveError: The file is missing, unreadable or not a regular file. The message does not contain the path.
    """
    try:
        # Checked before opening, because opening a device may have side effects.
        _refuse_special(path.stat())
        descriptor = os.open(path, _FLAGS)
        try:
            status = os.fstat(descriptor)
            _refuse_special(status)
            data = os.read(descriptor, min(most, status.st_size + 1))
            # One call reads a small file; large files and network file systems may need several.
            while len(data) < min(most, status.st_size) and (more := os.read(descriptor, most - len(data))):
                data += more
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:
        raise ArchiveError(lazy("Cannot be read: {reason}", reason=reason(error))) from error
    return data[:most], max(status.st_size, len(data))


@contextmanager
def open_binary(path: Path | bytes) -> Iterator[tuple[BinaryIO, int]]:
    """Open a file for reading at any offset; the values are the open file and its size in bytes.

    For an entry of a bundle, pass its content as bytes.

    Raises:
        ArchiveError: As for `read_start`; also if reading fails within the `with` block.
    """
    if isinstance(path, bytes):
        yield BytesIO(path), len(path)
        return
    try:
        _refuse_special(path.stat())
        with os.fdopen(os.open(path, _FLAGS), "rb") as file:
            status = os.fstat(file.fileno())
            _refuse_special(status)
            yield file, status.st_size
    except OSError as error:
        raise ArchiveError(lazy("Cannot be read: {reason}", reason=reason(error))) from error


def reason(error: Exception) -> str:
    """Return the system's description of an error without the path, which the caller shows itself."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__


def _refuse_special(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise ArchiveError(lazy("Not a regular file but a folder, a pipe or a device"))
