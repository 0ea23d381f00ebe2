"""Archives on disk: the folders and files named on the command line."""

import os
from collections.abc import Sequence
from pathlib import Path

from reader.archive.bundles.entry_paths import split_entry
from reader.archive.files import reason
from reader.document.sanitizing import clean_line
from reader.errors import ArchiveError
from reader.language import _
from reader.lean_dataclasses import dataclass
from reader.regex import regex
from reader.resources import seeds

_WEB = regex(r"(?i)(https?|ftp|gemini):/+")


@dataclass(frozen=True, slots=True)
class Archive:
    """A folder of articles, or single files.

    Attributes:
        root: The folder; for files, their parent folder.
        name: The name of the folder or of the single file; for the sample archive, a translated name.
        files: The files, or None for all articles in the folder and its subfolders.
    """

    root: Path
    name: str
    files: tuple[Path, ...] | None = None


def open_archives(paths: Sequence[Path]) -> tuple[Archive, ...]:
    """Return the archives at `paths` (folders, files or entries of bundles), without duplicates.

    Their contents are not read.

    Raises:
        ArchiveError: A path does not exist or cannot be accessed.
    """
    found: dict[tuple[int, int, str], Archive] = {}
    sample = absolute(seeds())
    for path in paths:
        entry = split_entry(path)
        try:
            status = path.stat() if entry is None else Path(entry[0]).stat()
            is_folder = path.is_dir()
            where = absolute(path)
        except FileNotFoundError as error:
            if address := _web_address(path):
                message = _("{address} is a web address, and only files can be read").format(
                    address=clean_line(address)
                )
                hint = _("curl -s ADDRESS | reader show - --base ADDRESS, or without “show -” on the screen")
                raise ArchiveError(message, hint) from error
            message = _("{path} does not exist").format(path=path)
            raise ArchiveError(message, _("check the path, and that its disk is connected")) from error
        except (OSError, ValueError) as error:
            message = _("Cannot open {path}: {reason}").format(path=path, reason=reason(error))
            raise ArchiveError(message, _("check its permissions")) from error
        name = _("Sample archive") if where == sample else clean_line(where.name) or clean_line(str(where))
        folder = path.parent if entry is None else Path(entry[0]).parent
        archive = Archive(path, name) if is_folder else Archive(folder, name, (path,))
        found.setdefault((status.st_dev, status.st_ino, entry[1] if entry is not None else ""), archive)
    return tuple(found.values())


def _web_address(path: Path) -> str:
    """The URL from which a path was made, with the slash that `Path` removed; empty if it was not a URL."""
    found = _WEB.match(str(path))
    return f"{found[1]}://{str(path)[found.end() :]}" if found else ""


def absolute(path: Path) -> Path:
    """Make a path absolute and remove `..`, without following symbolic links."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - Path.absolute keeps `..`, Path.resolve follows links
