"""Reading one index: articles by key or id, keys in any order, counts, and what could not be read well.

Whatever shows that the file is damaged is told as one error, so that whoever asked can have it made anew.
"""

import json
import os
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import apsw

from reader.archive.archive import Archive
from reader.archive.article import Article, Fault
from reader.document.body import BodyFormat
from reader.errors import IndexingError
from reader.index.chunks import chunks
from reader.index.faults import read_faults
from reader.index.opening import open_to_read
from reader.language import _

_AT_ONCE = 500
"""Values that stand in one statement."""

_ARTICLE = (
    "SELECT a.key, a.id, a.path, a.title, a.date, w.text, c.path, a.tags, a.url, a.format, a.size, a.faults"
    " FROM article a JOIN category c ON c.id = a.category JOIN name w ON w.id = a.author"
)


class Group(StrEnum):
    """What articles are grouped by."""

    CATEGORY = "category"
    SOURCE = "source"
    AUTHOR = "author"


_NAMED = {Group.CATEGORY: ("category", "path"), Group.SOURCE: ("name", "text"), Group.AUTHOR: ("name", "text")}
"""The table, and the column in it, where the names of each group stand."""


class DamagedIndexError(IndexingError):
    """An index is damaged: it has to be made anew."""


class Index:
    """One archive's index, for reading. Use it from one thread."""

    def __init__(self, archive: Archive, path: str) -> None:
        """Name the index in a file, or in memory; it is opened when it is there, and again when it was replaced."""
        self.archive = archive
        self.path = path
        self._root = os.fspath(archive.root)
        self._connection: apsw.Connection | None = None
        self._file = 0

    def close(self) -> None:
        """Close the index; it opens again when it is asked something."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @property
    def connection(self) -> apsw.Connection | None:
        """A connection to the index, or None as long as there is none."""
        inode = 0 if self.path.startswith("file:") else _inode(self.path)
        if self._connection is not None and inode != self._file:
            # It was made anew under our hands.
            self.close()
        if self._connection is None:
            self._connection = open_to_read(self.path)
            self._file = inode
        return self._connection

    def rows(self, statement: str, values: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """All rows that a statement gives; none where there is no index.

        Raises:
            DamagedIndexError: The index is damaged.
            apsw.BusyError: Somebody else has kept it locked for ten seconds.
        """
        with _told():
            connection = self.connection
            return [] if connection is None else connection.execute(statement, values).fetchall()

    # Articles

    def articles(self, keys: Iterable[int]) -> dict[int, Article]:
        """The articles with these keys, as many of them as there are."""
        found: dict[int, Article] = {}
        for some in chunks(keys, _AT_ONCE):
            marks = ",".join("?" * len(some))
            for row in self.rows(f"{_ARTICLE} WHERE a.key IN ({marks})", some):
                with _told():
                    found[row[0]] = self._article(*row)
        return found

    def text(self, key: int) -> str:
        """What an article says, its leaves parted by NUL; empty where it was not read yet."""
        rows = self.rows("SELECT text FROM plain WHERE key = ?", (key,))
        with _told():
            return zlib.decompress(rows[0][0]).decode() if rows else ""

    # Shelves

    def newest_first(self) -> "array[int]":
        """The keys of all articles that are shown."""
        # As one text, which SQLite puts together three times as fast as Python takes rows.
        rows = self.rows("SELECT group_concat(key) FROM (SELECT key FROM article WHERE hidden = 0 ORDER BY key DESC)")
        return array("q", map(int, rows[0][0].split(","))) if rows and rows[0][0] else array("q")

    def counts(self, group: Group) -> list[tuple[str, int]]:
        """Every category, source or author that shown articles have, and how many have it."""
        table, column = _NAMED[group]
        return self.rows(
            f"SELECT n.{column}, g.many FROM (SELECT {group}, count(*) AS many FROM article WHERE hidden = 0"
            f" GROUP BY {group}) g JOIN {table} n ON n.id = g.{group}"
        )

    # How it stands

    def refused(self) -> list[Fault]:
        """The files and folders that no article could be made of, and why."""
        rows = self.rows("SELECT path, message FROM refused ORDER BY path")
        return [Fault(self._path(path), message) for path, message in rows]

    def faults(self) -> Iterator[Fault]:
        """Everything in articles that could not be read as it was meant, in the order of their paths."""
        for path, written in self.rows("SELECT path, faults FROM article WHERE faults IS NOT NULL ORDER BY path"):
            with _told():
                yield from read_faults(self._path(path), written)

    def _path(self, inner: bytes) -> Path:
        # The file of an archive that is one file lies in its root; a folder that is the root itself is empty here.
        return Path(self._root, os.fsdecode(inner))

    def _article(  # noqa: PLR0913, PLR0917 - one argument a column
        self,
        _key: Any,
        article_id: Any,
        path: Any,
        title: Any,
        date: Any,
        author: Any,
        category: Any,
        tags: Any,
        url: Any,
        form: Any,
        size: Any,
        faults: Any,
    ) -> Article:
        where = self._path(path)
        return Article(
            article_id,
            where,
            self.archive.root,
            title,
            datetime.fromisoformat(date) if date else None,
            author,
            tuple(category.split("\n")) if category else (),
            tuple(tags.split("\n")) if tags else (),
            url,
            BodyFormat(form),
            size,
            read_faults(where, faults),
        )


def _inode(path: str) -> int:
    try:
        return Path(path).stat().st_ino
    except OSError:
        return 0


@contextmanager
def _told() -> Iterator[None]:
    """What damage does to whoever reads, as one error."""
    try:
        yield
    except apsw.BusyError:
        raise
    except (apsw.Error, zlib.error, json.JSONDecodeError, UnicodeError, ValueError, TypeError) as error:
        message = _("The index is damaged ({reason})").format(reason=error)
        raise DamagedIndexError(message, _("“reader index --rebuild” makes it anew")) from error
