"""Bundles in CSV: the exports of wallabag, Pocket and Instapaper, as far as they have texts."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from reader.archive.bundles.entry_articles import LARGEST, MOST_ENTRIES, Entry, by_name
from reader.archive.bundles.exported_items import item_article, item_name, item_text
from reader.archive.bundles.ranges import RangeBundle
from reader.archive.decoding import decode
from reader.archive.files import open_binary
from reader.lean_dataclasses import dataclass

_HEAD = 4_096
_SIGNS = frozenset({"mime type", "folder", "timestamp", "time_added", "status", "saved_at", "creation date"})
"""Columns of which an export has one, besides title, URL and text."""


def open_csv(path: Path) -> RangeBundle | None:
    """Return the rows with text of an export; None for any other file.

    Raises:
        ArchiveError: The file cannot be read.
    """
    with open_binary(path) as (file, _size):
        first = file.read(_HEAD).partition(b"\n")[0]
        columns = decode(first).text.strip().lstrip("\ufeff")
        table = _ExportTable(";" if columns.count(";") > columns.count(",") else ",", ())
        table = _ExportTable(table.separator, tuple(name.strip().lower() for name in next(table.rows([columns]), [])))
        if not {"title", "url"} <= set(table.columns) or not _SIGNS & set(table.columns):
            return None
        file.seek(0)
        entries = by_name(table.entries(file, len(first) + 1))
    return RangeBundle(path, entries, lambda data: item_article(table.item(data))) if entries else None


@dataclass(frozen=True, slots=True)
class _ExportTable:
    """The form of a table: what separates its values, and the names of its columns."""

    separator: str
    columns: tuple[str, ...]

    def rows(self, lines: Iterator[str] | list[str]) -> Iterator[list[str]]:
        """Yield the rows in lines; what is not valid ends them."""
        # The limit is one for the whole process, and too small for an article.
        csv.field_size_limit(LARGEST)
        try:
            yield from csv.reader(lines, delimiter=self.separator)
        except csv.Error:
            return

    def item(self, data: bytes) -> dict[str, str]:
        """Return a row, given as in the file, by the names of the columns."""
        text = decode(data).text
        return dict(zip(self.columns, next(self.rows(text.splitlines(keepends=True)), []), strict=False))

    def entries(self, file: BinaryIO, start: int) -> Iterator[Entry]:
        """Yield the rows with text below the head, which ends at `start`."""
        file.seek(start)
        lines = _CountedLines(file, start)
        end = start
        for number, row in enumerate(self.rows(iter(lines))):
            item = dict(zip(self.columns, row, strict=False))
            if item_text(item):
                yield Entry(item_name(item), end, lines.end)
            end = lines.end
            if number >= MOST_ENTRIES:
                return


class _CountedLines:
    """The decoded lines of a file, and the offset at which the last one ends."""

    def __init__(self, file: BinaryIO, start: int) -> None:
        self._file = file
        self.end = start

    def __iter__(self) -> Iterator[str]:
        while line := self._file.readline(LARGEST):
            self.end += len(line)
            yield line.decode("utf-8", "replace")
