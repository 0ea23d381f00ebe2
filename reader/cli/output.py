"""Printing: what every command says goes through here."""

import json
import re
import sys
from collections.abc import Sequence
from typing import Any

from reader.archive.article import Fault
from reader.document.cleaning import clean_line
from reader.errors import ReaderError
from reader.language import _

_UNPRINTABLE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""What JSON may hold but a terminal must not be given: a path may hold anything, not even valid UTF-8."""

_FAULTS_SHOWN = 10
"""Warnings printed at most: of ten thousand, nobody reads the second screen."""


def print_json(value: Any) -> None:
    """Print a value as JSON, readable by people, in UTF-8 whatever it holds."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    print(printable(text))


def printable(text: str) -> str:
    """JSON in which whatever a terminal must not be given is escaped."""
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def print_error(error: ReaderError) -> None:
    """One line on stderr: what is wrong, and what to do."""
    line = _("{message}: {hint}").format(message=error.message, hint=error.hint) if error.hint else error.message
    _print_stderr(f"reader: {line}")


def print_faults(faults: Sequence[Fault]) -> None:
    """What could not be read as it was meant, a line each on stderr, and how many more there are."""
    for fault in faults[:_FAULTS_SHOWN]:
        _print_stderr(_("reader: warning: {fault}").format(fault=fault))
    if len(faults) > _FAULTS_SHOWN:
        _print_stderr(_("reader: and {count:,} more warnings").format(count=len(faults) - _FAULTS_SHOWN))


def _print_stderr(line: str) -> None:
    print(clean_line(line), file=sys.stderr)
