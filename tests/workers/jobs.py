"""A job for workers in tests: another process finds a function by the name of its module."""

import os
import re
import time
from array import array
from collections.abc import Iterator

from reader.syntax.code_chunks import CodeChunk
from reader.syntax.token_roles import TokenTable
from reader.workers.pool import Failure

_ENDLESS = re.compile("(a+)+$")


def run_job(items: list[str]) -> list[str]:
    """Return the name of each item and the PID; some names make the process hang, crash or fail."""
    return [f"{item} {_done(item)}" for item in items]


def _done(item: str) -> str:
    match item.rstrip("0123456789"):
        case "die":
            # Crashes take a moment, as in reality.
            time.sleep(0.05)
            os._exit(3)
        case "die at once":
            os._exit(3)
        case "hang":
            time.sleep(60)
        case "nap":
            # Like on a busy machine: time passes without CPU time.
            time.sleep(1)
        case "work":
            # Half a second of CPU time.
            until = time.process_time() + 0.5
            while time.process_time() < until:
                pass
        case "hang without letting go":
            # Other threads do not run during a regular expression search.
            _ENDLESS.match("a" * 60 + "b")
        case "big":
            return "x" * 3_000_000
    return str(os.getpid())


def failed(item: str, failure: Failure) -> str:
    """The result of an item that failed."""
    return f"{item} {failure.name}"


def hang(_: object) -> list[object]:
    """Hang like a regular expression, during which no other thread runs."""
    return [_ENDLESS.match("a" * 60 + "b")]


def die(_: object) -> list[object]:
    """Crash the process."""
    os._exit(3)


def fail(_: object) -> list[object]:
    """Raise an unexpected exception."""
    raise ValueError


def nested(depth: int) -> list[object]:
    """Yield one part: nested lists."""
    made: list[object] = []
    for _ in range(depth):
        made = [made]
    return [made]


def parts(given: tuple[object, ...]) -> Iterator[object]:
    """Yield the items one by one."""
    yield from given


def parts_then_hang(given: tuple[object, ...]) -> Iterator[object]:
    """Yield the items one by one, then hang."""
    yield from given
    hang(None)


def tokenize_or_hang(chunks: list[CodeChunk]) -> list[TokenTable]:
    """Tokens, unless the text says what to do instead."""
    for chunk in chunks:
        if chunk.text == "hang":
            _ENDLESS.match("a" * 60 + "b")
        if chunk.text == "crash":
            os._exit(3)
    return [TokenTable(array("L", [0]), array("L", [len(one.text)]), b"\0") for one in chunks]
