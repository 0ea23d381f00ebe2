"""Opening of bundles: which format a file has, its entries, and the article file of an entry.

The list of entries is kept in memory while the file is unchanged, because opening one entry after the other would
otherwise read the whole file for each.
"""

import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from reader.archive.bundles.entry_articles import Entry
from reader.archive.bundles.entry_paths import may_be_bundle, split_entry
from reader.archive.files import reason
from reader.errors import ArchiveError
from reader.language import lazy

_KEPT = 4
"""The number of bundles whose entries are kept in memory."""


class Bundle(Protocol):
    """A file that holds articles."""

    @property
    def title(self) -> str:
        """The title of the feed or collection; empty if the file's name is the best one."""

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The entries by name, in the order of the file."""

    @property
    def problems(self) -> Mapping[str, str]:
        """Warnings by the name of the entry that cannot be read; the empty name is the bundle itself."""

    @property
    def skipped(self) -> Mapping[str, int]:
        """The number of files in it that are no articles, by kind as in `SkippedFiles`."""

    def read(self, entry: Entry) -> bytes:
        """Return the article file of an entry.

        Raises:
            ArchiveError: It cannot be read.
        """


def open_bundle(path: Path | str) -> Bundle | None:
    """Return a bundle; None if the file is no bundle.

    Raises:
        ArchiveError: The file cannot be read, or is damaged.
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
    """Return the function that opens a bundle of the format that the suffix names."""
    # Imported late, because most archives have none.
    suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122
    if suffix == ".zip":
        from reader.archive.bundles.zip_bundle import open_zip  # noqa: PLC0415

        return open_zip
    if suffix == ".json":
        from reader.archive.bundles.json_exports import open_json  # noqa: PLC0415

        return open_json
    if suffix == ".csv":
        from reader.archive.bundles.csv_exports import open_csv  # noqa: PLC0415

        return open_csv
    if suffix in {".mbox", ".mbx"}:
        from reader.archive.bundles.mailbox import open_mailbox  # noqa: PLC0415

        return open_mailbox
    from reader.archive.bundles.xml_bundles import open_xml  # noqa: PLC0415

    return open_xml
