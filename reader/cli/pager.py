"""Output through the user's pager if it is longer than the screen."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice

from reader.cli.sanitized_stream import unguarded
from reader.settings.pager_choice import pager_environment, pager_words


def print_paged(lines: Iterable[str], *, paged: bool) -> None:
    """Print lines on stdout; they may contain the reader's own control sequences.

    With `paged`, more lines than the terminal has rows go through `$PAGER`, or `less`.
    """
    if paged and (command := _pager()):
        rows, lines = _rows(), iter(lines)
        first = list(islice(lines, rows))
        lines = chain(first, lines)
        if len(first) == rows and _through(command, lines):
            return
    stream = unguarded(sys.stdout)
    for line in lines:
        print(line, file=stream)


def _pager() -> list[str]:
    """The pager with its arguments; empty if the user wants none."""
    return [] if os.environ.get("TERM") == "dumb" else pager_words()


def _rows() -> int:
    """The height of the terminal in rows; one row is left for the prompt of the shell."""
    try:
        return max(2, os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else -1).lines)
    except (OSError, ValueError):
        return 24


def _through(command: list[str], lines: Iterator[str]) -> bool:
    """Send lines to a pager and wait until it exits; return whether it could be started."""
    import signal  # noqa: PLC0415 - slow to import, and only for long articles
    import subprocess  # noqa: PLC0415

    # Without the option R, “less” shows control sequences as text; a user's own options are respected.
    environment = {"LESS": "FRX", "LV": "-c", **pager_environment()}
    try:
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)  # noqa: S603 - the user's pager
    except OSError:
        return False
    assert pager.stdin is not None  # noqa: S101 - for mypy
    # Ctrl+C is a key of the pager.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        # The user may quit before the end.
        with suppress(BrokenPipeError), pager.stdin:
            for line in lines:
                pager.stdin.write(f"{line}\n".encode(errors="replace"))
    finally:
        pager.wait()
        signal.signal(signal.SIGINT, before)
    return True
