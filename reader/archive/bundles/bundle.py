"""Opening of bundles: which format a file has, its entries, and the article file of an entry.

The list of entries is kept in memory until the file changes. Otherwise, opening any entry would mean reading the whole
file again.
"""

import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from reader.archive.bundles.bundle_formats import Bundle, opener
from reader.archive.bundles.entry_articles import Entry
from reader.archive.bundles.entry_paths import may_be_bundle, split_entry
from reader.archive.files import reason
from reader.errors import ArchiveError
from reader.language import lazy

_KEPT = 4
"""The number of bundles whose entries are kept in memory."""


def open_bundle(path: Path | str) -> Bundle | None:
    """Return the bundle in a file; None if it is not a bundle.

    Raises:
        ArchiveError: The file cannot be read, or is corrupt.
    """
    written = os.fspath(path)
    if not may_be_bundle(written):
        return None
    try:
        status = os.stat(written)  # noqa: PTH116 - called for each entry
    except (OSError, ValueError) as error:
        raise ArchiveError(lazy("Cannot be read: {reason}", reason=reason(error))) from error
    return _opened(written, status.st_size, status.st_mtime_ns, status.st_ino)


def find_entry(path: Path | str) -> tuple[Bundle, Entry] | None:
    """Return the entry at a path and its bundle; None if the path is not that of an entry.

    Raises:
        ArchiveError: The bundle cannot be read, or has no such entry.
    """
    place = split_entry(path)
    if place is None:
        return None
    bundle = open_bundle(place[0])
    entry = bundle.entries.get(place[1]) if bundle is not None else None
    if bundle is None or entry is None:
        raise ArchiveError(lazy("The file has no such article (any more)"))
    return bundle, entry


@lru_cache(maxsize=_KEPT)
def _opened(path: str, _size: int, _mtime: int, _inode: int) -> Bundle | None:
    return _opener(path)(Path(path))


def _opener(path: str) -> Callable[[Path], Bundle | None]:
    """Return the function that opens bundles with the suffix of the file."""
    if path.lower().endswith((".zip", ".wacz")):
        # Imported late, because most archives contain no ZIP file.
        from reader.archive.bundles.zip_bundle import open_zip  # noqa: PLC0415

        return open_zip
    return opener(path)
