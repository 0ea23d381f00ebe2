"""Files that only their owner may read, whatever the umask: marks, notes, backups, indexes, reports of errors."""

import os
import stat
from contextlib import suppress
from pathlib import Path

FILE, FOLDER = 0o600, 0o700
"""The modes of private files and folders."""

_OTHERS = 0o077
"""What a mode allows to anybody but the owner."""

_AT_ONCE = getattr(os, "O_NONBLOCK", 0)
"""Opens a pipe without waiting for somebody who writes to it."""

_LOGS = ("-wal", "-shm", "-journal")
"""What the names of the files end with that SQLite keeps beside a database, in the mode that the database has."""


def make_private_folder(folder: Path) -> None:
    """Make a private folder; one that exists stays as it is.

    Raises:
        OSError: It cannot be made.
    """
    folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)


def make_private(database: Path) -> None:
    """Have a database be private before SQLite opens it; what cannot be made or narrowed is left to SQLite's error."""
    with suppress(OSError, RuntimeError):
        # SQLite keeps the logs beside what a link leads to.
        database = database.resolve()
        os.close(os.open(database, os.O_RDONLY | os.O_CREAT | _AT_ONCE, FILE))
    for path in (database, *(database.with_name(database.name + suffix) for suffix in _LOGS)):
        narrow(path)


def narrow(path: Path) -> None:
    """Take away what others may do with a file or a folder; of a link, and of what is another person's, nothing."""
    if os.name == "nt":
        return
    with suppress(OSError):
        mode = path.lstat().st_mode
        if mode & _OTHERS and (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            path.chmod(stat.S_IMODE(mode) & ~_OTHERS)


def narrow_all(folder: Path) -> None:
    """Narrow a folder and all that lies in it, links apart; a folder that is itself reached by a link too."""
    with suppress(OSError, RuntimeError):
        folder = folder.resolve(strict=True)
        narrow(folder)
        for place, folders, files in os.walk(folder):
            for name in (*folders, *files):
                narrow(Path(place, name))
