"""Files that only their owner may read, whatever the umask: marks, notes, backups, indexes, reports of errors."""

import os
import stat
from contextlib import suppress
from pathlib import Path

FILE, FOLDER = 0o600, 0o700
"""The modes of private files and folders."""

_OTHERS = 0o077
"""The permission bits of everybody but the owner."""

_LOGS = ("-wal", "-shm", "-journal")
"""The suffixes of the files that SQLite keeps beside a database, with the mode of the database."""


def make_private_folder(folder: Path) -> None:
    """Create a private folder; an existing one is not changed.

    Raises:
        OSError: It cannot be created.
    """
    folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)


def make_private(database: Path) -> None:
    """Create a database or make it private before SQLite opens it; failures are left to SQLite's own error.

    An existing file is not opened, because SQLite may hold POSIX locks on it elsewhere in this process. Closing any
    descriptor of it would drop them (https://www.sqlite.org/howtocorrupt.html 2.2).
    """
    with suppress(OSError, RuntimeError):
        # SQLite keeps the logs beside the target of a symbolic link.
        database = database.resolve()
        make_way_for_logs(database)
        _create(database)
    for path in (database, *(database.with_name(database.name + suffix) for suffix in _LOGS)):
        narrow(path)


def make_way_for_logs(database: Path) -> None:
    """Remove what keeps SQLite from using its logs beside a database, as far as that is possible; see `make_way`."""
    for suffix in _LOGS:
        with suppress(OSError):
            make_way(database.with_name(database.name + suffix))


def make_way(path: Path) -> None:
    """Clear a path that only the program uses, so that a file can be created or used there.

    An empty folder, a broken symbolic link, a pipe or a socket is removed. A file that its owner may not read or
    write, such as a copy from a read-only medium, is given these permissions.

    Raises:
        OSError: That is not permitted, or there is a folder that is not empty.
    """
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        path.rmdir()
    elif stat.S_ISREG(mode):
        if mode & FILE != FILE:
            path.chmod(stat.S_IMODE(mode) | FILE)
    elif not (stat.S_ISLNK(mode) and path.exists()):
        path.unlink()


def _create(path: Path) -> None:
    """Create an empty private file, unless the path exists.

    Raises:
        OSError: It cannot be created.
    """
    with suppress(AttributeError, PermissionError):
        # This opens no descriptor, so another thread may open the file at once. Not every system allows it.
        with suppress(FileExistsError):
            os.mknod(path, stat.S_IFREG | FILE)
        return
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDONLY | os.O_CREAT | os.O_EXCL, FILE))


def narrow(path: Path) -> None:
    """Remove the permissions of others from a file or folder, unless it is a symbolic link or owned by another user."""
    if os.name == "nt":
        return
    with suppress(OSError):
        mode = path.lstat().st_mode
        if mode & _OTHERS and (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            path.chmod(stat.S_IMODE(mode) & ~_OTHERS)


def narrow_all(folder: Path) -> None:
    """Call `narrow` for a folder, even if it is reached by a symbolic link, and for all in it except symbolic links."""
    with suppress(OSError, RuntimeError):
        folder = folder.resolve(strict=True)
        narrow(folder)
        for place, folders, files in os.walk(folder):
            for name in (*folders, *files):
                narrow(Path(place, name))


def is_running(process: int) -> bool | None:
    """Whether a process still exists, by its PID; None if that is unknown, as on Windows."""
    if os.name == "nt":
        return None
    try:
        # Signal 0 only checks for existence.
        os.kill(process, 0)
    except PermissionError:
        return True
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return None
    return True
