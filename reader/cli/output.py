"""Output of commands: JSON, warnings, errors, and a line that is overwritten."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reader.archive.article import FileWarning
from reader.cli.sanitized_stream import unguarded
from reader.document.sanitizing import clean_line
from reader.errors import ReaderError
from reader.language import _, ngettext
from reader.regex import regex

_UNPRINTABLE = regex("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Characters valid in JSON but not safe for a terminal: a path may contain anything, even invalid UTF-8."""

_WARNINGS_SHOWN = 10
"""Maximum number of warnings printed."""


def overwrite_line(line: str) -> None:
    """Overwrite the current line on stderr, which must be a terminal; an empty text erases it."""
    stream = unguarded(sys.stderr)
    print(f"\r{clean_line(line)}\x1b[K", end="", file=stream, flush=True)


def print_crash(error: Exception, folder: Path | None) -> None:
    """Report an unexpected error on one line; its traceback is written to a file in `folder`, unless that is None."""
    from reader.library.crash_log import log_crash  # noqa: PLC0415 - only for a crash

    print_error(log_crash(error, folder))


def print_json(value: Any) -> None:
    """Print a value as indented JSON in UTF-8."""
    from json import dumps  # noqa: PLC0415 - most commands print text

    text = dumps(value, ensure_ascii=False, indent=2)
    print(printable(text))


def printable(text: str) -> str:
    """Escape characters in JSON that are not safe for a terminal."""
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def print_error(error: ReaderError) -> None:
    """Print an error and its hint on one line of stderr."""
    _print_stderr(f"reader: {error}")


def print_warning(warning: object) -> None:
    """Print a warning on one line of stderr."""
    _print_stderr(_("reader: warning: {warning}").format(warning=warning))


def print_warnings(warnings: Sequence[FileWarning]) -> None:
    """Print the first warnings on stderr, one per line, and the number of the others."""
    for warning in warnings[:_WARNINGS_SHOWN]:
        print_warning(warning)
    if len(warnings) > _WARNINGS_SHOWN:
        more = len(warnings) - _WARNINGS_SHOWN
        message = ngettext("reader: and {count:,} more warning", "reader: and {count:,} more warnings", more)
        _print_stderr(message.format(count=more))


def print_warning_count(count: int) -> None:
    """Print on one line of stderr how many warnings there are, if any, and how to see them."""
    if count:
        message = ngettext(
            "reader: {count:,} warning: “reader check” shows it",
            "reader: {count:,} warnings: “reader check” shows them",
            count,
        )
        _print_stderr(message.format(count=count))


def _print_stderr(line: str) -> None:
    print(clean_line(line), file=sys.stderr)
