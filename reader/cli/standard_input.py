"""Text from standard input as an article file."""

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from reader.errors import ArchiveError, UsageError
from reader.language import _

NAME = "-"
"""The argument that stands for standard input."""

STEM = "stdin"
"""The stem of the file's name, which becomes the title of a text without one."""

SUFFIXES = {"html": ".html", "markdown": ".md", "text": ".txt"}
"""The file suffixes of the formats of `--as`."""

_LONGEST_MIB = 64
_LONGEST = _LONGEST_MIB * 2**20


def check_format(written_in: str | None, targets: Sequence[str]) -> None:
    """Check that a format is given only for standard input.

    Raises:
        UsageError: No target is `-`.
    """
    if written_in is not None and targets and NAME not in targets:
        raise UsageError(
            _("“--as” gives the format of standard input"), _("write “-” for it; that of a file is detected")
        )


def is_redirected() -> bool:
    """Whether standard input is a pipe or a file with content, instead of a terminal or nothing."""
    try:
        status = os.fstat(sys.stdin.fileno())
    except (AttributeError, OSError, ValueError):
        return False
    mode = status.st_mode
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or (stat.S_ISREG(mode) and status.st_size > 0)


@contextmanager
def spooled(written_in: str | None) -> Iterator[Path]:
    """Read standard input to its end into a private file, which is deleted after use.

    `written_in` is a key of `SUFFIXES`, or None if the format is to be detected.

    Raises:
        UsageError: There is no standard input, or it is a terminal.
        ArchiveError: It is empty, too large, or cannot be read.
    """
    import tempfile  # noqa: PLC0415 - slow to import, and only for standard input

    with tempfile.TemporaryDirectory(prefix="reader-") as folder:
        path = Path(folder) / (STEM + SUFFIXES.get(written_in or "", ""))
        path.write_bytes(_read())
        yield path


def _read() -> bytes:
    hint = _("pipe an article into the reader, as in “curl … | reader show -”")
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None or sys.stdin.isatty():
        raise UsageError(_("Standard input is a terminal"), hint)
    try:
        data: bytes = stream.read(_LONGEST + 1)
    except OSError as error:
        raise ArchiveError(_("Cannot read standard input ({reason})").format(reason=error.strerror or error)) from error
    if not data.strip():
        raise ArchiveError(_("Standard input is empty"), hint)
    if len(data) > _LONGEST:
        raise ArchiveError(_("Standard input is larger than {size} MiB").format(size=_LONGEST_MIB))
    return data


def use_terminal_as_input() -> None:
    """Make the terminal the standard input once the text was read from the latter, so that the screen receives keys.

    Raises:
        UsageError: There is no terminal.
    """
    try:
        terminal = os.open("CONIN$" if sys.platform == "win32" else "/dev/tty", os.O_RDWR)
    except OSError as error:
        message = _("The reader needs a terminal; its input or output is a pipe or a file")
        raise UsageError(
            message, _("print an article with “reader show FILE”, or list them with “reader list”")
        ) from error
    os.dup2(terminal, sys.stdin.fileno())
    os.close(terminal)
