"""Read access to one index: articles by key or id, sorted keys, counts and warnings.

All signs of corruption are raised as one error, so that the caller can rebuild the index.
"""

import json
import os
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import apsw

from reader.archive.archive import Archive
from reader.archive.article import Article, FileWarning
from reader.archive.skipped_files import refused_kind
from reader.document.body import BodyFormat
from reader.index.corruption import corruption_as_error
from reader.index.date_keys import FIRST_DATED
from reader.index.index_file import inode_of, open_to_read
from reader.index.learned_sites import LearnedSites
from reader.index.schema import GENERATION, PATIENCE, SKIPPED_FILES, VALUES_AT_ONCE, chunks, read_warnings
from reader.language import _, unpacked

_ARTICLE = (
    "SELECT a.key, a.id, a.path, a.title, a.date, w.text, c.path, a.tags, a.url, a.addresses, a.names, a.format,"
    " a.size, a.warnings, a.text_warnings"
    " FROM article a JOIN category c ON c.id = a.category JOIN name w ON w.id = a.author"
)


class Order(StrEnum):
    """The sort order of articles."""

    DATE = "date"  # newest first
    TITLE = "title"
    LENGTH = "length"  # longest first
    SOURCE = "source"


class GroupBy(StrEnum):
    """The attribute that articles are grouped by."""

    CATEGORY = "category"
    SOURCE = "source"
    AUTHOR = "author"


_VALUES = {
    Order.DATE: "a.key",
    Order.TITLE: "a.title_order",
    Order.LENGTH: "coalesce(a.length, 0)",
    Order.SOURCE: "(SELECT text FROM name WHERE id = a.source)",
}
_ORDERS = {
    order: f"{value}{' DESC' if order in (Order.DATE, Order.LENGTH) else ''}, a.key DESC"
    for order, value in _VALUES.items()
}


