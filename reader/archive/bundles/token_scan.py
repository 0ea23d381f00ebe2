"""A search for short tokens in a file of any size, with constant memory."""

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

_CHUNK = 2**20


class Token(NamedTuple):
    """A token, and its range of bytes in the file."""

    text: bytes
    start: int
    end: int


def tokens(file: BinaryIO, pattern: re.Pattern[bytes], longest: int) -> Iterator[Token]:
    """Yield the matches of `pattern` in a file, from its beginning.

    Args:
        file: The file.
        pattern: A regular expression.
        longest: The maximum length of a match in bytes, including its lookahead.
    """
    file.seek(0)
    base, buffer = 0, b""
    is_last = False
    while not is_last:
        chunk = file.read(_CHUNK)
        is_last = not chunk
        buffer += chunk
        # A match that begins after `stop` may continue in the next chunk.
        stop = len(buffer) if is_last else max(0, len(buffer) - longest)
        at = 0
        for found in pattern.finditer(buffer):
            if found.start() >= stop:
                break
            yield Token(found[0], base + found.start(), base + found.end())
            at = found.end()
        cut = max(at, stop)
        base, buffer = base + cut, buffer[cut:]
