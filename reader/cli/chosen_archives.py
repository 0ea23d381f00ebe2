"""Which archives a command works on."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from reader import resources
from reader.archive.archive import absolute
from reader.archive.bundles.entry_paths import file_of
from reader.archive.vaults import vault_of
from reader.cli.output import print_warning
from reader.errors import ArchiveError, UsageError
from reader.language import _, listed
from reader.settings.folders import data_folder, usual_archives
from reader.settings.options import Settings


def archives(named: Sequence[str], settings: Settings) -> list[Path]:
    """The archives to use: those `named`, else $READER_ARCHIVE, else those in the settings, else the sample archive.

    Of several archives, those that do not exist get a warning on stderr and are left out.

    Raises:
        UsageError: One of those named is a file of the marks database.
    """
    found, missing = divided(chosen_paths(named, settings))
    print_missing(missing)
    return found or [resources.seeds()]


def chosen_paths(named: Sequence[str], settings: Settings) -> list[Path]:
    """The paths that `archives` chooses from, including those that do not exist, but never the sample archive.

    Raises:
        UsageError: One of those named is a file of the marks database.
    """
    if named:
        return [_checked(Path(one)) for one in named]
    return usual_archives(settings.archives)


def divided(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Divide paths into those that exist and those that do not; if none exists, all count as existing.

    Opening them then reports the error.
    """
    # Path.exists raises for some invalid paths.
    found = [path for path in paths if os.path.lexists(path) or os.path.lexists(file_of(path))]
    return (found, [path for path in paths if path not in found]) if found else (list(paths), [])


def print_missing(paths: Sequence[Path]) -> None:
    """Print a warning on stderr for each path that does not exist."""
    for path in paths:
        print_warning(_("{path} does not exist").format(path=path))


def archives_of(path: Path, named: Sequence[str], settings: Settings) -> list[Path]:
    """The archives in which to look for what belongs to the file at `path`.

    Those `named`, else the usual ones that contain the file, else the nearest folder above it that looks like the root
    of an archive, else its own folder. The user's home and the folders above it never serve as an archive, since they
    would be indexed as a whole. The file is then an archive by itself, and so is a path that is not a file.

    Raises:
        UsageError: One of those named is a file of the marks database.
    """
    chosen = archives(named, settings)
    if named:
        return chosen
    there = absolute(path)
    containing = [one for one in chosen if there.is_relative_to(absolute(one))]
    file = file_of(path)
    if containing or not os.path.isfile(file):  # noqa: PTH113 - Path.is_file raises if access is denied
        return containing or [path]
    return [vault_of(file) or path]


def archives_around(folder: Path, named: Sequence[str], settings: Settings) -> list[Path]:
    """The archives in which links relative to a folder are resolved, as by `archives_of` for a file in the folder.

    Raises:
        UsageError: As above.
        ArchiveError: There is no such folder.
    """
    if named:
        return archives(named, settings)
    there = absolute(folder)
    if not there.is_dir():
        raise ArchiveError(
            _("{path} does not exist").format(path=folder), _("check the path, and that its disk is connected")
        )
    containing = [one for one in archives((), settings) if there.is_relative_to(absolute(one))]
    return containing or [vault_of(there / "-") or folder]


def print_where(looked_in: Sequence[Path], named: Sequence[str]) -> None:
    """Print on stderr the archives in which nothing was found, unless the user has `named` them."""
    if not named:
        where = _("searched {places}; choose another archive with -a")
        print("reader: " + where.format(places=listed(str(absolute(one)) for one in looked_in)), file=sys.stderr)


def _checked(path: Path) -> Path:
    """Return the path of an archive, unless it is a file of the marks database.

    Reading such a file would release the locks that SQLite holds on it, because POSIX releases all locks of a process
    when it closes any descriptor of the file. Another reader could then delete its write-ahead log.
    """
    if path.is_file() and path.resolve().parent == data_folder().resolve():
        raise UsageError(
            _("{path} belongs to the marks database and is not an article").format(path=path),
            _("see the marks with “reader marks export”"),
        )
    return path
