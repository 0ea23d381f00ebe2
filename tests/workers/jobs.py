"""A job for workers in tests: another process finds a function by the name of its module."""

import os
import re
import time
from collections.abc import Iterator

from reader.workers.pool import Failure

_ENDLESS = re.compile("(a+)+$")


def run_job(items: list[str]) -> list[str]:
    """What the items are called, and which process did them; some items are too much for it."""
    return [f"{item} {_done(item)}" for item in items]


def _done(item: str) -> str:
    match item.rstrip("0123456789"):
        case "die":
            # Whatever takes a process along takes a moment to do so.
            time.sleep(0.05)
            os._exit(3)
        case "die at once":
            os._exit(3)
        case "hang":
            time.sleep(60)
        case "nap":
            # As on a busy machine: time passes, but none of it on the processor.
            time.sleep(1)
        case "work":
            # Half a second on the processor.
            until = time.process_time() + 0.5
            while time.process_time() < until:
                pass
        case "hang without letting go":
            # No other thread runs while an expression is looked for.
            _ENDLESS.match("a" * 60 + "b")
        case "big":
            return "x" * 3_000_000
    return str(os.getpid())


def failed(item: str, failure: Failure) -> str:
    """What takes the place of an item's result."""
    return f"{item} {failure.name}"


def hang(_: object) -> list[object]:
    """Never end, as a regular expression can: no other thread of the process runs meanwhile."""
    return [_ENDLESS.match("a" * 60 + "b")]


def die(_: object) -> list[object]:
    """Take the process along."""
    os._exit(3)


def fail(_: object) -> list[object]:
    """Raise what nobody expects."""
    raise ValueError


def nested(depth: int) -> list[object]:
    """One part: lists within lists."""
    made: list[object] = []
    for _ in range(depth):
        made = [made]
    return [made]


def parts(given: tuple[object, ...]) -> Iterator[object]:
    """What was given, one by one."""
    yield from given


def parts_then_hang(given: tuple[object, ...]) -> Iterator[object]:
    """What was given, one by one, and never an end."""
    yield from given
    hang(None)