class Index:
    """One archive's index, for reading. Use it from one thread; only `interrupt` is thread-safe."""

    def __init__(self, archive: Archive, path: str, patience: int = PATIENCE) -> None:
        """Name an index in a file or in memory. It is opened when it is first used, and again after it was replaced.

        `patience` is the maximum time in milliseconds to wait for a writer.
        """
        self._patience = patience
        self.archive = archive
        self.path = path
        self._root = os.fspath(archive.root)
        self._connection: apsw.Connection | None = None
        self._file = 0
        self._sites = LearnedSites()

    def close(self) -> None:
        """Close the index; the next access opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def interrupt(self) -> None:
        """Stop a statement that is running in another thread, which raises InterruptError there."""
        if (connection := self._connection) is not None:
            # The other thread may close the connection at the same time.
            with suppress(apsw.ConnectionClosedError):
                connection.interrupt()

    @property
    def connection(self) -> apsw.Connection | None:
        """A connection to the index, or None if it does not exist yet."""
        inode = 0 if self.path.startswith("file:") else inode_of(self.path)
        if self._connection is not None and inode != self._file:
            # The file was replaced by a rebuilt index.
            self.close()
        if self._connection is None:
            self._connection = open_to_read(self.path, self._patience)
            self._file = inode
        return self._connection

    def generation(self) -> str:
        """A text that differs after every change of articles, texts or links; empty if there is no index."""
        return next((str(value) for (value,) in self.rows("SELECT value FROM meta WHERE name = ?", (GENERATION,))), "")

    def rows(self, statement: str, values: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement's result; none if there is no index.

        Raises:
            CorruptIndexError: The index is corrupt.
            apsw.InterruptError: Another thread interrupted the statement.
        """
        with corruption_as_error(self.path):
            connection = self.connection
            return [] if connection is None else connection.execute(statement, values).fetchall()

    # Articles

    def articles(self, keys: Iterable[int]) -> dict[int, Article]:
        """The articles with these keys that exist."""
        found: dict[int, Article] = {}
        for some in chunks(keys, VALUES_AT_ONCE):
            marks = ",".join("?" * len(some))
            for row in self.rows(f"{_ARTICLE} WHERE a.key IN ({marks})", some):
                with corruption_as_error(self.path):
                    found[row[0]] = self._article(*row)
        return found

    def article(self, article_id: str) -> tuple[int, Article] | None:
        """The article with an id, and its key."""
        for row in self.rows(f"{_ARTICLE} WHERE a.id = ?", (article_id,)):
            with corruption_as_error(self.path):
                return row[0], self._article(*row)
        return None

    def fingerprint(self, article_id: str) -> int | None:
        """The fingerprint of an article's file; None if unknown."""
        rows = self.rows("SELECT fingerprint FROM article WHERE id = ?", (article_id,))
        return int(rows[0][0]) if rows and rows[0][0] else None

    def places(self, article_id: str) -> list[Path]:
        """The paths of an article's duplicates."""
        longest = self.rows("SELECT coalesce(same_as, id) FROM article WHERE id = ?", (article_id,))
        if not longest:
            return []
        others = "SELECT path FROM article WHERE (id = :longest OR same_as = :longest) AND id <> :id ORDER BY path"
        return [self._path(path) for (path,) in self.rows(others, {"longest": longest[0][0], "id": article_id})]

    def text(self, key: int) -> str:
        """The text of an article, leaves separated by NUL; empty if not indexed yet."""
        rows = self.rows("SELECT text FROM plain WHERE key = ?", (key,))
        with corruption_as_error(self.path):
            return zlib.decompress(rows[0][0]).decode() if rows else ""

    # Shelves

    def shown_keys(
        self, order: Order = Order.DATE, group: GroupBy | None = None, names: Sequence[str] = ()
    ) -> "array[int]":
        """The keys of all articles that are not hidden, or of those in some categories, sources or authors."""
        # Concatenating in SQLite is three times as fast as fetching rows.
        source, values = _shown(group, names)
        rows = self.rows(f"SELECT group_concat(key) FROM (SELECT a.key {source} ORDER BY {_ORDERS[order]})", values)
        return array("q", map(int, rows[0][0].split(","))) if rows and rows[0][0] else array("q")

    def newest(self) -> list[int]:
        """The key of the newest article, if there is any."""
        return [key for (key,) in self.rows("SELECT key FROM article WHERE hidden = 0 ORDER BY key DESC LIMIT 1")]

    def ordered(
        self, order: Order, group: GroupBy | None = None, names: Sequence[str] = (), *, undated: bool = False
    ) -> list[tuple[Any, int]]:
        """The keys of `shown_keys`, or of the undated ones among them, with sort values for merging several indexes."""
        source, values = _shown(group, names)
        only = f" AND a.key < {FIRST_DATED}" if undated else ""
        return self.rows(f"SELECT {_VALUES[order]}, a.key {source}{only}", values)

    def counts(self, group: GroupBy) -> list[tuple[str, int]]:
        """Every category, source or author, and its number of articles."""
        table, column = ("category", "path") if group is GroupBy.CATEGORY else ("name", "text")
        return self.rows(
            f"SELECT n.{column}, g.many FROM (SELECT {group}, count(*) AS many FROM article WHERE hidden = 0"
            f" GROUP BY {group}) g JOIN {table} n ON n.id = g.{group}"
        )

    def counts_among(self, group: GroupBy, ids: Iterable[str]) -> list[tuple[str, int]]:
        """The counts for the articles with these ids, computed in chunks, so that a name may occur several times."""
        table, column = ("category", "path") if group is GroupBy.CATEGORY else ("name", "text")
        found: list[Any] = []
        for some in chunks(ids, VALUES_AT_ONCE):
            found += self.rows(
                f"SELECT n.{column}, count(*) FROM article a JOIN {table} n ON n.id = a.{group}"
                f" WHERE hidden = 0 AND a.id IN ({','.join('?' * len(some))}) GROUP BY n.id",
                some,
            )
        return found

    def keys_of(self, ids: Iterable[str]) -> dict[str, int]:
        """The keys of the articles with these ids that are not hidden."""
        found: dict[str, int] = {}
        for some in chunks(ids, VALUES_AT_ONCE):
            marks = ",".join("?" * len(some))
            found.update(self.rows(f"SELECT id, key FROM article WHERE hidden = 0 AND id IN ({marks})", some))
        return found

    # State of the index

    def shown(self) -> int:
        """The number of articles that are not hidden."""
        rows = self.rows("SELECT count(*) FROM article WHERE hidden = 0")
        return int(rows[0][0]) if rows else 0

    def waiting(self) -> int:
        """The number of articles that are not indexed yet."""
        rows = self.rows("SELECT count(*) FROM article WHERE length IS NULL")
        return int(rows[0][0]) if rows else 0

    def complete(self) -> str:
        """The extent of the last sync: "texts", "heads", or empty if none was completed."""
        rows = self.rows("SELECT value FROM meta WHERE name = 'complete'")
        return str(rows[0][0]) if rows else ""

    @property
    def is_complete(self) -> bool:
        """Whether the last sync has read the texts of all articles."""
        return self.complete() == "texts"

    def refused(self) -> list[FileWarning]:
        """The files and folders that are not readable articles, with the reasons."""
        rows = self.rows("SELECT path, message FROM refused WHERE message <> '' ORDER BY path")
        with corruption_as_error(self.path):
            return [FileWarning(self._path(path), unpacked(json.loads(message))) for path, message in rows]

    def skipped_files(self) -> dict[str, int]:
        """The number of files skipped by the last walk, by kind, including files that are not articles."""
        if not self.rows("SELECT 1 FROM meta WHERE name = ?", (SKIPPED_FILES,)):
            return {}
        kinds = Counter[str]()
        with corruption_as_error(self.path):
            for (kept,) in self.rows(
                "SELECT value FROM meta WHERE name = ? UNION ALL SELECT skipped FROM bundle", (SKIPPED_FILES,)
            ):
                kinds.update(json.loads(kept) if kept else {})
            for (path,) in self.rows("SELECT path FROM refused WHERE message = ''"):
                kinds[refused_kind(os.fsdecode(path))] += 1
        return dict(kinds)

    def warnings(self) -> Iterator[FileWarning]:
        """All warnings about articles, sorted by path."""
        faulty = "coalesce(warnings, text_warnings) IS NOT NULL"
        for path, *written in self.rows(
            f"SELECT path, warnings, text_warnings FROM article WHERE {faulty} ORDER BY path"
        ):
            with corruption_as_error(self.path):
                yield from read_warnings(self._path(path), *written)

    def _path(self, inner: bytes) -> Path:
        # The path is empty for the root folder itself.
        return Path(self._root, os.fsdecode(inner))

    def _article(  # noqa: PLR0913, PLR0917 - one argument per column
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
        others: Any,
        names: Any,
        form: Any,
        size: Any,
        *warnings: Any,
    ) -> Article:
        where = self._path(path)
        return Article(
            article_id,
            where,
            self.archive.root,
            title or _("Untitled"),
            datetime.fromisoformat(date) if date else None,
            author,
            tuple(category.split("\n")) if category else (),
            tuple(tags.split("\n")) if tags else (),
            url,
            BodyFormat(form),
            size,
            read_warnings(where, *warnings),
            tuple(others.split("\n")) if others else (),
            tuple(names.split("\n")) if names else (),
            self._sites.blocks_of(self._connection, path, url, form),
            is_untitled=not title,
        )


def _shown(group: GroupBy | None, names: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The FROM and WHERE clauses, and their parameters, for articles that are not hidden, of all or some groups."""
    if group is None:
        return "FROM article a WHERE a.hidden = 0", ()
    table, column = ("category", "path") if group is GroupBy.CATEGORY else ("name", "text")
    ids = f"(SELECT id FROM {table} WHERE {column} IN ({','.join('?' * len(names))}))"
    # With a single id, SQLite reads the articles in the order of its index.
    return f"FROM article a WHERE a.hidden = 0 AND a.{group} {'=' if len(names) == 1 else 'IN'} {ids}", names
