"""Bundles in WARC, the format of web crawlers (wget, Heritrix, Browsertrix, ArchiveBox): their pages, read in place."""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from reader.archive.bundles.entry_articles import Entry, by_name, entry_name, limited
from reader.archive.bundles.ranges import RangeBundle
from reader.archive.bundles.warc_records import WarcRecord, page_address, page_file, records, whole_content
from reader.archive.files import open_binary


def open_warc(path: Path | bytes) -> RangeBundle | None:
    """Return the pages in a WARC file, compressed or not; None for any other file.

    Raises:
        ArchiveError: The file cannot be read, or would expand to far more than its size.
    """
    with open_binary(path) as (file, size):
        found = records(file, size)
        first = next(found, None)
        if first is None:
            return None
        if content := whole_content(file, first):
            return open_warc(content)
        entries, problems = by_name(limited(_entries(chain((first,), found))))
    return RangeBundle(path, entries, page_file, "", problems)


def _entries(found: Iterable[WarcRecord]) -> Iterator[Entry]:
    for record in found:
        if address := page_address(record):
            yield Entry(entry_name(address, ".html"), record.start, record.end)
