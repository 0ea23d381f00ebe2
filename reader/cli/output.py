"""Printing: what every command says goes through here, and no line leaves it that a terminal could obey."""

import json
import os
import re
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO, cast

from reader.archive.article import Fault
from reader.document.cleaning import clean_line, inert
from reader.errors import ReaderError
from reader.language import _, ngettext, translated
from reader.private_files import FILE, make_private_folder, narrow

_UNPRINTABLE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""What JSON may hold but a terminal must not be given: a path may hold anything, not even valid UTF-8."""

_REASON = 300
"""Characters of an unexpected error in its message."""

_FAULTS_SHOWN = 10
"""Warnings printed at most: of ten thousand, nobody reads the second screen."""


class PlainStream:
    """A stream of text that a terminal only shows: the gate of the commands, whoever writes, argparse and Python too.

    Attributes:
        unguarded: The stream behind it.
    """

    def __init__(self, stream: TextIO) -> None:
        self.unguarded = stream

    def write(self, text: str) -> int:
        """Write `text` without what a terminal obeys; the number of characters in `text`."""
        self.unguarded.write(inert(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        """Anything else is the stream's own."""
        return getattr(self.unguarded, name)


@contextmanager
def plain_output() -> Iterator[None]:
    """Let stdout and stderr print nothing that a terminal obeys."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (cast("TextIO", PlainStream(stream)) for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def overwrite_line(line: str) -> None:
    """Write over the line on stderr, which is a terminal, with another; with nothing, to take it away."""
    stream = sys.stderr.unguarded if isinstance(sys.stderr, PlainStream) else sys.stderr
    print(f"\r{clean_line(line)}\x1b[K", end="", file=stream, flush=True)


def print_crash(error: Exception, folder: Path) -> None:
    """Tell of an error of the program itself: one line, and a file in `folder` with what helps to mend it."""
    details = "".join(traceback.format_exception(error))
    log = folder / "crash.txt"
    try:
        make_private_folder(folder)
        # It may quote an article or name a path: it is for its owner.
        with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE), "w", encoding="utf-8") as file:
            narrow(log)
            file.write(inert(details.encode("utf-8", "replace").decode()))
        hint = _("see {path} for details").format(path=log)
    except OSError:
        hint = ""
    reason = f"{type(error).__name__}: {error}"[:_REASON]
    print_error(ReaderError(_("internal error ({reason})").format(reason=reason), hint))


def print_json(value: Any) -> None:
    """Print a value as JSON, readable by people, in UTF-8 whatever it holds."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    print(printable(text))


def printable(text: str) -> str:
    """JSON in which whatever a terminal must not be given is escaped."""
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def print_error(error: ReaderError) -> None:
    """One line on stderr: what is wrong, and what to do."""
    message = translated(error.message)
    line = _("{message}: {hint}").format(message=message, hint=error.hint) if error.hint else message
    _print_stderr(f"reader: {line}")


def print_faults(faults: Sequence[Fault]) -> None:
    """What could not be read as it was meant, a line each on stderr, and how many more there are."""
    for fault in faults[:_FAULTS_SHOWN]:
        _print_stderr(_("reader: warning: {fault}").format(fault=fault))
    if len(faults) > _FAULTS_SHOWN:
        more = len(faults) - _FAULTS_SHOWN
        message = ngettext("reader: and {count:,} more warning", "reader: and {count:,} more warnings", more)
        _print_stderr(message.format(count=more))


def _print_stderr(line: str) -> None:
    print(clean_line(line), file=sys.stderr)
