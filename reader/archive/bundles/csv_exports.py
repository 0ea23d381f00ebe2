"""Bundles in CSV: the exports of wallabag, Pocket and Instapaper, if they contain the texts."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from reader.archive.bundles.entry_articles import LARGEST, Entry, by_name
from reader.archive.bundles.exported_items import item_article, item_name, item_text
from reader.archive.bundles.ranges import RangeBundle
from reader.archive.decoding import decode
from reader.archive.files import open_binary
from reader.language import lazy
from reader.lean_dataclasses import dataclass, field

_HEAD = 4_096
_SIGNS = frozenset({"mime type", "folder", "timestamp", "time_added", "status", "saved_at", "creation date"})
"""Columns of exports: besides title, URL and text, an export has at least one of these."""
_LINE_BREAK = "\v"
"""A placeholder for carriage returns within a line; the `csv` module would end the row at them."""


def open_csv(path: Path | bytes) -> RangeBundle | None:
    """Return the rows of an export that contain a text; None for any other file.

    Raises:
        ArchiveError: The file cannot be read.
    """
    with open_binary(path) as (file, _size):
        first, end, _rows = file.read(_HEAD).partition(b"\n")
        head = decode(first).text.strip().lstrip("\ufeff")
        table = _ExportTable(";" if head.count(";") > head.count(",") else ",", ())
        names = next(table.rows(iter([head])), None) or ()
        table = _ExportTable(table.separator, tuple(name.strip().lower() for name in names))
        if not end or not {"title", "url"} <= set(table.columns) or not _SIGNS & set(table.columns):
            return None
        rows = _Rows(table, file, len(first) + 1)
        entries, problems = by_name(rows)
    if rows.invalid:
        problems.setdefault("", lazy("Rows that are too long or not valid: {count:,}", count=rows.invalid))
    return RangeBundle(path, entries, lambda data: item_article(table.item(data)), "", problems) if entries else None


@dataclass(frozen=True, slots=True)
class _ExportTable:
    """The format of a table: the separator of values, and the names of the columns."""

    separator: str
    columns: tuple[str, ...]

    def rows(self, lines: Iterator[str]) -> Iterator[list[str] | None]:
        """Yield the rows in lines from `_prepared`; None for an invalid row."""
        # The default limit is too small for an article; it can only be set for the whole process.
        csv.field_size_limit(LARGEST)
        reader = csv.reader(lines, delimiter=self.separator)
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error:
                # Only a quoted value can be too long; continue after the line that ends it.
                next((line for line in lines if line.count('"') % 2), None)
                yield None
            else:
                yield [value.replace(_LINE_BREAK, "\n") for value in row]

    def item(self, data: bytes) -> dict[str, str]:
        """Return the values of a row by the names of the columns; `data` is the row as written in the file."""
        # Only LF ends a line; `splitlines` would also split at other separators in a text, such as U+2028.
        return self.named(next(self.rows(io.StringIO(decode(_prepared(data)).text, newline="\n")), None))

    def named(self, row: list[str] | None) -> dict[str, str]:
        """Return the values of a row by the names of the columns; none if it is not valid."""
        return dict(zip(self.columns, row or (), strict=False))


@dataclass(slots=True)
class _Rows:
    """The rows of a table with text, as entries.

    Attributes:
        table: The format of the table.
        file: The file.
        end: The offset in the file after the last line that was read; initially, after the names of the columns.
        invalid: The number of rows so far that could not be read.
    """

    table: _ExportTable
    file: BinaryIO
    end: int
    invalid: int = field(default=0, init=False)

    def __iter__(self) -> Iterator[Entry]:
        self.file.seek(self.end)
        start = self.end
        for row in self.table.rows(self._lines()):
            item = self.table.named(row)
            if item_text(item):
                yield Entry(item_name(item), start, self.end)
            self.invalid += row is None
            start = self.end

    def _lines(self) -> Iterator[str]:
        while line := self.file.readline(LARGEST):
            self.end += len(line)
            yield _prepared(line).decode("utf-8", "replace")


def _prepared(data: bytes) -> bytes:
    """Replace the carriage returns within lines."""
    return data.replace(b"\r\n", b"\n").replace(b"\r", _LINE_BREAK.encode())
