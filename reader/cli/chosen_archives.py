"""Which archives a command works on."""

import os
from collections.abc import Sequence
from pathlib import Path

from reader import resources
from reader.errors import UsageError
from reader.language import _
from reader.settings.folders import data_folder
from reader.settings.options import Settings


def archives(named: Sequence[str], settings: Settings) -> list[Path]:
    """The archives to use: those `named`, else $READER_ARCHIVE, else those in the settings, else the sample archive.

    Raises:
        UsageError: One of those named is a file of the marks database.
    """
    if named:
        return [_checked(Path(one)) for one in named]
    environment = [part for part in os.environ.get("READER_ARCHIVE", "").split(os.pathsep) if part]
    chosen = environment or list(settings.archives)
    return [Path(part).expanduser() for part in chosen] or [resources.seeds()]


def _checked(path: Path) -> Path:
    """Return the path of an archive, unless it is a file of the marks database.

    Reading such a file would release the locks that SQLite holds on it (POSIX releases all locks of a process when it
    closes any descriptor of the file), and another reader could then delete its write-ahead log.
    """
    if path.is_file() and path.resolve().parent == data_folder().resolve():
        raise UsageError(
            _("{path} belongs to the marks database and is not an article").format(path=path),
            _("see the marks with “reader marks export”"),
        )
    return path
