"""The formats of bundles except ZIP, which may contain all others."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from reader.archive.bundles.entry_articles import Entry, EntryFile


class Bundle(Protocol):
    """A file that holds articles."""

    @property
    def title(self) -> str:
        """The title of the feed or collection; empty if it has none, so that the file's name is used."""

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The entries by name, in the order of the file."""

    @property
    def problems(self) -> Mapping[str, str]:
        """Warnings by the name of the entry that cannot be read; the empty name stands for the bundle itself."""

    @property
    def skipped(self) -> Mapping[str, int]:
        """The number of files in it that are not articles, by kind as in `SkippedFiles`."""

    def read(self, entry: Entry) -> EntryFile:
        """Return the article file of an entry.

        Raises:
            ArchiveError: It cannot be read.
        """


def opener(name: str) -> Callable[[Path | bytes], Bundle | None]:
    """Return the function that opens bundles with the suffix of `name`; it takes the path or the content of a file.

    It returns None if the file is not a bundle, and raises ArchiveError if the file cannot be read or is corrupt.
    """
    # The modules are imported late, because most archives have no bundles.
    suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122
    if suffix in {".json", ".js"}:
        from reader.archive.bundles.json_exports import open_json  # noqa: PLC0415

        return open_json
    if suffix == ".csv":
        from reader.archive.bundles.csv_exports import open_csv  # noqa: PLC0415

        return open_csv
    if suffix in {".warc", ".gz"}:
        from reader.archive.bundles.warc import open_warc  # noqa: PLC0415

        return open_warc
    if suffix == ".txt":
        from reader.archive.bundles.movable_type import open_movable_type  # noqa: PLC0415

        return open_movable_type
    if suffix in {".mbox", ".mbx"}:
        from reader.archive.bundles.mailbox import open_mailbox  # noqa: PLC0415

        return open_mailbox
    from reader.archive.bundles.xml_bundles import open_xml  # noqa: PLC0415

    return open_xml
